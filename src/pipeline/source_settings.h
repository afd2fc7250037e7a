/// The settings of a source as the log keeps them: a JSON object of texts.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "renown/result.h"

namespace renown::pipeline {

using SourceSettings = std::map<std::string, std::string>;

std::string settings_text(const SourceSettings& settings);

/// errors  bad_input for anything else
Result<SourceSettings> parse_settings(std::string_view text);

}  // namespace renown::pipeline
