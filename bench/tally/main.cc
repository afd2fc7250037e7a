#include <unordered_set>

#include "common/duck.h"
#include "common/program.h"
#include "tally/task.h"

namespace renown::bench::tally {
namespace {

/// The rows of a log that are acts whatever the rules: with weight, on somebody else, no second one of a pair in the
/// same second.
class PlainLog final : public Log {
 public:
  explicit PlainLog(std::unique_ptr<Log> log) : log_(std::move(log)) {}

  void read(const OnBlock& on_block) const override {
    aggregate::AccountTable accounts;
    std::vector<std::uint32_t> actors;
    std::vector<std::uint32_t> targets;
    std::unordered_set<std::uint64_t> seen;
    model::InteractionBlock kept;
    log_->read([&](const model::InteractionBlock& block) {
      accounts.intern(block, actors, targets);
      kept.clear();
      for (std::size_t i = 0; i < block.size(); ++i) {
        if (!is_engagement(block.kinds()[i]) || actors[i] == targets[i]) continue;
        const std::uint64_t pair = (std::uint64_t{actors[i]} << 32) | targets[i];
        if (!seen.insert(base::mix64(pair) ^ static_cast<std::uint64_t>(block.times()[i])).second) continue;
        Interaction row = block[i];
        row.post = row.id = row.tags = {};  // columns have none
        kept.push(row);
      }
      on_block(kept);
    });
  }
  std::string description() const override { return log_->description(); }

 private:
  std::unique_ptr<Log> log_;
};

Contest make_contest(const Call& call) {
  auto input = std::make_shared<Input>();
  input->log = std::make_unique<PlainLog>(log_for(call.log, call.rows ? call.rows : 3'000'000));
  input->columns = columns_of(*input->log).columns;
  input->columns_file = call.work_folder + "/tally.parquet";
  write_columns(input->columns, input->columns_file);
  return {.input = input->log->description(),
          .rows = static_cast<double>(input->columns.size()),
          .entries = {{"renown", [input] { return renown(*input); }},
                      {"duckdb", [input] { return duckdb(*input); }},
                      {"sqlite", [input] { return sqlite(*input); }},
                      {"naive", [input] { return naive(*input); }}}};
}

}  // namespace
}  // namespace renown::bench::tally

int main(int count, char** arguments) {
  return renown::bench::run_program(count, arguments, renown::bench::tally::make_contest);
}
