/// The slow twins of the flat log's readers, for tests: one line after the other, each by the strict parser.
#pragma once

#include <string>
#include <utility>

#include "ingest/flat/csv_header.h"
#include "ingest/flat/flat_row.h"
#include "ingest/flat/ndjson_line.h"
#include "ingest/flat/record_keeper.h"
#include "ingest/flat/testing.h"
#include "io/byte_source.h"
#include "io/csv.h"
#include "io/line_reader.h"

namespace renown::ingest::flat::testing {

/// Rows and books of a log, for the twins.
class SlowReading {
 public:
  SlowReading(std::string claim, model::ReadOptions options) : keeper("x", std::move(claim), options) {}

  /// returns whether to go on
  bool take(const Result<Interaction>& act, std::uint64_t line, bool cut_off) {
    if (act) {
      read.rows.push_back(shown(*act));
      keeper.good();
      return true;
    }
    return go_on(
        keeper.bad("x:" + std::to_string(line), (cut_off ? "the last line is cut off: " : "") + act.error().message));
  }
  bool go_on(const Result<void>& result) {
    if (!result) read.error = result.error().message;
    return result.has_value();
  }
  Read finished() {
    read.report = keeper.report();
    return std::move(read);
  }

  RecordKeeper keeper;
  Read read;
};

inline Read slow_ndjson(std::string_view bytes, model::ReadOptions options) {
  SlowReading reading("a flat NDJSON log", options);
  io::LineReader lines(std::move(*io::open_memory("x", bytes)));
  io::Line line;
  NdjsonLine parser;
  while (*lines.next(line)) {
    if (!line.too_long && line.text.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    if (!reading.take(parser.read(line), line.number, line.cut_off)) return reading.finished();
  }
  if (reading.keeper.report().records == 0) {
    reading.read.error = "x is empty: a flat NDJSON log holds one JSON object a line";
    return reading.finished();
  }
  if (!parser.ignored().empty()) reading.keeper.notice(ignored_columns("x", parser.ignored()));
  reading.go_on(reading.keeper.finish());
  return reading.finished();
}

inline Read slow_csv(std::string_view bytes, model::ReadOptions options) {
  SlowReading reading("a flat CSV log", options);
  io::CsvReader csv(std::move(*io::open_memory("x", bytes)));
  io::CsvRecord record;
  if (!*csv.next(record)) {
    reading.read.error =
        "x is empty: a flat CSV log begins with a header line such as time,network,kind,actor,target,post,id";
    return reading.finished();
  }
  const auto header = read_header("x", record);
  if (!header) {
    reading.read.error = header.error().message;
    return reading.finished();
  }
  if (!header->ignored.empty()) reading.keeper.notice(ignored_columns("x", header->ignored));
  while (*csv.next(record)) {
    const Result<Interaction> act =
        record.problem.empty() ? read_fields(*header, record.fields) : Result<Interaction>(bad_input(record.problem));
    if (!reading.take(act, record.line, record.cut_off)) return reading.finished();
  }
  reading.go_on(reading.keeper.finish());
  return reading.finished();
}

}  // namespace renown::ingest::flat::testing
