/// JsonText: a small writer of JSON documents, keys in the order given.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace renown::pipeline {

enum class JsonLayout {
  indented,  ///< for people too: two blanks a level
  compact,   ///< for programs
};

/// begin_object() ... end_object() and begin_array() ... end_array() must nest; inside an object every value has a key,
/// inside an array none ("").
class JsonText {
 public:
  explicit JsonText(JsonLayout layout = JsonLayout::indented) : layout_(layout) {}

  void begin_object(std::string_view key = {}) { begin(key, '{'); }
  void end_object() { end('}'); }
  void begin_array(std::string_view key = {}) { begin(key, '['); }
  void end_array() { end(']'); }

  void text(std::string_view key, std::string_view value);
  void number(std::string_view key, double value);                        ///< reads back as the same double
  void number(std::string_view key, const std::optional<double>& value);  ///< null where empty
  void count(std::string_view key, std::uint64_t value);
  void boolean(std::string_view key, bool value);
  void null(std::string_view key) { raw(key, "null"); }
  void raw(std::string_view key, std::string_view json);  ///< a value that is JSON already

  /// The document, with a line end where it is indented.
  std::string take() && { return layout_ == JsonLayout::indented ? std::move(text_) + "\n" : std::move(text_); }

 private:
  void begin(std::string_view key, char bracket);
  void end(char bracket);
  void before_value(std::string_view key);
  void new_line();

  JsonLayout layout_;
  std::string text_;
  std::size_t depth_ = 0;
  bool first_ = true;
};

}  // namespace renown::pipeline
