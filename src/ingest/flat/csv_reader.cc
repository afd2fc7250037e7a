#include "ingest/flat/csv_reader.h"

#include <array>
#include <utility>

#include <fmt/format.h>

#include "ingest/flat/chunked_log.h"
#include "ingest/flat/csv_header.h"
#include "ingest/flat/csv_parser.h"
#include "io/csv.h"

namespace renown::ingest::flat {
namespace {

class CsvFormat final : public ChunkFormat {
 public:
  Result<std::uint64_t> begin(io::LineChunks& chunks, RecordKeeper& keeper) override {
    io::CsvReader csv(follow(chunks));
    io::CsvRecord record;
    auto more = csv.next(record);
    if (!more) return more.error();
    if (!*more) {
      return bad_input(fmt::format("{} is empty: a flat CSV log begins with a header line such as {}", keeper.log(),
                                   "time,network,kind,actor,target,post,id"));
    }
    auto header = read_header(keeper.log(), record);
    if (!header) return header.error();
    if (!header->ignored.empty()) keeper.notice(ignored_columns(keeper.log(), header->ignored));
    header_ = std::move(*header);
    chunks.give_back(csv.ahead());
    return csv.lines();
  }

  std::unique_ptr<ChunkParser> make_parser() const override { return std::make_unique<PlainCsvParser>(header_); }

  std::unique_ptr<ChunkParser> parse_on(const io::LineChunk& chunk, io::LineChunks& chunks) const override {
    if (chunk.rest().find('"') == std::string_view::npos) return nullptr;
    chunks.give_back(chunk.rest());
    return std::make_unique<QuotedCsvParser>(header_, chunks);
  }

 private:
  CsvHeader header_;
};

}  // namespace

std::unique_ptr<model::InteractionReader> read_csv(std::string log, std::unique_ptr<io::ByteSource> source,
                                                   model::ReadOptions options) {
  return read_chunks(std::move(log), "a flat CSV log", std::make_unique<CsvFormat>(), std::move(source), options);
}

bool looks_like_csv(std::string_view head) {
  constexpr std::size_t kMost = 3;
  auto source = io::open_memory("head", head);
  if (!source) return false;
  io::CsvReader csv(std::move(*source));
  io::CsvRecord record;
  auto more = csv.next(record);
  if (!more || !*more) return false;
  std::array<bool, kColumns> seen{};
  for (const std::string_view name : record.fields) {
    if (const auto column = parse_column(name)) seen[static_cast<std::size_t>(*column)] = true;
  }
  std::size_t needed = 0;
  for (std::size_t i = 0; i < kNeededColumns; ++i) needed += seen[i] ? 1 : 0;
  return needed >= kMost;
}

}  // namespace renown::ingest::flat
