/// NdjsonParser: the lines of a flat NDJSON log, by their shape where they have one that was seen before.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "ingest/flat/chunk_parser.h"
#include "ingest/flat/ndjson_line.h"
#include "ingest/flat/ndjson_shape.h"
#include "ingest/flat/quick_row.h"

namespace renown::ingest::flat {

class NdjsonParser final : public ChunkParser {
 public:
  void begin(io::LineChunk& chunk) override;
  Result<Stop> parse(model::InteractionBlock& block) override;
  std::uint64_t lines() const override { return chunk_->lines(); }
  std::vector<std::string> take_ignored() override;

 private:
  bool take_quickly(model::InteractionBlock& block);
  bool take_line(const io::Line& line, model::InteractionBlock& block);

  io::LineChunk* chunk_ = nullptr;
  bool is_text_ = false;  ///< the chunk is UTF-8
  NdjsonShape shape_;
  QuickRow quick_;
  NdjsonLine line_;
};

}  // namespace renown::ingest::flat
