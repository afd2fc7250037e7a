#include "ingest/flat/csv_parser.h"

#include <span>
#include <utility>

#include <fmt/format.h>

#include "base/byte_scan.h"
#include "base/utf8.h"

namespace renown::ingest::flat {
namespace {

class FollowingBytes final : public io::ByteSource {
 public:
  FollowingBytes(io::LineChunks& chunks, std::uint64_t* taken) : chunks_(chunks), taken_(taken) {}

  std::uint64_t bytes_read() const override { return chunks_.bytes_read(); }

  Result<std::size_t> read(std::span<char> buffer) override {
    auto count = chunks_.read(buffer);
    if (count && taken_ != nullptr) *taken_ += *count;
    return count;
  }

 private:
  io::LineChunks& chunks_;
  std::uint64_t* taken_;
};

BadLine bad_line(std::uint64_t line, bool cut_off, const std::string& reason) {
  return {line, (cut_off ? "the last line is cut off: " : "") + reason};
}

}  // namespace

std::unique_ptr<io::ByteSource> follow(io::LineChunks& chunks, std::uint64_t* taken) {
  return std::make_unique<FollowingBytes>(chunks, taken);
}

PlainCsvParser::PlainCsvParser(const CsvHeader& header) : header_(header) {
  column_of_.assign(header.names.size(), kColumns);
  for (std::size_t column = 0; column < kColumns; ++column) {
    if (header.field[column]) column_of_[*header.field[column]] = static_cast<std::uint8_t>(column);
  }
}

void PlainCsvParser::begin(io::LineChunk& chunk) {
  chunk_ = &chunk;
  is_text_ = base::is_utf8(chunk.rest());
}

Result<Stop> PlainCsvParser::parse(model::InteractionBlock& block) {
  io::Line line;
  while (!block.full()) {
    if (is_text_ && take_quickly(block)) continue;
    if (!chunk_->next(line)) return Stop::end;
    if (line.text.empty() && !line.too_long) continue;
    if (!take_line(line, block)) return Stop::bad;
  }
  return Stop::full;
}

bool PlainCsvParser::take_quickly(model::InteractionBlock& block) {
  const std::string_view rest = chunk_->rest();
  const char* const end = split(rest.data());
  Interaction act;
  if (end == nullptr || !quick_.read(-1, row_, act)) return false;
  block.push_padded(act);
  chunk_->skip_line(static_cast<std::size_t>(end - rest.data()));
  return true;
}

/// Puts the fields of the line at `at` into row_, where each line fills the same columns. returns  behind its ending;
/// nullptr for the wrong number of fields, control characters in them, or the last line of the log without an ending
const char* PlainCsvParser::split(const char* at) {
  for (std::size_t field = 0;; ++field) {
    const char* const end = base::find_any(at, ',', ',');
    const std::uint8_t column = column_of_[field];
    if (column < kColumns) row_[static_cast<Column>(column)] = {at, static_cast<std::size_t>(end - at)};
    if (field + 1 == column_of_.size()) {
      at = end;
      break;
    }
    if (*end != ',') return nullptr;
    at = end + 1;
  }
  if (*at == '\r') ++at;
  return *at == '\n' ? at + 1 : nullptr;
}

bool PlainCsvParser::take_line(const io::Line& line, model::InteractionBlock& block) {
  if (line.too_long) {
    bad_ =
        bad_line(line.number, line.cut_off, fmt::format("the line is longer than {} bytes", io::LineReader::kMaxBytes));
    return false;
  }
  fields_.clear();
  io::split_csv_line(line.text, fields_);
  const auto act = read_fields(header_, fields_);
  if (!act) {
    bad_ = bad_line(line.number, line.cut_off, act.error().message);
    return false;
  }
  block.push(*act);
  return true;
}

QuotedCsvParser::QuotedCsvParser(const CsvHeader& header, io::LineChunks& chunks)
    : header_(header), chunks_(chunks), csv_(follow(chunks, &taken_), io::LineReader::kMaxBytes, kLinesBefore) {}

Result<Stop> QuotedCsvParser::parse(model::InteractionBlock& block) {
  while (!block.full()) {
    if (is_at_end()) {
      chunks_.give_back(csv_.ahead());
      return Stop::end;
    }
    const auto more = csv_.next(record_);
    if (!more) return more.error();
    if (!*more) return Stop::end;
    if (!record_.problem.empty()) {
      bad_ = bad_line(record_.line - kLinesBefore, record_.cut_off, record_.problem);
      return Stop::bad;
    }
    const auto act = read_fields(header_, record_.fields);
    if (!act) {
      bad_ = bad_line(record_.line - kLinesBefore, record_.cut_off, act.error().message);
      return Stop::bad;
    }
    block.push(*act);
  }
  return Stop::full;
}

/// Behind a chunk's worth of records: what follows may have no quotes.
bool QuotedCsvParser::is_at_end() const {
  return taken_ - csv_.ahead().size() >= io::LineChunks::kChunkBytes && csv_.at_boundary();
}

}  // namespace renown::ingest::flat
