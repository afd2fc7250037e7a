/// PushStore: which browsers a person is told in, and the key by which push services know us. A part of an SQLite store
/// (store::Part).
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "renown/result.h"

#include "net/address_guard.h"
#include "oauth/p256_key.h"
#include "oauth/token_vault.h"
#include "push/encryption.h"
#include "store/database.h"

namespace renown::push {

using SubscriptionId = std::int64_t;

struct Subscription {
  SubscriptionId id = 0;
  std::string endpoint;  ///< of a push service; who knows it can be told nothing by it, but should not see it either
  BrowserKeys keys;
  std::int64_t created = 0;
};

/// Thread-safe: one lock around the connection, which is the store's own. Endpoints and keys stand sealed. Times are
/// unix seconds. All:  errors  io, busy, and bad_input for a damaged store
class PushStore {
 public:
  static constexpr std::int64_t kMostSubscriptions = 20;  ///< of one person; the oldest goes when another comes

  /// Makes our key when there is none yet.
  ///
  /// database  moved in: other threads use connections of their own
  /// vault     seals; outlives the store
  static Result<std::unique_ptr<PushStore>> open(store::Database database, const oauth::TokenVault& vault);

  /// For applicationServerKey, and for signing.
  const oauth::P256Key& key() const { return key_; }

  /// The same endpoint again takes the place of what was there, whoever's it was: a browser has one person.
  /// Waits up to 5 seconds for the host's address.
  ///
  /// p256dh, auth  base64url
  /// errors        bad_input for keys that are none, or an address that we do not send to (net::check_destination)
  Result<SubscriptionId> add(std::int64_t person, std::string_view endpoint, std::string_view p256dh,
                             std::string_view auth, const net::AddressGuard& guard, std::int64_t now);

  Result<std::vector<Subscription>> subscriptions(std::int64_t person);

  /// Whoever has a subscription, by number.
  Result<std::vector<std::int64_t>> people();

  /// errors  not_found, also for another's
  Result<void> remove(std::int64_t person, SubscriptionId id);

  /// Forgets a person. No byte is left in the store's file.
  Result<void> erase(std::int64_t person);

 private:
  PushStore(store::Database database, const oauth::TokenVault& vault, oauth::P256Key key)
      : database_(std::move(database)), vault_(vault), key_(std::move(key)) {}

  std::mutex mutex_;
  store::Database database_;
  const oauth::TokenVault& vault_;
  oauth::P256Key key_;
};

}  // namespace renown::push
