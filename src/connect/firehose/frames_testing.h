/// What tests of frames share: recorded ones, and ones put together by hand.
#pragma once

#include <array>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "io/byte_source.h"

namespace renown::connect::firehose::test {

/// A file of this project.
inline std::string source_file(std::string_view path) {
  const char* const root = std::getenv("RENOWN_SOURCE");
  std::string bytes;
  auto source = io::open_bytes(std::string(root == nullptr ? "." : root) + "/" + std::string(path));
  if (!source) return bytes;
  std::array<char, 65536> buffer;
  for (auto got = (*source)->read(buffer); got && *got > 0; got = (*source)->read(buffer))
    bytes.append(buffer.data(), *got);
  return bytes;
}

/// The frames that tests/peers/atproto/record_frames.py recorded from a real server.
inline std::vector<std::string> recorded_frames() {
  const std::string bytes = source_file("tests/peers/atproto/frames.zst");
  std::vector<std::string> frames;
  for (std::size_t at = 0; at + 4 <= bytes.size();) {
    std::size_t size = 0;
    for (int i = 0; i < 4; ++i) size = size << 8 | static_cast<unsigned char>(bytes[at++]);
    frames.push_back(bytes.substr(at, size));
    at += size;
  }
  return frames;
}

/// DAG-CBOR of small values: sizes below 2^16.
inline std::string head(unsigned major, std::uint64_t value) {
  const auto first = [&](unsigned low) { return static_cast<char>(major << 5 | low); };
  if (value < 24) return {first(static_cast<unsigned>(value))};
  if (value < 256) return {first(24), static_cast<char>(value)};
  return {first(25), static_cast<char>(value >> 8), static_cast<char>(value)};
}
inline std::string number(std::uint64_t value) {
  return head(0, value);
}
inline std::string bytes(std::string_view content) {
  return head(2, content.size()) + std::string(content);
}
inline std::string text(std::string_view content) {
  return head(3, content.size()) + std::string(content);
}
inline std::string list(const std::vector<std::string>& items) {
  std::string all = head(4, items.size());
  for (const std::string& item : items) all += item;
  return all;
}
inline std::string map(const std::vector<std::pair<std::string_view, std::string>>& members) {
  std::string all = head(5, members.size());
  for (const auto& [key, value] : members) all += text(key) + value;
  return all;
}

inline const std::string kNull = "\xf6";
inline const std::string kTrue = "\xf5";
inline const std::string kMinusOne = "\x20";

inline std::string message(std::string_view type, const std::string& body) {
  return map({{"op", number(1)}, {"t", text(type)}}) + body;
}

inline std::string error(std::string_view name, std::string_view says) {
  return map({{"op", kMinusOne}}) + map({{"error", text(name)}, {"message", text(says)}});
}

/// A commit of did:plc:ann that deletes a record: it needs no blocks.
inline std::string deletion(std::uint64_t seq, std::string_view path) {
  return message("#commit",
                 map({{"ops", list({map({{"cid", kNull}, {"path", text(path)}, {"action", text("delete")}})})},
                      {"seq", number(seq)},
                      {"repo", text("did:plc:ann")},
                      {"time", text("2026-11-28T20:00:00.123Z")},
                      {"blocks", bytes("")}}));
}

}  // namespace renown::connect::firehose::test
