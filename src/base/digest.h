/// SHA-256 of files and streams, for lock files.
#pragma once

#include <memory>
#include <span>
#include <string>

namespace renown::base {

/// Takes bytes in any pieces; hex() gives the digest of all of them, once.
class Sha256 {
 public:
  Sha256();
  Sha256(Sha256&&) noexcept;
  Sha256& operator=(Sha256&&) noexcept;
  ~Sha256();

  void add(std::span<const char> bytes);

  /// 64 lower-case hexadecimal digits. Call it once.
  std::string hex();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace renown::base
