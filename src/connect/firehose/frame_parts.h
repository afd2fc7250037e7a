/// The parts of a frame: two DAG-CBOR items back to back, a header and a message. Inside of this folder.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "renown/result.h"

namespace renown::connect::firehose {

/// {"op": 1, "t": "#commit"}; op is -1 for an error.
struct Header {
  bool is_error = false;
  std::string_view type;
};

/// Of a message, whatever its type, what is of use. Views into the frame.
struct Message {
  std::int64_t seq = -1;    ///< > 0; -1 where there is none
  std::int64_t time = -1;   ///< unix seconds; -1 where there is none
  std::string_view did;     ///< "repo" of a commit, "did" of the others
  std::string_view ops;     ///< a list, still DAG-CBOR
  std::string_view blocks;  ///< a CAR
  bool too_big = false;
  std::string_view name;     ///< of info: "name"; of an error: "error"
  std::string_view message;  ///< of these two
};

/// One record that was created, changed or deleted.
struct Operation {
  std::string_view action;
  std::string_view path;  ///< "app.bsky.feed.like/3l3qo2vutsw2b"
  std::string_view cid;   ///< empty for a delete
};

/// The header; `bytes` are then those of the message.
Result<Header> take_header(std::string_view& bytes);

/// errors  bad_input, as one clause; what came before it is in `message` already, so that its place can be told
Result<void> read_message(std::string_view bytes, Message& message);

Result<std::vector<Operation>> read_operations(std::string_view ops);

}  // namespace renown::connect::firehose
