#include "atproto/car.h"

#include <cstdint>
#include <optional>
#include <span>
#include <utility>

#include <fmt/format.h>

#include "atproto/cbor.h"
#include "base/digest.h"

namespace renown::atproto {
namespace {

/// A number in groups of seven bits, low ones first (LEB128), off the front of `bytes`; of at most nine bytes.
std::optional<std::uint64_t> take_varint(std::string_view& bytes) {
  constexpr std::size_t kMostBytes = 9;
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < kMostBytes && i < bytes.size(); ++i) {
    const auto byte = static_cast<unsigned char>(bytes[i]);
    value |= std::uint64_t{byte & 0x7fu} << (7 * i);
    if (byte < 0x80) {
      bytes.remove_prefix(i + 1);
      return value;
    }
  }
  return std::nullopt;
}

std::string hex_of(std::string_view bytes) {
  std::string hex;
  for (const char byte : bytes) hex += fmt::format("{:02x}", static_cast<unsigned char>(byte));
  return hex;
}

/// A section: a CID and the block that it names.
struct Section {
  std::string_view cid;
  std::string_view digest;
  std::string_view block;
};

/// AT Protocol has CIDs of version 1 with a SHA-256 and nothing else.
std::optional<Section> read_section(std::string_view bytes) {
  constexpr std::uint64_t kSha256 = 0x12;
  constexpr std::size_t kDigestBytes = 32;
  std::string_view rest = bytes;
  const auto version = take_varint(rest);
  const auto codec = take_varint(rest);
  const auto hash = take_varint(rest);
  const auto size = take_varint(rest);
  if (!codec || version != 1u || hash != kSha256 || size != kDigestBytes || rest.size() < kDigestBytes) {
    return std::nullopt;
  }
  const std::string_view digest = rest.substr(0, kDigestBytes);
  rest.remove_prefix(kDigestBytes);
  return Section{bytes.substr(0, bytes.size() - rest.size()), digest, rest};
}

bool is_named_right(const Section& section) {
  base::Sha256 digest;
  digest.add(std::span(section.block));
  return digest.hex() == hex_of(section.digest);
}

/// The one root in {"roots": [CID], "version": 1}.
Result<std::string_view> read_header(std::string_view header) {
  CborReader reader(header);
  const Error no_car = bad_input("it is no CAR file of version 1 with one root");
  const auto map = reader.next();
  if (!map || map->type != CborType::map) return no_car;
  std::string_view root;
  bool is_version_1 = false;
  for (std::uint64_t i = 0; i < map->value; ++i) {
    const auto key = reader.next();
    if (!key || key->type != CborType::text) return no_car;
    const auto value = reader.next();
    if (!value) return no_car;
    if (key->content == "version" && value->type == CborType::unsigned_integer) {
      is_version_1 = value->value == 1;
    } else if (key->content == "roots" && value->type == CborType::array && value->value == 1) {
      const auto link = reader.next();
      if (!link || link->type != CborType::link) return no_car;
      root = link->content;
    } else {
      return no_car;
    }
  }
  if (!is_version_1 || root.empty()) return no_car;
  return root;
}

}  // namespace

bool looks_like_car(std::string_view head) {
  constexpr std::string_view kFirst = "\xa2\x65roots";  // a map of two, its first key "roots"
  return take_varint(head).has_value() && head.starts_with(kFirst);
}

Result<Car> Car::open(std::string_view bytes, Digests digests) {
  const std::size_t whole = bytes.size();
  Car car;
  bool is_header = true;
  while (!bytes.empty()) {
    const std::size_t at = whole - bytes.size();
    const auto size = take_varint(bytes);
    if (!size || *size > bytes.size()) {
      return bad_input(fmt::format("it is cut off: the block at byte {} is longer than the file", at + 1));
    }
    const std::string_view section = bytes.substr(0, *size);
    bytes.remove_prefix(*size);
    if (std::exchange(is_header, false)) {
      const auto root = read_header(section);
      if (!root) return root.error();
      car.root_ = *root;
      continue;
    }
    const auto read = read_section(section);
    if (!read) return bad_input(fmt::format("the block at byte {} has no CID with a SHA-256", at + 1));
    if (digests == Digests::checked && !is_named_right(*read)) {
      return bad_input(
          fmt::format("it is damaged: the block at byte {} does not have the digest that it is named by", at + 1));
    }
    car.blocks_.emplace(read->cid, read->block);
  }
  if (is_header) return bad_input("it is empty");
  return car;
}

const std::string_view* Car::find(std::string_view cid) const {
  const auto at = blocks_.find(cid);
  return at == blocks_.end() ? nullptr : &at->second;
}

}  // namespace renown::atproto
