#include "access/text_rule.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/ascii.h"
#include "base/text.h"
#include "base/utf8.h"

namespace renown::access {
namespace {

constexpr std::size_t kMostLocaleBytes = 35;  ///< RFC 5646, section 4.4.1
constexpr std::size_t kMostZoneBytes = 64;

/// Of letters, digits and `more`, beginning with a letter.
bool is_tag(std::string_view text, std::size_t most_bytes, std::string_view more) {
  const auto fits = [&](char c) { return base::is_letter_or_digit(c) || more.find(c) != std::string_view::npos; };
  return !text.empty() && text.size() <= most_bytes && base::is_letter(text.front()) && std::ranges::all_of(text, fits);
}

}  // namespace

Result<std::string> plain_text(std::string_view what, std::string_view text, std::size_t most_bytes) {
  const std::string_view trimmed = base::trim(text);
  if (!base::is_utf8(trimmed)) return bad_input(fmt::format("{} is not valid UTF-8", what));
  if (trimmed.size() > most_bytes)
    return bad_input(fmt::format("{} has {} bytes: it may have {}", what, trimmed.size(), most_bytes));
  if (base::printable(trimmed) != trimmed)
    return bad_input(fmt::format("{} has characters that do not print: leave them out", what));
  return std::string(trimmed);
}

Result<std::string> some_text(std::string_view what, std::string_view text, std::size_t most_bytes) {
  auto plain = plain_text(what, text, most_bytes);
  if (plain && plain->empty()) return bad_input(fmt::format("{} is missing", what));
  return plain;
}

Result<std::string> some_lines(std::string_view what, std::string_view text, std::size_t most_bytes) {
  std::string lines(base::trim(text));
  std::erase(lines, '\r');  // of CR LF, as browsers send it
  std::string without_ends = lines;
  std::ranges::replace(without_ends, '\n', ' ');
  if (auto plain = some_text(what, without_ends, most_bytes); !plain) return plain;
  return lines;
}

Result<std::string> locale_text(std::string_view text) {
  if (is_tag(text, kMostLocaleBytes, "-")) return std::string(text);
  return bad_input("the locale is no language tag: give one such as de or pt-BR");
}

Result<std::string> zone_text(std::string_view text) {
  if (is_tag(text, kMostZoneBytes, "/_+-")) return std::string(text);
  return bad_input("the time zone is no name of the time zone database: give one such as Europe/Berlin");
}

}  // namespace renown::access
