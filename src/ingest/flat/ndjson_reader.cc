#include "ingest/flat/ndjson_reader.h"

#include <utility>

#include <fmt/format.h>

#include "ingest/flat/chunked_log.h"
#include "ingest/flat/ndjson_parser.h"
#include "io/json.h"

namespace renown::ingest::flat {
namespace {

class NdjsonFormat final : public ChunkFormat {
 public:
  Result<std::uint64_t> begin(io::LineChunks&, RecordKeeper&) override { return std::uint64_t{0}; }

  std::unique_ptr<ChunkParser> make_parser() const override { return std::make_unique<NdjsonParser>(); }

  Result<void> check_end(const RecordKeeper& keeper) const override {
    if (keeper.report().records > 0) return {};
    return bad_input(fmt::format("{} is empty: a flat NDJSON log holds one JSON object a line", keeper.log()));
  }
};

}  // namespace

std::unique_ptr<model::InteractionReader> read_ndjson(std::string log, std::unique_ptr<io::ByteSource> source,
                                                      model::ReadOptions options) {
  return read_chunks(std::move(log), "a flat NDJSON log", std::make_unique<NdjsonFormat>(), std::move(source), options);
}

bool looks_like_ndjson(std::string_view head) {
  const std::size_t begin = head.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos || head[begin] != '{') return false;
  const std::string_view line = head.substr(begin, head.find('\n', begin) - begin);
  io::JsonParser parser;
  if (auto root = parser.parse(line)) {
    return !(*root)["time"].is_missing() && !(*root)["kind"].is_missing() && !(*root)["actor"].is_missing();
  }
  // The line is longer than the head, or damaged, which the reader will say better.
  const auto holds = [&](std::string_view key) { return line.find(key) != std::string_view::npos; };
  return holds("\"time\"") && holds("\"kind\"") && holds("\"actor\"");
}

}  // namespace renown::ingest::flat
