/// StringTable: gives each distinct text a number, from 0 on in order of first sight.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace renown::aggregate {

/// Open addressing over one run of bytes: 4 + 8 bytes a text beside the text itself, at a load of at most 2/3.
class StringTable {
 public:
  StringTable() : slots_(kFirstSlots) {}

  /// The number of `text`, a new one if it was not seen before. At most 2^32 - 2 texts.
  std::uint32_t intern(std::string_view text);

  /// Valid until the next intern().
  std::string_view operator[](std::uint32_t number) const {
    return std::string_view(bytes_).substr(begin_[number], begin_[number + 1] - begin_[number]);
  }

  std::size_t size() const { return begin_.size() - 1; }

 private:
  static constexpr std::size_t kFirstSlots = 1024;

  struct Slot {
    std::uint32_t number_plus_one = 0;  ///< 0: free
    std::uint32_t tag = 0;              ///< upper half of the hash: most comparisons end here
  };

  void grow();

  std::string bytes_;
  std::vector<std::uint64_t> begin_{0};
  std::vector<Slot> slots_;
};

}  // namespace renown::aggregate
