/// Buffer: room for plain values that is not cleared before it is used.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <span>
#include <type_traits>
#include <utility>

#include "base/huge_pages.h"

namespace renown::base {

/// A growing array of values that need no construction. Unlike std::vector it never writes zeros first, grows by one
/// copy of bytes, and keeps its room when it is cleared: a thread that works through many partitions uses the same one
/// again. What is large lies on huge pages.
template <class T>
class Buffer {
  static_assert(std::is_trivially_copyable_v<T>);

 public:
  Buffer() = default;
  Buffer(Buffer&& other) noexcept { swap(other); }
  Buffer& operator=(Buffer&& other) noexcept {
    Buffer(std::move(other)).swap(*this);
    return *this;
  }
  ~Buffer() {
    if (room_ != nullptr) HugePageAllocator<T>().deallocate(room_, capacity_);
  }

  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  T* data() { return room_; }
  const T* data() const { return room_; }
  T* begin() { return data(); }
  T* end() { return data() + size_; }
  const T* begin() const { return data(); }
  const T* end() const { return data() + size_; }
  T& operator[](std::size_t i) { return room_[i]; }
  const T& operator[](std::size_t i) const { return room_[i]; }
  T& back() { return room_[size_ - 1]; }
  const T& back() const { return room_[size_ - 1]; }
  std::span<T> span() { return {data(), size_}; }
  std::span<const T> span() const { return {data(), size_}; }

  void clear() { size_ = 0; }

  /// New values hold anything at all.
  void resize(std::size_t size) {
    reserve(size);
    size_ = size;
  }

  void reserve(std::size_t capacity) {
    if (capacity > capacity_) grow(std::max(capacity, capacity_ + capacity_ / 2));
  }

  void push_back(const T& value) {
    if (size_ == capacity_) {
      const T kept = value;  // it may stand in the room that goes
      reserve(size_ + 1);
      room_[size_++] = kept;
      return;
    }
    room_[size_++] = value;
  }

  void append(std::span<const T> values) {
    if (values.empty()) return;
    reserve(size_ + values.size());
    std::memcpy(static_cast<void*>(room_ + size_), values.data(), values.size_bytes());
    size_ += values.size();
  }

  /// Keeps the first `size` values.
  void shrink(std::size_t size) { size_ = size; }

  /// Moves to room of the right size, where more than an eighth of it is empty.
  void give_back_room() {
    if (capacity_ - size_ > capacity_ / 8) grow(size_);
  }

  void swap(Buffer& other) noexcept {
    std::swap(room_, other.room_);
    std::swap(size_, other.size_);
    std::swap(capacity_, other.capacity_);
  }

 private:
  [[gnu::noinline]] void grow(std::size_t capacity) {
    T* const room = HugePageAllocator<T>().allocate(capacity);
    if (size_ > 0) std::memcpy(static_cast<void*>(room), room_, size_ * sizeof(T));
    if (room_ != nullptr) HugePageAllocator<T>().deallocate(room_, capacity_);
    room_ = room;
    capacity_ = capacity;
  }

  T* room_ = nullptr;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

}  // namespace renown::base
