/// Sorting plain values by a whole number, in time that grows with their number alone.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <utility>

#include "base/buffer.h"

namespace renown::base {

namespace internal {

inline constexpr std::size_t kFewToSort = 24;  ///< so few are quicker put into their places one by one
inline constexpr unsigned kWidestDigit = 11;   ///< bits: two tables of counters fit the first cache
/// Values and as much room fit the second cache of most machines. More are first cut into parts that do.
inline constexpr std::size_t kCachedBytes = std::size_t{256} << 10;

/// Where the digits of keys stand that differ in some bits only.
struct Digits {
  unsigned bits = 0;
  unsigned count = 0;
  std::array<std::uint8_t, 64> shift{};

  /// Digits without a differing bit are left out. A digit costs a step for each value it can have, so few keys are cut
  /// into narrow ones.
  Digits(std::uint64_t differing, std::size_t keys) {
    const auto lowest = static_cast<unsigned>(std::countr_zero(differing));
    const auto behind = static_cast<unsigned>(std::bit_width(differing));
    const unsigned widest = std::min<unsigned>(kWidestDigit, static_cast<unsigned>(std::bit_width(keys)));
    const unsigned most = (behind - lowest + widest - 1) / widest;
    bits = (behind - lowest + most - 1) / most;
    for (unsigned at = lowest; at < behind; at += bits) {
      if ((differing >> at & mask()) != 0) shift[count++] = static_cast<std::uint8_t>(at);
    }
  }
  std::uint64_t mask() const { return (std::uint64_t{1} << bits) - 1; }
  std::size_t of(std::uint64_t key, unsigned digit) const { return key >> shift[digit] & mask(); }
};

template <class T, class Key>
class RadixSort {
 public:
  explicit RadixSort(const Key& key) : key_(key) {}

  /// Sorts `size` values at `values` with as much room, whose contents are lost.
  ///
  /// Nothing here calls itself, not even by way of another: g++ 12 takes such functions of two keys for the same one
  /// (-fipa-icf), and sorts by the wrong key.
  void sort(T* values, T* room, std::size_t size) const {
    if (size <= kFewToSort) return insert_each(values, size);
    const std::uint64_t differing = differing_bits(values, size);
    if (differing == 0) return;
    if (size * sizeof(T) > kCachedBytes) return sort_parts(values, room, size, differing);
    sort_digits(values, room, size, Digits(differing, size), false);
  }

 private:
  using Counters = std::array<std::uint32_t, std::size_t{1} << kWidestDigit>;

  static void copy(const T* from, T* to, std::size_t size) {
    std::memcpy(static_cast<void*>(to), from, size * sizeof(T));
  }

  void insert_each(T* values, std::size_t size) const {
    for (std::size_t i = 1; i < size; ++i) {
      const T value = values[i];
      const std::uint64_t key = key_(value);
      std::size_t at = i;
      for (; at > 0 && key_(values[at - 1]) > key; --at) values[at] = values[at - 1];
      values[at] = value;
    }
  }

  std::uint64_t differing_bits(const T* values, std::size_t size) const {
    std::uint64_t all_ones = ~std::uint64_t{0};
    std::uint64_t any_ones = 0;
    for (std::size_t i = 0; i < size; ++i) {
      const std::uint64_t key = key_(values[i]);
      all_ones &= key;
      any_ones |= key;
    }
    return all_ones ^ any_ones;
  }

  static void begin_each(Counters& counters, std::size_t used) {
    std::uint32_t sum = 0;
    for (std::size_t i = 0; i < used; ++i) sum += std::exchange(counters[i], sum);
  }

  /// The highest bits first: what is too much for the cache moves once, into parts which are sorted each by itself. A
  /// part may still be too much, which costs time alone.
  void sort_parts(T* values, T* room, std::size_t size, std::uint64_t differing) const {
    const auto behind = static_cast<unsigned>(std::bit_width(differing));
    const unsigned shift = behind > kWidestDigit ? behind - kWidestDigit : 0;
    const auto part_of = [&](const T& value) { return key_(value) >> shift & (Counters{}.size() - 1); };
    Counters counters{};
    for (std::size_t i = 0; i < size; ++i) ++counters[part_of(values[i])];
    begin_each(counters, counters.size());
    for (std::size_t i = 0; i < size; ++i) room[counters[part_of(values[i])]++] = values[i];
    std::size_t begin = 0;
    for (const std::uint32_t end : counters) {  // each counter has come to where the next part begins
      if (end > begin) sort_into(values + begin, room + begin, end - begin);
      begin = end;
    }
  }

  /// Sorts what is at `from`; it ends up at `to`.
  void sort_into(T* to, T* from, std::size_t size) const {
    if (size <= kFewToSort) {
      copy(from, to, size);
      insert_each(to, size);
    } else if (const std::uint64_t differing = differing_bits(from, size); differing == 0) {
      copy(from, to, size);
    } else {
      sort_digits(from, to, size, Digits(differing, size), true);
    }
  }

  /// Least significant digit first. While one digit moves the values, the next is counted. They end up where they were,
  /// or in the room.
  void sort_digits(T* values, T* room, std::size_t size, const Digits& digits, bool into_room) const {
    std::array<Counters, 2> counters;
    const std::size_t used = digits.mask() + 1;
    std::fill_n(counters[0].begin(), used, 0U);
    for (std::size_t i = 0; i < size; ++i) ++counters[0][digits.of(key_(values[i]), 0)];
    T* from = values;
    T* to = room;
    for (unsigned digit = 0; digit < digits.count; ++digit) {
      Counters& begin = counters[digit % 2];
      Counters& next = counters[(digit + 1) % 2];
      const unsigned next_digit = std::min(digit + 1, digits.count - 1);
      std::fill_n(next.begin(), used, 0U);
      begin_each(begin, used);
      for (std::size_t i = 0; i < size; ++i) {
        const T value = from[i];
        const std::uint64_t key = key_(value);
        ++next[digits.of(key, next_digit)];
        to[begin[digits.of(key, digit)]++] = value;
      }
      std::swap(from, to);
    }
    if ((from == room) != into_room) copy(from, to, size);
  }

  const Key& key_;
};

}  // namespace internal

/// Sorts values by key(value), a std::uint64_t, rising; equal keys keep their order. Bits that are the same in all keys
/// cost one look and no move.
///
/// values  fewer than 2^32
/// room    as large as values; holds anything at all afterwards
template <class T, class Key>
void radix_sort(Buffer<T>& values, Buffer<T>& room, const Key& key) {
  room.resize(values.size());
  internal::RadixSort<T, Key>(key).sort(values.data(), room.data(), values.size());
}

}  // namespace renown::base
