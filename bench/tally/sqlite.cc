#include "common/sqlite.h"

#include "tally/task.h"

namespace renown::bench::tally {
namespace {

/// One GROUP BY from a table in memory into a table. SQLite has no bit_or: different kinds are summed as bits instead.
class Sqlite final : public Candidate {
 public:
  explicit Sqlite(const Input& input) : input_(input) {}

  void prepare() override {
    database_.execute("CREATE TABLE rows (time INTEGER, kind INTEGER, actor INTEGER, target INTEGER)");
    database_.execute("BEGIN");
    SqliteStatement insert(database_.handle(), "INSERT INTO rows VALUES (?, ?, ?, ?)");
    const Columns& rows = input_.columns;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      insert.bind(1, rows.time[i]);
      insert.bind(2, rows.kind[i]);
      insert.bind(3, rows.actor[i]);
      insert.bind(4, rows.target[i]);
      insert.step();
    }
    database_.execute("COMMIT");
  }

  void run() override {
    database_.execute(
        "CREATE TABLE tallies AS SELECT actor, target, min(time) AS first, max(time) AS latest, "
        "sum(DISTINCT 1 << kind) AS kinds FROM rows GROUP BY actor, target");
  }

  Outcome outcome() override {
    SqliteStatement select(database_.handle(), "SELECT actor, target, first, latest, kinds FROM tallies");
    Digest digest;
    while (select.step())
      digest.add(static_cast<std::uint32_t>(select.value(0)), static_cast<std::uint32_t>(select.value(1)),
                 {select.value(2), select.value(3), static_cast<std::uint32_t>(select.value(4))});
    return digest.outcome();
  }

 private:
  const Input& input_;
  SqliteInMemory database_;
};

}  // namespace

std::unique_ptr<Candidate> sqlite(const Input& input) {
  return std::make_unique<Sqlite>(input);
}

}  // namespace renown::bench::tally
