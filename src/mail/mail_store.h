/// MailStore: which addresses people gave, whether these are theirs, and the letters that are still to be sent. A part
/// of an SQLite store (store::Part).
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "renown/result.h"

#include "base/random.h"
#include "mail/retry_rule.h"
#include "net/smtp.h"
#include "oauth/token_vault.h"
#include "store/database.h"

namespace renown::mail {

using AddressId = std::int64_t;
using LetterId = std::int64_t;

enum class AddressState : std::uint8_t {
  waiting,    ///< for whoever reads it to confirm
  confirmed,  ///< letters go there
  refused,    ///< its mail server refused one for good: nothing more goes there
};
std::string_view address_state_name(AddressState state);

struct Address {
  AddressId id = 0;
  std::int64_t person = 0;
  std::string name = {};     ///< by which routes name it: address_name
  std::string address = {};  ///< as it was given
  AddressState state = AddressState::waiting;
  bool letters = true;    ///< whether letters are wanted there, once it is confirmed
  bool findable = false;  ///< whether it is to be found by, once it is confirmed
  std::int64_t created = 0, expires = 0;
};

/// Where a digest may go.
struct Reader {
  AddressId id = 0;
  std::int64_t person = 0;
  std::string address;
  std::int64_t digested = 0;  ///< when the last digest was queued, or the address confirmed; unix seconds
};

struct Wish {
  std::string address;
  bool letters = true, findable = false;
};

enum class Asked : std::uint8_t {
  queued,    ///< a letter will ask
  withheld,  ///< it is the person's already, or was asked too often: nothing is sent, and nobody is told
  too_many,  ///< the person asked too often today
};

/// A letter that is to be sent.
struct Due {
  LetterId id = 0;
  AddressId address = 0;
  std::string to = {};  ///< a mailbox
  std::string message = {};
  std::int64_t until = 0;
  int attempt = 1;  ///< that this one will be
};

/// What became of a letter that was to be queued.
enum class Queued : std::uint8_t {
  queued,
  under_way,  ///< another one to that address waits, or is being sent: one at a time
  too_many,   ///< its reader asked for too many today
  no_reader,  ///< the address was removed meanwhile, or takes none
};

/// Thread-safe: one lock around the connection, which is the store's own. Times are unix seconds.
/// All:  errors  io, busy, and bad_input for a damaged store. Changes are on disk when they return.
class MailStore {
 public:
  static constexpr std::int64_t kMostAddresses = 5;           ///< of one person
  static constexpr std::int64_t kConfirmSeconds = 86'400;     ///< for which a link confirms
  static constexpr std::int64_t kDigestSeconds = 2 * 86'400;  ///< for which a digest is worth sending
  static constexpr std::int64_t kMostAskedByPerson = 5;       ///< letters to addresses that are not confirmed, a day
  static constexpr std::int64_t kMostAskedOfAddress = 3;      ///< by all together
  static constexpr std::int64_t kMostAsked = 1'000;           ///< of all addresses

  /// database  moved in: other threads use connections of their own
  /// vault     seals addresses and letters; outlives the store
  /// secret    what names and tokens are worked out with; of the data folder, never told
  ///
  /// Letters that were under way when the process was killed, so that they may have been taken, are dropped: none is
  /// sent twice. unsettled() says how many.
  static Result<std::unique_ptr<MailStore>> open(store::Database database, const oauth::TokenVault& vault,
                                                 std::string secret, base::RandomBytes random);
  std::uint64_t unsettled() const { return unsettled_; }

  /// How routes name an address: by what nobody can work out who has not the secret. sha256  as access::address_hash
  std::string address_name(std::string_view sha256) const;

  // -- addresses

  /// Keeps the address as waiting and queues the letter that asks. Asking again makes the link before void,
  /// unless no other letter goes out.
  ///
  /// write   the message to a mailbox, with the token that confirms; called within
  /// errors  bad_input (no mailbox), usage (too many addresses)
  Result<Asked> ask(std::int64_t person, const Wish& wish,
                    const std::function<std::string(const std::string& to, const std::string& token)>& write,
                    std::int64_t now);

  /// The address is the person's from now on, and nobody else's. errors  not_found: no such link, another's, used or
  /// old
  Result<Address> confirm(std::int64_t person, std::string_view token, std::int64_t now);

  /// Oldest first, without those whose link is too old.
  Result<std::vector<Address>> addresses(std::int64_t person, std::int64_t now);

  /// Forgets the address in plain, with what waits for it. errors  not_found
  Result<void> remove(std::int64_t person, std::string_view name);

  /// What a letter's way out holds, and its use: as remove(). returns  whether there was such an address
  std::string stop_token(AddressId id) const;
  Result<bool> stop(std::string_view token);

  // -- digests

  /// Confirmed ones at which letters are wanted, by number; of one person, or of all (0).
  Result<std::vector<Reader>> readers(std::int64_t person = 0);

  /// Queues a digest and keeps when, in one.
  Result<Queued> queue_digest(AddressId id, std::string_view message, std::int64_t now);

  /// As queue_digest for one that its reader asked for, which changes nothing about the others. It counts as asked.
  Result<Queued> queue_asked_digest(const Reader& reader, std::string_view message, std::int64_t now);

  // -- for the sender

  /// What is due, the longest waiting first. What is too old is dropped.
  Result<std::vector<Due>> due(std::int64_t now, int limit);

  /// When the next one is due; nothing where none is waiting.
  Result<std::optional<std::int64_t>> next_due();

  /// Keeps that the end of the letter may have been sent from now on.
  Result<void> hand_over(LetterId id, std::int64_t now);

  /// Writes down how an attempt went, and what follows. chance  in [0, 1)
  Result<Verdict> record(const Due& sent, const net::SmtpOutcome& outcome, std::int64_t now, double chance);

  // -- keeping house

  /// Forgets addresses whose link is too old, and who asked for what longer than a day ago.
  Result<void> prune(std::int64_t now);

  /// Forgets a person. No byte is left in the store's file but, for a day, how often which address was asked, by its
  /// keyed name alone: else whoever is erased and comes back could write to a stranger without end.
  Result<void> erase(std::int64_t person);

 private:
  MailStore(store::Database database, const oauth::TokenVault& vault, std::string secret, base::RandomBytes random)
      : database_(std::move(database)), vault_(vault), secret_(std::move(secret)), random_(std::move(random)) {}

  Result<void> settle();
  Result<std::int64_t> asked(std::string_view condition, store::Parameters parameters);
  Result<AddressId> keep(std::int64_t person, const Wish& wish, std::string_view name, std::string_view token,
                         std::int64_t now);
  Result<Queued> queue_once(AddressId id, std::string_view message, std::int64_t now);
  Result<void> queue(AddressId id, std::int64_t person, std::string_view message, std::int64_t until, std::int64_t now);
  Result<std::vector<Address>> read_addresses(std::string_view condition, store::Parameters parameters);

  std::mutex mutex_;
  store::Database database_;
  const oauth::TokenVault& vault_;
  std::string secret_;
  base::RandomBytes random_;
  std::uint64_t unsettled_ = 0;
};

}  // namespace renown::mail
