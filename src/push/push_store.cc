#include "push/push_store.h"

#include <fmt/format.h>

#include "base/encoding.h"
#include "net/destination.h"
#include "oauth/encoding.h"
#include "store/schema.h"

namespace renown::push {
namespace {

// `name` is the hash of an endpoint: one that comes again is found without keeping it in plain.
constexpr const char* kSteps[] = {R"(
CREATE TABLE push_keys(sealed TEXT NOT NULL) STRICT;
CREATE TABLE push_subscriptions(
  subscription INTEGER PRIMARY KEY AUTOINCREMENT,
  person INTEGER NOT NULL,
  name TEXT NOT NULL UNIQUE,
  sealed TEXT NOT NULL,
  created INTEGER NOT NULL) STRICT;
CREATE INDEX push_subscriptions_person ON push_subscriptions(person);
)"};
constexpr std::string_view kKeyName = "push key";

std::string seal_name(std::int64_t person) {
  return fmt::format("push of person {}", person);
}

/// "p256dh auth endpoint"
std::string packed(const net::Url& endpoint, const BrowserKeys& keys) {
  return fmt::format("{} {} {}", base::base64url(std::string_view(keys.point)),
                     base::base64url(std::string_view(keys.auth)), endpoint.text());
}

Result<Subscription> unpacked(std::string_view text) {
  const std::size_t first = text.find(' ');
  const std::size_t second = text.find(' ', first + 1);
  if (second == std::string_view::npos) return bad_input("a stored push subscription is damaged");
  auto keys = BrowserKeys::parse(text.substr(0, first), text.substr(first + 1, second - first - 1));
  if (!keys) return keys.error();
  return Subscription{
      .id = 0, .endpoint = std::string(text.substr(second + 1)), .keys = std::move(*keys), .created = 0};
}

Result<oauth::P256Key> kept_key(store::Database& database, const oauth::TokenVault& vault) {
  auto transaction = store::Transaction::begin(database);
  if (!transaction) return transaction.error();
  {
    auto rows = database.query("SELECT sealed FROM push_keys");
    if (!rows) return rows.error();
    const auto more = rows->next();
    if (!more) return more.error();
    if (*more) {
      const auto text = vault.unseal(kKeyName, rows->text(0));
      if (!text) return text.error();
      return oauth::P256Key::from_text(*text);
    }
  }
  auto key = oauth::P256Key::generate();
  const std::string sealed = vault.seal(kKeyName, key.text());
  const auto kept = database.execute("INSERT INTO push_keys VALUES (?)", {std::string_view(sealed)});
  if (!kept) return kept.error();
  if (auto done = transaction->commit(); !done) return done.error();
  return key;
}

}  // namespace

Result<std::unique_ptr<PushStore>> PushStore::open(store::Database database, const oauth::TokenVault& vault) {
  if (auto good = store::migrate_part(database, {"push", kSteps}); !good) return good.error();
  auto key = kept_key(database, vault);
  if (!key) return key.error();
  return std::unique_ptr<PushStore>(new PushStore(std::move(database), vault, std::move(*key)));
}

Result<SubscriptionId> PushStore::add(std::int64_t person, std::string_view endpoint, std::string_view p256dh,
                                      std::string_view auth, const net::AddressGuard& guard, std::int64_t now) {
  const auto keys = BrowserKeys::parse(p256dh, auth);
  if (!keys) return keys.error();
  if (const auto works = key_.shared_secret(keys->point); !works) return works.error();
  const auto url = net::check_destination(endpoint, guard);  // before the lock: it may wait for a name server
  if (!url) return url.error();
  const std::string name = oauth::sha256_text(url->text());
  const std::string sealed = vault_.seal(seal_name(person), packed(*url, *keys));

  const std::lock_guard lock(mutex_);
  auto transaction = store::Transaction::begin(database_);
  if (!transaction) return transaction.error();
  const auto added =
      database_.execute("INSERT OR REPLACE INTO push_subscriptions(person, name, sealed, created) VALUES (?, ?, ?, ?)",
                        {person, std::string_view(name), std::string_view(sealed), now});
  if (!added) return added.error();
  const SubscriptionId id = database_.last_row();
  const auto dropped = database_.execute(
      "DELETE FROM push_subscriptions WHERE person = ?1 AND subscription NOT IN (SELECT subscription FROM "
      "push_subscriptions WHERE person = ?1 ORDER BY subscription DESC LIMIT ?2)",
      {person, kMostSubscriptions});
  if (!dropped) return dropped.error();
  if (auto done = transaction->commit(); !done) return done.error();
  return id;
}

Result<std::vector<Subscription>> PushStore::subscriptions(std::int64_t person) {
  const std::lock_guard lock(mutex_);
  auto rows = database_.query(
      "SELECT subscription, sealed, created FROM push_subscriptions WHERE person = ? ORDER BY subscription", {person});
  if (!rows) return rows.error();
  std::vector<Subscription> all;
  for (auto more = rows->next();; more = rows->next()) {
    if (!more) return more.error();
    if (!*more) return all;
    const auto text = vault_.unseal(seal_name(person), rows->text(1));
    if (!text) return text.error();
    auto subscription = unpacked(*text);
    if (!subscription) return subscription.error();
    subscription->id = rows->integer(0);
    subscription->created = rows->integer(2);
    all.push_back(std::move(*subscription));
  }
}

Result<std::vector<std::int64_t>> PushStore::people() {
  const std::lock_guard lock(mutex_);
  auto rows = database_.query("SELECT DISTINCT person FROM push_subscriptions ORDER BY person");
  if (!rows) return rows.error();
  std::vector<std::int64_t> all;
  for (auto more = rows->next();; more = rows->next()) {
    if (!more) return more.error();
    if (!*more) return all;
    all.push_back(rows->integer(0));
  }
}

Result<void> PushStore::remove(std::int64_t person, SubscriptionId id) {
  const std::lock_guard lock(mutex_);
  const auto removed =
      database_.execute("DELETE FROM push_subscriptions WHERE person = ? AND subscription = ?", {person, id});
  if (!removed) return removed.error();
  if (*removed == 0) return Error{ErrorCode::not_found, fmt::format("there is no push subscription {}", id)};
  return {};
}

Result<void> PushStore::erase(std::int64_t person) {
  const std::lock_guard lock(mutex_);
  const auto erased = database_.execute("DELETE FROM push_subscriptions WHERE person = ?", {person});
  if (!erased) return erased.error();
  return database_.leave_nothing_deleted();
}

}  // namespace renown::push
