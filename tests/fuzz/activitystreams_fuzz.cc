// ActivityStreams 2.0.
#include "check_reader.h"
#include "ingest/activitystreams/activitystreams_reader.h"

using namespace renown;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes = fuzz::text_of(data, size);
  const auto open = [](auto source, bool strict) {
    return ingest::activitystreams::make_reader("x", std::move(source), {.strict = strict});
  };
  const fuzz::Outcome lenient = fuzz::check_reader(bytes, [&](auto source) { return open(std::move(source), false); });
  const fuzz::Outcome strict = fuzz::read_all(*open(fuzz::in_one_piece(bytes), true));
  fuzz::check(strict.error.empty() == (lenient.error.empty() && lenient.report.bad == 0),
              "a strict reading fails exactly where something is bad");
  fuzz::check(lenient.rows.starts_with(strict.rows), "a strict reading yields the same rows up to there");
  ingest::activitystreams::looks_like_activitystreams(bytes);
  return 0;
}
