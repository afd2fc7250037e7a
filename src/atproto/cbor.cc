#include "atproto/cbor.h"

#include <bit>
#include <cmath>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/utf8.h"
#include "io/json_escape.h"

namespace renown::atproto {
namespace {

constexpr std::uint64_t kLinkTag = 42;
constexpr unsigned kFalse = 20;
constexpr unsigned kTrue = 21;
constexpr unsigned kNull = 22;
constexpr unsigned kDouble = 27;

std::string number_text(const CborHead& head) {
  if (head.type == CborType::unsigned_integer) return fmt::format("{}", head.value);
  if (head.type == CborType::negative_integer) {
    return head.value == UINT64_MAX ? "-18446744073709551616" : fmt::format("-{}", head.value + 1);
  }
  return std::isfinite(head.real) ? fmt::format("{}", head.real) : "null";
}

/// An array or map whose end is not reached yet.
struct OpenContainer {
  bool is_map;
  std::uint64_t left;  ///< elements, or keys and values
  bool is_first = true;
};

class JsonWriter {
 public:
  explicit JsonWriter(std::string_view cbor) : reader_(cbor) {}

  Result<std::string> run() {
    do {
      const auto head = reader_.next();
      if (!head) return head.error();
      if (auto put = take(*head); !put) return put.error();
    } while (!open_.empty());
    if (!reader_.at_end())
      return bad_input(fmt::format("no DAG-CBOR at byte {}: something follows", reader_.offset() + 1));
    return std::move(json_);
  }

 private:
  Result<void> take(const CborHead& head) {
    bool is_key = false;
    if (!open_.empty()) {
      OpenContainer& in = open_.back();
      is_key = in.is_map && in.left % 2 == 0;
      if (is_key && head.type != CborType::text) return bad_input("no DAG-CBOR: a key is no text");
      if (in.is_map && !is_key) {
        json_ += ':';
      } else if (!in.is_first) {
        json_ += ',';
      }
      in.is_first = false;
      --in.left;
    }
    if (auto put = value(head); !put) return put;
    while (!open_.empty() && open_.back().left == 0) {
      json_ += open_.back().is_map ? '}' : ']';
      open_.pop_back();
    }
    return {};
  }

  Result<void> value(const CborHead& head) {
    switch (head.type) {
      case CborType::text:
        io::append_json_string(json_, head.content);
        return {};
      case CborType::array:
      case CborType::map: {
        if (open_.size() == CborReader::kMaxDepth) return bad_input("no DAG-CBOR: it is nested too deeply");
        const bool is_map = head.type == CborType::map;
        json_ += is_map ? '{' : '[';
        open_.push_back({.is_map = is_map, .left = is_map ? head.value * 2 : head.value});
        return {};
      }
      case CborType::simple:
        json_ += head.value == kTrue ? "true" : head.value == kFalse ? "false" : "null";
        return {};
      case CborType::link:
      case CborType::bytes:
        json_ += "null";
        return {};
      default:
        json_ += number_text(head);
        return {};
    }
  }

  CborReader reader_;
  std::string json_;
  std::vector<OpenContainer> open_;
};

}  // namespace

Error CborReader::bad(std::string_view problem) const {
  return bad_input(fmt::format("no DAG-CBOR at byte {}: {}", at_ + 1, problem));
}

/// The number behind the first byte, of which `low` are the five low bits. It must have its shortest form.
Result<std::uint64_t> CborReader::argument(unsigned low) {
  constexpr unsigned kOneByte = 24;
  if (low < kOneByte) return low;
  if (low > kOneByte + 3) return bad("a length that is not told is not allowed");
  const std::size_t size = std::size_t{1} << (low - kOneByte);
  if (bytes_.size() - at_ < size) return bad("it ends too early");
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < size; ++i) value = value << 8 | static_cast<unsigned char>(bytes_[at_ + i]);
  const std::uint64_t least = low == kOneByte ? kOneByte : std::uint64_t{1} << (4 * size);
  if (value < least) return bad("a number is written longer than needed");
  at_ += size;
  return value;
}

Result<CborHead> CborReader::text_or_bytes(CborType type, std::uint64_t size) {
  if (bytes_.size() - at_ < size) return bad("it ends too early");
  const std::string_view content = bytes_.substr(at_, size);
  if (type == CborType::text && !base::is_utf8(content)) return bad("a text is not UTF-8");
  at_ += size;
  return CborHead{.type = type, .value = size, .content = content};
}

/// Tag 42 and the bytes of a CID behind a 0.
Result<CborHead> CborReader::link(std::uint64_t tag) {
  if (tag != kLinkTag) return bad("a tag other than 42");
  const auto content = next();
  if (!content) return content.error();
  if (content->type != CborType::bytes || !content->content.starts_with('\0')) return bad("a link that is no CID");
  return CborHead{.type = CborType::link, .value = 0, .content = content->content.substr(1)};
}

Result<CborHead> CborReader::simple_or_real(unsigned low) {
  if (low == kFalse || low == kTrue || low == kNull)
    return CborHead{.type = CborType::simple, .value = low, .content = {}};
  if (low != kDouble) return bad("a value of an unknown kind");
  if (bytes_.size() - at_ < sizeof(double)) return bad("it ends too early");
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < sizeof(double); ++i) bits = bits << 8 | static_cast<unsigned char>(bytes_[at_ + i]);
  at_ += sizeof(double);
  return CborHead{.type = CborType::real, .value = 0, .real = std::bit_cast<double>(bits), .content = {}};
}

Result<CborHead> CborReader::next() {
  enum Major : unsigned { kUnsigned, kNegative, kBytes, kText, kArray, kMap, kTag, kSimple };
  if (at_end()) return bad("it ends too early");
  const auto first = static_cast<unsigned char>(bytes_[at_]);
  const unsigned major = first >> 5;
  const unsigned low = first & 0x1fu;
  ++at_;
  if (major == kSimple) return simple_or_real(low);
  const auto value = argument(low);
  if (!value) return value.error();
  switch (major) {
    case kBytes:
      return text_or_bytes(CborType::bytes, *value);
    case kText:
      return text_or_bytes(CborType::text, *value);
    case kArray:
    case kMap:  // each element takes a byte or more, so a larger count is a lie, found before anything is reserved
      if (*value > bytes_.size() - at_) return bad("a list is longer than its bytes");
      return CborHead{.type = major == kArray ? CborType::array : CborType::map, .value = *value, .content = {}};
    case kTag:
      // a tag inside a tag would recurse: what follows must be bytes
      if (!at_end() && static_cast<unsigned char>(bytes_[at_]) >> 5 != kBytes) return bad("a link that is no CID");
      return link(*value);
    default:
      return CborHead{.type = major == kUnsigned ? CborType::unsigned_integer : CborType::negative_integer,
                      .value = *value,
                      .content = {}};
  }
}

Result<void> CborReader::skip() {
  std::uint64_t items = 1;  // cannot overflow: each head adds at most twice the bytes that are left
  while (items > 0) {
    const auto head = next();
    if (!head) return head.error();
    --items;
    if (head->type == CborType::array) items += head->value;
    if (head->type == CborType::map) items += 2 * head->value;
  }
  return {};
}

Result<std::string> cbor_to_json(std::string_view cbor) {
  return JsonWriter(cbor).run();
}

}  // namespace renown::atproto
