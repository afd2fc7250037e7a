#include "generate/statistics.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <functional>

#include "renown/interaction.h"

namespace renown::generate {
namespace {

/// How often each of the keys stands there; sorts them.
std::vector<std::uint64_t> counts_of(std::vector<std::uint64_t>& keys) {
  std::ranges::sort(keys);
  std::vector<std::uint64_t> counts;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (i == 0 || keys[i] != keys[i - 1]) counts.push_back(0);
    ++counts.back();
  }
  return counts;
}

/// Maximum likelihood of the exponent of P(k) ~ k^-alpha for k >= 5 (Clauset, Shalizi, Newman 2009, equation 3.7).
double exponent(const std::vector<std::uint64_t>& counts) {
  double n = 0.0, logs = 0.0;
  for (const std::uint64_t count : counts) {
    if (count < 5) continue;
    ++n;
    logs += std::log(static_cast<double>(count) / 4.5);
  }
  return 1.0 + n / logs;
}

double share_of_top_percent(std::vector<std::uint64_t> counts) {
  std::ranges::sort(counts, std::greater());
  double all = 0.0, top = 0.0;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    all += static_cast<double>(counts[i]);
    if (i < counts.size() / 100) top += static_cast<double>(counts[i]);
  }
  return top / all;
}

struct Moments {
  double n = 0, sum = 0, squares = 0;
  void add(double x) {
    ++n;
    sum += x;
    squares += x * x;
  }
  double mean() const { return sum / n; }
  double deviation() const { return std::sqrt(squares / n - mean() * mean()); }
};

std::uint64_t pair_of(std::uint64_t actor, std::uint64_t target) {
  return actor << 32 | target;
}

/// Of the distinct pairs, how many are there the other way round too; `pairs` is sorted, and afterwards distinct.
double reciprocity(std::vector<std::uint64_t>& pairs) {
  pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
  const auto answered = std::ranges::count_if(
      pairs, [&](std::uint64_t pair) { return std::ranges::binary_search(pairs, pair << 32 | pair >> 32); });
  return static_cast<double>(answered) / static_cast<double>(pairs.size());
}

}  // namespace

std::vector<Figure> measure(const World& world) {
  const std::uint64_t count = world.options().rows;
  std::vector<std::uint64_t> received, sent, pairs;
  std::array<std::vector<std::uint64_t>, kKindNames.size()> pairs_of_kind;
  std::array<double, kKindNames.size()> rows_of_kind{};
  std::vector<std::int64_t> last_act(world.options().people, -1);
  Moments gaps, delays;
  double inside = 0;
  std::vector<Act> acts(4096);
  for (std::uint64_t row = 0; row < count; row += acts.size()) {
    acts.resize(std::min<std::uint64_t>(acts.size(), count - row));
    world.acts(row, acts);
    for (const Act& act : acts) {
      const auto& [actor, target, act_kind] = act.deed;
      const auto kind = static_cast<std::size_t>(act_kind);
      received.push_back(target);
      sent.push_back(actor);
      pairs.push_back(pair_of(actor, target));
      pairs_of_kind[kind].push_back(pair_of(actor, target));
      ++rows_of_kind[kind];
      inside += world.community_of(actor) == world.community_of(target);
      std::int64_t& last = last_act[actor];
      if (last >= 0 && act.time > last) gaps.add(std::log(static_cast<double>(act.time - last)));
      last = act.time;
      delays.add(std::log(static_cast<double>(act.time - act.post_time)));
    }
  }
  const auto rows = static_cast<double>(count);
  const auto of_kind = [](Kind kind) { return static_cast<std::size_t>(kind); };
  const double without_likes = rows - rows_of_kind[of_kind(Kind::like)];
  const auto share = [&](Kind kind) { return rows_of_kind[of_kind(kind)] / without_likes; };
  const auto reciprocity_of = [&](Kind kind) {
    std::ranges::sort(pairs_of_kind[of_kind(kind)]);
    return reciprocity(pairs_of_kind[of_kind(kind)]);
  };
  const auto received_counts = counts_of(received);
  const auto sent_counts = counts_of(sent);
  const auto pair_counts = counts_of(pairs);
  return {{"exponent of rows received", 1.93, exponent(received_counts), 0.04},
          {"exponent of rows sent", 2.88, exponent(sent_counts), 0.05},
          {"share of the top 1 % of targets", 0.50, share_of_top_percent(received_counts), 0.03},
          {"likes", 0.25, rows_of_kind[of_kind(Kind::like)] / rows, 0.005},
          {"reposts", 0.68, share(Kind::repost), 0.015},
          {"mentions", 0.25, share(Kind::mention), 0.015},
          {"replies", 0.07, share(Kind::reply), 0.01},
          {"inside a community", 0.83, inside / rows, 0.01},
          {"reciprocity", 0.04, reciprocity(pairs), 0.006},
          {"reciprocity of reposts", 0.005, reciprocity_of(Kind::repost), 0.002},
          {"reciprocity of mentions", 0.07, reciprocity_of(Kind::mention), 0.01},
          {"reciprocity of replies", 0.16, reciprocity_of(Kind::reply), 0.015},
          {"rows a pair", 1.2, rows / static_cast<double>(pair_counts.size()), 0.03},
          {"ln seconds between acts, mean", 7.66, gaps.mean(), 0.20},
          {"ln seconds between acts, deviation", 3.03, gaps.deviation(), 0.05},
          {"ln seconds post to reaction, mean", 7.93, delays.mean(), 0.06},
          {"ln seconds post to reaction, deviation", 2.17, delays.deviation(), 0.02}};
}

}  // namespace renown::generate
