/// SmallNumbers: numbers the values of a list from 0 on, so that what is kept by value takes little room and stands
/// close together.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/hash.h"

namespace renown::score {

/// Used for one list after the other; keeps its room, of about 20 bytes a value of the longest list.
class SmallNumbers {
 public:
  /// Numbers value(item), a std::uint32_t, of each item: equal ones alike, in the order in which they are met.
  template <class Item, class Value>
  void number(std::span<const Item> items, const Value& value) {
    const std::size_t slots = std::bit_ceil(2 * items.size() + 1);
    slots_.assign(slots, {});
    number_of_.resize(items.size());
    count_ = 0;
    for (std::size_t i = 0; i < items.size(); ++i) number_of_[i] = number_of(value(items[i]), slots - 1);
  }

  std::uint32_t operator[](std::size_t item) const { return number_of_[item]; }

  /// Different values.
  std::uint32_t count() const { return count_; }

 private:
  struct Slot {
    std::uint32_t value = 0;
    std::uint32_t number_plus_one = 0;  ///< 0: free
  };

  std::uint32_t number_of(std::uint32_t value, std::size_t mask) {
    for (std::size_t at = base::mix64(value) & mask;; at = (at + 1) & mask) {
      Slot& slot = slots_[at];
      if (slot.number_plus_one == 0) slot = {value, ++count_};
      if (slot.value == value) return slot.number_plus_one - 1;
    }
  }

  std::vector<Slot> slots_;  ///< open addressing
  std::vector<std::uint32_t> number_of_;
  std::uint32_t count_ = 0;
};

}  // namespace renown::score
