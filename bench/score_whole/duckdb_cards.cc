#include "common/duck.h"
#include "duck/appender.h"
#include "score/interval.h"
#include "score_whole/sql.h"
#include "score_whole/task.h"

namespace renown::bench::score_whole {
namespace {

class DuckDbCards final : public Candidate {
 public:
  explicit DuckDbCards(const Input& input) : input_(input) {}

  void prepare() override {
    rows_ = std::make_unique<ColumnsInDuck>(input_.columns_file);
    must((*rows_)->execute("CREATE TABLE all_names (number BIGINT, network VARCHAR, account VARCHAR, grp BIGINT)"));
    must((*rows_)->execute("CREATE TABLE verified_names (network VARCHAR, account VARCHAR)"));
    append_names();
    must(
        (*rows_)->execute("CREATE TABLE names AS SELECT number::UINTEGER AS number, network, account, grp::UTINYINT AS "
                          "grp FROM all_names"));
    must((*rows_)->execute("DROP TABLE all_names"));
  }

  void run() override { must((*rows_)->execute(cards_sql(input_.model, input_.rows.as_of))); }

  Outcome outcome() override {
    Scores scores(input_.rows.accounts.size(), true);
    auto result = must((*rows_)->query("SELECT number::BIGINT, raw, vouched, amplification, half_width FROM cards"));
    while (must(result.next())) {
      for (std::size_t i = 0; i < result.size(); ++i) {
        const auto account = static_cast<std::size_t>(result.column(0).int64(i));
        scores.set(account, result.column(1).float64(i), result.column(2).float64(i));
        scores.set_rest(account, result.column(3).float64(i), result.column(4).float64(i));
      }
    }
    return std::move(scores).outcome();
  }

 private:
  void append_names() {
    auto names = must(duck::Appender::create(**rows_, "all_names"));
    auto verified = must(duck::Appender::create(**rows_, "verified_names"));
    for (aggregate::AccountId number = 0; number < input_.rows.accounts.size(); ++number) {
      const auto [network, account] = input_.rows.accounts[number];
      if (names.rows().full()) must(names.push());
      names.rows().add_row();
      names.rows().set_int64(0, number);
      names.rows().set_text(1, network);
      names.rows().set_text(2, account);
      names.rows().set_int64(3, static_cast<std::int64_t>(score::group_of_account(network, account)));
      if (!input_.rows.verified[number]) continue;
      if (verified.rows().full()) must(verified.push());
      verified.rows().add_row();
      verified.rows().set_text(0, network);
      verified.rows().set_text(1, account);
    }
    must(names.finish());
    must(verified.finish());
  }

  const Input& input_;
  std::unique_ptr<ColumnsInDuck> rows_;
};

}  // namespace

std::unique_ptr<Candidate> duckdb_cards(const Input& input) {
  return std::make_unique<DuckDbCards>(input);
}

}  // namespace renown::bench::score_whole
