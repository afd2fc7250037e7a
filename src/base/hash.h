/// Hashes that are the same everywhere and for ever: groups of the interval depend on them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <initializer_list>
#include <string_view>

namespace renown::base {

/// Scrambles 64 bits so that each bit of the input moves half of the output (the finalizer of MurmurHash3).
constexpr std::uint64_t mix64(std::uint64_t x) {
  x ^= x >> 33;
  x *= 0xff51afd7ed558ccd;
  x ^= x >> 33;
  x *= 0xc4ceb9fe1a85ec53;
  x ^= x >> 33;
  return x;
}

/// FNV-1a over the bytes of all parts, one after the other, then mix64. Part of the score's definition
/// (docs/scoring/interval.md): never change it.
class StableHash {
 public:
  constexpr StableHash& add(std::string_view part) {
    for (const char byte : part) {
      hash_ ^= static_cast<unsigned char>(byte);
      hash_ *= 0x100000001b3;
    }
    return *this;
  }
  constexpr std::uint64_t value() const { return mix64(hash_); }

 private:
  std::uint64_t hash_ = 0xcbf29ce484222325;
};

constexpr std::uint64_t stable_hash_joined(std::initializer_list<std::string_view> parts) {
  StableHash hash;
  for (const std::string_view part : parts) hash.add(part);
  return hash.value();
}
constexpr std::uint64_t stable_hash(std::string_view bytes) {
  return stable_hash_joined({bytes});
}

/// A quicker hash, for tables in memory only: nothing that is written or printed may depend on it.
/// Words of eight bytes, each multiplied with a secret to 128 bits and folded; the last one may overlap the one before,
/// so that no text costs a loop over bytes or a call.
inline std::uint64_t table_hash(std::string_view bytes, std::uint64_t seed = 0) {
  constexpr std::uint64_t kOdd = 0x9e3779b97f4a7c15;
  const auto fold = [](std::uint64_t a, std::uint64_t b) {
    __extension__ using Wide = unsigned __int128;
    const Wide product = static_cast<Wide>(a) * b;
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
  };
  const auto word = [](const char* at) {
    std::uint64_t value = 0;
    std::memcpy(&value, at, sizeof value);
    return value;
  };
  const auto half_word = [](const char* at) {
    std::uint32_t value = 0;
    std::memcpy(&value, at, sizeof value);
    return std::uint64_t{value};
  };
  const char* at = bytes.data();
  const std::size_t size = bytes.size();
  std::uint64_t hash = seed ^ (size * 0xc4ceb9fe1a85ec53);
  std::uint64_t tail = 0;
  if (size >= 8) {
    for (std::size_t left = size; left > 8; left -= 8, at += 8) hash = fold(hash ^ word(at), kOdd);
    tail = word(bytes.data() + size - 8);
  } else if (size >= 4) {
    tail = half_word(at) << 32 | half_word(at + size - 4);
  } else if (size > 0) {
    const auto byte = [&](std::size_t i) { return std::uint64_t{static_cast<unsigned char>(at[i])}; };
    tail = byte(0) << 16 | byte(size / 2) << 8 | byte(size - 1);
  }
  return fold(hash ^ tail ^ 0xe7037ed1a0b428db, kOdd ^ hash);
}

}  // namespace renown::base
