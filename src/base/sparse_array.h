/// SparseArray: values of some of many things, by the number of the thing.
#pragma once

#include <cstddef>
#include <span>
#include <utility>

#include "base/huge_pages.h"
#include "base/prefetch.h"
#include "base/ranked_set.h"

namespace renown::base {

/// The values stand close together in the order of the numbers; a number without one costs a bit and a half.
template <class T>
class SparseArray {
 public:
  SparseArray() = default;
  /// numbers  that have a value: T{} until it is put
  explicit SparseArray(RankedSet numbers) : numbers_(std::move(numbers)), values_(numbers_.size()) {}

  /// How many numbers have a value.
  std::size_t size() const { return values_.size(); }
  bool contains(std::size_t number) const { return numbers_.contains(number); }

  /// number  must have a value. Safe for several threads, each with other numbers
  void put(std::size_t number, const T& value) { values_[numbers_.rank(number)] = value; }

  /// T{} where there is none.
  const T& operator[](std::size_t number) const {
    static const T kNone{};
    return contains(number) ? values_[numbers_.rank(number)] : kNone;
  }

  /// All values, in the order of their numbers.
  std::span<const T> values() const { return values_; }

  /// Has a value fetched that will soon be asked for.
  void prefetch(std::size_t number) const {
    constexpr std::size_t kLineBytes = 64;  // of the processor's caches
    if (!contains(number)) return;
    const auto* const value = reinterpret_cast<const char*>(&values_[numbers_.rank(number)]);
    for (std::size_t at = 0; at < sizeof(T); at += kLineBytes) base::prefetch(value + at);
  }

  /// Which numbers have a value, as they are given away.
  RankedSet release_numbers() && { return std::move(numbers_); }

 private:
  RankedSet numbers_;
  HugeVector<T> values_;
};

}  // namespace renown::base
