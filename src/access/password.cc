#include "access/password.h"

#include <array>
#include <utility>

#include <fmt/format.h>
#include <sodium.h>

#include "base/utf8.h"

namespace renown::access {
namespace {

/// Of the same limits as every other, and of no password.
constexpr const char* kNobodys =
    "$argon2id$v=19$m=65536,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

}  // namespace

Result<void> check_password(std::string_view password) {
  if (password.size() < kLeastPasswordBytes)
    return bad_input(fmt::format("the password is too short: it takes at least {} characters", kLeastPasswordBytes));
  if (password.size() > kMostPasswordBytes)
    return bad_input(fmt::format("the password is too long: it may have {} bytes", kMostPasswordBytes));
  if (!base::is_utf8(password)) return bad_input("the password is not valid UTF-8");
  return {};
}

Result<std::string> hash_password(std::string_view password) {
  if (auto good = check_password(password); !good) return good.error();
  std::array<char, crypto_pwhash_STRBYTES> hash;
  if (crypto_pwhash_str(hash.data(), password.data(), password.size(), crypto_pwhash_OPSLIMIT_INTERACTIVE,
                        crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0) {
    return Error{ErrorCode::io, "there are not 64 MiB of memory to hash a password with: try again"};
  }
  return std::string(hash.data());
}

bool is_password_of(std::string_view password, const std::string& hash) {
  if (password.size() > kMostPasswordBytes) return false;
  const char* against = hash.empty() ? kNobodys : hash.c_str();
  const bool is_right = crypto_pwhash_str_verify(against, password.data(), password.size()) == 0;
  return is_right && !hash.empty();
}

}  // namespace renown::access
