/// Addresses; the letters stand in outbox.cc.
#include "mail/mail_store.h"

#include <array>
#include <charconv>

#include <fmt/format.h>

#include "access/addresses.h"
#include "access/secret.h"
#include "base/ascii.h"
#include "mail/mail_schema.h"
#include "mail/mailbox.h"

namespace renown::mail {
namespace {

constexpr std::size_t kNameLetters = 22;  ///< 132 bits

std::string token_hash(std::string_view token) {
  return access::secret_hash(access::SecretKind::address, token);
}

AddressState state_of(const store::Rows& row, int confirmed, int refused) {
  if (!row.is_null(refused)) return AddressState::refused;
  return row.is_null(confirmed) ? AddressState::waiting : AddressState::confirmed;
}

Error no_link() {
  return {ErrorCode::not_found, "this link is not valid any more: ask for a new one"};
}

}  // namespace

std::string_view address_state_name(AddressState state) {
  constexpr std::array<std::string_view, 3> kNames = {"waiting", "confirmed", "refused"};
  return kNames[static_cast<std::size_t>(state)];
}

Result<std::unique_ptr<MailStore>> MailStore::open(store::Database database, const oauth::TokenVault& vault,
                                                   std::string secret, base::RandomBytes random) {
  if (auto good = store::migrate_part(database, mail_part()); !good) return good.error();
  std::unique_ptr<MailStore> store(new MailStore(std::move(database), vault, std::move(secret), std::move(random)));
  if (auto settled = store->settle(); !settled) return settled.error();
  return store;
}

std::string MailStore::address_name(std::string_view sha256) const {
  return access::derived_text(secret_, fmt::format("address {}", sha256)).substr(0, kNameLetters);
}

Result<std::int64_t> MailStore::asked(std::string_view condition, store::Parameters parameters) {
  return database_.query_integer(fmt::format("SELECT count(*) FROM mail_asked WHERE {}", condition), parameters);
}

Result<Asked> MailStore::ask(std::int64_t person, const Wish& wish,
                             const std::function<std::string(const std::string&, const std::string&)>& write,
                             std::int64_t now) {
  const auto to = mailbox(wish.address);
  if (!to) return to.error();
  const auto hash = access::address_hash(wish.address);
  if (!hash) return hash.error();
  const std::string name = address_name(*hash);
  const std::lock_guard lock(mutex_);
  auto transaction = store::Transaction::begin(database_);
  if (!transaction) return transaction.error();
  const std::int64_t since = now - kDaySeconds;
  const auto by_person = asked("time > ? AND person = ?", {since, person});
  const auto of_address = asked("time > ? AND name = ?", {since, std::string_view(name)});
  const auto of_all = asked("time > ?", {since});
  for (const auto* each : {&by_person, &of_address, &of_all}) {
    if (!*each) return each->error();
  }
  if (*by_person >= kMostAskedByPerson) return Asked::too_many;
  const auto is_theirs = database_.query_integer(
      "SELECT count(*) FROM mail_addresses WHERE person = ? AND name = ? AND confirmed IS NOT NULL AND refused IS NULL",
      {person, std::string_view(name)});
  if (!is_theirs) return is_theirs.error();
  if (auto noted = database_.execute("INSERT INTO mail_asked(person, name, time) VALUES (?, ?, ?)",
                                     {person, std::string_view(name), now});
      !noted)
    return noted.error();
  const bool goes_out = *of_address < kMostAskedOfAddress && *of_all < kMostAsked;
  const auto waiting = database_.query_integer(
      "SELECT count(*) FROM mail_addresses WHERE person = ? AND name = ? AND confirmed IS NULL AND expires > ?",
      {person, std::string_view(name), now});
  if (!waiting) return waiting.error();
  Asked outcome = Asked::withheld;
  if (*is_theirs == 0) {
    const std::string token = access::new_secret(random_);
    const std::string message = write(*to, token);  // written in any case: who asks is not to see by the time it takes
    if (goes_out || *waiting == 0) {                // else the link that was sent stays the one that confirms
      const auto id = keep(person, wish, name, token, now);
      if (!id) return id.error();
      if (goes_out) {
        if (auto queued = queue(*id, person, message, now + kConfirmSeconds, now); !queued) return queued.error();
        outcome = Asked::queued;
      }
    }
  }
  if (auto done = transaction->commit(); !done) return done.error();
  return outcome;
}

Result<AddressId> MailStore::keep(std::int64_t person, const Wish& wish, std::string_view name, std::string_view token,
                                  std::int64_t now) {
  for (const char* const old : {"DELETE FROM mail_addresses WHERE person = ?1 AND name = ?2 AND ?3 = ?3",
                                "DELETE FROM mail_addresses WHERE person = ?1 AND ?2 = ?2 AND confirmed IS NULL AND "
                                "expires <= ?3"}) {
    if (auto gone = database_.execute(old, {person, name, now}); !gone) return gone.error();
  }
  const auto there = database_.query_integer("SELECT count(*) FROM mail_addresses WHERE person = ?", {person});
  if (!there) return there.error();
  if (*there >= kMostAddresses)
    return Error{ErrorCode::usage, fmt::format("there are {} addresses already: remove one first", kMostAddresses)};
  const std::string sealed = vault_.seal(address_seal_name(person), base::trim(wish.address));
  const std::string hash = token_hash(token);
  const auto added = database_.execute(
      "INSERT INTO mail_addresses(person, name, sealed, letters, findable, token, created, expires) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
      {person, name, std::string_view(sealed), std::int64_t{wish.letters}, std::int64_t{wish.findable},
       std::string_view(hash), now, now + kConfirmSeconds});
  if (!added) return added.error();
  return database_.last_row();
}

Result<std::vector<Address>> MailStore::read_addresses(std::string_view condition, store::Parameters parameters) {
  auto rows = database_.query(
      fmt::format("SELECT address, person, name, sealed, letters, findable, created, expires, confirmed, refused FROM "
                  "mail_addresses WHERE {} ORDER BY address",
                  condition),
      parameters);
  if (!rows) return rows.error();
  std::vector<Address> all;
  for (auto more = rows->next();; more = rows->next()) {
    if (!more) return more.error();
    if (!*more) return all;
    auto plain = vault_.unseal(address_seal_name(rows->integer(1)), rows->text(3));
    if (!plain) return plain.error();
    all.push_back({.id = rows->integer(0),
                   .person = rows->integer(1),
                   .name = std::string(rows->text(2)),
                   .address = std::move(*plain),
                   .state = state_of(*rows, 8, 9),
                   .letters = rows->integer(4) != 0,
                   .findable = rows->integer(5) != 0,
                   .created = rows->integer(6),
                   .expires = rows->integer(7)});
  }
}

Result<Address> MailStore::confirm(std::int64_t person, std::string_view token, std::int64_t now) {
  const std::string hash = token_hash(token);
  const std::lock_guard lock(mutex_);
  auto transaction = store::Transaction::begin(database_);
  if (!transaction) return transaction.error();
  auto found = read_addresses("person = ? AND token = ? AND confirmed IS NULL AND expires > ?",
                              {person, std::string_view(hash), now});
  if (!found) return found.error();
  if (found->empty()) return no_link();
  Address address = std::move(found->front());
  address.state = AddressState::confirmed;
  auto others = database_.execute("DELETE FROM mail_addresses WHERE name = ? AND person <> ?",
                                  {std::string_view(address.name), person});
  if (!others) return others.error();
  auto kept = database_.execute(
      "UPDATE mail_addresses SET confirmed = ?1, digested = ?1, refused = NULL, token = '' WHERE address = ?2",
      {now, address.id});
  if (!kept) return kept.error();
  if (auto done = transaction->commit(); !done) return done.error();
  return address;
}

Result<std::vector<Address>> MailStore::addresses(std::int64_t person, std::int64_t now) {
  const std::lock_guard lock(mutex_);
  return read_addresses("person = ? AND (confirmed IS NOT NULL OR expires > ?)", {person, now});
}

Result<void> MailStore::remove(std::int64_t person, std::string_view name) {
  const std::lock_guard lock(mutex_);
  const auto gone = database_.execute("DELETE FROM mail_addresses WHERE person = ? AND name = ?", {person, name});
  if (!gone) return gone.error();
  if (*gone == 0) return Error{ErrorCode::not_found, "there is no such address"};
  return {};
}

std::string MailStore::stop_token(AddressId id) const {
  return fmt::format("{}-{}", id, access::derived_text(secret_, fmt::format("stop {}", id)));
}

Result<bool> MailStore::stop(std::string_view token) {
  AddressId id = 0;
  const auto [end, failed] = std::from_chars(token.data(), token.data() + token.size(), id);
  if (failed != std::errc{} || end == token.data() || !access::same_secret(token, stop_token(id))) return false;
  const std::lock_guard lock(mutex_);
  const auto gone = database_.execute("DELETE FROM mail_addresses WHERE address = ?", {id});
  if (!gone) return gone.error();
  return *gone > 0;
}

Result<std::vector<Reader>> MailStore::readers(std::int64_t person) {
  const std::lock_guard lock(mutex_);
  auto rows = database_.query(
      "SELECT address, person, sealed, digested FROM mail_addresses WHERE confirmed IS NOT NULL AND refused IS NULL "
      "AND "
      "letters = 1 AND (?1 = 0 OR person = ?1) ORDER BY address",
      {person});
  if (!rows) return rows.error();
  std::vector<Reader> all;
  for (auto more = rows->next();; more = rows->next()) {
    if (!more) return more.error();
    if (!*more) return all;
    auto plain = vault_.unseal(address_seal_name(rows->integer(1)), rows->text(2));
    if (!plain) return plain.error();
    all.push_back({rows->integer(0), rows->integer(1), std::move(*plain), rows->integer(3)});
  }
}

Result<void> MailStore::prune(std::int64_t now) {
  const std::lock_guard lock(mutex_);
  auto transaction = store::Transaction::begin(database_);
  if (!transaction) return transaction.error();
  auto old = database_.execute("DELETE FROM mail_addresses WHERE confirmed IS NULL AND expires <= ?", {now});
  if (!old) return old.error();
  auto asked = database_.execute("DELETE FROM mail_asked WHERE time <= ?", {now - kDaySeconds});
  if (!asked) return asked.error();
  return transaction->commit();
}

Result<void> MailStore::erase(std::int64_t person) {
  const std::lock_guard lock(mutex_);
  // Letters go with their addresses.
  for (const char* const sql :
       {"DELETE FROM mail_addresses WHERE person = ?", "UPDATE mail_asked SET person = 0 WHERE person = ?"}) {
    if (auto done = database_.execute(sql, {person}); !done) return done.error();
  }
  return database_.leave_nothing_deleted();
}

}  // namespace renown::mail
