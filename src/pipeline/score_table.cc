#include "pipeline/score_table.h"

#include <optional>
#include <string>
#include <utility>

#include "base/time.h"

namespace renown::pipeline {
namespace {

Cell number_or_empty(const std::optional<double>& value) {
  return value ? Cell(*value) : Cell();
}

/// Puts values into the cells of a row, one after the other: what was there before is not made anew.
class CellFiller {
 public:
  explicit CellFiller(std::vector<Cell>& cells) : next_(cells.data()) {}

  template <class Value>
  CellFiller& operator<<(Value&& value) {
    *next_++ = std::forward<Value>(value);
    return *this;
  }

 private:
  Cell* next_;
};

/// Rows are made in another order than that in which names stand: what they wait for is asked for so many rows ahead.
constexpr std::uint64_t kRowsAStep = 8;

/// account_at(row)  whose name a row waits for
template <class AccountAt>
void prefetch_names_ahead(const score::ScoreView& view, std::uint64_t rows, std::uint64_t row,
                          const AccountAt& account_at) {
  for (std::size_t step = 0; step < score::ScoreView::kPrefetchSteps; ++step) {
    const std::uint64_t ahead = row + (score::ScoreView::kPrefetchSteps - step) * kRowsAStep;
    if (ahead < rows) view.prefetch_name(account_at(ahead), step);
  }
}

void prefetch_rows_ahead(const score::ScoreView& view, std::uint64_t row) {
  const auto& ranking = view.ranking();
  prefetch_names_ahead(view, ranking.size(), row, [&](std::uint64_t ahead) { return ranking[ahead]; });
  if (row + kRowsAStep < ranking.size()) view.prefetch_card(ranking[row + kRowsAStep]);
}

constexpr auto kText = ColumnType::text;
constexpr auto kNumber = ColumnType::number;
constexpr auto kCount = ColumnType::count;

}  // namespace

Table score_table(const score::ScoreView& view) {
  Table table;
  table.columns = {
      {"network", kText},         {"account", kText},       {"score", kNumber},       {"vouched_score", kNumber},
      {"percentile", kNumber},    {"raw", kNumber},         {"vouched_raw", kNumber}, {"reach", kCount},
      {"amplification", kNumber}, {"interactions", kCount}, {"coverage", kNumber},    {"model", kText},
      {"as_of", kText},           {"score_low", kNumber},   {"score_high", kNumber},  {"bound_raw", kNumber},
      {"bound_score", kNumber},   {"protection", kText},    {"person", kText}};
  table.rows = view.ranking().size();
  table.fill = [&view, as_of = base::format_time(view.as_of())](std::uint64_t row, std::vector<Cell>& cells) {
    prefetch_rows_ahead(view, row);
    const score::AccountId account = view.ranking()[row];
    const score::PersonId person = view.person_of(account);
    const aggregate::AccountName name = view.account(account);
    const ScoreCard card = view.card(person);
    CellFiller(cells) << name.network << name.account << number_or_empty(card.score)
                      << number_or_empty(card.vouched_score) << number_or_empty(card.percentile) << card.raw
                      << number_or_empty(card.vouched_raw) << card.reach << card.amplification << card.interactions
                      << card.coverage << std::string_view(view.model().name) << std::string_view(as_of)
                      << number_or_empty(card.score_low) << number_or_empty(card.score_high)
                      << number_or_empty(card.bound_raw) << number_or_empty(card.bound_score) << view.protection()
                      << view.person_name(person);
  };
  return table;
}

Table ledger_table(const score::ScoreView& view, const score::Ledger& ledger) {
  Table table;
  table.columns = {{"network", kText},
                   {"account", kText},
                   {"actor_network", kText},
                   {"actor", kText},
                   {"post", kText},
                   {"kind", kText},
                   {"day", kText},
                   {"tags", kText},
                   {"verified", ColumnType::boolean},
                   {"contribution", kNumber},
                   {"vouched_contribution", kNumber},
                   {"person", kText}};
  table.rows = ledger.lines.size();
  table.fill = [&view, &ledger](std::uint64_t row, std::vector<Cell>& cells) {
    const auto& lines = ledger.lines;
    prefetch_names_ahead(view, lines.size(), row, [&](std::uint64_t ahead) { return lines[ahead].actor; });
    const score::LedgerLine& line = lines[row];
    const aggregate::AccountName target = view.account(line.account);
    const aggregate::AccountName actor = view.account(line.actor);
    CellFiller(cells) << target.network << target.account << actor.network << actor.account << ledger.texts[line.post]
                      << kind_name(line.kind) << base::format_day(line.time) << ledger.texts[line.tags] << line.verified
                      << line.contribution << (view.is_protected() ? Cell(line.vouched_contribution) : Cell())
                      << view.person_name(line.target);
  };
  return table;
}

}  // namespace renown::pipeline
