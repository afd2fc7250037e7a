#include "mail/catalogue.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

#include "base/ascii.h"
#include "io/json.h"
#include "mail/shipped_texts.h"

namespace renown::mail {
namespace {

constexpr std::string_view kMarkBeforeSign = "\u200E";  ///< a sign stays before its number where lines run to the left

void take_texts(std::string_view json, std::unordered_map<std::string, std::string>& texts) {
  io::JsonParser parser;
  const auto root = parser.parse(json);
  if (!root) return;  // cannot be: tests read them
  for (const auto [key, value] : root->members()) texts.emplace(key, value.text());
}

struct Marks {
  std::string_view point, thousands;
};

Marks marks_of(std::string_view language) {
  return language == "de" || language == "es" ? Marks{",", "."} : Marks{".", ","};
}

/// Spanish keeps four digits together.
std::string grouped(std::string digits, std::string_view mark, bool keeps_four) {
  if (keeps_four && digits.size() == 4) return digits;
  for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, mark);
  return digits;
}

}  // namespace

Catalogue::Catalogue(std::string_view language) : language_(language) {
  take_texts(shipped_page_texts(language), texts_);
  take_texts(shipped_mail_texts(language), texts_);
}

const Catalogue& Catalogue::of(std::string_view locale) {
  static const std::array<Catalogue, kLanguages.size()> all = {Catalogue(kLanguages[0]), Catalogue(kLanguages[1]),
                                                               Catalogue(kLanguages[2]), Catalogue(kLanguages[3]),
                                                               Catalogue(kLanguages[4])};
  const std::string language = base::lower(locale.substr(0, locale.find_first_of("-_")));
  const auto found = std::ranges::find(kLanguages, std::string_view(language));
  return all[found == kLanguages.end() ? 0 : static_cast<std::size_t>(found - kLanguages.begin())];
}

bool Catalogue::has(std::string_view key) const {
  return texts_.contains(std::string(key));
}

std::string Catalogue::text(std::string_view key, const std::vector<Value>& values) const {
  const auto found = texts_.find(std::string(key));
  if (found == texts_.end()) return std::string(key);
  return format_message(language_, found->second, values).value_or(std::string(key));
}

std::string Catalogue::number(double value, int digits) const {
  const Marks marks = marks_of(language_);
  const std::string plain = fmt::format("{:.{}f}", std::abs(value), digits);
  const std::size_t point = std::min(plain.find('.'), plain.size());
  std::string text = grouped(plain.substr(0, point), marks.thousands, language_ == "es");
  if (point < plain.size()) text += fmt::format("{}{}", marks.point, plain.substr(point + 1));
  const bool is_zero = plain.find_first_of("123456789") == std::string::npos;
  if (value >= 0 || is_zero) return text;
  return fmt::format("{}-{}", is_right_to_left() ? kMarkBeforeSign : "", text);
}

std::string Catalogue::signed_number(double value, int digits) const {
  const std::string text = number(value, digits);
  const bool is_zero = text.find_first_of("123456789") == std::string::npos;
  if (value < 0 || is_zero) return text;
  return fmt::format("{}+{}", is_right_to_left() ? kMarkBeforeSign : "", text);
}

Value Catalogue::count(std::string_view name, std::uint64_t value) const {
  return {name, number(static_cast<double>(value), 0), value};
}

std::string Catalogue::day(std::string_view day) const {
  int month = 0, of_month = 0;
  if (day.size() != 10) return std::string(day);
  std::from_chars(day.data() + 5, day.data() + 7, month);
  std::from_chars(day.data() + 8, day.data() + 10, of_month);
  if (month < 1 || month > 12 || of_month < 1) return std::string(day);
  return text("mail.date", {{"month", text(fmt::format("mail.month.{}", month)), 0},
                            {"day", fmt::format("{}", of_month), 0},
                            {"year", std::string(day.substr(0, 4)), 0}});
}

std::string Catalogue::isolated(std::string_view text) const {
  constexpr std::string_view kFirstStrong = "\u2068", kPop = "\u2069";
  return is_right_to_left() ? fmt::format("{}{}{}", kFirstStrong, text, kPop) : std::string(text);
}

std::string Catalogue::network_name(std::string_view network) {
  static const auto names = [] {
    std::unordered_map<std::string, std::string> all;
    take_texts(shipped_network_names(), all);
    return all;
  }();
  if (const auto found = names.find(std::string(network)); found != names.end()) return found->second;
  std::string name(network);
  if (!name.empty() && name[0] >= 'a' && name[0] <= 'z') name[0] = static_cast<char>(name[0] - 'a' + 'A');
  return name;
}

}  // namespace renown::mail
