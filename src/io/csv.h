/// CSV as RFC 4180 has it: comma, double quotes, doubled quotes inside them, line breaks inside quotes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "renown/result.h"

#include "io/line_reader.h"

namespace renown::io {

/// One record of a CSV file.
struct CsvRecord {
  std::vector<std::string_view> fields;  ///< unquoted; valid until the next call of next(); empty if there is a problem
  std::uint64_t line = 0;                ///< line on which the record begins, from 1
  bool cut_off = false;                  ///< the last record of the file and without a line ending
  std::string problem;                   ///< empty, or one clause: "a quote is not closed", ...
};

/// Reads records one by one; memory is bounded by the longest record, itself bounded by max_bytes.
/// Blank lines between records are passed over.
///
/// A stray quote costs the line it stands on and no more: where the quote proves wrong only on a later line (it is
/// never closed, or text follows the closing one), reading goes on with the line after the one on which the record
/// began.
class CsvReader {
 public:
  /// max_bytes     longest record that is handed out
  /// lines_before  as in LineReader
  explicit CsvReader(std::unique_ptr<ByteSource> source, std::size_t max_bytes = LineReader::kMaxBytes,
                     std::uint64_t lines_before = 0);

  /// Puts the next record into `record`. returns false at the end. errors as ByteSource::read
  Result<bool> next(CsvRecord& record);

  std::uint64_t bytes_read() const { return lines_.bytes_read(); }

  /// Whether all that was read is records handed out, but for ahead(): another reader can go on with that.
  bool at_boundary() const { return held_begin_ == held_.size(); }
  std::string_view ahead() const { return lines_.ahead(); }
  std::uint64_t lines() const { return lines_.lines(); }  ///< as LineReader's

 private:
  Result<bool> next_line(Line& line);
  Result<bool> hold_next_line(Line& line);
  bool next_held(Line& line);
  Result<void> read_quoted(const Line& first, CsvRecord& record);

  LineReader lines_;
  std::size_t max_bytes_;
  std::string unquoted_;                ///< the unquoted bytes of the current record
  std::vector<std::size_t> field_end_;  ///< where each field ends in unquoted_
  std::string held_;                    ///< whole lines, read ahead for a record that spans several
  std::size_t held_begin_ = 0;          ///< first byte of held_ not yet handed out
  std::uint64_t held_line_ = 0;         ///< number of the line at held_begin_
};

/// The fields of a line without quotes; empty ones count.
void split_csv_line(std::string_view text, std::vector<std::string_view>& fields);

/// `text` as a CSV field: quoted only where it must be.
std::string csv_field(std::string_view text);

}  // namespace renown::io
