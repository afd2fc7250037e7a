/// Where keys, tokens, states and verifiers come from: the system, or a test's own numbers.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>

namespace renown::base {

/// Fills the bytes with what nobody can guess.
using RandomBytes = std::function<void(std::span<unsigned char>)>;

/// From the system.
RandomBytes system_random();

/// One number from the system: the seed of a table whose keys strangers choose.
std::uint64_t random_number();

/// `bytes` random bytes as base64url: 32 are 43 letters.
std::string random_text(const RandomBytes& random, std::size_t bytes = 32);

}  // namespace renown::base
