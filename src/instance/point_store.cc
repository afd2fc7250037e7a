#include "instance/point_store.h"

#include <array>
#include <utility>

#include "store/schema.h"

namespace renown::instance {
namespace {

constexpr std::array<const char*, 1> kSteps = {R"sql(
CREATE TABLE runs (
  run INTEGER PRIMARY KEY,
  as_of INTEGER NOT NULL,
  model TEXT NOT NULL,
  is_protected INTEGER NOT NULL,
  observed_verified_share REAL NOT NULL,
  published INTEGER NOT NULL,
  log_rows INTEGER NOT NULL,
  people INTEGER NOT NULL,
  scored INTEGER NOT NULL,
  seconds REAL NOT NULL);
CREATE INDEX runs_by_time ON runs (as_of, run);
CREATE TABLE cards (
  person INTEGER NOT NULL,
  run INTEGER NOT NULL REFERENCES runs,
  score REAL, low REAL, high REAL, vouched_score REAL, bound_score REAL, percentile REAL,
  raw REAL NOT NULL, vouched_raw REAL, bound_raw REAL,
  reach INTEGER NOT NULL, amplification REAL NOT NULL, interactions INTEGER NOT NULL, coverage REAL NOT NULL,
  PRIMARY KEY (person, run)) WITHOUT ROWID;
CREATE INDEX cards_by_run ON cards (run);
)sql"};

const store::Schema& schema() {
  static const store::Schema schema{
      .what = "the store of published points", .application_id = 0x52'4e'50'54 /* RNPT */, .steps = kSteps};
  return schema;
}

constexpr const char* kRunColumns =
    "run, as_of, model, is_protected, observed_verified_share, published, log_rows, people, scored, seconds";

PublishedRun run_of(const store::Rows& row) {
  return {.number = row.integer(0),
          .as_of = row.integer(1),
          .model = std::string(row.text(2)),
          .is_protected = row.integer(3) != 0,
          .observed_verified_share = row.real(4),
          .published = row.integer(5),
          .rows = static_cast<std::uint64_t>(row.integer(6)),
          .people = static_cast<std::uint64_t>(row.integer(7)),
          .scored = static_cast<std::uint64_t>(row.integer(8)),
          .seconds = row.real(9)};
}

std::optional<double> optional_real(const store::Rows& row, int column) {
  return row.is_null(column) ? std::nullopt : std::optional(row.real(column));
}

store::Parameter parameter(const std::optional<double>& value) {
  return value ? store::Parameter(*value) : store::Parameter();
}

store::Parameter parameter(std::uint64_t count) {
  return static_cast<std::int64_t>(count);
}

}  // namespace

Result<PointStore> PointStore::open(const std::string& path) {
  auto database = store::Database::open_for_writing(path);
  if (!database) return database.error();
  if (auto migrated = store::migrate(*database, schema()); !migrated) return migrated.error();
  return PointStore(std::move(*database));
}

Result<std::int64_t> PointStore::publish(const PublishedRun& run, std::span<const PersonCard> cards) {
  auto transaction = store::Transaction::begin(database_);
  if (!transaction) return transaction.error();
  auto added = database_.execute(
      "INSERT INTO runs (as_of, model, is_protected, observed_verified_share, published, log_rows, people, scored, "
      "seconds) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
      {run.as_of, run.model, std::int64_t{run.is_protected}, run.observed_verified_share, run.published,
       parameter(run.rows), parameter(run.people), parameter(run.scored), run.seconds});
  if (!added) return added.error();
  const std::int64_t number = database_.last_row();
  for (const auto& [person, card] : cards) {
    added =
        database_.execute("INSERT INTO cards VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                          {person, number, parameter(card.score), parameter(card.score_low), parameter(card.score_high),
                           parameter(card.vouched_score), parameter(card.bound_score), parameter(card.percentile),
                           card.raw, parameter(card.vouched_raw), parameter(card.bound_raw), parameter(card.reach),
                           card.amplification, parameter(card.interactions), card.coverage});
    if (!added) return added.error();
  }
  if (auto committed = transaction->commit(); !committed) return committed.error();
  return number;
}

Result<std::optional<PublishedRun>> PointStore::latest() {
  auto newest = runs(0, 1);
  if (!newest) return newest.error();
  return newest->empty() ? std::optional<PublishedRun>() : std::optional(std::move(newest->front()));
}

Result<std::optional<PublishedRun>> PointStore::run_at(const std::string& model, std::int64_t as_of) {
  auto rows = database_.query("SELECT " + std::string(kRunColumns) +
                                  " FROM runs WHERE model = ? AND as_of <= ? ORDER BY as_of DESC, run DESC LIMIT 1",
                              {model, as_of});
  if (!rows) return rows.error();
  const auto more = rows->next();
  if (!more) return more.error();
  return *more ? std::optional(run_of(*rows)) : std::nullopt;
}

Result<std::vector<PublishedRun>> PointStore::runs(std::int64_t before, std::size_t most) {
  auto rows = database_.query(
      "SELECT " + std::string(kRunColumns) + " FROM runs WHERE ?1 = 0 OR run < ?1 ORDER BY run DESC LIMIT ?2",
      {before, parameter(most)});
  if (!rows) return rows.error();
  std::vector<PublishedRun> runs;
  for (auto more = rows->next();; more = rows->next()) {
    if (!more) return more.error();
    if (!*more) return runs;
    runs.push_back(run_of(*rows));
  }
}

Result<std::vector<PersonCard>> PointStore::cards(std::int64_t run) {
  auto rows = database_.query(
      "SELECT person, score, low, high, vouched_score, bound_score, percentile, raw, vouched_raw, bound_raw, reach, "
      "amplification, interactions, coverage FROM cards WHERE run = ?",
      {run});
  if (!rows) return rows.error();
  std::vector<PersonCard> cards;
  for (auto more = rows->next();; more = rows->next()) {
    if (!more) return more.error();
    if (!*more) return cards;
    cards.push_back({.person = rows->integer(0),
                     .card = {.score = optional_real(*rows, 1),
                              .vouched_score = optional_real(*rows, 4),
                              .percentile = optional_real(*rows, 6),
                              .raw = rows->real(7),
                              .vouched_raw = optional_real(*rows, 8),
                              .reach = static_cast<std::uint64_t>(rows->integer(10)),
                              .amplification = rows->real(11),
                              .interactions = static_cast<std::uint64_t>(rows->integer(12)),
                              .coverage = rows->real(13),
                              .score_low = optional_real(*rows, 2),
                              .score_high = optional_real(*rows, 3),
                              .bound_raw = optional_real(*rows, 9),
                              .bound_score = optional_real(*rows, 5)}});
  }
}

Result<std::vector<HistoryPoint>> PointStore::history(PersonId person, std::int64_t since) {
  auto rows = database_.query(
      "SELECT as_of, model, score, low, high, max(cards.run) FROM cards JOIN runs ON runs.run = cards.run "
      "WHERE person = ? AND as_of >= ? GROUP BY as_of, model ORDER BY as_of",
      {person, since});
  if (!rows) return rows.error();
  std::vector<HistoryPoint> points;
  for (auto more = rows->next();; more = rows->next()) {
    if (!more) return more.error();
    if (!*more) return points;
    points.push_back({rows->integer(0), std::string(rows->text(1)), optional_real(*rows, 2), optional_real(*rows, 3),
                      optional_real(*rows, 4)});
  }
}

Result<std::vector<PersonId>> PointStore::people() {
  auto rows = database_.query(
      "WITH RECURSIVE each(person) AS (SELECT min(person) FROM cards UNION ALL SELECT (SELECT min(person) FROM cards "
      "WHERE person > each.person) FROM each WHERE each.person IS NOT NULL) SELECT person FROM each WHERE person IS "
      "NOT "
      "NULL");
  if (!rows) return rows.error();
  std::vector<PersonId> people;
  for (auto more = rows->next();; more = rows->next()) {
    if (!more) return more.error();
    if (!*more) return people;
    people.push_back(rows->integer(0));
  }
}

Result<void> PointStore::erase(PersonId person) {
  auto erased = database_.execute("DELETE FROM cards WHERE person = ?", {person});
  if (!erased) return erased.error();
  return database_.leave_nothing_deleted();
}

}  // namespace renown::instance
