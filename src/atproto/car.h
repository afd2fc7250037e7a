/// Car: a CAR file (content-addressed archive, version 1): blocks of bytes, found by the digest of their content.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>

#include "renown/result.h"

namespace renown::atproto {

/// Whether a file that begins with these bytes is a CAR.
bool looks_like_car(std::string_view head);

/// Whether the digest of each block is checked. Trusted ones are for fuzzing: no mutation survives a check.
enum class Digests { checked, trusted };

/// Points into the bytes it was opened on.
class Car {
 public:
  /// Finds all blocks and checks the digest of each.
  ///
  /// bytes   the whole file; must outlive the Car
  /// errors  bad_input, as one clause: no CAR, cut off, a block whose bytes are not those of its name
  /// cost    one pass, a SHA-256 of every byte
  static Result<Car> open(std::string_view bytes, Digests digests = Digests::checked);

  /// The CID of the one block that all others hang on.
  std::string_view root() const { return root_; }

  /// The block of that CID (binary, without a leading 0); nothing where it is not here.
  const std::string_view* find(std::string_view cid) const;

  std::size_t size() const { return blocks_.size(); }

 private:
  std::string_view root_;
  std::unordered_map<std::string_view, std::string_view> blocks_;
};

}  // namespace renown::atproto
