/// HugePageAllocator: room for large tables that are read at random places.
#pragma once

#include <cstddef>
#include <new>
#include <vector>

namespace renown::base {

inline constexpr std::size_t kHugePageBytes = std::size_t{2} << 20;

/// Tells the system that this memory is best mapped by huge pages; it may not listen.
void advise_huge_pages(void* begin, std::size_t size_bytes);

/// For containers: what is large lies on huge pages where the system has them. A look-up in a table of many megabytes
/// otherwise waits for the page's address as long as for the bytes.
template <class T>
class HugePageAllocator {
 public:
  using value_type = T;

  HugePageAllocator() = default;
  template <class U>
  HugePageAllocator(const HugePageAllocator<U>&) noexcept {}  // NOLINT: allocators convert

  T* allocate(std::size_t count) {
    const std::size_t size_bytes = count * sizeof(T);
    if (!is_large(size_bytes)) return static_cast<T*>(::operator new(size_bytes));
    void* const memory = ::operator new(size_bytes, std::align_val_t{kHugePageBytes});
    advise_huge_pages(memory, size_bytes);
    return static_cast<T*>(memory);
  }
  void deallocate(T* memory, std::size_t count) noexcept {
    if (is_large(count * sizeof(T))) {
      ::operator delete(memory, std::align_val_t{kHugePageBytes});
    } else {
      ::operator delete(memory);
    }
  }
  template <class U>
  bool operator==(const HugePageAllocator<U>&) const noexcept {
    return true;
  }

 private:
  static bool is_large(std::size_t size_bytes) { return size_bytes >= kHugePageBytes; }
};

/// A vector that lies so.
template <class T>
using HugeVector = std::vector<T, HugePageAllocator<T>>;

}  // namespace renown::base
