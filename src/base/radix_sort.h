/// Sorting plain values by a whole number, in time that grows with their number alone.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "base/buffer.h"

namespace renown::base {

/// Sorts values by key(value), a std::uint64_t, rising; equal keys keep their order. Least significant digit first,
/// digits of eleven bits; digits that are the same in all keys cost one look and no move.
///
/// room  as large as values; holds anything at all afterwards
template <class T, class Key>
void radix_sort(Buffer<T>& values, Buffer<T>& room, const Key& key) {
  constexpr unsigned kBits = 11;
  constexpr std::size_t kDigits = (64 + kBits - 1) / kBits;
  constexpr std::size_t kBuckets = std::size_t{1} << kBits;
  constexpr std::uint64_t kMask = kBuckets - 1;

  const std::size_t size = values.size();
  if (size < 2) return;
  std::uint64_t all_ones = ~std::uint64_t{0};
  std::uint64_t any_ones = 0;
  for (const T& value : values) {
    const std::uint64_t k = key(value);
    all_ones &= k;
    any_ones |= k;
  }
  const std::uint64_t differing = all_ones ^ any_ones;
  room.resize(size);
  std::array<std::size_t, kBuckets> begin;
  for (std::size_t digit = 0; digit < kDigits; ++digit) {
    const unsigned shift = static_cast<unsigned>(digit) * kBits;
    if (((differing >> shift) & kMask) == 0) continue;
    begin.fill(0);
    for (const T& value : values) ++begin[(key(value) >> shift) & kMask];
    std::size_t sum = 0;
    for (std::size_t& bucket : begin) sum += std::exchange(bucket, sum);
    for (const T& value : values) room[begin[(key(value) >> shift) & kMask]++] = value;
    std::swap(values, room);
  }
}

}  // namespace renown::base
