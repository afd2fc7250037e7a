/// WebhookStore: who wants to be told of what, and what is still to be told. A part of an SQLite store (store::Part);
/// a killed process loses nothing that was queued.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "renown/result.h"

#include "base/random.h"
#include "net/address_guard.h"
#include "notice/move_rule.h"
#include "oauth/token_vault.h"
#include "store/database.h"
#include "webhook/schedule.h"
#include "webhook/signature.h"

namespace renown::webhook {

using EndpointId = std::int64_t;

struct Endpoint {
  EndpointId id = 0;
  std::int64_t person = 0;  ///< whose score it is told of, and who owns it
  std::string url;          ///< empty: cannot be read any more, for it is damaged or was sealed with another key
  double threshold = 1;     ///< points
  std::int64_t created = 0;
  std::optional<std::int64_t> failing_since;  ///< of the first failure after which nothing was taken
  std::optional<std::int64_t> disabled;       ///< since when
  std::string disabled_reason;                ///< one sentence
};

/// Secrets are shown once, when they are made.
struct NewEndpoint {
  Endpoint endpoint;
  std::string secret;
};

struct Attempt {
  std::int64_t number = 0;  ///< of its place in the list, for pages
  std::string delivery;     ///< the webhook-id
  std::string type;         ///< "score.moved"
  std::int64_t time = 0;
  int attempt = 0;      ///< 1 to 10
  int status = 0;       ///< 0: no answer
  std::string problem;  ///< one sentence; empty where it was taken
};

/// A webhook that is to be sent.
struct Due {
  std::string id;  ///< the webhook-id: the same at each attempt
  EndpointId endpoint = 0;
  std::string url;
  std::string body;
  int attempt = 1;              ///< that this one will be
  std::vector<Secret> secrets;  ///< to sign with: the new one, and the one before while it holds
};

struct Answer {
  int status = 0;  ///< 0: there was none
  std::optional<std::int64_t> retry_after;
  std::string problem;  ///< one sentence, for the owner; empty where it was taken
};

/// Thread-safe: one lock around the connection, which is the store's own. Times are unix seconds.
/// All:  errors  io, busy, and bad_input for a damaged store. Changes are on disk when they return.
class WebhookStore {
 public:
  static constexpr double kLeastThreshold = 0.1, kMostThreshold = 99;
  static constexpr std::int64_t kMostEndpoints = 10;         ///< of one person
  static constexpr std::int64_t kMostWaiting = 100;          ///< of one endpoint
  static constexpr std::int64_t kRotationSeconds = 86'400;   ///< for which the old secret signs too
  static constexpr std::int64_t kKeptSeconds = 30 * 86'400;  ///< for which attempts are listed

  /// database  moved in: other threads use connections of their own
  /// vault     seals secrets and addresses; outlives the store
  /// random    may be asked by several threads at once
  static Result<std::unique_ptr<WebhookStore>> open(store::Database database, const oauth::TokenVault& vault,
                                                    base::RandomBytes random);

  // -- endpoints; of others' endpoints one learns not even that they are there: not_found

  /// Waits up to 5 seconds for the host's address. errors  bad_input for an address we do not send to
  /// (net::check_destination), a threshold out of range; usage for too many endpoints
  Result<NewEndpoint> add(std::int64_t person, std::string_view url, double threshold, const net::AddressGuard& guard,
                          std::int64_t now);
  Result<std::vector<Endpoint>> endpoints(std::int64_t person);
  Result<void> remove(std::int64_t person, EndpointId id);

  /// A new secret; the one before signs too for a day, so that the receiver can change without a gap.
  Result<std::string> rotate(std::int64_t person, EndpointId id, std::int64_t now);

  /// Back from disabled.
  Result<void> enable(std::int64_t person, EndpointId id);

  /// Newest first; `before` is a number of the page before, or nothing.
  Result<std::vector<Attempt>> attempts(std::int64_t person, EndpointId id, std::optional<std::int64_t> before,
                                        int limit);

  // -- what is to be told

  /// Queues score.moved for each of the person's endpoints for which it has moved (notice::judge_move). The queue and
  /// what the endpoint was told change together: after a crash, say it again. returns  how many were queued. errors
  /// also bad_input where the score is none
  Result<int> note_score(std::int64_t person, const notice::ScoreNow& score, std::int64_t now);

  /// Queues webhook.test. returns  its webhook-id. errors  also busy where too many are waiting; usage where disabled
  Result<std::string> queue_test(std::int64_t person, EndpointId id, std::int64_t now);

  // -- for the sender

  /// What is due, the longest waiting first, at most one of each endpoint.
  Result<std::vector<Due>> due(std::int64_t now, int limit);

  /// When the next one is due; nothing where none is waiting.
  Result<std::optional<std::int64_t>> next_due();

  /// Writes down how an attempt went, and what follows: tried again, done with, or the endpoint disabled. What an
  /// endpoint or a delivery was removed for meanwhile changes nothing.
  /// chance  in [0, 1)
  Result<void> record(const Due& sent, const Answer& answer, std::int64_t now, double chance);

  // -- keeping house

  /// Forgets attempts and done deliveries older than 30 days, and old secrets that no longer sign.
  Result<void> prune(std::int64_t now);

  /// Forgets a person: endpoints, deliveries, attempts. No byte is left in the store's file.
  Result<void> erase(std::int64_t person);

 private:
  WebhookStore(store::Database database, const oauth::TokenVault& vault, base::RandomBytes random)
      : database_(std::move(database)), vault_(vault), random_(std::move(random)) {}

  /// Seals the addresses that an older Renown left as they were given, and leaves no byte of those.
  Result<void> seal_addresses();
  std::string unsealed_address(std::int64_t person, std::string_view sealed) const;  ///< empty: cannot be read
  Endpoint read_endpoint(const store::Rows& rows) const;
  Result<Endpoint> find(std::int64_t person, EndpointId id);
  Result<std::vector<Secret>> secrets_of(EndpointId id, std::int64_t now);
  Result<std::string> queue(EndpointId id, std::string_view type, std::string_view body, std::int64_t now);
  Result<std::int64_t> waiting(EndpointId id);
  Result<bool> note_for(EndpointId id, std::int64_t person, const notice::ScoreNow& score, std::int64_t now);
  Result<void> disable(EndpointId id, std::string_view reason, std::int64_t now);
  Result<void> settle(const Due& sent, const Answer& answer, const Judgement& judgement, std::int64_t now);

  std::mutex mutex_;
  store::Database database_;
  const oauth::TokenVault& vault_;
  base::RandomBytes random_;
};

}  // namespace renown::webhook
