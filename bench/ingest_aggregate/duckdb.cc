#include "common/duck.h"
#include "duck/sql.h"
#include "ingest_aggregate/task.h"

namespace renown::bench::ingest_aggregate {
namespace {

class DuckDb final : public Candidate {
 public:
  explicit DuckDb(const Events& events) : events_(events) {}
  double operations() const override { return static_cast<double>(events_.rows); }

  void prepare() override {
    database_ =
        std::make_unique<duck::Database>(must(duck::Database::in_memory({.external_access = true, .threads = 1})));
    connection_ = std::make_unique<duck::Connection>(must(duck::Connection::open(*database_)));
  }

  void run() override {
    must(connection_->execute(
        "CREATE TABLE tallies AS SELECT actor, target, min(time) AS first, max(time) AS latest, count(*) AS rows "
        "FROM read_json(" +
        duck::text_literal(events_.path) +
        ", format = 'newline_delimited', columns = {time: 'BIGINT', kind: 'VARCHAR', actor: 'VARCHAR', "
        "target: 'VARCHAR'}) GROUP BY actor, target"));
  }

  Outcome outcome() override {
    auto result = must(connection_->query("SELECT actor, target, first, latest, rows FROM tallies"));
    Digest digest;
    while (must(result.next())) {
      for (std::size_t i = 0; i < result.size(); ++i)
        digest.add(result.column(0).text(i), result.column(1).text(i), result.column(2).int64(i),
                   result.column(3).int64(i), static_cast<std::uint64_t>(result.column(4).int64(i)));
    }
    return digest.outcome();
  }

 private:
  const Events& events_;
  std::unique_ptr<duck::Database> database_;
  std::unique_ptr<duck::Connection> connection_;
};

}  // namespace

std::unique_ptr<Candidate> duckdb(const Events& events) {
  return std::make_unique<DuckDb>(events);
}

}  // namespace renown::bench::ingest_aggregate
