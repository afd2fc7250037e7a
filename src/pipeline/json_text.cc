#include "pipeline/json_text.h"

#include <iterator>

#include <fmt/format.h>

#include "io/json_escape.h"

namespace renown::pipeline {

void JsonText::new_line() {
  if (layout_ == JsonLayout::compact) return;
  text_ += '\n';
  text_.append(depth_ * 2, ' ');
}

void JsonText::before_value(std::string_view key) {
  if (!first_) text_ += ',';
  if (depth_ > 0) new_line();
  if (!key.empty()) {
    io::append_json_string(text_, key);
    text_ += layout_ == JsonLayout::compact ? ":" : ": ";
  }
  first_ = false;
}

void JsonText::begin(std::string_view key, char bracket) {
  before_value(key);
  text_ += bracket;
  ++depth_;
  first_ = true;
}

void JsonText::end(char bracket) {
  --depth_;
  if (!first_) new_line();
  text_ += bracket;
  first_ = false;
}

void JsonText::raw(std::string_view key, std::string_view json) {
  before_value(key);
  text_ += json;
}

void JsonText::text(std::string_view key, std::string_view value) {
  before_value(key);
  io::append_json_string(text_, value);
}

void JsonText::number(std::string_view key, double value) {
  before_value(key);
  fmt::format_to(std::back_inserter(text_), "{}", value);
}

void JsonText::number(std::string_view key, const std::optional<double>& value) {
  value ? number(key, *value) : null(key);
}

void JsonText::count(std::string_view key, std::uint64_t value) {
  before_value(key);
  fmt::format_to(std::back_inserter(text_), "{}", value);
}

void JsonText::boolean(std::string_view key, bool value) {
  raw(key, value ? "true" : "false");
}

}  // namespace renown::pipeline
