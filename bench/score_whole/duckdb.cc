#include <fmt/format.h>

#include "common/duck.h"
#include "duck/appender.h"
#include "score_whole/sql.h"
#include "score_whole/task.h"

namespace renown::bench::score_whole {
namespace {

class DuckDb final : public Candidate {
 public:
  explicit DuckDb(const Input& input) : input_(input) {}

  void prepare() override {
    rows_ = std::make_unique<ColumnsInDuck>(input_.columns_file);
    must((*rows_)->execute("CREATE TABLE verified_numbers (account BIGINT)"));
    auto appender = must(duck::Appender::create(**rows_, "verified_numbers"));
    for (std::size_t account = 0; account < input_.rows.verified.size(); ++account) {
      if (!input_.rows.verified[account]) continue;
      if (appender.rows().full()) must(appender.push());
      appender.rows().add_row();
      appender.rows().set_int64(0, static_cast<std::int64_t>(account));
    }
    must(appender.finish());
    must((*rows_)->execute("CREATE TABLE verified AS SELECT account::UINTEGER AS account FROM verified_numbers"));
  }

  void run() override { must((*rows_)->execute(score_sql(input_.model, input_.rows.as_of))); }

  Outcome outcome() override {
    Scores scores(input_.rows.accounts.size(), false);
    auto result = must((*rows_)->query("SELECT account::BIGINT, raw, vouched FROM scores"));
    while (must(result.next())) {
      for (std::size_t i = 0; i < result.size(); ++i)
        scores.set(static_cast<std::size_t>(result.column(0).int64(i)), result.column(1).float64(i),
                   result.column(2).float64(i));
    }
    return std::move(scores).outcome();
  }

 private:
  const Input& input_;
  std::unique_ptr<ColumnsInDuck> rows_;
};

}  // namespace

std::unique_ptr<Candidate> duckdb(const Input& input) {
  return std::make_unique<DuckDb>(input);
}

}  // namespace renown::bench::score_whole
