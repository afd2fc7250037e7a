#include "evaluate/measures.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

namespace renown::evaluate {
namespace {

std::vector<std::uint64_t> no_keys(std::size_t people) {
  return std::vector<std::uint64_t>(people);
}

/// Sums of counts over classes below a class, and changes of one (Fenwick). Most people share the smallest outcome,
/// which is none: class 0 is kept apart, so that they cost nothing.
class ClassCounts {
 public:
  explicit ClassCounts(std::size_t classes) : tree_(std::max<std::size_t>(classes, 1)) {}

  void add(std::uint32_t cls, std::int64_t count) {
    all_ += count;
    if (cls == 0) {
      smallest_ += count;
      return;
    }
    for (std::size_t i = cls; i < tree_.size(); i += i & (~i + 1)) tree_[i] += count;
  }

  /// Counted in classes above `cls`, minus those in classes below.
  std::int64_t above_minus_below(std::uint32_t cls) const {
    if (cls == 0) return all_ - smallest_;
    const std::int64_t below = smallest_ + up_to(cls - 1);
    return all_ - smallest_ - up_to(cls) - below;
  }

 private:
  /// Counted in classes 1..cls.
  std::int64_t up_to(std::uint32_t cls) const {
    std::int64_t sum = 0;
    for (std::size_t i = cls; i > 0; i -= i & (~i + 1)) sum += tree_[i];
    return sum;
  }

