/// Buffer: room for plain values that is not cleared before it is used.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <memory>
#include <span>
#include <type_traits>

namespace renown::base {

/// A growing array of values that need no construction. Unlike std::vector it never writes zeros first, and it keeps
/// its room when it is cleared: a thread that works through many partitions uses the same one again.
template <class T>
class Buffer {
  static_assert(std::is_trivially_copyable_v<T>);

 public:
  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  T* data() { return room_.get(); }
  const T* data() const { return room_.get(); }
  T* begin() { return data(); }
  T* end() { return data() + size_; }
  const T* begin() const { return data(); }
  const T* end() const { return data() + size_; }
  T& operator[](std::size_t i) { return room_[i]; }
  const T& operator[](std::size_t i) const { return room_[i]; }
  T& back() { return room_[size_ - 1]; }
  std::span<T> span() { return {data(), size_}; }
  std::span<const T> span() const { return {data(), size_}; }

  void clear() { size_ = 0; }

  /// New values hold anything at all.
  void resize(std::size_t size) {
    reserve(size);
    size_ = size;
  }

  void reserve(std::size_t capacity) {
    if (capacity <= capacity_) return;
    capacity = std::max(capacity, capacity_ + capacity_ / 2);
    std::unique_ptr<T[]> room(new T[capacity]);
    if (size_ > 0) std::memcpy(static_cast<void*>(room.get()), room_.get(), size_ * sizeof(T));
    room_ = std::move(room);
    capacity_ = capacity;
  }

  void push_back(const T& value) {
    if (size_ == capacity_) reserve(size_ + 1);
    room_[size_++] = value;
  }

  void append(std::span<const T> values) {
    if (values.empty()) return;
    reserve(size_ + values.size());
    std::memcpy(static_cast<void*>(room_.get() + size_), values.data(), values.size_bytes());
    size_ += values.size();
  }

  /// Keeps the first `size` values.
  void shrink(std::size_t size) { size_ = size; }

 private:
  std::unique_ptr<T[]> room_;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

}  // namespace renown::base
