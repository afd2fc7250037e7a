#include "pipeline/source_settings.h"

#include "io/json.h"
#include "io/json_escape.h"

namespace renown::pipeline {

std::string settings_text(const SourceSettings& settings) {
  std::string text = "{";
  for (const auto& [key, value] : settings) {
    if (text.size() > 1) text += ',';
    io::append_json_string(text, key);
    text += ':';
    io::append_json_string(text, value);
  }
  return text + "}";
}

Result<SourceSettings> parse_settings(std::string_view text) {
  io::JsonParser parser;
  const auto root = parser.parse(text);
  if (!root || !root->is_object()) return bad_input("the settings of a source are damaged: set it up again");
  SourceSettings settings;
  for (const auto [key, value] : root->members()) {
    if (!value.is_string()) return bad_input("the settings of a source are damaged: set it up again");
    settings.insert_or_assign(std::string(key), std::string(value.text()));
  }
  return settings;
}

}  // namespace renown::pipeline
