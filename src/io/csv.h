/// CSV as RFC 4180 has it: comma, double quotes, doubled quotes inside them, line breaks inside quotes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "io/line_reader.h"
#include "renown/result.h"

namespace renown::io {

/// One record of a CSV file.
struct CsvRecord {
  std::vector<std::string_view> fields;  ///< unquoted; valid until the next call of next()
  std::uint64_t line = 0;                ///< line on which the record begins, from 1
  std::string problem;                   ///< empty, or one sentence: an unclosed quote, text after a closing quote, too long
};

/// Reads records one by one; memory is bounded by the longest record (LineReader::kMaxBytes).
/// Blank lines between records are passed over.
class CsvReader {
 public:
  explicit CsvReader(std::unique_ptr<ByteSource> source);

  /// Puts the next record into `record`. returns false at the end. errors as ByteSource::read
  Result<bool> next(CsvRecord& record);

  std::uint64_t bytes_read() const { return lines_.bytes_read(); }

 private:
  LineReader lines_;
  std::string record_bytes_;           ///< the unquoted bytes of the current record
  std::vector<std::size_t> field_end_;  ///< where each field ends in record_bytes_
};

/// `text` as a CSV field: quoted only where it must be.
std::string csv_field(std::string_view text);

}  // namespace renown::io
