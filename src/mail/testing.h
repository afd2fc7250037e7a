/// What the tests of this folder share: a store of addresses and letters in a folder of its own.
#pragma once

#include <memory>
#include <stdexcept>
#include <string>
#include <utility>

#include <gtest/gtest.h>

#include "io/testing.h"
#include "mail/mail_store.h"

namespace renown::mail::test {

inline constexpr std::int64_t kNow = 1'800'000'000;
inline constexpr std::int64_t kDay = 86'400;
inline constexpr std::int64_t kHazel = 12, kMax = 13;  ///< people

struct World {
  World() : vault(*oauth::TokenVault::open(folder / "tokens", folder / "key")) { reopen(); }

  /// As after a restart.
  void reopen() {
    store.reset();
    auto opened = MailStore::open(*store::Database::open_for_writing(path()), vault, "a secret", base::system_random());
    if (!opened) throw std::runtime_error(opened.error().message);
    store = std::move(*opened);
  }

  std::string path() const { return folder / "service.sqlite"; }

  Result<Asked> try_to_ask(const std::string& address, std::int64_t person = kHazel, std::int64_t now = kNow,
                           bool letters = true, bool findable = false) {
    return store->ask(
        person, {address, letters, findable},
        [&](const std::string& to, const std::string& token) {
          last_token = token;
          return "To: " + to + "\r\n\r\n" + token + "\r\n";
        },
        now);
  }

  Asked ask(const std::string& address, std::int64_t person = kHazel, std::int64_t now = kNow) {
    auto asked = try_to_ask(address, person, now);
    if (!asked) throw std::runtime_error(asked.error().message);
    return *asked;
  }

  /// An address that is somebody's, with nothing waiting for it.
  Address confirmed(const std::string& address, std::int64_t person = kHazel, std::int64_t now = kNow) {
    ask(address, person, now);
    for (const Due& each : due(now)) {
      if (!store->record(each, {.kind = net::SmtpOutcome::Kind::taken}, now, 0)) throw std::runtime_error("record");
    }
    auto address_of = store->confirm(person, last_token, now);
    if (!address_of) throw std::runtime_error(address_of.error().message);
    return *address_of;
  }

  std::vector<Due> due(std::int64_t now = kNow) { return *store->due(now, 100); }
  std::vector<Address> addresses(std::int64_t person = kHazel, std::int64_t now = kNow) {
    return *store->addresses(person, now);
  }

  io::testing::TemporaryFolder folder;
  oauth::TokenVault vault;
  std::unique_ptr<MailStore> store;
  std::string last_token;
};

inline net::SmtpOutcome outcome(net::SmtpOutcome::Kind kind, int status = 0) {
  return {.kind = kind, .status = status, .problem = kind == net::SmtpOutcome::Kind::taken ? "" : "a problem"};
}

}  // namespace renown::mail::test
