/// What the tests of this folder share: a store of webhooks in a folder of its own.
#pragma once

#include <memory>
#include <string>

#include <gtest/gtest.h>

#include "io/testing.h"
#include "webhook/webhook_store.h"

namespace renown::webhook::test {

inline constexpr std::int64_t kNow = 1'800'000'000;
inline constexpr std::int64_t kDay = 86'400;
inline constexpr std::int64_t kHazel = 12, kMax = 13;  ///< people
inline constexpr std::string_view kUrl = "https://hooks.example/renown";

struct World {
  World() : vault(*oauth::TokenVault::open(folder / "tokens", folder / "key")) { reopen(); }

  /// As after a restart.
  void reopen() {
    store.reset();
    auto opened = WebhookStore::open(*store::Database::open_for_writing(path()), vault, base::system_random());
    if (!opened) throw std::runtime_error(opened.error().message);
    store = std::move(*opened);
  }

  std::string path() const { return folder / "service.sqlite"; }

  NewEndpoint add(std::int64_t person = kHazel, double threshold = 1, std::string_view url = kUrl) {
    auto added = store->add(person, url, threshold, guard, kNow);
    if (!added) throw std::runtime_error(added.error().message);
    return *added;
  }

  /// Scores of one model, a day apart: day 1, 2 ...; the clock goes with them.
  int note(double score, int day, std::int64_t person = kHazel) {
    return *store->note_score(person, {score, "renown-0.1", kNow + day * kDay}, kNow + day * kDay);
  }

  std::vector<Due> due(std::int64_t now) { return *store->due(now, 100); }

  Endpoint endpoint(std::int64_t person = kHazel) { return store->endpoints(person)->at(0); }

  io::testing::TemporaryFolder folder;
  oauth::TokenVault vault;
  net::AddressGuard guard = *net::AddressGuard::allowing({"hooks.example:443"});
  std::unique_ptr<WebhookStore> store;
};

inline Answer status(int code) {
  return {.status = code, .retry_after = {}, .problem = code >= 200 && code < 300 ? "" : "status"};
}

}  // namespace renown::webhook::test
