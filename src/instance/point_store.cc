#include "instance/point_store.h"

#include <array>
#include <utility>

#include "store/schema.h"

namespace renown::instance {
namespace {

constexpr std::array<const char*, 2> kSteps = {R"sql(
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
)sql",
                                               R"sql(
CREATE TABLE current (
  person INTEGER PRIMARY KEY,
  score REAL, low REAL, high REAL, vouched_score REAL, bound_score REAL, percentile REAL,
  raw REAL NOT NULL, vouched_raw REAL, bound_raw REAL,
  reach INTEGER NOT NULL, amplification REAL NOT NULL, interactions INTEGER NOT NULL, coverage REAL NOT NULL,
  day REAL, week REAL, month REAL);
)sql"};

/// What `current` holds follows from the other tables, in which a person's cards lie beside each other and a run's do
/// not: whoever wants all cards of the last run gets them from one place.
constexpr const char* kMakeCurrent = R"sql(
DELETE FROM current;
WITH
  last AS (SELECT run, as_of, model FROM runs ORDER BY run DESC LIMIT 1),
  ago(name, run) AS (
    SELECT name, (SELECT r.run FROM runs r WHERE r.model = last.model AND r.as_of <= last.as_of - days * 86400
                  ORDER BY r.as_of DESC, r.run DESC LIMIT 1)
    FROM last, (SELECT 'day' AS name, 1 AS days UNION ALL VALUES ('week', 7), ('month', 30)))
INSERT INTO current
  SELECT c.person, c.score, c.low, c.high, c.vouched_score, c.bound_score, c.percentile, c.raw, c.vouched_raw,
         c.bound_raw, c.reach, c.amplification, c.interactions, c.coverage,
         c.score - (SELECT b.score FROM cards b WHERE b.person = c.person AND b.run = (SELECT run FROM ago WHERE name = 'day')),
         c.score - (SELECT b.score FROM cards b WHERE b.person = c.person AND b.run = (SELECT run FROM ago WHERE name = 'week')),
         c.score - (SELECT b.score FROM cards b WHERE b.person = c.person AND b.run = (SELECT run FROM ago WHERE name = 'month'))
  FROM cards c WHERE c.run = (SELECT run FROM last) ORDER BY c.person;
)sql";

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

/// Of a row that begins as those of `current` do.
ScoreCard card_of(const store::Rows& row) {
  return {.score = optional_real(row, 1),
          .vouched_score = optional_real(row, 4),
          .percentile = optional_real(row, 6),
          .raw = row.real(7),
          .vouched_raw = optional_real(row, 8),
          .reach = static_cast<std::uint64_t>(row.integer(10)),
          .amplification = row.real(11),
          .interactions = static_cast<std::uint64_t>(row.integer(12)),
          .coverage = row.real(13),
          .score_low = optional_real(row, 2),
          .score_high = optional_real(row, 3),
          .bound_raw = optional_real(row, 9),
          .bound_score = optional_real(row, 5)};
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
  PointStore store(std::move(*database));
  const auto known = store.database_.query_integer("SELECT EXISTS (SELECT 1 FROM current)");
  if (!known) return known.error();
  if (*known == 0) {  // of a Renown that had no such table, or nobody has a card
    if (auto made = store.make_current(); !made) return made.error();
  }
  return store;
}

Result<void> PointStore::make_current() {
  return database_.execute_script(kMakeCurrent);
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
  if (auto made = make_current(); !made) return made.error();
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

Result<std::vector<CurrentCard>> PointStore::current() {
  auto rows = database_.query(
      "SELECT person, score, low, high, vouched_score, bound_score, percentile, raw, vouched_raw, bound_raw, reach, "
      "amplification, interactions, coverage, day, week, month FROM current ORDER BY person");
  if (!rows) return rows.error();
  std::vector<CurrentCard> cards;
  for (auto more = rows->next();; more = rows->next()) {
    if (!more) return more.error();
    if (!*more) return cards;
    cards.push_back({.card = {.person = rows->integer(0), .card = card_of(*rows)},
                     .moves = {optional_real(*rows, 14), optional_real(*rows, 15), optional_real(*rows, 16)}});
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
  for (const char* table : {"cards", "current"}) {
    auto erased = database_.execute("DELETE FROM " + std::string(table) + " WHERE person = ?", {person});
    if (!erased) return erased.error();
  }
  return database_.leave_nothing_deleted();
}

}  // namespace renown::instance
