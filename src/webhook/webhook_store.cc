/// Endpoints; the queue stands in outbox.cc.
#include "webhook/webhook_store.h"

#include <fmt/format.h>

#include "net/destination.h"
#include "net/url.h"
#include "webhook/webhook_schema.h"

namespace renown::webhook {
namespace {

constexpr const char* kColumns =
    "SELECT endpoint, person, url, threshold, created, failing_since, disabled, disabled_reason FROM "
    "webhook_endpoints ";

std::optional<std::int64_t> optional_time(const store::Rows& rows, int column) {
  if (rows.is_null(column)) return std::nullopt;
  return rows.integer(column);
}

std::string seal_name(std::int64_t person) {
  return fmt::format("webhook of person {}", person);
}

std::string address_seal_name(std::int64_t person) {
  return fmt::format("webhook address of person {}", person);
}

/// An address as an older Renown left it.
struct PlainAddress {
  EndpointId id = 0;
  std::int64_t person = 0;
  std::string url;
};

Result<std::vector<PlainAddress>> plain_addresses(store::Database& database) {
  std::vector<PlainAddress> all;
  auto rows = database.query("SELECT endpoint, person, url FROM webhook_endpoints WHERE url_sealed = 0");
  if (!rows) return rows.error();
  for (auto more = rows->next();; more = rows->next()) {
    if (!more) return more.error();
    if (!*more) return all;
    all.push_back({rows->integer(0), rows->integer(1), std::string(rows->text(2))});
  }
}

/// An older Renown kept sentences of failures that show the address with its path.
Result<void> take_path_out(store::Database& database, const PlainAddress& address) {
  const auto url = net::Url::parse(address.url);
  if (!url) return {};
  const std::string shown = url->shown(), host = url->host_and_port();
  for (const char* sql : {"UPDATE webhook_attempts SET problem = replace(problem, ?, ?) WHERE endpoint = ?",
                          "UPDATE webhook_endpoints SET disabled_reason = replace(disabled_reason, ?, ?) WHERE "
                          "endpoint = ?"}) {
    auto done = database.execute(sql, {std::string_view(shown), std::string_view(host), address.id});
    if (!done) return done.error();
  }
  return {};
}

Error no_endpoint(EndpointId id) {
  return {ErrorCode::not_found, fmt::format("there is no webhook {}", id)};
}

}  // namespace

Result<std::unique_ptr<WebhookStore>> WebhookStore::open(store::Database database, const oauth::TokenVault& vault,
                                                         base::RandomBytes random) {
  if (auto good = store::migrate_part(database, webhook_part()); !good) return good.error();
  std::unique_ptr<WebhookStore> opened(new WebhookStore(std::move(database), vault, std::move(random)));
  if (auto sealed = opened->seal_addresses(); !sealed) return sealed.error();
  return opened;
}

Result<void> WebhookStore::seal_addresses() {
  const auto unsettled = database_.query_integer("SELECT count(*) FROM webhook_endpoints WHERE url_sealed <> 1");
  if (!unsettled) return unsettled.error();
  if (*unsettled == 0) return {};
  const auto plain = plain_addresses(database_);
  if (!plain) return plain.error();
  auto transaction = store::Transaction::begin(database_);
  if (!transaction) return transaction.error();
  for (const PlainAddress& each : *plain) {
    const std::string sealed = vault_.seal(address_seal_name(each.person), each.url);
    auto done = database_.execute("UPDATE webhook_endpoints SET url = ?, url_sealed = 2 WHERE endpoint = ?",
                                  {std::string_view(sealed), each.id});
    if (!done) return done.error();
    if (auto cleaned = take_path_out(database_, each); !cleaned) return cleaned;
  }
  if (auto done = transaction->commit(); !done) return done;
  if (auto clean = database_.leave_nothing_deleted(); !clean) return clean;
  const auto settled = database_.execute("UPDATE webhook_endpoints SET url_sealed = 1 WHERE url_sealed = 2");
  if (!settled) return settled.error();
  return {};
}

std::string WebhookStore::unsealed_address(std::int64_t person, std::string_view sealed) const {
  auto url = vault_.unseal(address_seal_name(person), sealed);
  return url ? std::move(*url) : std::string();
}

Endpoint WebhookStore::read_endpoint(const store::Rows& rows) const {
  const std::int64_t person = rows.integer(1);
  return {.id = rows.integer(0),
          .person = person,
          .url = unsealed_address(person, rows.text(2)),
          .threshold = rows.real(3),
          .created = rows.integer(4),
          .failing_since = optional_time(rows, 5),
          .disabled = optional_time(rows, 6),
          .disabled_reason = std::string(rows.text(7))};
}

Result<NewEndpoint> WebhookStore::add(std::int64_t person, std::string_view text, double threshold,
                                      const net::AddressGuard& guard, std::int64_t now) {
  if (!(threshold >= kLeastThreshold && threshold <= kMostThreshold))
    return bad_input(fmt::format("the threshold of a webhook is {} to {} points", kLeastThreshold, kMostThreshold));
  const auto url = net::check_destination(text, guard);  // before the lock: it may wait for a name server
  if (!url) return url.error();
  const Secret secret = Secret::draw(random_);
  const std::string sealed = vault_.seal(seal_name(person), secret.text());

  const std::lock_guard lock(mutex_);
  auto transaction = store::Transaction::begin(database_);
  if (!transaction) return transaction.error();
  const auto there = database_.query_integer("SELECT count(*) FROM webhook_endpoints WHERE person = ?", {person});
  if (!there) return there.error();
  if (*there >= kMostEndpoints)
    return Error{ErrorCode::usage, fmt::format("there are {} webhooks already: remove one first", kMostEndpoints)};
  const std::string address = url->text();
  const std::string sealed_address = vault_.seal(address_seal_name(person), address);
  auto added = database_.execute(
      "INSERT INTO webhook_endpoints(person, url, url_sealed, threshold, created, secret) VALUES (?, ?, 1, ?, ?, ?)",
      {person, std::string_view(sealed_address), threshold, now, std::string_view(sealed)});
  if (!added) return added.error();
  const EndpointId id = database_.last_row();
  if (auto done = transaction->commit(); !done) return done.error();
  return NewEndpoint{{.id = id,
                      .person = person,
                      .url = address,
                      .threshold = threshold,
                      .created = now,
                      .failing_since = {},
                      .disabled = {},
                      .disabled_reason = {}},
                     secret.text()};
}

Result<std::vector<Endpoint>> WebhookStore::endpoints(std::int64_t person) {
  const std::lock_guard lock(mutex_);
  auto rows = database_.query(std::string(kColumns) + "WHERE person = ? ORDER BY endpoint", {person});
  if (!rows) return rows.error();
  std::vector<Endpoint> all;
  for (auto more = rows->next();; more = rows->next()) {
    if (!more) return more.error();
    if (!*more) return all;
    all.push_back(read_endpoint(*rows));
  }
}

Result<Endpoint> WebhookStore::find(std::int64_t person, EndpointId id) {
  auto rows = database_.query(std::string(kColumns) + "WHERE person = ? AND endpoint = ?", {person, id});
  if (!rows) return rows.error();
  const auto more = rows->next();
  if (!more) return more.error();
  if (!*more) return no_endpoint(id);
  return read_endpoint(*rows);
}

Result<void> WebhookStore::remove(std::int64_t person, EndpointId id) {
  const std::lock_guard lock(mutex_);
  const auto removed =
      database_.execute("DELETE FROM webhook_endpoints WHERE person = ? AND endpoint = ?", {person, id});
  if (!removed) return removed.error();
  if (*removed == 0) return no_endpoint(id);
  return {};
}

Result<std::string> WebhookStore::rotate(std::int64_t person, EndpointId id, std::int64_t now) {
  const Secret secret = Secret::draw(random_);
  const std::string sealed = vault_.seal(seal_name(person), secret.text());
  const std::lock_guard lock(mutex_);
  const auto changed = database_.execute(
      "UPDATE webhook_endpoints SET old_secret = secret, old_until = ?, secret = ? WHERE person = ? AND endpoint = ?",
      {now + kRotationSeconds, std::string_view(sealed), person, id});
  if (!changed) return changed.error();
  if (*changed == 0) return no_endpoint(id);
  return secret.text();
}

Result<void> WebhookStore::enable(std::int64_t person, EndpointId id) {
  const std::lock_guard lock(mutex_);
  const auto changed = database_.execute(
      "UPDATE webhook_endpoints SET disabled = NULL, disabled_reason = '', failing_since = NULL, not_before = 0 "
      "WHERE person = ? AND endpoint = ?",
      {person, id});
  if (!changed) return changed.error();
  if (*changed == 0) return no_endpoint(id);
  return {};
}

Result<std::vector<Secret>> WebhookStore::secrets_of(EndpointId id, std::int64_t now) {
  auto rows = database_.query(
      "SELECT person, secret, CASE WHEN old_until > ? THEN old_secret END FROM webhook_endpoints WHERE endpoint = ?",
      {now, id});
  if (!rows) return rows.error();
  const auto more = rows->next();
  if (!more) return more.error();
  if (!*more) return no_endpoint(id);
  std::vector<Secret> secrets;
  for (const int column : {1, 2}) {
    if (rows->is_null(column)) continue;
    const auto text = vault_.unseal(seal_name(rows->integer(0)), rows->text(column));
    if (!text && column == 2) continue;  // without the old one receivers that changed are well
    if (!text) return text.error();
    auto secret = Secret::parse(*text);
    if (!secret) return secret.error();
    secrets.push_back(std::move(*secret));
  }
  return secrets;
}

Result<std::vector<Attempt>> WebhookStore::attempts(std::int64_t person, EndpointId id,
                                                    std::optional<std::int64_t> before, int limit) {
  const std::lock_guard lock(mutex_);
  if (const auto own = find(person, id); !own) return own.error();
  auto rows = database_.query(
      "SELECT number, delivery, type, time, attempt, status, problem FROM webhook_attempts a JOIN webhook_deliveries d "
      "USING (delivery) WHERE a.endpoint = ? AND number < ? ORDER BY number DESC LIMIT ?",
      {id, before.value_or(INT64_MAX), std::int64_t{limit}});
  if (!rows) return rows.error();
  std::vector<Attempt> all;
  for (auto more = rows->next();; more = rows->next()) {
    if (!more) return more.error();
    if (!*more) return all;
    all.push_back({rows->integer(0), std::string(rows->text(1)), std::string(rows->text(2)), rows->integer(3),
                   static_cast<int>(rows->integer(4)), static_cast<int>(rows->integer(5)), std::string(rows->text(6))});
  }
}

Result<void> WebhookStore::prune(std::int64_t now) {
  const std::lock_guard lock(mutex_);
  auto transaction = store::Transaction::begin(database_);
  if (!transaction) return transaction.error();
  for (const char* const sql : {"DELETE FROM webhook_deliveries WHERE next IS NULL AND created < ?",
                                "DELETE FROM webhook_attempts WHERE time < ?"}) {
    if (auto done = database_.execute(sql, {now - kKeptSeconds}); !done) return done.error();
  }
  const auto forgotten =
      database_.execute("UPDATE webhook_endpoints SET old_secret = NULL, old_until = NULL WHERE old_until <= ?", {now});
  if (!forgotten) return forgotten.error();
  return transaction->commit();
}

Result<void> WebhookStore::erase(std::int64_t person) {
  const std::lock_guard lock(mutex_);
  // Attempts and deliveries go with their endpoints.
  const auto erased = database_.execute("DELETE FROM webhook_endpoints WHERE person = ?", {person});
  if (!erased) return erased.error();
  return database_.leave_nothing_deleted();
}

}  // namespace renown::webhook
