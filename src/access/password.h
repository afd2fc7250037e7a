/// Passwords: hashed slowly, for people think them up.
#pragma once

#include <string>
#include <string_view>

#include "renown/result.h"

namespace renown::access {

inline constexpr std::size_t kLeastPasswordBytes = 10;
inline constexpr std::size_t kMostPasswordBytes = 1024;  ///< so that nobody has us hash a book

/// Whether it may be a password at all. errors  bad_input: too short, too long, no UTF-8
Result<void> check_password(std::string_view password);

/// Argon2id with libsodium's interactive limits (64 MiB, two passes), salted, as one text that names its limits.
/// Cost: some 100 ms and 64 MiB on one thread: call it on workers.
///
/// errors  as check_password; io where there is no memory for it
Result<std::string> hash_password(std::string_view password);

/// Whether the hash is of that password. With an empty hash, which nobody's is, as much work is done as with any other,
/// so that the time tells nothing of whether somebody has a password. Cost: as above.
bool is_password_of(std::string_view password, const std::string& hash);

}  // namespace renown::access
