/// The sources that read a person's accounts, and how they stand.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "api/answers.h"
#include "api/context.h"
#include "log/source.h"
#include "people/registry.h"

namespace renown::api {

/// Whether the source reads that account.
bool reads_account(const log::Source& source, const Account& account);

/// Sources of an instance that read one of the person's accounts. Valid as long as `all`.
std::vector<const log::Source*> sources_of(const std::vector<log::Source>& all, const people::Person& person);

/// Unix seconds from which on acts on one of the person's accounts may be missing; nothing where all are current.
std::optional<std::int64_t> stale_since(const std::vector<log::Source>& all, const people::Person& person);

/// {"state","since","problem"} of the source that reads an account; state "none" without one.
void write_source_of(JsonText& json, std::string_view key, const std::vector<log::Source>& all, const Account& account);

/// The same members, into the object that is open.
void write_source_state(JsonText& json, const log::Source& source);

}  // namespace renown::api
