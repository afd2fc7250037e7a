#include "connect/firehose/frame_parts.h"

#include "atproto/cbor_map.h"
#include "base/time.h"

namespace renown::connect::firehose {
namespace {

using atproto::CborHead;
using atproto::CborReader;
using atproto::CborType;

/// The next item, which must be of that type.
Result<CborHead> take(CborReader& reader, CborType type, const char* otherwise) {
  auto head = reader.next();
  if (!head) return head.error();
  if (head->type != type) return bad_input(otherwise);
  return *head;
}

Result<void> take_text(CborReader& reader, std::string_view& text) {
  const auto head = take(reader, CborType::text, "what should be a text is none");
  if (!head) return head.error();
  text = head->content;
  return {};
}

Result<void> take_seq(CborReader& reader, std::int64_t& seq) {
  const char* const otherwise = "its seq is no place in a stream";
  const auto head = take(reader, CborType::unsigned_integer, otherwise);
  if (!head) return head.error();
  if (head->value == 0 || head->value > INT64_MAX) return bad_input(otherwise);
  seq = static_cast<std::int64_t>(head->value);
  return {};
}

Result<void> take_time(CborReader& reader, std::int64_t& seconds) {
  std::string_view text;
  if (auto taken = take_text(reader, text); !taken) return taken;
  const auto time = base::parse_time(text);
  if (!time) return time.error();
  seconds = *time;
  return {};
}

Result<void> take_blocks(CborReader& reader, std::string_view& blocks) {
  const auto head = take(reader, CborType::bytes, "its blocks are no bytes");
  if (!head) return head.error();
  blocks = head->content;
  return {};
}

Result<void> take_flag(CborReader& reader, bool& flag) {
  constexpr std::uint64_t kTrue = 21;
  const auto head = reader.next();
  if (!head) return head.error();
  flag = head->type == CborType::simple && head->value == kTrue;
  return head->type == CborType::array || head->type == CborType::map ? Result<void>(bad_input("a flag is none"))
                                                                      : Result<void>();
}

/// The link that comes next, or nothing where there is a null.
Result<void> take_link(CborReader& reader, std::string_view& link) {
  const auto head = reader.next();
  if (!head) return head.error();
  if (head->type != CborType::link && head->type != CborType::simple) return bad_input("a cid is no link");
  link = head->content;
  return {};
}

Result<Operation> take_operation(CborReader& reader) {
  Operation operation;
  auto read = atproto::read_map(reader, [&](std::string_view key) -> Result<void> {
    if (key == "action") return take_text(reader, operation.action);
    if (key == "path") return take_text(reader, operation.path);
    if (key == "cid") return take_link(reader, operation.cid);
    return reader.skip();
  });
  if (!read) return read.error();
  return operation;
}

}  // namespace

Result<Header> take_header(std::string_view& bytes) {
  CborReader reader(bytes);
  Header header;
  bool is_known = false;
  auto read = atproto::read_map(reader, [&](std::string_view key) -> Result<void> {
    if (key == "t") return take_text(reader, header.type);
    if (key != "op") return reader.skip();
    const auto op = reader.next();
    if (!op) return op.error();
    header.is_error = op->type == CborType::negative_integer && op->value == 0;  // -1
    is_known = header.is_error || (op->type == CborType::unsigned_integer && op->value == 1);
    return is_known ? Result<void>() : Result<void>(bad_input("its op is neither 1 nor -1"));
  });
  if (!read) return read.error();
  if (!is_known) return bad_input("its header has no op");
  bytes.remove_prefix(reader.offset());
  return header;
}

Result<void> read_message(std::string_view bytes, Message& message) {
  CborReader reader(bytes);
  auto read = atproto::read_map(reader, [&](std::string_view key) -> Result<void> {
    if (key == "seq") return take_seq(reader, message.seq);
    if (key == "time") return take_time(reader, message.time);
    if (key == "repo" || key == "did") return take_text(reader, message.did);
    if (key == "blocks") return take_blocks(reader, message.blocks);
    if (key == "tooBig") return take_flag(reader, message.too_big);
    if (key == "name" || key == "error") return take_text(reader, message.name);
    if (key == "message") return take_text(reader, message.message);
    const std::size_t begin = reader.offset();
    if (auto skipped = reader.skip(); !skipped) return skipped;
    if (key == "ops") message.ops = bytes.substr(begin, reader.offset() - begin);
    return {};
  });
  if (!read) return read;
  return reader.at_end() ? Result<void>() : Result<void>(bad_input("something follows its message"));
}

Result<std::vector<Operation>> read_operations(std::string_view ops) {
  CborReader reader(ops);
  const auto list = take(reader, CborType::array, "its ops are no list");
  if (!list) return list.error();
  std::vector<Operation> operations;
  for (std::uint64_t i = 0; i < list->value; ++i) {
    auto operation = take_operation(reader);
    if (!operation) return operation.error();
    operations.push_back(*operation);
  }
  return operations;
}

}  // namespace renown::connect::firehose
