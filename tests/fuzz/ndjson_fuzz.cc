// The flat log as NDJSON.
#include "check_reader.h"
#include "ingest/flat/ndjson_reader.h"

using namespace renown;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes = fuzz::text_of(data, size);
  const auto open = [](auto source) { return ingest::flat::read_ndjson("x.ndjson", std::move(source), {}); };
  const auto report = fuzz::check_reader(bytes, open).report;
  fuzz::check(report.records == report.interactions + report.bad, "a line is an interaction or bad");
  ingest::flat::looks_like_ndjson(bytes);
  return 0;
}
