#include "common/duck.h"
#include "tally/task.h"

namespace renown::bench::tally {
namespace {

/// One GROUP BY on one thread, from a table of the same integer columns into a table.
class DuckDb final : public Candidate {
 public:
  explicit DuckDb(const Input& input) : input_(input) {}

  void prepare() override { rows_ = std::make_unique<ColumnsInDuck>(input_.columns_file); }

  void run() override {
    must(
        (*rows_)->execute("CREATE TABLE tallies AS SELECT actor, target, min(time) AS first, max(time) AS latest, "
                          "bit_or(1::UINTEGER << kind) AS kinds FROM rows GROUP BY actor, target"));
  }

  Outcome outcome() override {
    auto result =
        must((*rows_)->query("SELECT actor::BIGINT, target::BIGINT, first, latest, kinds::BIGINT FROM tallies"));
    Digest digest;
    while (must(result.next())) {
      for (std::size_t i = 0; i < result.size(); ++i)
        digest.add(static_cast<std::uint32_t>(result.column(0).int64(i)),
                   static_cast<std::uint32_t>(result.column(1).int64(i)),
                   {result.column(2).int64(i), result.column(3).int64(i),
                    static_cast<std::uint32_t>(result.column(4).int64(i))});
    }
    return digest.outcome();
  }

 private:
  const Input& input_;
  std::unique_ptr<ColumnsInDuck> rows_;
};

}  // namespace

std::unique_ptr<Candidate> duckdb(const Input& input) {
  return std::make_unique<DuckDb>(input);
}

}  // namespace renown::bench::tally
