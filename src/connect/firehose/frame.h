/// Frames of com.atproto.sync.subscribeRepos: what one stands for.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "atproto/car.h"
#include "ingest/record.h"
#include "io/json.h"
#include "model/interaction_block.h"
#include "model/interaction_reader.h"

namespace renown::connect::firehose {

struct Message;    // known to the sources of this folder
struct Operation;  // likewise

/// What a frame says beside its rows.
struct Frame {
  std::int64_t seq = -1;     ///< its place in the stream, > 0; -1 for one that has none, or whose place cannot be read
  std::int64_t time = -1;    ///< when the server saw what it tells, unix seconds; -1 as above
  std::string info = {};     ///< of an info frame its name: "OutdatedCursor"
  std::string error = {};    ///< of an error frame its name: "FutureCursor"; the server then ends the stream
  std::string message = {};  ///< of these two, for people
};

/// Reads one frame after the other, in room that it keeps.
class FrameReader {
 public:
  /// trusted digests are for fuzzing: no mutation of a block survives the check
  explicit FrameReader(atproto::Digests digests = atproto::Digests::checked) : digests_(digests) {}

  /// Appends the frame's rows and counts its records: each operation of a commit is one, any other frame is one. What
  /// cannot be used is bad, with its place: "seq 17", "seq 17: app.bsky.feed.like/3l3qo2vutsw2b".
  ///
  /// after  seq of the frame before: the place of one that does not tell its own
  Frame read(std::string_view bytes, std::int64_t after, model::InteractionBlock& block, model::ReadReport& report);

 private:
  Result<void> read_commit(const Message& message, model::InteractionBlock& block, model::ReadReport& report);
  Result<void> read_operation(const Operation& operation, const Message& message, const atproto::Car* blocks);

  atproto::Digests digests_;
  io::JsonParser parser_;
  ingest::Record record_;
};

}  // namespace renown::connect::firehose
