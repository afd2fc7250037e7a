/// ParsedPieces: chunks on their way through several parsing threads, out in the order in which they went in.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "ingest/flat/chunk_parser.h"
#include "io/line_chunks.h"
#include "model/interaction_block.h"

namespace renown::ingest::flat {

/// One stretch of a log and what was parsed of it.
struct Piece {
  struct Bad {
    std::size_t rows_before = 0;  ///< good rows of the piece before it
    BadLine line;
  };

  io::LineChunk chunk;
  std::vector<model::InteractionBlock> blocks;  ///< kept for their room; only the first blocks_used hold rows
  std::size_t blocks_used = 0;
  std::vector<Bad> bad;
  std::uint64_t lines = 0;
  std::vector<std::string> ignored;
  std::optional<Error> error;  ///< what stopped the reading behind all of the above
};

/// Parses a stretch, which the parser has begun, to its end.
void parse_piece(ChunkParser& parser, Piece& piece);

/// For use by one thread, which puts chunks in and takes pieces out; where the next piece is not ready it parses too.
/// Destroyed at any time, it waits only for chunks that are being parsed.
class ParsedPieces {
 public:
  /// threads  the calling one included, at least 2. `format` must outlive this
  ParsedPieces(const ChunkFormat& format, std::size_t threads);
  ~ParsedPieces();
  ParsedPieces(const ParsedPieces&) = delete;
  ParsedPieces& operator=(const ParsedPieces&) = delete;

  /// Whether another piece may go in before one is taken out: memory is bounded.
  bool has_room() const { return in_flight_.size() < most_; }

  /// An empty piece to put a chunk into, then to be given to one of the next three.
  Piece& fresh();
  void add();         ///< to be parsed
  void add_parsed();  ///< it is parsed already
  void drop_fresh();  ///< there was nothing to put into it

  bool is_next_ready();

  /// The next piece; nullptr if none went in. To be recycled.
  Piece* take();
  void recycle(Piece* piece);

 private:
  struct Slot {
    Piece piece;
    bool parsed = false;
  };

  void work(const std::stop_token& stop);
  void parse(Slot& slot, std::unique_ptr<ChunkParser>& parser);
  void append(bool parsed);

  const ChunkFormat& format_;
  std::size_t most_;
  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::deque<std::unique_ptr<Slot>> in_flight_;  ///< in order; the caller's alone, but for what the slots hold
  std::deque<Slot*> waiting_;                    ///< under mutex_, as is Slot::parsed
  std::unique_ptr<Slot> fresh_, taken_;
  std::vector<std::unique_ptr<Slot>> spare_;
  std::unique_ptr<ChunkParser> own_parser_;
  std::vector<std::jthread> workers_;  // last: they must end before what they use
};

}  // namespace renown::ingest::flat
