/// Held: a share of something that others may replace at any moment. It is read through a name alone, so that it lives
/// as long as what was found in it:
///
///     const auto directory = instance.directory();
///     for (const Person& person : directory->people())            // held until the end of the block
///     for (const Person& person : instance.directory()->people()) // does not compile: gone before the loop begins
///                                                                 // (until C++23's rule, which g++ 12 does not have)
#pragma once

#include <cstddef>
#include <memory>
#include <utility>

namespace renown::base {

/// As a std::shared_ptr<const T> that cannot be looked into before it has a name. Null where there is nothing yet.
template <class T>
class Held {
 public:
  Held() = default;
  Held(std::nullptr_t) {}
  Held(std::shared_ptr<const T> share) : share_(std::move(share)) {}

  const T& operator*() const& { return *share_; }
  const T* operator->() const& { return share_.get(); }
  const T* get() const& { return share_.get(); }
  void operator*() const&& = delete;
  void operator->() const&& = delete;
  void get() const&& = delete;

  explicit operator bool() const { return share_ != nullptr; }
  friend bool operator==(const Held& held, std::nullptr_t) { return held.share_ == nullptr; }
  friend bool operator==(const Held& one, const Held& other) { return one.share_ == other.share_; }

 private:
  std::shared_ptr<const T> share_;
};

}  // namespace renown::base
