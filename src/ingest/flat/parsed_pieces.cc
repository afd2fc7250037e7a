#include "ingest/flat/parsed_pieces.h"

#include <exception>
#include <utility>

namespace renown::ingest::flat {
namespace {

constexpr std::size_t kPiecesAThread = 3;  ///< one being parsed, one waiting, one being handed out

}  // namespace

void parse_piece(ChunkParser& parser, Piece& piece) {
  std::size_t rows_before = 0;  // of the blocks that are full
  const auto begin_block = [&]() -> model::InteractionBlock& {
    if (piece.blocks.size() == piece.blocks_used) piece.blocks.emplace_back();
    model::InteractionBlock& block = piece.blocks[piece.blocks_used++];
    block.clear();
    return block;
  };
  model::InteractionBlock* block = &begin_block();
  for (;;) {
    const auto stop = parser.parse(*block);
    if (!stop) {
      piece.error = stop.error();
      break;
    }
    if (*stop == Stop::end) break;
    if (*stop == Stop::bad) {
      piece.bad.push_back({rows_before + block->size(), parser.bad_record()});
    } else {
      rows_before += block->size();
      block = &begin_block();
    }
  }
  piece.lines = parser.lines();
  piece.ignored = parser.take_ignored();
}

ParsedPieces::ParsedPieces(const ChunkFormat& format, std::size_t threads)
    : format_(format), most_(threads * kPiecesAThread) {
  for (std::size_t i = 1; i < threads; ++i) {
    workers_.emplace_back([this](const std::stop_token& stop) { work(stop); });
  }
}

ParsedPieces::~ParsedPieces() {
  for (std::jthread& worker : workers_) worker.request_stop();
}

Piece& ParsedPieces::fresh() {
  if (spare_.empty()) {
    fresh_ = std::make_unique<Slot>();
  } else {
    fresh_ = std::move(spare_.back());
    spare_.pop_back();
  }
  Piece& piece = fresh_->piece;
  piece.blocks_used = 0;
  piece.bad.clear();
  piece.error.reset();
  fresh_->parsed = false;
  return piece;
}

void ParsedPieces::add() {
  Slot* const slot = fresh_.get();
  in_flight_.push_back(std::move(fresh_));
  {
    const std::lock_guard lock(mutex_);
    waiting_.push_back(slot);
  }
  changed_.notify_all();
}

void ParsedPieces::add_parsed() {
  fresh_->parsed = true;
  in_flight_.push_back(std::move(fresh_));
}

void ParsedPieces::drop_fresh() {
  spare_.push_back(std::move(fresh_));
}

bool ParsedPieces::is_next_ready() {
  const std::lock_guard lock(mutex_);
  return !in_flight_.empty() && in_flight_.front()->parsed;
}

Piece* ParsedPieces::take() {
  if (in_flight_.empty()) return nullptr;
  Slot& next = *in_flight_.front();
  std::unique_lock lock(mutex_);
  while (!next.parsed) {
    if (waiting_.empty()) {
      changed_.wait(lock, [&] { return next.parsed; });
      break;
    }
    Slot* const mine = waiting_.front();
    waiting_.pop_front();
    lock.unlock();
    parse(*mine, own_parser_);
    lock.lock();
    mine->parsed = true;
  }
  lock.unlock();
  taken_ = std::move(in_flight_.front());
  in_flight_.pop_front();
  return &taken_->piece;
}

void ParsedPieces::recycle(Piece* piece) {
  if (taken_ != nullptr && piece == &taken_->piece) spare_.push_back(std::move(taken_));
}

void ParsedPieces::work(const std::stop_token& stop) {
  std::unique_ptr<ChunkParser> parser;
  std::unique_lock lock(mutex_);
  while (changed_.wait(lock, stop, [this] { return !waiting_.empty(); })) {
    if (stop.stop_requested()) return;
    Slot* const slot = waiting_.front();
    waiting_.pop_front();
    lock.unlock();
    parse(*slot, parser);
    lock.lock();
    slot->parsed = true;
    changed_.notify_all();
  }
}

/// What is thrown (only the standard library throws) ends the log with a sentence.
void ParsedPieces::parse(Slot& slot, std::unique_ptr<ChunkParser>& parser) {
  Piece& piece = slot.piece;
  try {
    if (parser == nullptr) parser = format_.make_parser();
    parser->begin(piece.chunk);
    parse_piece(*parser, piece);
  } catch (const std::exception& thrown) {
    piece.error = Error{ErrorCode::internal, std::string("a thread that reads the log failed: ") + thrown.what()};
  }
}

}  // namespace renown::ingest::flat
