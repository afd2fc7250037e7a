/// TextTable: each distinct text once, known by a number.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace renown::ingest::stackexchange {

/// Numbers run from 0 in order of first appearance. Costs the text's bytes plus about 20 bytes a text: ends_ has 8, the
/// slots 6 to 12. At most 2^32 - 2 texts, more than any dump has posts.
class TextTable {
 public:
  using Number = std::uint32_t;

  /// The text's number, a new one if it was never seen.
  Number intern(std::string_view text);

  /// The text's number, if it was seen.
  std::optional<Number> find(std::string_view text) const;

  /// Valid until the next intern().
  std::string_view operator[](Number number) const;

  std::size_t size() const { return ends_.size(); }

 private:
  std::size_t slot_of(std::string_view text) const;
  void grow();

  std::string bytes_;
  std::vector<std::uint64_t> ends_;  ///< where each text ends in bytes_
  std::vector<Number> slots_;        ///< open addressing: number + 1, or 0; size is a power of two, at most 2/3 full
};

}  // namespace renown::ingest::stackexchange
