#include "mail/message_format.h"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "base/ascii.h"

namespace renown::mail {
namespace {

Error bad_message(std::string_view message) {
  return {ErrorCode::internal, fmt::format("the text '{}' cannot be written", message)};
}

/// Behind the brace that closes the one `text` begins with; nothing where none does.
std::optional<std::size_t> end_of_braces(std::string_view text) {
  int depth = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '{') ++depth;
    if (text[i] == '}' && --depth == 0) return i + 1;
  }
  return std::nullopt;
}

const Value* find_value(const std::vector<Value>& values, std::string_view name) {
  const auto found = std::ranges::find(values, name, &Value::name);
  return found == values.end() ? nullptr : &*found;
}

/// What stands in the braces of `form` among "one {...} other {...}"; of "other" where it has none.
std::optional<std::string_view> branch_of(std::string_view branches, std::string_view form) {
  std::optional<std::string_view> other;
  while (!(branches = base::trim(branches)).empty()) {
    const std::size_t brace = branches.find('{');
    if (brace == std::string_view::npos) return std::nullopt;
    const std::string_view name = base::trim(branches.substr(0, brace));
    const auto end = end_of_braces(branches.substr(brace));
    if (!end) return std::nullopt;
    const std::string_view inside = branches.substr(brace + 1, *end - 2);
    if (name == form) return inside;
    if (name == "other") other = inside;
    branches.remove_prefix(brace + *end);
  }
  return other;
}

class Writer {
 public:
  Writer(std::string_view language, const std::vector<Value>& values) : language_(language), values_(values) {}

  /// number  what # stands for; null outside of a plural
  bool write(std::string_view message, const Value* number);
  std::string take() { return std::move(out_); }

 private:
  bool write_argument(std::string_view inside);

  std::string_view language_;
  const std::vector<Value>& values_;
  std::string out_;
};

bool Writer::write(std::string_view message, const Value* number) {
  for (std::size_t i = 0; i < message.size(); ++i) {
    const char c = message[i];
    if (c == '\'' && i + 1 < message.size() && message[i + 1] == '\'') {
      out_ += '\'';
      ++i;
    } else if (c == '\'' && i + 1 < message.size() && (message[i + 1] == '{' || message[i + 1] == '}')) {
      const std::size_t end = std::min(message.find('\'', i + 1), message.size());
      out_ += message.substr(i + 1, end - i - 1);
      i = end;
    } else if (c == '#' && number != nullptr) {
      out_ += number->text;
    } else if (c == '{') {
      const auto end = end_of_braces(message.substr(i));
      if (!end || !write_argument(message.substr(i + 1, *end - 2))) return false;
      i += *end - 1;
    } else if (c == '}') {
      return false;
    } else {
      out_ += c;
    }
  }
  return true;
}

bool Writer::write_argument(std::string_view inside) {
  const std::size_t comma = std::min(inside.find(','), inside.size());
  const Value* value = find_value(values_, base::trim(inside.substr(0, comma)));
  if (value == nullptr) return false;
  if (comma == inside.size()) {
    out_ += value->text;
    return true;
  }
  const std::string_view rest = inside.substr(comma + 1);
  const std::size_t second = rest.find(',');
  if (second == std::string_view::npos || base::trim(rest.substr(0, second)) != "plural") return false;
  const auto branch = branch_of(rest.substr(second + 1), plural_form(language_, value->count));
  return branch && write(*branch, value);
}

std::string_view arabic_form(std::uint64_t count) {
  constexpr std::string_view kFirst[] = {"zero", "one", "two"};
  if (count < 3) return kFirst[count];
  const std::uint64_t last = count % 100;
  if (last >= 3 && last <= 10) return "few";
  return last >= 11 ? "many" : "other";
}

}  // namespace

Result<std::string> format_message(std::string_view language, std::string_view message,
                                   const std::vector<Value>& values) {
  Writer writer(language, values);
  if (!writer.write(message, nullptr)) return bad_message(message);
  return writer.take();
}

std::string_view plural_form(std::string_view language, std::uint64_t count) {
  if (language == "ar") return arabic_form(count);
  if (language == "ja") return "other";
  if (language == "es" && count != 0 && count % 1'000'000 == 0) return "many";
  return count == 1 ? "one" : "other";
}

}  // namespace renown::mail
