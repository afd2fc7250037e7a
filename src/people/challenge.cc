#include "people/challenge.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>
#include <sodium.h>

#include "base/encoding.h"
#include "base/time.h"

namespace renown::people {
namespace {

constexpr std::string_view kPrefix = "renown-proof=";
constexpr std::string_view kLetters = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_.";
constexpr std::size_t kMaxFound = 100;

static_assert(std::tuple_size_v<ChallengeKey> == crypto_auth_KEYBYTES);

std::string mac_of(const ChallengeKey& key, const ChallengeFor& made_for, std::int64_t expires) {
  // The length stands before each text, so that ("ab", "c") and ("a", "bc") differ.
  const Account& account = made_for.account;
  const std::string message =
      fmt::format("renown-proof 1\n{}\n{}:{}\n{}:{}\n{}\n", made_for.person, account.network.size(), account.network,
                  account.account.size(), account.account, expires);
  unsigned char mac[crypto_auth_BYTES];
  crypto_auth(mac, reinterpret_cast<const unsigned char*>(message.data()), message.size(), key.data());
  return base::base64url(mac);
}

struct Parts {
  std::int64_t person = 0, expires = 0;
  std::string_view mac;
};

/// Takes the whole number in front of the next dot off `text`.
bool take_number(std::string_view& text, std::int64_t& number) {
  const std::size_t dot = text.find('.');
  if (dot == std::string_view::npos) return false;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + dot, number);
  if (failed != std::errc{} || end != text.data() + dot) return false;
  text.remove_prefix(dot + 1);
  return true;
}

bool parse(std::string_view text, Parts& parts) {
  if (!text.starts_with(kPrefix)) return false;
  text.remove_prefix(kPrefix.size());
  std::int64_t version = 0;
  if (!take_number(text, version) || version != 1) return false;
  if (!take_number(text, parts.person) || !take_number(text, parts.expires)) return false;
  parts.mac = text;
  return true;
}

}  // namespace

std::string make_challenge(const ChallengeKey& key, const ChallengeFor& made_for, std::int64_t expires) {
  return fmt::format("{}1.{}.{}.{}", kPrefix, made_for.person, expires, mac_of(key, made_for, expires));
}

std::vector<std::string> find_challenges(std::string_view body) {
  std::vector<std::string> found;
  for (std::size_t at = body.find(kPrefix); at != std::string_view::npos && found.size() < kMaxFound;) {
    std::size_t end = std::min(body.find_first_not_of(kLetters, at + kPrefix.size()), body.size());
    while (body[end - 1] == '.') --end;  // of the sentence around it
    found.emplace_back(body.substr(at, end - at));
    at = body.find(kPrefix, end);
  }
  return found;
}

Result<void> check_challenge(const ChallengeKey& key, std::string_view text, const ChallengeFor& made_for,
                             std::int64_t now) {
  Parts parts;
  if (!parse(text, parts)) return bad_input("its renown-proof is not one that renown people challenge makes");
  const std::string wanted = mac_of(key, made_for, parts.expires);
  const bool same =
      parts.mac.size() == wanted.size() && sodium_memcmp(parts.mac.data(), wanted.data(), wanted.size()) == 0;
  if (!same || parts.person != made_for.person) {
    return bad_input("its renown-proof was made for another person or account, or by another key, or was changed");
  }
  if (now >= parts.expires) {
    return bad_input(fmt::format("its renown-proof expired at {}; make a new one", base::format_time(parts.expires)));
  }
  return {};
}

}  // namespace renown::people
