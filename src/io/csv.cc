#include "io/csv.h"

#include <algorithm>

#include <fmt/format.h>

namespace renown::io {
namespace {

constexpr char kQuote = '"';

/// Unquotes the fields of one record, line by line.
///
/// Quotes are read strictly: one stands only at the edges of a field, or doubled inside a quoted one. This is what
/// keeps the recovery of CsvReader linear: a line is read again at most once for each quote that opens before it.
class Unquoter {
 public:
  Unquoter(std::string& unquoted, std::vector<std::size_t>& field_end) : unquoted_(unquoted), field_end_(field_end) {
    unquoted_.clear();
    field_end_.clear();
  }

  /// Reads one line. returns what is wrong with it, or "" if nothing is
  std::string_view read(std::string_view line) {
    std::size_t at = 0;
    if (!inside_quotes_) at = begin_field(line, 0);
    for (;;) {
      at = inside_quotes_ ? read_quoted(line, at) : read_plain(line, at);
      if (!problem_.empty() || inside_quotes_) return problem_;  // the line has ended inside quotes
      end_field();
      if (at == line.size()) return problem_;
      at = begin_field(line, at + 1);  // behind the comma
    }
  }

  bool inside_quotes() const { return inside_quotes_; }

  void append_line_break(std::string_view ending) { unquoted_ += ending; }

 private:
  std::size_t begin_field(std::string_view line, std::size_t at) {
    inside_quotes_ = at < line.size() && line[at] == kQuote;
    return inside_quotes_ ? at + 1 : at;
  }

  void end_field() { field_end_.push_back(unquoted_.size()); }

  /// Up to the next comma or the end of the line; returns where that is.
  std::size_t read_plain(std::string_view line, std::size_t at) {
    const std::size_t end = std::min(line.find(',', at), line.size());
    const std::string_view field = line.substr(at, end - at);
    if (field.find(kQuote) != std::string_view::npos) problem_ = "a quote stands inside a field that is not quoted";
    unquoted_ += field;
    return end;
  }

  /// Up to the comma behind the closing quote, or to the end of the line, still inside quotes.
  std::size_t read_quoted(std::string_view line, std::size_t at) {
    for (;;) {
      const std::size_t quote = std::min(line.find(kQuote, at), line.size());
      unquoted_ += line.substr(at, quote - at);
      if (quote == line.size()) return quote;
      at = quote + 1;
      if (at < line.size() && line[at] == kQuote) {
        unquoted_ += kQuote;
        ++at;
        continue;
      }
      inside_quotes_ = false;
      if (at < line.size() && line[at] != ',') problem_ = "text follows the closing quote of a field";
      return at;
    }
  }

  std::string& unquoted_;
  std::vector<std::size_t>& field_end_;
  std::string_view problem_;
  bool inside_quotes_ = false;
};

}  // namespace

CsvReader::CsvReader(std::unique_ptr<ByteSource> source, std::size_t max_bytes, std::uint64_t lines_before)
    : lines_(std::move(source), max_bytes, lines_before), max_bytes_(max_bytes) {}

Result<bool> CsvReader::next(CsvRecord& record) {
  record.fields.clear();
  record.problem.clear();
  Line line;
  do {
    auto more = next_line(line);
    if (!more || !*more) return more;
  } while (line.text.empty() && !line.too_long);

  record.line = line.number;
  record.cut_off = line.cut_off;
  if (line.too_long) {
    record.problem = fmt::format("the line is longer than {} bytes", max_bytes_);
  } else if (line.text.find(kQuote) == std::string_view::npos) {
    split_csv_line(line.text, record.fields);
  } else if (auto read = read_quoted(line, record); !read) {
    return read.error();
  }
  return true;
}

Result<void> CsvReader::read_quoted(const Line& first, CsvRecord& record) {
  const std::size_t second_line = held_begin_;  // where reading goes on if the record proves wrong
  const std::uint64_t second_number = first.number + 1;
  Unquoter unquoter(unquoted_, field_end_);
  std::string_view problem = unquoter.read(first.text);
  Line line = first;
  bool spans_lines = false;
  while (problem.empty() && unquoter.inside_quotes()) {
    unquoter.append_line_break(line.ending);
    if (!spans_lines) held_line_ = second_number;
    spans_lines = true;
    auto more = hold_next_line(line);
    if (!more) return more.error();
    if (!*more || line.too_long || unquoted_.size() + line.text.size() > max_bytes_) {
      problem = "a quote is not closed";
    } else {
      problem = unquoter.read(line.text);
      record.cut_off = line.cut_off;
    }
  }
  if (!problem.empty()) {
    record.problem = problem;
    if (spans_lines) {
      held_begin_ = second_line;
      held_line_ = second_number;
      record.cut_off = first.cut_off;
    }
    return {};
  }
  std::size_t begin = 0;
  for (const std::size_t end : field_end_) {
    record.fields.push_back(std::string_view(unquoted_).substr(begin, end - begin));
    begin = end;
  }
  return {};
}

/// A line read ahead comes before those still in the file.
Result<bool> CsvReader::next_line(Line& line) {
  if (held_begin_ > held_.size() / 2) {
    held_.erase(0, held_begin_);
    held_begin_ = 0;
  }
  if (next_held(line)) return true;
  return lines_.next(line);
}

/// As next_line, but the line is kept in held_ so that it can be read again.
Result<bool> CsvReader::hold_next_line(Line& line) {
  if (next_held(line)) return true;
  auto more = lines_.next(line);
  if (!more || !*more || line.too_long) return more;
  held_ += line.text;
  held_ += line.ending;
  next_held(line);
  return true;
}

bool CsvReader::next_held(Line& line) {
  const std::string_view rest = std::string_view(held_).substr(held_begin_);
  if (rest.empty()) return false;
  const std::size_t feed = rest.find('\n');
  line = Line{};
  line.number = held_line_++;
  line.cut_off = feed == std::string_view::npos;
  line.text = rest.substr(0, feed);
  held_begin_ += line.text.size() + (line.cut_off ? 0 : 1);
  const bool has_return = line.text.ends_with('\r');
  if (has_return) line.text.remove_suffix(1);
  line.ending = rest.substr(line.text.size(), (has_return ? 1 : 0) + (line.cut_off ? 0 : 1));
  return true;
}

void split_csv_line(std::string_view text, std::vector<std::string_view>& fields) {
  for (;;) {
    const std::size_t comma = text.find(',');
    fields.push_back(text.substr(0, comma));
    if (comma == std::string_view::npos) return;
    text.remove_prefix(comma + 1);
  }
}

std::string csv_field(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
  std::string field(1, kQuote);
  for (const char c : text) {
    if (c == kQuote) field += kQuote;
    field += c;
  }
  field += kQuote;
  return field;
}

}  // namespace renown::io
