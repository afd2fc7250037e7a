#include "log/tombstone_key.h"

#include <bit>
#include <cstring>

#include <sodium.h>

#include "base/encoding.h"

namespace renown::log {
namespace {

void add(crypto_generichash_state& state, std::string_view part) {
  crypto_generichash_update(&state, reinterpret_cast<const unsigned char*>(part.data()), part.size());
}

// The length goes before each part, so that ("ab", "c") and ("a", "bc") differ.
void add_sized(crypto_generichash_state& state, std::string_view part) {
  const std::uint64_t size = part.size();
  char bytes[sizeof size];
  static_assert(std::endian::native == std::endian::little, "the file format has little-endian lengths");
  std::memcpy(bytes, &size, sizeof size);
  add(state, {bytes, sizeof bytes});
  add(state, part);
}

}  // namespace

template <std::size_t kSize>
std::array<unsigned char, kSize> TombstoneKey::hash(std::string_view purpose, std::string_view first,
                                                    std::string_view second) const {
  crypto_generichash_state state;
  crypto_generichash_init(&state, bytes_.data(), bytes_.size(), kSize);
  for (const std::string_view part : {purpose, first, second}) add_sized(state, part);
  std::array<unsigned char, kSize> digest;
  crypto_generichash_final(&state, digest.data(), digest.size());
  return digest;
}

TombstoneKey::TombstoneKey(const std::array<unsigned char, kBytes>& bytes) : bytes_(bytes) {
  // Chooses the fastest hash of this processor; safe to call again, and hashes work even where it fails.
  [[maybe_unused]] const int ready = sodium_init();
  static_assert(std::tuple_size_v<decltype(name_key_)> == crypto_shorthash_KEYBYTES);
  name_key_ = hash<crypto_shorthash_KEYBYTES>("name", "", "");
}

TombstoneKey TombstoneKey::random() {
  std::array<unsigned char, kBytes> bytes;
  randombytes_buf(bytes.data(), bytes.size());
  return TombstoneKey(bytes);
}

Result<TombstoneKey> TombstoneKey::from_hex(std::string_view hex) {
  std::array<unsigned char, kBytes> bytes;
  std::size_t length = 0;
  const int failed = sodium_hex2bin(bytes.data(), bytes.size(), hex.data(), hex.size(), nullptr, &length, nullptr);
  if (failed != 0 || length != kBytes) return bad_input("a tombstone key is 64 hexadecimal digits");
  return TombstoneKey(bytes);
}

std::string TombstoneKey::hex() const {
  return base::hex(bytes_);
}

std::string TombstoneKey::account_digest(std::string_view network, std::string_view account) const {
  const auto digest = hash<32>("account", network, account);
  return base::hex(digest);
}

std::uint64_t TombstoneKey::name_hash(std::string_view folded) const {
  unsigned char digest[crypto_shorthash_BYTES];
  crypto_shorthash(digest, reinterpret_cast<const unsigned char*>(folded.data()), folded.size(), name_key_.data());
  std::uint64_t value = 0;
  std::memcpy(&value, digest, sizeof value);
  return value;
}

std::string TombstoneKey::pseudonym(std::string_view text) const {
  const auto digest = hash<16>("pseudonym", text, "");
  return "erased" + base::hex(digest);
}

std::array<unsigned char, TombstoneKey::kBytes> TombstoneKey::derived(std::string_view purpose) const {
  return hash<kBytes>("derived", purpose, "");
}

std::string TombstoneKey::check() const {
  const auto digest = hash<16>("check", "", "");
  return base::hex(digest);
}

}  // namespace renown::log
