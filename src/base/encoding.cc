#include "base/encoding.h"

#include <sodium.h>

namespace renown::base {
namespace {

constexpr int kPlain = sodium_base64_VARIANT_ORIGINAL;
constexpr int kUrl = sodium_base64_VARIANT_URLSAFE_NO_PADDING;

std::string packed(std::span<const unsigned char> bytes, int variant) {
  std::string text(sodium_base64_encoded_len(bytes.size(), variant), '\0');
  sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), variant);
  text.pop_back();  // the terminating zero
  return text;
}

std::optional<std::string> unpacked(std::string_view text, int variant) {
  std::string bytes(text.size(), '\0');
  std::size_t size = 0;
  const char* end = nullptr;
  const int failed = sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), text.data(),
                                       text.size(), nullptr, &size, &end, variant);
  if (failed != 0 || end != text.data() + text.size()) return std::nullopt;
  bytes.resize(size);
  return bytes;
}

std::span<const unsigned char> bytes_of(std::string_view text) {
  return {reinterpret_cast<const unsigned char*>(text.data()), text.size()};
}

}  // namespace

std::string hex(std::span<const unsigned char> bytes) {
  std::string text(bytes.size() * 2 + 1, '\0');
  sodium_bin2hex(text.data(), text.size(), bytes.data(), bytes.size());
  text.pop_back();  // the terminating zero
  return text;
}

std::string base64url(std::span<const unsigned char> bytes) {
  return packed(bytes, kUrl);
}

std::string base64url(std::string_view bytes) {
  return packed(bytes_of(bytes), kUrl);
}

std::optional<std::string> from_base64url(std::string_view text) {
  return unpacked(text, kUrl);
}

std::string base64(std::string_view bytes) {
  return packed(bytes_of(bytes), kPlain);
}

std::optional<std::string> from_base64(std::string_view text) {
  return unpacked(text, kPlain);
}

}  // namespace renown::base
