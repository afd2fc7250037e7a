#include "cli/score_text.h"

#include <algorithm>
#include <functional>
#include <unordered_set>
#include <vector>

#include <fmt/format.h>

#include "base/text.h"
#include "base/time.h"

namespace renown::cli {
namespace {

/// A column of the table: how wide, and what stands in it. Less important ones go first on a narrow terminal.
struct TextColumn {
  std::string_view title;
  std::size_t width = 0;
  int importance = 0;  ///< higher stays longer
  std::function<std::string(const ScoreCard&)> cell;
};

std::string one_decimal(const std::optional<double>& value) {
  return value ? fmt::format("{:.1f}", *value) : "-";
}

std::string range(const ScoreCard& card) {
  if (!card.score_low || !card.score_high) return "-";
  return fmt::format("{:.0f}\u2013{:.0f}", *card.score_low, *card.score_high);
}

std::vector<TextColumn> columns_of(const score::ScoreView& view) {
  std::vector<TextColumn> columns = {
      {"range", 7, 5, range},
      {"people", 8, 6, [](const ScoreCard& card) { return grouped(card.reach); }},
      {"raw", 8, 3, [](const ScoreCard& card) { return brief(card.raw); }},
      {"percentile", 10, 4, [](const ScoreCard& card) { return one_decimal(card.percentile); }},
  };
  if (view.is_protected()) {
    columns.push_back({"vouched", 8, 7, [](const ScoreCard& card) { return one_decimal(card.vouched_score); }});
    columns.push_back({"bound", 6, 8, [](const ScoreCard& card) { return one_decimal(card.bound_score); }});
  }
  columns.push_back({"acts", 8, 2, [](const ScoreCard& card) { return grouped(card.interactions); }});
  return columns;
}

constexpr std::size_t kRankWidth = 6;
constexpr std::size_t kScoreWidth = 6;
constexpr std::size_t kGap = 2;

std::size_t width_of(const std::vector<TextColumn>& columns) {
  std::size_t width = 0;
  for (const TextColumn& column : columns) width += column.width + kGap;
  return width;
}

/// Takes columns out until the rest fits beside rank, name, score and bar.
void fit(std::vector<TextColumn>& columns, std::size_t room) {
  while (!columns.empty() && width_of(columns) > room)
    columns.erase(std::ranges::min_element(columns, {}, &TextColumn::importance));
}

/// Each person once, by their first account of the ranking: the first `top` (0: all), and how many there are.
struct People {
  std::vector<score::PersonId> first;
  std::size_t all = 0;
};

People people_of(const score::ScoreView& view, std::uint64_t top) {
  People people;
  std::unordered_set<score::PersonId> seen;  // of those with several accounts
  for (const score::AccountId account : view.ranking()) {
    const score::PersonId person = view.person_of(account);
    if (!view.person_name(person).empty() && !seen.insert(person).second) continue;
    if (top == 0 || people.all < top) people.first.push_back(person);
    ++people.all;
  }
  return people;
}

std::string label(const aggregate::AccountName& account) {
  return base::printable(fmt::format("{}:{}", account.network, account.account));
}

std::string label(std::string_view name, const aggregate::AccountName& first_account, std::size_t accounts) {
  if (name.empty()) return label(first_account);
  if (accounts == 1) return base::printable(fmt::format("{} ({})", name, label(first_account)));
  return base::printable(fmt::format("{} ({} accounts)", name, accounts));
}

}  // namespace

std::string account_label(const score::ScoreRun& run, score::AccountId account) {
  return label(run.log.accounts[account]);
}

std::string person_label(const score::ScoreRun& run, score::PersonId person) {
  const auto& people = run.log.people;
  const auto accounts = people.name[person].empty() ? 1 : std::ranges::count(people.person_of, person);
  return label(people.name[person], run.log.accounts[people.first_account[person]], static_cast<std::size_t>(accounts));
}

std::string person_label(const score::ScoreView& view, score::PersonId person) {
  return label(view.person_name(person), view.account(view.first_account(person)), view.account_count(person));
}

std::string score_text(const Terminal& terminal, const score::ScoreView& view, std::uint64_t top) {
  std::string text = fmt::format("{}  {}\n\n", terminal.bold("Scores"),
                                 terminal.dim(fmt::format("{} \u00b7 as of {} \u00b7 {}", view.model().name,
                                                          base::format_time(view.as_of()), view.protection())));
  const auto [people, all] = people_of(view, top);
  std::vector<std::string> labels;
  std::size_t name_width = 12;
  for (const score::PersonId person : people) {
    labels.push_back(person_label(view, person));
    name_width = std::max(name_width, base::display_width(labels.back()));
  }
  name_width = std::min<std::size_t>(name_width, std::max<std::size_t>(16, terminal.width() / 3));

  const std::size_t fixed = kRankWidth + kGap + name_width + kGap + kScoreWidth + kGap;
  std::vector<TextColumn> columns = columns_of(view);
  fit(columns, terminal.width() > fixed ? terminal.width() - fixed : 0);
  const std::size_t used = fixed + width_of(columns);
  const std::size_t bar_width =
      terminal.width() > used + 12 ? std::min<std::size_t>(20, terminal.width() - used - kGap) : 0;

  std::string head =
      pad_left("#", kRankWidth) + "  " + pad("person", name_width) + "  " + pad_left("score", kScoreWidth) + "  ";
  if (bar_width > 0) head += std::string(bar_width + kGap, ' ');
  for (const TextColumn& column : columns) head += pad_left(column.title, column.width) + "  ";
  head.erase(head.find_last_not_of(' ') + 1);
  text += terminal.dim(head) + "\n";
  for (std::size_t i = 0; i < people.size(); ++i) {
    const ScoreCard card = view.card(people[i]);
    text += terminal.dim(pad_left(std::to_string(i + 1), kRankWidth)) + "  " + pad(labels[i], name_width) + "  " +
            terminal.bold(pad_left(card.score ? fmt::format("{:.1f}", *card.score) : "-", kScoreWidth)) + "  ";
    if (bar_width > 0) text += terminal.accent(pad(bar(card.score.value_or(0.0) / 100.0, bar_width), bar_width)) + "  ";
    for (const TextColumn& column : columns) text += pad_left(column.cell(card), column.width) + "  ";
    text.erase(text.find_last_not_of(' ') + 1);
    text += '\n';
  }
  if (people.size() < all) {
    text += terminal.dim(
        fmt::format("        ... and {} more: --top 0 shows all, --out writes them\n", grouped(all - people.size())));
  }
  return text;
}

}  // namespace renown::cli
