#include "evaluate/baselines.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <functional>
#include <optional>
#include <tuple>

#include <fmt/format.h>

#include "base/math.h"
#include "base/parallel.h"
#include "base/time.h"
#include "graph/hits.h"
#include "graph/k_core.h"
#include "graph/leader_rank.h"
#include "graph/page_rank.h"

namespace renown::evaluate {
namespace {

constexpr std::array<std::string_view, 7> kHalfLives = {"0.1", "0.25", "0.5", "1", "2", "7", "30"};

using Values = std::vector<double>;

/// 2^(-age/h) of an act at `time`.
double faded(const History& history, std::int64_t time, double half_life_days) {
  const double age_days = static_cast<double>(history.as_of - time) / static_cast<double>(base::kSecondsPerDay);
  return base::exp2(-age_days / half_life_days);
}

Values decayed_engagers(const History& history, double half_life_days) {
  Values values(history.people());
  for (const PairHistory& pair : history.pairs) values[pair.target] += faded(history, pair.latest, half_life_days);
  return values;
}

Values decayed_acts(const History& history, double half_life_days) {
  Values values(history.people());
  for (const aggregate::Event& act : history.log.acts)
    values[history.log.people.person_of[act.target]] += faded(history, act.time, half_life_days);
  return values;
}

/// Engager -> target, as heavy as `weight` says; without those of no weight.
template <class Weight>
std::vector<graph::Edge> edges(const History& history, const Weight& weight) {
  std::vector<graph::Edge> result;
  for (const PairHistory& pair : history.pairs) {
    if (weight(pair) > 0) result.push_back({pair.engager, pair.target, static_cast<double>(weight(pair))});
  }
  return result;
}

std::uint32_t acts_of(const PairHistory& pair) {
  return pair.acts;
}
std::uint32_t shares_of(const PairHistory& pair) {
  return pair.shares;
}

Values pagerank(const History& history) {
  return graph::page_rank(history.people(), edges(history, acts_of)).value;
}
Values pagerank_of_reposts(const History& history) {
  return graph::page_rank(history.people(), edges(history, shares_of)).value;
}
Values leaderrank(const History& history) {
  return graph::leader_rank(history.people(), edges(history, acts_of)).value;
}
Values hits(const History& history) {
  return graph::hits_authority(history.people(), edges(history, acts_of)).value;
}
Values k_core(const History& history) {
  const auto core = graph::core_numbers(history.people(), edges(history, acts_of));
  return Values(core.begin(), core.end());
}

Values h_index_of_engagers(const History& history) {
  Values values(history.people());
  std::vector<std::uint64_t> counts;
  for (std::size_t i = 0; i < history.pairs.size(); ++i) {
    counts.push_back(history.pairs[i].acts);
    const PersonId target = history.pairs[i].target;
    if (i + 1 < history.pairs.size() && history.pairs[i + 1].target == target) continue;
    values[target] = static_cast<double>(h_index(std::move(counts)));
    counts.clear();
  }
  return values;
}

Values h_index_of_posts(const History& history) {
  std::vector<std::pair<PersonId, aggregate::TextId>> acts;
  for (const aggregate::Event& act : history.log.acts) {
    if (act.post != 0) acts.emplace_back(history.log.people.person_of[act.target], act.post);
  }
  std::ranges::sort(acts);
  Values values(history.people());
  std::vector<std::uint64_t> counts;
  for (std::size_t i = 0; i < acts.size(); ++i) {
    const bool same_target = i > 0 && acts[i].first == acts[i - 1].first;
    if (!same_target) counts.clear();
    if (!same_target || acts[i].second != acts[i - 1].second) counts.push_back(0);
    ++counts.back();
    const bool last = i + 1 == acts.size() || acts[i + 1].first != acts[i].first;
    if (last) values[acts[i].first] = static_cast<double>(h_index(counts));
  }
  return values;
}

struct Known {
  std::string_view name;
  std::function<Values(const History&)> values;
};

const std::vector<Known>& known_baselines() {
  static const std::vector<Known> known = {
      {"acts", [](const History& history) { return history.acts; }},
      {"engagers", [](const History& history) { return history.engagers; }},
      {"pagerank", pagerank},
      {"pagerank-reposts", pagerank_of_reposts},
      {"leaderrank", leaderrank},
      {"hits", hits},
      {"h-index",
       [](const History& history) {
         return posts_are_known(history) ? h_index_of_posts(history) : h_index_of_engagers(history);
       }},
      {"k-core", k_core},
      {"own-activity", [](const History& history) { return history.sent; }},
      {"followers", [](const History& history) { return history.followers; }},
  };
  return known;
}

/// The H of "<stem>-Hd", above 0; nothing for another name.
std::optional<double> half_life_in(std::string_view name, std::string_view stem) {
  if (!name.starts_with(stem) || !name.ends_with('d') || name.size() <= stem.size() + 1) return std::nullopt;
  name.remove_prefix(stem.size());
  name.remove_suffix(1);
  double days = 0.0;
  const auto [end, failed] = std::from_chars(name.data(), name.data() + name.size(), days, std::chars_format::fixed);
  if (failed != std::errc{} || end != name.data() + name.size() || !(days > 0.0)) return std::nullopt;
  return days;
}

/// What computes the baseline of that name; empty if there is none.
std::function<Values(const History&)> find_baseline(const std::string& name) {
  const auto known = std::ranges::find(known_baselines(), name, &Known::name);
  if (known != known_baselines().end()) return known->values;
  if (const auto days = half_life_in(name, "engagers-"))
    return [days = *days](const History& history) { return decayed_engagers(history, days); };
  if (const auto days = half_life_in(name, "acts-"))
    return [days = *days](const History& history) { return decayed_acts(history, days); };
  return {};
}

}  // namespace

std::size_t h_index(std::vector<std::uint64_t> counts) {
  std::ranges::sort(counts, std::greater());
  std::size_t h = 0;
  while (h < counts.size() && counts[h] > h) ++h;
  return h;
}

bool posts_are_known(const History& history) {
  const auto named = std::ranges::count_if(history.log.acts, [](const auto& act) { return act.post != 0; });
  return static_cast<std::size_t>(named) * 2 >= history.log.acts.size() && named > 0;
}

std::vector<std::string> baseline_names() {
  std::vector<std::string> names = {"acts", "engagers"};
  for (const std::string_view stem : {"engagers", "acts"}) {
    for (const std::string_view days : kHalfLives) names.push_back(fmt::format("{}-{}d", stem, days));
  }
  for (const Known& known : known_baselines()) {
    if (known.name != "acts" && known.name != "engagers") names.emplace_back(known.name);
  }
  return names;
}

Result<std::vector<std::string>> parse_baselines(const std::string& text) {
  if (text == "all") return baseline_names();
  std::vector<std::string> names;
  if (text == "none") return names;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t comma = std::min(text.find(',', begin), text.size());
    std::string name = text.substr(begin, comma - begin);
    if (!find_baseline(name))
      return Error{ErrorCode::usage,
                   fmt::format("--baselines '{}': there are all, none, {}", name, fmt::join(baseline_names(), ", "))};
    if (std::ranges::find(names, name) == names.end()) names.push_back(std::move(name));
    begin = comma + 1;
  }
  return names;
}

std::vector<Baseline> baselines(const History& history, const std::vector<std::string>& names, std::size_t threads) {
  std::vector<Baseline> result(names.size());
  base::parallel_for(names.size(), threads, 1, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) result[i] = {names[i], find_baseline(names[i])(history)};
  });
  std::erase_if(result, [](const Baseline& baseline) { return baseline.value.empty(); });  // no follow rows
  return result;
}

}  // namespace renown::evaluate