  std::vector<std::int64_t> tree_;
  std::int64_t all_ = 0;
  std::int64_t smallest_ = 0;
};

/// Pairs of copies with equal values.
std::int64_t tied_pairs(const Ranking& ranking, const Copies& copies) {
  std::int64_t pairs = 0;
  for (std::size_t run = 0; run < ranking.class_count(); ++run) {
    std::int64_t equal = 0;
    for (std::uint32_t i = ranking.ties[run]; i < ranking.ties[run + 1]; ++i) equal += copies[ranking.order[i]];
    pairs += equal * (equal - 1) / 2;
  }
  return pairs;
}

/// Calls visit(position, first place, places) for the persons who hold the first k places of a sample; place 0 leads.
template <class Visit>
void for_the_first(const Ranking& ranking, const Copies& copies, std::size_t k, const Visit& visit) {
  std::size_t place = 0;
  for (std::size_t i = 0; i < ranking.size() && place < k; ++i) {
    const std::size_t places = std::min<std::size_t>(copies[ranking.order[i]], k - place);
    if (places > 0) visit(ranking.order[i], place, places);
    place += places;
  }
}

double discounted_gain(const Ranking& ranking, std::span<const double> gains, const Copies& copies, std::size_t k) {
  double sum = 0.0;
  for_the_first(ranking, copies, k, [&](std::uint32_t person, std::size_t first, std::size_t places) {
    if (gains[person] == 0.0) return;
    for (std::size_t place = first; place < first + places; ++place)
      sum += gains[person] / std::log2(static_cast<double>(place) + 2.0);
  });
  return sum;
}

}  // namespace

std::optional<double> spearman(const CentredRanks& x, const CentredRanks& y, const Copies& copies) {
  if (x.square_sum <= 0.0 || y.square_sum <= 0.0) return std::nullopt;
  double sum = 0.0;
  for (std::size_t i = 0; i < copies.size(); ++i) sum += static_cast<double>(copies[i]) * x.value[i] * y.value[i];
  return std::clamp(sum / std::sqrt(x.square_sum * y.square_sum), -1.0, 1.0);
}

std::optional<double> spearman(std::span<const double> x, std::span<const double> y) {
  const Copies once(x.size(), 1);
  const auto keys = no_keys(x.size());
  return spearman(centred_midranks(rank_people(x, keys), once), centred_midranks(rank_people(y, keys), once), once);
}

std::optional<double> partial(std::optional<double> r_xy, std::optional<double> r_xz, std::optional<double> r_yz) {
  constexpr double kNothingLeft = 1e-9;  // of the variance of x or y once z is held
  if (!r_xy || !r_xz || !r_yz) return std::nullopt;
  const double left = (1.0 - *r_xz * *r_xz) * (1.0 - *r_yz * *r_yz);
  if (left <= kNothingLeft) return std::nullopt;
  return std::clamp((*r_xy - *r_xz * *r_yz) / std::sqrt(left), -1.0, 1.0);
}

std::optional<double> kendall_tau_b(const Ranking& x, const Ranking& y, const Copies& copies) {
  const auto people = std::accumulate(copies.begin(), copies.end(), std::int64_t{0});
  const std::int64_t pairs = people * (people - 1) / 2;
  const std::int64_t untied_x = pairs - tied_pairs(x, copies);
  const std::int64_t untied_y = pairs - tied_pairs(y, copies);
  if (untied_x == 0 || untied_y == 0) return std::nullopt;

  ClassCounts passed(y.class_count());  // of people with a larger x
  std::int64_t agreement = 0;           // concordant minus discordant pairs
  for (std::size_t run = 0; run < x.class_count(); ++run) {
    const auto equals = std::span(x.order).subspan(x.ties[run], x.ties[run + 1] - x.ties[run]);
    for (const std::uint32_t person : equals)
      agreement += std::int64_t{copies[person]} * passed.above_minus_below(y.classes[person]);
    for (const std::uint32_t person : equals) passed.add(y.classes[person], copies[person]);
  }
  return static_cast<double>(agreement) / std::sqrt(static_cast<double>(untied_x) * static_cast<double>(untied_y));
}

std::optional<double> kendall_tau_b(std::span<const double> x, std::span<const double> y) {
  const auto keys = no_keys(x.size());
  return kendall_tau_b(rank_people(x, keys), rank_people(y, keys), Copies(x.size(), 1));
}

std::optional<double> ndcg(const Ranking& score, const Ranking& outcome, std::span<const double> gains,
                           const Copies& copies, std::size_t k) {
  const double ideal = discounted_gain(outcome, gains, copies, k);
  if (ideal <= 0.0) return std::nullopt;
  return discounted_gain(score, gains, copies, k) / ideal;
}

std::optional<double> precision(const Ranking& score, const Ranking& outcome, std::span<const double> outcomes,
                                const Copies& copies, std::size_t k) {
  std::vector<std::pair<std::uint32_t, std::size_t>> true_first;  // persons with their places
  for_the_first(outcome, copies, k, [&](std::uint32_t person, std::size_t, std::size_t places) {
    if (outcomes[person] > 0.0) true_first.emplace_back(person, places);
  });
  if (true_first.empty()) return std::nullopt;
  std::ranges::sort(true_first);
  std::size_t hits = 0;
  std::size_t looked_at = 0;
  for_the_first(score, copies, k, [&](std::uint32_t person, std::size_t, std::size_t places) {
    looked_at += places;
    const auto found = std::ranges::lower_bound(true_first, person, {}, [](const auto& entry) { return entry.first; });
    if (found != true_first.end() && found->first == person) hits += std::min(places, found->second);
  });
  return static_cast<double>(hits) / static_cast<double>(looked_at);
}

std::optional<double> r_squared(std::span<const double> x, std::span<const double> y) {
  if (x.size() < 2) return std::nullopt;
  const auto count = static_cast<double>(x.size());
  const double mean_x = std::accumulate(x.begin(), x.end(), 0.0) / count;
  const double mean_y = std::accumulate(y.begin(), y.end(), 0.0) / count;
  double xx = 0.0, yy = 0.0, xy = 0.0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    xx += (x[i] - mean_x) * (x[i] - mean_x);
    yy += (y[i] - mean_y) * (y[i] - mean_y);
    xy += (x[i] - mean_x) * (y[i] - mean_y);
  }
  if (xx <= 0.0 || yy <= 0.0) return std::nullopt;
  return xy * xy / (xx * yy);
}

}  // namespace renown::evaluate
