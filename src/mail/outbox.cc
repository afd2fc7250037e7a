/// The letters of a MailStore: what is to be sent, and how sending it went.
#include <fmt/format.h>

#include "access/addresses.h"
#include "mail/mail_schema.h"
#include "mail/mail_store.h"
#include "mail/mailbox.h"

namespace renown::mail {
namespace {

std::string seal_name(std::int64_t person) {
  return fmt::format("letter of person {}", person);
}

}  // namespace

Result<void> MailStore::settle() {
  const auto dropped = database_.execute("DELETE FROM mail_letters WHERE handed IS NOT NULL");
  if (!dropped) return dropped.error();
  unsettled_ = *dropped;
  return {};
}

Result<void> MailStore::queue(AddressId id, std::int64_t person, std::string_view message, std::int64_t until,
                              std::int64_t now) {
  const std::string sealed = vault_.seal(seal_name(person), message);
  auto queued = database_.execute("INSERT INTO mail_letters(address, sealed, until, next) VALUES (?, ?, ?, ?)",
                                  {id, std::string_view(sealed), until, now});
  if (!queued) return queued.error();
  return {};
}

/// One letter of an address at a time.
Result<Queued> MailStore::queue_once(AddressId id, std::string_view message, std::int64_t now) {
  const auto waiting = database_.query_integer("SELECT count(*) FROM mail_letters WHERE address = ?", {id});
  if (!waiting) return waiting.error();
  if (*waiting > 0) return Queued::under_way;
  std::int64_t person = 0;
  {
    auto rows = database_.query(
        "SELECT person FROM mail_addresses WHERE address = ? AND confirmed IS NOT NULL AND refused IS NULL", {id});
    if (!rows) return rows.error();
    const auto more = rows->next();
    if (!more) return more.error();
    if (!*more) return Queued::no_reader;
    person = rows->integer(0);
  }
  if (auto queued = queue(id, person, message, now + kDigestSeconds, now); !queued) return queued.error();
  return Queued::queued;
}

Result<Queued> MailStore::queue_digest(AddressId id, std::string_view message, std::int64_t now) {
  const std::lock_guard lock(mutex_);
  auto transaction = store::Transaction::begin(database_);
  if (!transaction) return transaction.error();
  const auto queued = queue_once(id, message, now);
  if (!queued || *queued != Queued::queued) return queued;
  if (auto kept = database_.execute("UPDATE mail_addresses SET digested = ? WHERE address = ?", {now, id}); !kept)
    return kept.error();
  if (auto done = transaction->commit(); !done) return done.error();
  return Queued::queued;
}

Result<Queued> MailStore::queue_asked_digest(const Reader& reader, std::string_view message, std::int64_t now) {
  const auto hash = access::address_hash(reader.address);
  if (!hash) return hash.error();
  const std::string name = address_name(*hash);
  const std::lock_guard lock(mutex_);
  auto transaction = store::Transaction::begin(database_);
  if (!transaction) return transaction.error();
  const auto by_person = asked("time > ? AND person = ?", {now - kDaySeconds, reader.person});
  if (!by_person) return by_person.error();
  if (*by_person >= kMostAskedByPerson) return Queued::too_many;
  const auto queued = queue_once(reader.id, message, now);
  if (!queued || *queued != Queued::queued) return queued;
  auto noted = database_.execute("INSERT INTO mail_asked(person, name, time) VALUES (?, ?, ?)",
                                 {reader.person, std::string_view(name), now});
  if (!noted) return noted.error();
  if (auto done = transaction->commit(); !done) return done.error();
  return Queued::queued;
}

Result<std::vector<Due>> MailStore::due(std::int64_t now, int limit) {
  const std::lock_guard lock(mutex_);
  if (auto old = database_.execute("DELETE FROM mail_letters WHERE next IS NOT NULL AND until <= ?", {now}); !old)
    return old.error();
  auto rows = database_.query(
      "SELECT letter, l.address, person, a.sealed, l.sealed, until, attempts + 1 FROM mail_letters l JOIN "
      "mail_addresses "
      "a USING (address) WHERE next <= ? ORDER BY next, letter LIMIT ?",
      {now, std::int64_t{limit}});
  if (!rows) return rows.error();
  std::vector<Due> all;
  for (auto more = rows->next();; more = rows->next()) {
    if (!more) return more.error();
    if (!*more) return all;
    const std::int64_t person = rows->integer(2);
    const auto plain = vault_.unseal(address_seal_name(person), rows->text(3));
    if (!plain) return plain.error();
    auto to = mailbox(*plain);
    if (!to) return to.error();
    auto message = vault_.unseal(seal_name(person), rows->text(4));
    if (!message) return message.error();
    all.push_back({.id = rows->integer(0),
                   .address = rows->integer(1),
                   .to = std::move(*to),
                   .message = std::move(*message),
                   .until = rows->integer(5),
                   .attempt = static_cast<int>(rows->integer(6))});
  }
}

Result<std::optional<std::int64_t>> MailStore::next_due() {
  const std::lock_guard lock(mutex_);
  auto rows = database_.query("SELECT min(next) FROM mail_letters WHERE next IS NOT NULL");
  if (!rows) return rows.error();
  if (const auto more = rows->next(); !more) return more.error();
  if (rows->is_null(0)) return std::optional<std::int64_t>();
  return std::optional(rows->integer(0));
}

Result<void> MailStore::hand_over(LetterId id, std::int64_t now) {
  const std::lock_guard lock(mutex_);
  const auto kept = database_.execute("UPDATE mail_letters SET next = NULL, handed = ? WHERE letter = ?", {now, id});
  if (!kept) return kept.error();
  // Who was erased, or stopped their letters, while this one was on its way: it has no end.
  if (*kept == 0) return Error{ErrorCode::not_found, "the letter is not wanted any more"};
  return {};
}

Result<Verdict> MailStore::record(const Due& sent, const net::SmtpOutcome& outcome, std::int64_t now, double chance) {
  const Judgement judgement = judge(sent.attempt, outcome, sent.until, now, chance);
  const std::lock_guard lock(mutex_);
  auto transaction = store::Transaction::begin(database_);
  if (!transaction) return transaction.error();
  const bool counts = outcome.kind != net::SmtpOutcome::Kind::cancelled;
  const auto changed =
      judgement.verdict == Verdict::again
          ? database_.execute("UPDATE mail_letters SET attempts = ?, next = ?, handed = NULL WHERE letter = ?",
                              {std::int64_t{sent.attempt} - (counts ? 0 : 1), judgement.next, sent.id})
          : database_.execute("DELETE FROM mail_letters WHERE letter = ?", {sent.id});
  if (!changed) return changed.error();
  if (judgement.verdict == Verdict::refused) {
    auto kept = database_.execute("UPDATE mail_addresses SET refused = ? WHERE address = ? AND confirmed IS NOT NULL",
                                  {now, sent.address});
    if (!kept) return kept.error();
  }
  if (auto done = transaction->commit(); !done) return done.error();
  return judgement.verdict;
}

}  // namespace renown::mail
