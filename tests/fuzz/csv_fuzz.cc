// The flat log as CSV, and CSV itself.
#include "check.h"
#include "check_reader.h"
#include "ingest/flat/csv_reader.h"
#include "io/csv.h"

using namespace renown;

namespace {

constexpr std::string_view kHeader = "time,network,kind,actor,target,post,id,tags\n";

/// A record written again is read as itself.
void check_fields(const io::CsvRecord& record) {
  std::string text = "x";
  for (const std::string_view field : record.fields) text.append(",").append(io::csv_field(field));
  text += '\n';
  io::CsvReader again(fuzz::in_one_piece(text));
  io::CsvRecord copy;
  fuzz::check(*again.next(copy) && copy.problem.empty(), "what csv_field writes is CSV");
  fuzz::check(std::equal(record.fields.begin(), record.fields.end(), copy.fields.begin() + 1, copy.fields.end()),
              "what csv_field writes is read as itself");
}

/// With a small limit, so that the ways of long records are taken too.
void check_records(std::string_view bytes) {
  io::CsvReader csv(fuzz::in_pieces(bytes), 40);
  io::CsvRecord record;
  std::uint64_t line = 0;
  bool written_again = false;
  while (*csv.next(record)) {
    fuzz::check(record.line > line, "records go forward");
    line = record.line;
    fuzz::check(record.problem.empty() != record.fields.empty(), "a record has fields or a problem");
    if (!written_again && record.problem.empty()) check_fields(record);
    written_again = written_again || record.problem.empty();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes = fuzz::text_of(data, size);
  const auto open = [](auto source) { return ingest::flat::read_csv("x.csv", std::move(source), {}); };
  check_records(bytes);
  // Most inputs are more use as rows than as a header.
  const bool has_header = ingest::flat::looks_like_csv(bytes) || size % 8 == 0;
  const std::string log = has_header ? std::string(bytes) : std::string(kHeader).append(bytes);
  const auto report = fuzz::check_reader(log, open).report;
  fuzz::check(report.records == report.interactions + report.bad, "a row is an interaction or bad");
  return 0;
}
