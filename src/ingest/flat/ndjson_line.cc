#include "ingest/flat/ndjson_line.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

#include <fmt/format.h>

namespace renown::ingest::flat {
namespace {

bool may_be_number(Column column) {
  return column == Column::time || column == Column::actor || column == Column::target || column == Column::post ||
         column == Column::id;
}

/// Some writers put large numbers as 1.4200704e9, which no other column and no other format has.
std::optional<std::string> plain_seconds(std::string_view number) {
  constexpr double kMaxSeconds = 1e15;  // far beyond what is accepted; keeps the digits below exact
  if (number.find_first_of("eE") == std::string_view::npos) return std::nullopt;
  double seconds = 0;
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), seconds);
  if (error != std::errc{} || std::abs(seconds) > kMaxSeconds) return std::nullopt;
  return fmt::format("{:.0f}", std::floor(seconds));
}

}  // namespace

void remember_key(std::vector<std::string>& keys, std::string_view key) {
  if (keys.size() >= kRememberedKeys || std::ranges::find(keys, key) != keys.end()) return;
  keys.emplace_back(key);
}

Result<Interaction> NdjsonLine::read(const io::Line& line) {
  auto row = read_texts(line);
  if (!row) return row.error();
  return read_row(*row);
}

/// The texts of the line's object; they point into the parser, time_ and tags_.
Result<FlatRow> NdjsonLine::read_texts(const io::Line& line) {
  if (line.too_long) return bad_input(fmt::format("the line is longer than {} bytes", io::LineReader::kMaxBytes));
  auto root = parser_.parse(line.text);
  if (!root) return root.error();
  if (!root->is_object()) return bad_input(fmt::format("it is {}, not an object", io::json_type_name(root->type())));
  FlatRow row;
  for (const auto [key, value] : root->members()) {
    const auto column = parse_column(key);
    if (!column) {
      remember_key(ignored_, key);
    } else if (auto text = read_value(*column, value); !text) {
      return text.error();
    } else {
      row[*column] = *text;
    }
  }
  return row;
}

Result<std::string_view> NdjsonLine::read_value(Column column, io::JsonValue value) {
  if (value.is_null()) return std::string_view{};
  if (value.is_string()) return value.text();
  if (value.is_number() && may_be_number(column)) return read_number(column, value.number());
  if (value.is_array() && column == Column::tags) return read_tags(value);
  return bad_input(fmt::format("{} is {}", column_name(column), io::json_type_name(value.type())));
}

std::string_view NdjsonLine::read_number(Column column, std::string_view number) {
  if (column != Column::time) return number;
  auto seconds = plain_seconds(number);
  if (!seconds) return number;
  time_ = std::move(*seconds);
  return time_;
}

Result<std::string_view> NdjsonLine::read_tags(io::JsonValue array) {
  tags_.clear();
  for (const io::JsonValue tag : array.elements()) {
    if (!tag.is_string()) return bad_input(fmt::format("tags holds {}", io::json_type_name(tag.type())));
    if (!tags_.empty()) tags_ += ' ';
    tags_ += tag.text();
  }
  return std::string_view(tags_);
}

}  // namespace renown::ingest::flat
