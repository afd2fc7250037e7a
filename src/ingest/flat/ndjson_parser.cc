#include "ingest/flat/ndjson_parser.h"

#include <utility>

#include "base/utf8.h"

namespace renown::ingest::flat {
namespace {

bool is_blank(const io::Line& line) {
  return !line.too_long && line.text.find_first_not_of(" \t\r") == std::string_view::npos;
}

}  // namespace

void NdjsonParser::begin(io::LineChunk& chunk) {
  chunk_ = &chunk;
  is_text_ = base::is_utf8(chunk.rest());
}

Result<Stop> NdjsonParser::parse(model::InteractionBlock& block) {
  io::Line line;
  while (!block.full()) {
    if (is_text_ && take_quickly(block)) continue;
    if (!chunk_->next(line)) return Stop::end;
    if (!is_blank(line) && !take_line(line, block)) return Stop::bad;
  }
  return Stop::full;
}

bool NdjsonParser::take_quickly(model::InteractionBlock& block) {
  const std::string_view rest = chunk_->rest();
  const char* const end = shape_.read(rest.data());
  Interaction act;
  if (end == nullptr || !quick_.read(-1, shape_.row(), act)) return false;
  block.push_padded(act);
  chunk_->skip_line(static_cast<std::size_t>(end - rest.data()));
  return true;
}

bool NdjsonParser::take_line(const io::Line& line, model::InteractionBlock& block) {
  const auto act = line_.read(line);
  if (!act) {
    bad_ = {line.number, (line.cut_off ? "the last line is cut off: " : "") + act.error().message};
    return false;
  }
  block.push(*act);
  shape_.learn(line.text);
  return true;
}

std::vector<std::string> NdjsonParser::take_ignored() {
  return std::exchange(line_.ignored(), {});
}

}  // namespace renown::ingest::flat
