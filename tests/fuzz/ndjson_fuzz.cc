// The flat log as NDJSON.
#include "check_reader.h"
#include "ingest/flat/ndjson_reader.h"

using namespace renown;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes = fuzz::text_of(data, size);
  fuzz::check_reader(bytes, [](auto source) { return ingest::flat::read_ndjson("x.ndjson", std::move(source), {}); });
  ingest::flat::looks_like_ndjson(bytes);
  return 0;
}
