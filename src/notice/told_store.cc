#include "notice/told_store.h"

#include <string>

#include "store/schema.h"

namespace renown::notice {
namespace {

constexpr const char* kSteps[] = {R"(
CREATE TABLE notice_told(
  person INTEGER NOT NULL,
  way TEXT NOT NULL,
  score REAL NOT NULL,
  model TEXT NOT NULL,
  as_of INTEGER NOT NULL,
  direction INTEGER NOT NULL,
  PRIMARY KEY (person, way)) STRICT, WITHOUT ROWID;
)"};

Result<std::optional<LastTold>> last_told(store::Database& database, std::int64_t person, std::string_view way) {
  auto rows = database.query("SELECT score, model, as_of, direction FROM notice_told WHERE person = ? AND way = ?",
                             {person, way});
  if (!rows) return rows.error();
  const auto more = rows->next();
  if (!more) return more.error();
  if (!*more) return std::optional<LastTold>();
  return std::optional(
      LastTold{rows->real(0), std::string(rows->text(1)), rows->integer(2), static_cast<int>(rows->integer(3))});
}

}  // namespace

Result<std::unique_ptr<ToldStore>> ToldStore::open(store::Database database) {
  if (auto good = store::migrate_part(database, {"notice", kSteps}); !good) return good.error();
  return std::unique_ptr<ToldStore>(new ToldStore(std::move(database)));
}

Result<std::optional<Move>> ToldStore::note(std::int64_t person, std::string_view way, const ScoreNow& score,
                                            double threshold) {
  const std::lock_guard lock(mutex_);
  auto transaction = store::Transaction::begin(database_);
  if (!transaction) return transaction.error();
  const auto last = last_told(database_, person, way);
  if (!last) return last.error();
  const Told told = judge_move(*last, score, threshold);
  if (told == Told::nothing) return std::optional<Move>();
  std::optional<Move> move;
  if (told == Told::moved) move = Move{(*last)->score, score.score};
  const std::int64_t direction = !move ? 0 : move->after > move->before ? 1 : -1;
  auto kept = database_.execute(
      "INSERT OR REPLACE INTO notice_told(person, way, score, model, as_of, direction) VALUES (?, ?, ?, ?, ?, ?)",
      {person, way, score.score, std::string_view(score.model), score.as_of, direction});
  if (!kept) return kept.error();
  if (auto done = transaction->commit(); !done) return done.error();
  return move;
}

Result<void> ToldStore::erase(std::int64_t person) {
  const std::lock_guard lock(mutex_);
  const auto erased = database_.execute("DELETE FROM notice_told WHERE person = ?", {person});
  if (!erased) return erased.error();
  return database_.leave_nothing_deleted();
}

}  // namespace renown::notice
