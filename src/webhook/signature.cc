#include "webhook/signature.h"

#include <array>
#include <charconv>

#include <fmt/format.h>
#include <sodium.h>

#include "base/encoding.h"
#include "base/text.h"

namespace renown::webhook {
namespace {

constexpr std::string_view kPrefix = "whsec_";
constexpr std::string_view kVersion = "v1,";

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

Result<std::int64_t> read_timestamp(std::string_view text, std::int64_t now) {
  std::int64_t time = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), time);
  if (failed != std::errc() || end != text.data() + text.size() || time < 0)
    return bad_input("webhook-timestamp is no number of seconds since 1970");
  if (time < now - kToleranceSeconds) return bad_input("webhook-timestamp is too old: this may be a replay");
  if (time > now + kToleranceSeconds) return bad_input("webhook-timestamp is in the future: check the clocks");
  return time;
}

bool is_equal(std::string_view one, std::string_view other) {
  return one.size() == other.size() && sodium_memcmp(one.data(), other.data(), one.size()) == 0;
}

}  // namespace

Secret Secret::draw(const base::RandomBytes& random) {
  std::array<unsigned char, kLeastBytes> bytes;
  random(bytes);
  return Secret(std::string(bytes.begin(), bytes.end()));
}

Result<Secret> Secret::parse(std::string_view text) {
  if (text.starts_with(kPrefix)) text.remove_prefix(kPrefix.size());
  auto bytes = base::from_base64(text);
  if (!bytes || bytes->size() < kLeastBytes || bytes->size() > kMostBytes)
    return bad_input(
        fmt::format("a webhook secret is \"whsec_\" and {} to {} bytes as base64", kLeastBytes, kMostBytes));
  return Secret(std::move(*bytes));
}

std::string Secret::text() const {
  return std::string(kPrefix) + base::base64(bytes_);
}

std::string Secret::sign(std::string_view id, std::int64_t time, std::string_view body) const {
  const std::string before_body = fmt::format("{}.{}.", id, time);
  crypto_auth_hmacsha256_state state;
  crypto_auth_hmacsha256_init(&state, bytes_of(bytes_), bytes_.size());
  crypto_auth_hmacsha256_update(&state, bytes_of(before_body), before_body.size());
  crypto_auth_hmacsha256_update(&state, bytes_of(body), body.size());
  std::string mac(crypto_auth_hmacsha256_BYTES, '\0');
  crypto_auth_hmacsha256_final(&state, reinterpret_cast<unsigned char*>(mac.data()));
  return std::string(kVersion) + base::base64(mac);
}

Result<void> verify(std::span<const Secret> secrets, const Claimed& claimed, std::string_view body, std::int64_t now) {
  if (claimed.id.empty() || claimed.id.find('.') != std::string_view::npos)
    return bad_input("webhook-id is missing, or has a full stop");
  const auto time = read_timestamp(claimed.timestamp, now);
  if (!time) return time.error();
  bool fits = false;
  for (const Secret& secret : secrets) {
    const std::string wanted = secret.sign(claimed.id, *time, body);
    // Each is looked at, so that the time says nothing of which one fits.
    for (const std::string_view one : base::split_words(claimed.signatures)) fits = is_equal(one, wanted) || fits;
  }
  if (!fits) return bad_input("no signature of webhook-signature fits: another secret, or the body was changed");
  return {};
}

}  // namespace renown::webhook
