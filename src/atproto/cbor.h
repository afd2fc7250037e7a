/// CborReader: DAG-CBOR (RFC 8949 without its freedoms), the bytes that the records of AT Protocol are made of.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "renown/result.h"

namespace renown::atproto {

enum class CborType : std::uint8_t { unsigned_integer, negative_integer, bytes, text, array, map, link, simple, real };

/// One item without what is inside it.
struct CborHead {
  CborType type = CborType::simple;
  std::uint64_t value = 0;  ///< the number; -1 - value for a negative one; elements of an array, pairs of a map; 20
                            ///< false, 21 true, 22 null
  double real = 0;
  std::string_view content;  ///< of bytes and text; of a link the CID, without the 0 before it
};

/// Reads items from front to back. The bytes must outlive it and what it hands out.
class CborReader {
 public:
  static constexpr std::size_t kMaxDepth = 128;  ///< arrays and maps inside each other

  explicit CborReader(std::string_view bytes) : bytes_(bytes) {}

  /// The next item; of a container only its head, its content comes next.
  ///
  /// errors  bad_input, as one clause with the place: "no DAG-CBOR at byte 17: it ends too early"
  Result<CborHead> next();

  /// Passes over the next item and all that is inside it.
  Result<void> skip();

  bool at_end() const { return at_ == bytes_.size(); }
  std::size_t offset() const { return at_; }

 private:
  Error bad(std::string_view problem) const;
  Result<std::uint64_t> argument(unsigned low);
  Result<CborHead> text_or_bytes(CborType type, std::uint64_t size);
  Result<CborHead> link(std::uint64_t tag);
  Result<CborHead> simple_or_real(unsigned low);

  std::string_view bytes_;
  std::size_t at_ = 0;
};

/// A whole document as JSON. Links and bytes become null: nothing that counts is in them.
///
/// errors  as CborReader::next; what stands behind the item, too deep nesting, keys that are no text
Result<std::string> cbor_to_json(std::string_view cbor);

}  // namespace renown::atproto
