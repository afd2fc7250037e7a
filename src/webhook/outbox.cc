/// The queue of a WebhookStore: what is to be told, and how telling it went.
#include <fmt/format.h>

#include "webhook/event.h"
#include "webhook/webhook_store.h"

namespace renown::webhook {

Result<std::string> WebhookStore::queue(EndpointId id, std::string_view type, std::string_view body, std::int64_t now) {
  std::string delivery = "msg_" + base::random_text(random_, 16);
  const auto queued = database_.execute(
      "INSERT INTO webhook_deliveries(delivery, endpoint, type, created, body, next) VALUES (?, ?, ?, ?, ?, ?)",
      {std::string_view(delivery), id, type, now, body, now});
  if (!queued) return queued.error();
  return delivery;
}

Result<std::int64_t> WebhookStore::waiting(EndpointId id) {
  return database_.query_integer("SELECT count(*) FROM webhook_deliveries WHERE endpoint = ? AND next IS NOT NULL",
                                 {id});
}

Result<int> WebhookStore::note_score(std::int64_t person, const notice::ScoreNow& score, std::int64_t now) {
  if (!(score.score >= 1 && score.score <= 100))
    return bad_input(fmt::format("{} is no score: those are 1 to 100", score.score));
  const std::lock_guard lock(mutex_);
  auto transaction = store::Transaction::begin(database_);
  if (!transaction) return transaction.error();
  std::vector<EndpointId> ids;
  {
    auto rows =
        database_.query("SELECT endpoint FROM webhook_endpoints WHERE person = ? AND disabled IS NULL", {person});
    if (!rows) return rows.error();
    for (auto more = rows->next();; more = rows->next()) {
      if (!more) return more.error();
      if (!*more) break;
      ids.push_back(rows->integer(0));
    }
  }
  int queued = 0;
  for (const EndpointId id : ids) {
    const auto told = note_for(id, person, score, now);
    if (!told) return told.error();
    queued += *told;
  }
  if (auto done = transaction->commit(); !done) return done.error();
  return queued;
}

Result<bool> WebhookStore::note_for(EndpointId id, std::int64_t person, const notice::ScoreNow& score,
                                    std::int64_t now) {
  std::optional<notice::LastTold> last;
  double threshold = 0;
  {
    auto rows = database_.query(
        "SELECT threshold, told_score, told_model, told_as_of, told_direction FROM webhook_endpoints WHERE endpoint = "
        "?",
        {id});
    if (!rows) return rows.error();
    if (const auto more = rows->next(); !more) return more.error();
    threshold = rows->real(0);
    if (!rows->is_null(1))
      last = notice::LastTold{rows->real(1), std::string(rows->text(2)), rows->integer(3),
                              static_cast<int>(rows->integer(4))};
  }
  const notice::Told told = notice::judge_move(last, score, threshold);
  if (told == notice::Told::nothing) return false;
  std::int64_t direction = 0;
  if (told == notice::Told::moved) {
    const auto before_it = waiting(id);
    if (!before_it) return before_it.error();
    if (*before_it >= kMostWaiting) return false;  // told as one move once the endpoint takes something again
    const auto queued = queue(id, kScoreMoved, score_moved_body(person, score, last->score, now), now);
    if (!queued) return queued.error();
    direction = score.score > last->score ? 1 : -1;
  }
  const auto kept = database_.execute(
      "UPDATE webhook_endpoints SET told_score = ?, told_model = ?, told_as_of = ?, told_direction = ? "
      "WHERE endpoint = ?",
      {score.score, std::string_view(score.model), score.as_of, direction, id});
  if (!kept) return kept.error();
  return told == notice::Told::moved;
}

Result<std::string> WebhookStore::queue_test(std::int64_t person, EndpointId id, std::int64_t now) {
  const std::lock_guard lock(mutex_);
  const auto endpoint = find(person, id);
  if (!endpoint) return endpoint.error();
  if (endpoint->disabled)
    return Error{ErrorCode::usage, fmt::format("webhook {} is disabled: {}", id, endpoint->disabled_reason)};
  const auto before_it = waiting(id);
  if (!before_it) return before_it.error();
  if (*before_it >= kMostWaiting)
    return Error{ErrorCode::busy, fmt::format("{} messages wait for webhook {}: try again later", *before_it, id)};
  return queue(id, kTest, test_body(person, now), now);
}

Result<std::vector<Due>> WebhookStore::due(std::int64_t now, int limit) {
  const std::lock_guard lock(mutex_);
  std::vector<Due> all;
  {
    // Of one endpoint the longest waiting: min() chooses the row that the other columns are of.
    auto rows = database_.query(
        "SELECT min(d.next), delivery, d.endpoint, url, body, attempts + 1, person FROM webhook_deliveries d "
        "JOIN webhook_endpoints e USING (endpoint) WHERE d.next <= ?1 AND not_before <= ?1 AND disabled IS NULL "
        "GROUP BY d.endpoint ORDER BY 1, delivery LIMIT ?2",
        {now, std::int64_t{limit}});
    if (!rows) return rows.error();
    for (auto more = rows->next();; more = rows->next()) {
      if (!more) return more.error();
      if (!*more) break;
      all.push_back({.id = std::string(rows->text(1)),
                     .endpoint = rows->integer(2),
                     .url = unsealed_address(rows->integer(6), rows->text(3)),
                     .body = std::string(rows->text(4)),
                     .attempt = static_cast<int>(rows->integer(5)),
                     .secrets = {}});
    }
  }
  std::vector<Due> sendable;
  for (Due& each : all) {
    auto secrets = secrets_of(each.endpoint, now);
    if (!secrets && secrets.error().code != ErrorCode::bad_input) return secrets.error();
    if (!secrets) {  // one damaged row must not hold up the others
      if (auto off = disable(each.endpoint, "its secret cannot be read: make a new one", now); !off) return off.error();
      continue;
    }
    if (each.url.empty()) {
      const char* why = "its address cannot be read: remove it and add it again";
      if (auto off = disable(each.endpoint, why, now); !off) return off.error();
      continue;
    }
    each.secrets = std::move(*secrets);
    sendable.push_back(std::move(each));
  }
  return sendable;
}

Result<std::optional<std::int64_t>> WebhookStore::next_due() {
  const std::lock_guard lock(mutex_);
  auto rows = database_.query(
      "SELECT min(max(next, not_before)) FROM webhook_deliveries JOIN webhook_endpoints USING (endpoint) "
      "WHERE next IS NOT NULL AND disabled IS NULL");
  if (!rows) return rows.error();
  if (const auto more = rows->next(); !more) return more.error();
  if (rows->is_null(0)) return std::optional<std::int64_t>();
  return std::optional(rows->integer(0));
}

Result<void> WebhookStore::record(const Due& sent, const Answer& answer, std::int64_t now, double chance) {
  const Judgement judgement = judge(sent.attempt, answer.status, answer.retry_after, now, chance);
  const std::lock_guard lock(mutex_);
  auto transaction = store::Transaction::begin(database_);
  if (!transaction) return transaction.error();
  const auto counted = database_.execute(
      "UPDATE webhook_deliveries SET attempts = ? WHERE delivery = ? AND next IS NOT NULL AND attempts < ?",
      {std::int64_t{sent.attempt}, std::string_view(sent.id), std::int64_t{sent.attempt}});
  if (!counted) return counted.error();
  if (*counted == 0) return {};
  const auto written = database_.execute(
      "INSERT INTO webhook_attempts(delivery, endpoint, time, attempt, status, problem) VALUES (?, ?, ?, ?, ?, ?)",
      {std::string_view(sent.id), sent.endpoint, now, std::int64_t{sent.attempt}, std::int64_t{answer.status},
       std::string_view(answer.problem)});
  if (!written) return written.error();
  if (auto settled = settle(sent, answer, judgement, now); !settled) return settled;
  return transaction->commit();
}

Result<void> WebhookStore::settle(const Due& sent, const Answer& answer, const Judgement& judgement, std::int64_t now) {
  const bool again = judgement.verdict == Verdict::again;
  const auto moved = again
                         ? database_.execute("UPDATE webhook_deliveries SET next = ? WHERE delivery = ?",
                                             {judgement.next, std::string_view(sent.id)})
                         : database_.execute("UPDATE webhook_deliveries SET next = NULL, body = '' WHERE delivery = ?",
                                             {std::string_view(sent.id)});
  if (!moved) return moved.error();
  if (judgement.verdict == Verdict::delivered) {
    const auto well = database_.execute(
        "UPDATE webhook_endpoints SET failing_since = NULL, not_before = 0 WHERE endpoint = ?", {sent.endpoint});
    if (!well) return well.error();
    return {};
  }
  if (judgement.verdict == Verdict::gone)
    return disable(sent.endpoint, "the receiver says that it is gone (status 410)", now);
  const auto failing = database_.execute(
      "UPDATE webhook_endpoints SET failing_since = coalesce(failing_since, ?1), not_before = max(not_before, ?2) "
      "WHERE endpoint = ?3",
      {now, again && judgement.slow_down ? judgement.next : std::int64_t{0}, sent.endpoint});
  if (!failing) return failing.error();
  const auto since = database_.query_integer(
      "SELECT coalesce(max(failing_since), 0) FROM webhook_endpoints WHERE endpoint = ?", {sent.endpoint});
  if (!since) return since.error();
  if (*since == 0 || now - *since < kMostFailingSeconds) return {};
  return disable(
      sent.endpoint,
      fmt::format("nothing was taken for {} days; the last time: {}", kMostFailingSeconds / 86'400, answer.problem),
      now);
}

Result<void> WebhookStore::disable(EndpointId id, std::string_view reason, std::int64_t now) {
  const auto disabled = database_.execute(
      "UPDATE webhook_endpoints SET disabled = ?, disabled_reason = ? WHERE endpoint = ?", {now, reason, id});
  if (!disabled) return disabled.error();
  // What waits would come late and at once if the endpoint came back.
  const auto dropped = database_.execute(
      "UPDATE webhook_deliveries SET next = NULL, body = '' WHERE endpoint = ? AND next IS NOT NULL", {id});
  if (!dropped) return dropped.error();
  return {};
}

}  // namespace renown::webhook
