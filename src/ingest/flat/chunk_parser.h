/// ChunkParser: the rows of one chunk of a flat log, whatever its format.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "renown/result.h"

#include "ingest/flat/record_keeper.h"
#include "io/line_chunks.h"
#include "model/interaction_block.h"

namespace renown::ingest::flat {

/// Why a parser came back.
enum class Stop : std::uint8_t {
  full,  ///< the block is
  bad,   ///< at a bad record, which is told by bad_record()
  end,   ///< of the chunk
};

/// A record that cannot be used: the line it begins on, counted from 1 in its chunk, and why.
struct BadLine {
  std::uint64_t line = 0;
  std::string reason;
};

/// Parses stretch after stretch of a log, in its order but perhaps not all of them. Not for use by two threads at once.
class ChunkParser {
 public:
  virtual ~ChunkParser() = default;

  /// To be called before each chunk, which must stay until parse() has told its end.
  virtual void begin(io::LineChunk& chunk) = 0;

  /// Appends the next rows to `block`. errors  those of a source that is read meanwhile
  virtual Result<Stop> parse(model::InteractionBlock& block) = 0;

  /// Lines taken of this stretch.
  virtual std::uint64_t lines() const = 0;

  const BadLine& bad_record() const { return bad_; }

  /// Keys of the stretch that are no columns, in order of their first appearance. Emptied by this.
  virtual std::vector<std::string> take_ignored() { return {}; }

 protected:
  BadLine bad_;
};

/// What the parsers of one log have in common.
class ChunkFormat {
 public:
  virtual ~ChunkFormat() = default;

  /// Takes the header, where there is one.
  /// returns  lines that it took. errors  bad_input; those of the source
  virtual Result<std::uint64_t> begin(io::LineChunks& chunks, RecordKeeper& keeper) = 0;

  virtual std::unique_ptr<ChunkParser> make_parser() const = 0;

  /// A parser for a chunk whose last record may go on behind it: it gives the chunk back, takes what it needs of
  /// `chunks`, and ends with a record. Nothing where the chunk can be parsed by itself.
  virtual std::unique_ptr<ChunkParser> parse_on(const io::LineChunk&, io::LineChunks&) const { return nullptr; }

  /// errors  bad_input, where a log may not end like this
  virtual Result<void> check_end(const RecordKeeper&) const { return {}; }
};

}  // namespace renown::ingest::flat
