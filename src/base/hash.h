/// Hashes that are the same everywhere and for ever: groups of the interval depend on them.
#pragma once

#include <cstdint>
#include <cstring>
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

/// FNV-1a over the bytes, then mix64. Part of the score's definition (docs/scoring/interval.md): never change it.
constexpr std::uint64_t stable_hash(std::string_view bytes) {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const char byte : bytes) {
    hash ^= static_cast<unsigned char>(byte);
    hash *= 0x100000001b3;
  }
  return mix64(hash);
}

/// A quicker hash, for tables in memory only: nothing that is written or printed may depend on it.
inline std::uint64_t table_hash(std::string_view bytes) {
  std::uint64_t hash = 0x9e3779b97f4a7c15 ^ (bytes.size() * 0xc4ceb9fe1a85ec53);
  const char* at = bytes.data();
  std::size_t left = bytes.size();
  while (left >= 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, at, 8);
    hash = (hash ^ word) * 0xff51afd7ed558ccd;
    hash ^= hash >> 32;
    at += 8;
    left -= 8;
  }
  std::uint64_t tail = 0;
  if (left > 0) std::memcpy(&tail, at, left);  // an empty text may have no address at all
  return mix64(hash ^ tail);
}

}  // namespace renown::base
