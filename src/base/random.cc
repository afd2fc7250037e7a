#include "base/random.h"

#include <vector>

#include <sodium.h>

#include "base/encoding.h"

namespace renown::base {

RandomBytes system_random() {
  [[maybe_unused]] const int ready = sodium_init();  // safe to call again
  return [](std::span<unsigned char> bytes) { randombytes_buf(bytes.data(), bytes.size()); };
}

std::uint64_t random_number() {
  std::uint64_t number = 0;
  system_random()({reinterpret_cast<unsigned char*>(&number), sizeof number});
  return number;
}

std::string random_text(const RandomBytes& random, std::size_t bytes) {
  std::vector<unsigned char> drawn(bytes);
  random(drawn);
  return base64url(drawn);
}

}  // namespace renown::base
