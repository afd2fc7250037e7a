#include "pipeline/farm_table.h"

#include <string>

#include "base/time.h"

namespace renown::pipeline {

std::vector<FarmRow> farm_rows(const score::ScoreView& view) {
  std::vector<FarmRow> rows;
  for (std::size_t farm = 0; farm < view.farms().size(); ++farm) {
    for (std::size_t account = 0; account < view.farms()[farm].accounts.size(); ++account)
      rows.push_back({farm, account});
  }
  return rows;
}

Table farm_table(const score::ScoreView& view, const std::vector<FarmRow>& rows) {
  constexpr auto kText = ColumnType::text;
  constexpr auto kNumber = ColumnType::number;
  constexpr auto kCount = ColumnType::count;
  Table table;
  table.columns = {{"farm", kCount},     {"network", kText},     {"account", kText},      {"targets", kCount},
                   {"lockstep", kCount}, {"share", kNumber},     {"farm_people", kCount}, {"farm_targets", kCount},
                   {"density", kNumber}, {"reference", kNumber}, {"first", kText},        {"latest", kText},
                   {"person", kText}};
  table.rows = rows.size();
  table.fill = [&view, &rows](std::uint64_t row, std::vector<Cell>& cells) {
    const score::Farm& farm = view.farms()[rows[row].farm];
    const score::FarmAccount& member = farm.accounts[rows[row].account];
    const aggregate::AccountName name = view.account(member.account);
    cells = {std::uint64_t{rows[row].farm + 1},
             name.network,
             name.account,
             std::uint64_t{member.targets},
             std::uint64_t{member.lockstep},
             member.share,
             std::uint64_t{farm.engagers},
             std::uint64_t{farm.targets},
             farm.density,
             farm.reference_density,
             base::format_time(member.first),
             base::format_time(member.latest),
             view.person_name(member.person)};
  };
  return table;
}

}  // namespace renown::pipeline
