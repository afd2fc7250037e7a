#include "access/idempotency.h"

#include <fmt/format.h>

#include "access/secret.h"

namespace renown::access {
namespace {

std::string headers_text(const RecordedAnswer& answer) {
  std::string text;
  for (const auto& [name, value] : answer.headers) text += fmt::format("{}: {}\n", name, value);
  return text;
}

std::vector<std::pair<std::string, std::string>> parse_headers(std::string_view text) {
  std::vector<std::pair<std::string, std::string>> headers;
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    const std::size_t colon = line.find(": ");
    if (colon == std::string_view::npos) break;
    headers.emplace_back(line.substr(0, colon), line.substr(colon + 2));
    text.remove_prefix(line.size() + 1);
  }
  return headers;
}

}  // namespace

std::string caller_of_login(LoginId login) {
  return fmt::format("login {}", login);
}
std::string caller_of_key(std::int64_t key) {
  return fmt::format("key {}", key);
}

Attempt::Attempt(Attempt&& other) noexcept
    : state_(other.state_),
      owner_(std::exchange(other.owner_, nullptr)),
      key_(std::move(other.key_)),
      request_(std::move(other.request_)),
      answer_(std::move(other.answer_)) {}

Attempt::~Attempt() {
  if (owner_ != nullptr) owner_->abandon(key_);
}

Result<void> Attempt::finish(const RecordedAnswer& answer, std::int64_t now) {
  if (owner_ == nullptr) return Error{ErrorCode::internal, "only the first of equal requests is finished, and once"};
  auto done = owner_->finish(key_, request_, answer, now);
  std::exchange(owner_, nullptr)->abandon(key_);
  return done;
}

Result<Attempt> Idempotency::begin(std::string_view caller, std::string_view route, std::string_view key,
                                   std::string_view request, std::int64_t now) {
  struct Found {
    std::string request;
    RecordedAnswer answer;
  };
  if (key.empty() || key.size() > kMostIdempotencyKeyBytes)
    return bad_input(fmt::format("the Idempotency-Key must have 1 to {} bytes", kMostIdempotencyKeyBytes));
  Attempt::Key of{std::string(caller), std::string(route), secret_hash(SecretKind::idempotency, key)};
  std::string fingerprint = secret_hash(SecretKind::idempotency, request);
  const auto attempt = [&](Attempt::State state, Idempotency* owner) {
    return Attempt(state, owner, std::move(of), std::move(fingerprint));
  };
  const std::lock_guard lock(mutex_);
  if (const auto running = under_way_.find(of); running != under_way_.end())
    return attempt(running->second == fingerprint ? Attempt::State::under_way : Attempt::State::conflict, nullptr);
  auto found = file_.read([&](Reader& reader) {
    return first_row(
        reader.ask(
            "SELECT request, status, headers, body, withheld FROM answers WHERE caller = ? AND route = ? AND hash = "
            "? AND created > ?",
            {std::string_view(of.caller), std::string_view(of.route), std::string_view(of.hash), now - kAnswerSeconds}),
        [](const store::Rows& row) {
          return Found{.request = std::string(row.text(0)),
                       .answer = {.status = static_cast<int>(row.integer(1)),
                                  .headers = parse_headers(row.text(2)),
                                  .body = std::string(row.text(3)),
                                  .is_withheld = row.integer(4) != 0}};
        });
  });
  if (!found) return found.error();
  if (!*found) {
    under_way_.emplace(of, fingerprint);
    return attempt(Attempt::State::first, this);
  }
  if ((*found)->request != fingerprint) return attempt(Attempt::State::conflict, nullptr);
  Attempt replay = attempt(Attempt::State::replay, nullptr);
  replay.answer_ = std::move((*found)->answer);
  return replay;
}

Result<void> Idempotency::finish(const Attempt::Key& key, std::string_view request, const RecordedAnswer& answer,
                                 std::int64_t now) {
  const bool is_withheld = answer.is_withheld || answer.body.size() > kMostAnswerBytes;
  const std::string headers = headers_text(answer);
  const std::string_view body = is_withheld ? std::string_view() : std::string_view(answer.body);
  return file_.change([&](store::Database& database) -> Result<void> {
    auto kept = database.execute(
        "INSERT OR REPLACE INTO answers(caller, route, hash, request, status, headers, body, withheld, created) VALUES "
        "(?,?,?,?,?,?,?,?,?)",
        {std::string_view(key.caller), std::string_view(key.route), std::string_view(key.hash), request,
         std::int64_t{answer.status}, std::string_view(headers), body, std::int64_t{is_withheld}, now});
    if (!kept) return kept.error();
    auto room = database.execute(
        "DELETE FROM answers WHERE rowid IN (SELECT rowid FROM answers WHERE caller = ? ORDER BY created DESC, rowid "
        "DESC "
        "LIMIT -1 OFFSET ?)",
        {std::string_view(key.caller), kMostAnswersOfCaller});
    if (!room) return room.error();
    return {};
  });
}

void Idempotency::abandon(const Attempt::Key& key) {
  const std::lock_guard lock(mutex_);
  under_way_.erase(key);
}

Result<void> Idempotency::tidy(store::Database& database, std::int64_t now) {
  auto old = database.execute("DELETE FROM answers WHERE created <= ?", {now - kAnswerSeconds});
  if (!old) return old.error();
  auto beyond = database.execute(
      "DELETE FROM answers WHERE rowid IN (SELECT rowid FROM answers ORDER BY created DESC, rowid DESC LIMIT -1 OFFSET "
      "?)",
      {kMostAnswers});
  if (!beyond) return beyond.error();
  return {};
}

}  // namespace renown::access
