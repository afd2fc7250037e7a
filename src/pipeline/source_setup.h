/// Setting sources up, and taking them away.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "renown/result.h"

#include "log/source.h"
#include "oauth/credential.h"
#include "pipeline/connectors.h"
#include "pipeline/source_settings.h"

namespace renown::pipeline {

struct SourceRequest {
  std::string connector;
  std::string account = {};  ///< empty: a whole server's
  std::string server = {};
  SourceSettings settings = {};
  std::string name = {};  ///< empty: CONNECTOR:ACCOUNT, or CONNECTOR:HOST
  std::int64_t now = 0;   ///< unix seconds
};

/// The source as it would be added, with its name. Nothing is asked of a network.
/// errors  usage: no such connector, or it cannot read this, saying what to give
Result<log::Source> make_source(const SourceRequest& request, std::span<const ConnectorKind> kinds);

/// What a source may be given to show: nothing, a token of the person's own making, or a log-in.
using SourceToken = std::variant<std::monostate, std::string, oauth::Credential>;

/// Adds the source to a data folder, which is made where there is none.
/// errors  bad_input where there is one of its name, or its account was erased; of the folder and of the token store
Result<void> add_source(const std::string& data_folder, const std::string& token_key_file, const log::Source& source,
                        const SourceToken& token);

/// Its token goes with it; the rows that it gave stay. errors  not_found; of the folder and the token store
Result<void> remove_source(const std::string& data_folder, const std::string& token_key_file, const std::string& name);

/// errors  of the folder
Result<std::vector<log::Source>> list_sources(const std::string& data_folder);

}  // namespace renown::pipeline
