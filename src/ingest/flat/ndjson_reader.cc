#include "ingest/flat/ndjson_reader.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "ingest/flat/flat_row.h"
#include "ingest/flat/record_keeper.h"
#include "io/json.h"
#include "io/line_reader.h"

namespace renown::ingest::flat {
namespace {

constexpr std::size_t kRememberedKeys = 20;  ///< ignored keys that the notice names; a broken log may invent millions

bool is_blank(std::string_view line) {
  return line.find_first_not_of(" \t\r") == std::string_view::npos;
}

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

class NdjsonLogReader final : public model::InteractionReader {
 public:
  NdjsonLogReader(std::string log, std::unique_ptr<io::ByteSource> source, model::ReadOptions options)
      : keeper_(std::move(log), "a flat NDJSON log", options), lines_(std::move(source)) {}

  Result<bool> read(model::InteractionBlock& block) override {
    while (!block.full()) {
      auto more = lines_.next(line_);
      if (!more) return more.error();
      if (!*more) {
        if (auto finished = finish(); !finished) return finished.error();
        return false;
      }
      if (is_blank(line_.text) && !line_.too_long) continue;
      if (auto taken = take_line(block); !taken) return taken.error();
    }
    return true;
  }

  const model::ReadReport& report() const override { return keeper_.report(); }
  std::uint64_t bytes_read() const override { return lines_.bytes_read(); }

 private:
  Result<void> take_line(model::InteractionBlock& block) {
    auto row = read_line();
    if (!row) return bad(row.error().message);
    auto act = read_row(*row);
    if (!act) return bad(act.error().message);
    block.push(*act);
    keeper_.good();
    return {};
  }

  /// The texts of the line's object; they point into the parser, time_ and tags_.
  Result<FlatRow> read_line() {
    if (line_.too_long) return bad_input(fmt::format("the line is longer than {} bytes", io::LineReader::kMaxBytes));
    auto root = parser_.parse(line_.text);
    if (!root) return root.error();
    if (!root->is_object()) return bad_input(fmt::format("it is {}, not an object", io::json_type_name(root->type())));
    FlatRow row;
    for (const auto [key, value] : root->members()) {
      const auto column = parse_column(key);
      if (!column) {
        remember_ignored(key);
      } else if (auto text = read_value(*column, value); !text) {
        return text.error();
      } else {
        row[*column] = *text;
      }
    }
    return row;
  }

  Result<std::string_view> read_value(Column column, io::JsonValue value) {
    if (value.is_null()) return std::string_view{};
    if (value.is_string()) return value.text();
    if (value.is_number() && may_be_number(column)) return read_number(column, value.number());
    if (value.is_array() && column == Column::tags) return read_tags(value);
    return bad_input(fmt::format("{} is {}", column_name(column), io::json_type_name(value.type())));
  }

  std::string_view read_number(Column column, std::string_view number) {
    if (column != Column::time) return number;
    auto seconds = plain_seconds(number);
    if (!seconds) return number;
    time_ = std::move(*seconds);
    return time_;
  }

  Result<std::string_view> read_tags(io::JsonValue array) {
    tags_.clear();
    for (const io::JsonValue tag : array.elements()) {
      if (!tag.is_string()) return bad_input(fmt::format("tags holds {}", io::json_type_name(tag.type())));
      if (!tags_.empty()) tags_ += ' ';
      tags_ += tag.text();
    }
    return std::string_view(tags_);
  }

  void remember_ignored(std::string_view key) {
    if (std::find(ignored_.begin(), ignored_.end(), key) != ignored_.end() || ignored_.size() >= kRememberedKeys)
      return;
    ignored_.emplace_back(key);
  }

  Result<void> bad(std::string reason) {
    if (line_.cut_off) reason = "the last line is cut off: " + reason;
    return keeper_.bad(fmt::format("{}:{}", keeper_.log(), line_.number), std::move(reason));
  }

  Result<void> finish() {
    if (keeper_.report().records == 0) {
      return bad_input(fmt::format("{} is empty: a flat NDJSON log holds one JSON object a line", keeper_.log()));
    }
    if (!ignored_.empty()) keeper_.notice(ignored_columns(keeper_.log(), std::exchange(ignored_, {})));
    return keeper_.finish();
  }

  RecordKeeper keeper_;
  io::LineReader lines_;
  io::Line line_;
  io::JsonParser parser_;
  std::string time_;
  std::string tags_;
  std::vector<std::string> ignored_;
};

}  // namespace

std::unique_ptr<model::InteractionReader> read_ndjson(std::string log, std::unique_ptr<io::ByteSource> source,
                                                      model::ReadOptions options) {
  return std::make_unique<NdjsonLogReader>(std::move(log), std::move(source), options);
}

bool looks_like_ndjson(std::string_view head) {
  const std::size_t begin = head.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos || head[begin] != '{') return false;
  const std::string_view line = head.substr(begin, head.find('\n', begin) - begin);
  io::JsonParser parser;
  if (auto root = parser.parse(line)) {
    return !(*root)["time"].is_missing() && !(*root)["kind"].is_missing() && !(*root)["actor"].is_missing();
  }
  // The line is longer than the head, or damaged, which the reader will say better.
  const auto holds = [&](std::string_view key) { return line.find(key) != std::string_view::npos; };
  return holds("\"time\"") && holds("\"kind\"") && holds("\"actor\"");
}

}  // namespace renown::ingest::flat
