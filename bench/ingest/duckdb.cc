#include "common/duck.h"
#include "duck/sql.h"
#include "ingest/task.h"

namespace renown::bench::ingest {
namespace {

class DuckDb final : public Candidate {
 public:
  explicit DuckDb(const Events& events) : events_(events) {}

  void prepare() override {
    database_ =
        std::make_unique<duck::Database>(must(duck::Database::in_memory({.external_access = true, .threads = 1})));
    connection_ = std::make_unique<duck::Connection>(must(duck::Connection::open(*database_)));
  }
  double operations() const override { return static_cast<double>(events_.rows); }

  void run() override {
    must(connection_->execute(
        "CREATE TABLE sums AS SELECT count(*) AS rows, sum(time)::BIGINT AS times, sum(strlen(kind))::BIGINT AS kinds, "
        "sum(strlen(actor))::BIGINT AS actors, sum(strlen(target))::BIGINT AS targets, sum(strlen(id)) AS ids "
        "FROM read_json(" +
        duck::text_literal(events_.path) +
        ", format = 'newline_delimited', columns = {time: 'BIGINT', kind: 'VARCHAR', "
        "actor: 'VARCHAR', target: 'VARCHAR', id: 'VARCHAR'})"));
  }

  Outcome outcome() override {
    auto result = must(connection_->query("SELECT rows, times, kinds, actors, targets FROM sums"));
    must(result.next());
    const auto value = [&](std::size_t column) { return static_cast<std::uint64_t>(result.column(column).int64(0)); };
    return {.exact = {value(0), value(1), value(2), value(3), value(4)}, .close = {}};
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

}  // namespace renown::bench::ingest
