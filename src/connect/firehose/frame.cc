#include "connect/firehose/frame.h"

#include <algorithm>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "atproto/cbor.h"
#include "atproto/record_key.h"
#include "base/text.h"
#include "connect/firehose/frame_parts.h"
#include "connect/settle.h"
#include "ingest/jetstream/jetstream_event.h"

namespace renown::connect::firehose {
namespace {

namespace jetstream = ingest::jetstream;

std::string shown(std::string_view text) {
  return base::shorten(base::printable(text), 120);
}

std::string place_of(std::int64_t seq, std::int64_t after) {
  return seq >= 0 ? fmt::format("seq {}", seq)
                  : fmt::format("the frame after seq {}", std::max<std::int64_t>(after, 0));
}

/// Why a message other than a commit is no interaction.
std::string reason_of(std::string_view type) {
  if (type == "#identity") return "a handle that changed (identity)";
  if (type == "#account") return "an account that came or went (account)";
  if (type == "#sync") return "a repository that was set anew (sync)";
  if (type == "#info") return "a word of the server (info)";
  return "an event of another kind";
}

void leave_out(model::ReadReport& report, const std::string& reason) {
  ++report.records;
  report.leave_out(reason);
}

}  // namespace

Frame FrameReader::read(std::string_view bytes, std::int64_t after, model::InteractionBlock& block,
                        model::ReadReport& report) {
  Frame frame;
  const auto bad = [&](std::string reason) {
    count_bad(report, place_of(frame.seq, after), std::move(reason));
    return frame;
  };
  const auto header = take_header(bytes);
  if (!header) return bad(header.error().message);
  Message message;
  const auto read = read_message(bytes, message);
  frame.seq = message.seq;
  frame.time = message.time;
  frame.message = shown(message.message);
  if (!read) return bad(read.error().message);
  if (header->is_error) {
    frame.error = message.name.empty() ? "an error without a name" : shown(message.name);
    return bad(fmt::format("the server says {}", frame.error));
  }
  if (header->type == "#info") frame.info = shown(message.name);
  if (header->type != "#commit") {
    leave_out(report, reason_of(header->type));
    return frame;
  }
  if (auto rows = read_commit(message, block, report); !rows) return bad(rows.error().message);
  return frame;
}

Result<void> FrameReader::read_commit(const Message& message, model::InteractionBlock& block,
                                      model::ReadReport& report) {
  if (message.seq < 0 || message.time < 0) return bad_input("the commit has no seq or no time");
  if (!message.did.starts_with("did:")) return bad_input("the commit names no repository");
  if (message.too_big) {
    return bad_input("the commit is too big for the stream: its account's repository has what it held");
  }
  const auto operations = read_operations(message.ops);
  if (!operations) return operations.error();
  // Deletes need no blocks, and a commit of nothing else may have none that can be read.
  std::optional<atproto::Car> blocks;
  if (std::ranges::any_of(*operations, [](const Operation& each) { return each.action == "create"; })) {
    auto car = atproto::Car::open(message.blocks, digests_);
    if (!car) return car.error();
    blocks = std::move(*car);
  }
  if (operations->empty()) leave_out(report, "a commit without records");
  for (const Operation& operation : *operations) {
    const std::string place = fmt::format("seq {}: {}", message.seq, shown(operation.path));
    record_.clear();
    if (auto rows = read_operation(operation, message, blocks ? &*blocks : nullptr); !rows) {
      count_bad(report, place, rows.error().message);
    } else {
      settle(record_, block, report, place);
    }
  }
  return {};
}

Result<void> FrameReader::read_operation(const Operation& operation, const Message& message,
                                         const atproto::Car* blocks) {
  const std::size_t slash = operation.path.find('/');
  if (slash == std::string_view::npos) return bad_input("its path is not collection/key");
  const std::string_view collection = operation.path.substr(0, slash);
  const std::string_view rkey = operation.path.substr(slash + 1);
  if (!jetstream::is_read(collection)) {
    record_.leave_out("a record of another collection");
    return {};
  }
  if (operation.action == "delete") {
    record_.add({message.time, Kind::undo, "bluesky", message.did, {}, {}, operation.path, {}});
    return {};
  }
  if (operation.action == "update") {
    record_.leave_out("a record that was changed");
    return {};
  }
  if (operation.action != "create" || blocks == nullptr)
    return bad_input("its action is none of create, update, delete");
  const std::string_view* const bytes = blocks->find(operation.cid);
  if (bytes == nullptr) return bad_input("the record is not in the frame");
  const auto json = atproto::cbor_to_json(*bytes);
  if (!json) return json.error();
  const auto content = parser_.parse(*json);
  if (!content) return content.error();
  return jetstream::read_created(message.did, collection, rkey, atproto::record_time(rkey, message.time), *content,
                                 record_);
}

}  // namespace renown::connect::firehose
