/// The two parsers of a flat CSV log: for lines without quotes, which are records, and for all others.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "ingest/flat/chunk_parser.h"
#include "ingest/flat/csv_header.h"
#include "ingest/flat/quick_row.h"
#include "io/csv.h"

namespace renown::ingest::flat {

/// What follows in `chunks`, which must outlive it, as a source.
std::unique_ptr<io::ByteSource> follow(io::LineChunks& chunks, std::uint64_t* taken = nullptr);

/// Chunks that hold no quote. `header` must outlive it.
class PlainCsvParser final : public ChunkParser {
 public:
  explicit PlainCsvParser(const CsvHeader& header);

  void begin(io::LineChunk& chunk) override;
  Result<Stop> parse(model::InteractionBlock& block) override;
  std::uint64_t lines() const override { return chunk_->lines(); }

 private:
  bool take_quickly(model::InteractionBlock& block);
  const char* split(const char* at);
  bool take_line(const io::Line& line, model::InteractionBlock& block);

  const CsvHeader& header_;
  std::vector<std::uint8_t> column_of_;  ///< by field; kColumns for one that is ignored
  io::LineChunk* chunk_ = nullptr;
  bool is_text_ = false;  ///< the chunk is UTF-8
  FlatRow row_;           ///< of the line that was split last
  QuickRow quick_;
  std::vector<std::string_view> fields_;
};

/// A chunk with quotes, and what follows it up to the end of a record. `header` and `chunks` must outlive it.
class QuotedCsvParser final : public ChunkParser {
 public:
  QuotedCsvParser(const CsvHeader& header, io::LineChunks& chunks);

  void begin(io::LineChunk&) override {}
  Result<Stop> parse(model::InteractionBlock& block) override;
  std::uint64_t lines() const override { return csv_.lines() - kLinesBefore; }

 private:
  /// It begins in the middle of the log, where a byte-order mark is none.
  static constexpr std::uint64_t kLinesBefore = 1;

  bool is_at_end() const;

  const CsvHeader& header_;
  io::LineChunks& chunks_;
  std::uint64_t taken_ = 0;  ///< bytes that csv_ has asked for
  io::CsvReader csv_;
  io::CsvRecord record_;
};

}  // namespace renown::ingest::flat
