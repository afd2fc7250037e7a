/// TokenVault: secrets at rest, each in a file of its own, sealed with a key that is kept elsewhere.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "renown/result.h"

#include "base/random.h"

namespace renown::oauth {

/// Sealed with XChaCha20-Poly1305 (libsodium). A file's name is a keyed hash of its secret's name, and is sealed with
/// it: who has the folder and not the key learns how many secrets there are and how long, and cannot exchange one for
/// another. A file is replaced whole or not at all.
class TokenVault {
 public:
  /// Opens a vault, or makes one: folder and key file, for the owner alone.
  ///
  /// folder    where sealed files stand
  /// key_file  64 hexadecimal digits; must not stand in the folder, so that a copy of one is worth nothing
  /// errors    usage (key in the folder), io, bad_input (no key, another one, or one that others can read)
  static Result<TokenVault> open(std::string folder, const std::string& key_file);

  /// Durable when it returns. errors  io; then what was there before still is
  Result<void> put(std::string_view name, std::string_view secret);

  /// The secret of that name, or nothing. errors  bad_input for a file that is damaged or sealed with another key; io
  Result<std::optional<std::string>> get(std::string_view name) const;

  /// Not to be there is as good. errors  io
  Result<void> remove(std::string_view name);

  /// A secret for a column of a store that is kept elsewhere, as text; unseal gives it back for the same name alone.
  std::string seal(std::string_view name, std::string_view secret) const;

  /// errors  bad_input for what is damaged, of another name or sealed with another key
  Result<std::string> unseal(std::string_view name, std::string_view sealed) const;

  /// All names, in byte order. errors  as get
  Result<std::vector<std::string>> names() const;

  /// Held by one process at a time; a second one waits. Given back when it is destroyed.
  class Lock {
   public:
    explicit Lock(int descriptor) : descriptor_(descriptor) {}
    Lock(Lock&& other) noexcept;
    Lock& operator=(Lock&&) = delete;
    ~Lock();

   private:
    int descriptor_;
  };
  Result<Lock> lock() const;

 private:
  using Key = std::array<unsigned char, 32>;

  TokenVault(std::string folder, const Key& key);
  Result<void> check_key(const std::string& key_file);
  std::string path_of(std::string_view name) const;
  struct Entry;
  Result<std::optional<Entry>> read(const std::string& path) const;

  std::string folder_;
  Key seal_key_;
  Key name_key_;
  base::RandomBytes random_ = base::system_random();
};

}  // namespace renown::oauth
