#include "ingest/flat/chunked_log.h"

#include <cstdint>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "ingest/flat/flat_row.h"
#include "ingest/flat/ndjson_line.h"
#include "ingest/flat/parsed_pieces.h"
#include "ingest/flat/record_keeper.h"

namespace renown::ingest::flat {
namespace {

/// What both ways of reading share: where the chunks come from, and the books.
class ChunkedLog : public model::InteractionReader {
 public:
  ChunkedLog(std::string log, std::string claim, std::unique_ptr<ChunkFormat> format,
             std::unique_ptr<io::ByteSource> source, model::ReadOptions options)
      : keeper_(std::move(log), std::move(claim), options), format_(std::move(format)), chunks_(std::move(source)) {}

  Result<bool> read(model::InteractionBlock& block) final {
    if (!std::exchange(begun_, true)) {
      const auto lines = format_->begin(chunks_, keeper_);
      if (!lines) return lines.error();
      lines_before_ = *lines;
    }
    return read_on(block);
  }

  const model::ReadReport& report() const final { return keeper_.report(); }
  std::uint64_t bytes_read() const final { return chunks_.bytes_read(); }

 protected:
  virtual Result<bool> read_on(model::InteractionBlock& block) = 0;

  Result<void> bad(const BadLine& bad) {
    return keeper_.bad(fmt::format("{}:{}", keeper_.log(), lines_before_ + bad.line), bad.reason);
  }

  void end_stretch(std::uint64_t lines, const std::vector<std::string>& ignored) {
    lines_before_ += lines;
    for (const std::string& key : ignored) remember_key(ignored_, key);
  }

  Result<bool> finish() {
    if (auto whole = format_->check_end(keeper_); !whole) return whole.error();
    if (!ignored_.empty()) keeper_.notice(ignored_columns(keeper_.log(), std::exchange(ignored_, {})));
    if (auto finished = keeper_.finish(); !finished) return finished.error();
    return false;
  }

  RecordKeeper keeper_;
  std::unique_ptr<ChunkFormat> format_;
  io::LineChunks chunks_;

 private:
  bool begun_ = false;
  std::uint64_t lines_before_ = 0;  ///< the stretch that is being read, header included
  std::vector<std::string> ignored_;
};

/// Parses straight into the caller's blocks.
class OneThreadLog final : public ChunkedLog {
 public:
  using ChunkedLog::ChunkedLog;

 private:
  Result<bool> read_on(model::InteractionBlock& block) override {
    for (;;) {
      if (current_ == nullptr) {
        auto more = chunks_.next(chunk_);
        if (!more) return more.error();
        if (!*more) return finish();
        begin_stretch();
      }
      const std::size_t rows_before = block.size();
      const auto stop = current_->parse(block);
      keeper_.good(block.size() - rows_before);
      if (!stop) return stop.error();
      if (*stop == Stop::full) return true;
      if (*stop == Stop::bad) {
        if (auto counted = bad(current_->bad_record()); !counted) return counted.error();
      } else {
        end_stretch(current_->lines(), current_->take_ignored());
        current_ = nullptr;
      }
    }
  }

  void begin_stretch() {
    if (parser_ == nullptr) parser_ = format_->make_parser();
    over_chunks_ = format_->parse_on(chunk_, chunks_);
    current_ = over_chunks_ != nullptr ? over_chunks_.get() : parser_.get();
    current_->begin(chunk_);
  }

  io::LineChunk chunk_;
  std::unique_ptr<ChunkParser> parser_, over_chunks_;
  ChunkParser* current_ = nullptr;
};

/// Hands out what ParsedPieces has parsed, in order, and counts it as one thread would have.
class ManyThreadsLog final : public ChunkedLog {
 public:
  ManyThreadsLog(std::string log, std::string claim, std::unique_ptr<ChunkFormat> format,
                 std::unique_ptr<io::ByteSource> source, model::ReadOptions options)
      : ChunkedLog(std::move(log), std::move(claim), std::move(format), std::move(source), options),
        pieces_(*format_, options.threads) {}

 private:
  Result<bool> read_on(model::InteractionBlock& block) override {
    for (;;) {
      if (piece_ == nullptr) {
        if (auto taken = take_piece(); !taken) return taken.error();
        if (piece_ == nullptr) return finish();
      }
      if (next_block_ < piece_->blocks_used) {
        auto handed = hand_out(block);
        if (!handed) return handed.error();
        if (!block.empty()) return true;
      } else if (auto counted = count_bad(SIZE_MAX); !counted) {
        return counted.error();
      } else {
        end_stretch(piece_->lines, piece_->ignored);
        if (piece_->error) return *piece_->error;
        pieces_.recycle(std::exchange(piece_, nullptr));
      }
    }
  }

  /// The next piece in the order of the log; none at its end. Meanwhile there is always something to parse.
  Result<void> take_piece() {
    while (!ended_ && pieces_.has_room() && !pieces_.is_next_ready()) {
      Piece& piece = pieces_.fresh();
      auto more = chunks_.next(piece.chunk);
      ended_ = !more || !*more;
      if (!more) {
        piece.error = more.error();
        pieces_.add_parsed();
      } else if (ended_) {
        pieces_.drop_fresh();
      } else if (auto parser = format_->parse_on(piece.chunk, chunks_)) {
        parse_piece(*parser, piece);
        ended_ = piece.error.has_value();
        pieces_.add_parsed();
      } else {
        pieces_.add();
      }
    }
    piece_ = pieces_.take();
    rows_counted_ = next_block_ = next_bad_ = 0;
    rows_given_ = 0;
    return {};
  }

  Result<void> hand_out(model::InteractionBlock& block) {
    model::InteractionBlock& parsed = piece_->blocks[next_block_++];
    const std::size_t rows_before = rows_given_;
    rows_given_ += parsed.size();
    std::swap(block, parsed);
    auto counted = count_bad(rows_given_);
    if (!counted) {
      block.truncate(rows_counted_ - rows_before);
      return counted;
    }
    keeper_.good(rows_given_ - rows_counted_);
    rows_counted_ = rows_given_;
    return {};
  }

  /// Counts the bad records of the piece that come before its row `rows`, and the good ones before each of them.
  Result<void> count_bad(std::size_t rows) {
    for (; next_bad_ < piece_->bad.size() && piece_->bad[next_bad_].rows_before <= rows; ++next_bad_) {
      const Piece::Bad& next = piece_->bad[next_bad_];
      keeper_.good(next.rows_before - rows_counted_);
      rows_counted_ = next.rows_before;
      if (auto counted = bad(next.line); !counted) return counted;
    }
    return {};
  }

  ParsedPieces pieces_;
  Piece* piece_ = nullptr;  ///< the one that is being handed out
  std::size_t next_block_ = 0;
  std::size_t next_bad_ = 0;
  std::size_t rows_given_ = 0;    ///< of the piece
  std::size_t rows_counted_ = 0;  ///< of the piece
  bool ended_ = false;
};

}  // namespace

std::unique_ptr<model::InteractionReader> read_chunks(std::string log, std::string claim,
                                                      std::unique_ptr<ChunkFormat> format,
                                                      std::unique_ptr<io::ByteSource> source,
                                                      model::ReadOptions options) {
  if (options.threads > 1) {
    return std::make_unique<ManyThreadsLog>(std::move(log), std::move(claim), std::move(format), std::move(source),
                                            options);
  }
  return std::make_unique<OneThreadLog>(std::move(log), std::move(claim), std::move(format), std::move(source),
                                        options);
}

}  // namespace renown::ingest::flat
