/// TombstoneKey: the secret of a data folder that turns what was erased into hashes only this folder can compare.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "renown/result.h"

namespace renown::log {

/// 32 random bytes. All hashes are libsodium's BLAKE2b or SipHash-2-4 under it, each purpose under its own prefix.
class TombstoneKey {
 public:
  static constexpr std::size_t kBytes = 32;

  explicit TombstoneKey(const std::array<unsigned char, kBytes>& bytes);

  /// Drawn from the system: the one place of the library that does, and only because its caller asks.
  static TombstoneKey random();

  /// 64 hexadecimal digits, as the file has them. errors  bad_input
  static Result<TombstoneKey> from_hex(std::string_view hex);
  std::string hex() const;

  /// Stands for the account in the list of tombstones: 64 hexadecimal digits.
  std::string account_digest(std::string_view network, std::string_view account) const;

  /// Finds an account's name in a text quickly; equal for names that differ only in the case of ASCII letters.
  /// folded  the name with its ASCII letters in lower case
  std::uint64_t name_hash(std::string_view folded) const;

  /// What stands for a text that named an erased account: "erased" and 32 hexadecimal digits, the same for the same
  /// text.
  std::string pseudonym(std::string_view text) const;

  /// Another secret of this folder, for that purpose: nothing of this one can be told from it.
  std::array<unsigned char, kBytes> derived(std::string_view purpose) const;

  /// Tells whether a log and a key belong together, and nothing about the key.
  std::string check() const;

 private:
  template <std::size_t kSize>
  std::array<unsigned char, kSize> hash(std::string_view purpose, std::string_view first,
                                        std::string_view second) const;

  std::array<unsigned char, kBytes> bytes_;
  std::array<unsigned char, 16> name_key_;  ///< SipHash's, derived
};

}  // namespace renown::log
