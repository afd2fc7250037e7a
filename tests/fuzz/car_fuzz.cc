// Bluesky's repositories: CAR files, the tree of records in them, DAG-CBOR.
#include "atproto/car.h"
#include "atproto/cbor.h"
#include "atproto/repository.h"
#include "check_reader.h"
#include "ingest/archive/bluesky/car_reader.h"
#include "io/json.h"

using namespace renown;
namespace bluesky = ingest::archive::bluesky;

namespace {

/// Two readers of CBOR agree on where an item ends, and what one makes of it is JSON.
void check_cbor(std::string_view bytes) {
  const auto json = atproto::cbor_to_json(bytes);
  atproto::CborReader reader(bytes);
  const auto skipped = reader.skip();
  if (!json) {
    fuzz::check(!json.error().message.empty(), "an error says why");
    return;
  }
  fuzz::check(skipped && reader.at_end(), "what is a document is one item to its end");
  io::JsonParser parser;
  fuzz::check(parser.parse(*json).has_value(), "a document becomes valid JSON");
}

/// Without digests, which no mutation survives.
void check_tree(std::string_view bytes) {
  const auto car = atproto::Car::open(bytes, atproto::Digests::trusted);
  if (!car) return;
  const auto repository = atproto::read_repository(*car);
  if (!repository) return;
  for (std::size_t i = 1; i < repository->records.size(); ++i) {
    fuzz::check(repository->records[i - 1].path < repository->records[i].path, "paths ascend");
  }
  for (const auto& record : repository->records) {
    if (const std::string_view* block = car->find(record.cid)) check_cbor(*block);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes = fuzz::text_of(data, size);
  check_cbor(bytes);
  check_tree(bytes);
  fuzz::check_reader(bytes, [](auto source) { return bluesky::make_reader("x", std::move(source), {}); });
  atproto::looks_like_car(bytes);
  return 0;
}
