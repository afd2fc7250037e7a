#include "fit/fit_measures.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "base/math.h"
#include "evaluate/examiner.h"

namespace renown::fit {
namespace {

constexpr std::size_t kPlaces = 1000;
constexpr std::size_t kReachPlaces = 100;
constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

double discount(std::size_t place) {
  static const std::vector<double> kDiscounts = [] {
    std::vector<double> discounts(kPlaces);
    for (std::size_t i = 0; i < kPlaces; ++i) discounts[i] = 1.0 / std::log2(static_cast<double>(i) + 2.0);
    return discounts;
  }();
  return kDiscounts[place];
}

std::vector<double> log_gains(const std::vector<double>& outcomes) {
  std::vector<double> gains;
  gains.reserve(outcomes.size());
  for (const double outcome : outcomes) gains.push_back(base::log1p(outcome));
  return gains;
}

double ideal_gain(std::vector<double> gains, std::size_t places) {
  const std::size_t first = std::min(places, gains.size());
  std::ranges::partial_sort(gains, gains.begin() + static_cast<std::ptrdiff_t>(first), std::ranges::greater{});
  double sum = 0.0;
  for (std::size_t place = 0; place < first; ++place) sum += gains[place] * discount(place);
  return sum;
}

/// Centred midranks of values, and the sum of their squares.
double centred_ranks(std::span<const double> values, std::vector<double>& ranks) {
  std::vector<std::uint32_t> order(values.size());
  std::iota(order.begin(), order.end(), 0u);
  std::ranges::sort(order, {}, [&](std::uint32_t i) { return values[i]; });
  ranks.resize(values.size());
  const double middle = (static_cast<double>(values.size()) - 1.0) / 2.0;
  double squares = 0.0;
  for (std::size_t begin = 0; begin < order.size();) {
    std::size_t end = begin + 1;
    while (end < order.size() && values[order[end]] == values[order[begin]]) ++end;
    const double rank = static_cast<double>(begin + end - 1) / 2.0 - middle;
    for (std::size_t i = begin; i < end; ++i) ranks[order[i]] = rank;
    squares += static_cast<double>(end - begin) * rank * rank;
    begin = end;
  }
  return squares;
}

bool anybody(const std::vector<double>& outcomes) {
  return std::ranges::any_of(outcomes, [](double outcome) { return outcome > 0.0; });
}

}  // namespace

FitMeasures::FitMeasures(const evaluate::Panel& panel) : panel_(panel) {
  const auto outcome_of = [&](evaluate::Outcome outcome) -> const std::vector<double>& {
    return panel.outcomes[static_cast<std::size_t>(outcome)];
  };
  const bool reposted = anybody(outcome_of(evaluate::Outcome::reposters));
  const std::vector<double>& outcome =
      outcome_of(reposted ? evaluate::Outcome::reposters : evaluate::Outcome::engagers);
  gains_ = log_gains(outcome);
  ideal_ = ideal_gain(gains_, kPlaces);
  if (reposted) {
    reach_gains_ = log_gains(outcome_of(evaluate::Outcome::reach));
    reach_ideal_ = ideal_gain(reach_gains_, kReachPlaces);
  }
  std::vector<double> engaged_outcomes;
  for (std::uint32_t i = 0; i < panel.people.size(); ++i) {
    if (panel.engagers[i] < evaluate::kEngaged) continue;
    engaged_.push_back(i);
    engaged_outcomes.push_back(outcome[i]);
  }
  engaged_squares_ = centred_ranks(engaged_outcomes, engaged_ranks_);
}

bool FitMeasures::any() const {
  return ideal_ > 0.0;
}

double FitMeasures::spearman(std::span<const double> values) const {
  std::vector<double> engaged(engaged_.size());
  for (std::size_t i = 0; i < engaged_.size(); ++i) engaged[i] = values[engaged_[i]];
  std::vector<double> ranks;
  const double squares = centred_ranks(engaged, ranks);
  if (squares <= 0.0 || engaged_squares_ <= 0.0) return kNone;
  const double products = std::inner_product(ranks.begin(), ranks.end(), engaged_ranks_.begin(), 0.0);
  return products / std::sqrt(squares * engaged_squares_);
}

Figures FitMeasures::operator()(std::span<const double> values) const {
  std::vector<std::uint32_t> order(values.size());
  std::iota(order.begin(), order.end(), 0u);
  const auto first = order.begin() + static_cast<std::ptrdiff_t>(std::min(kPlaces, order.size()));
  const auto before = [&](std::uint32_t a, std::uint32_t b) {
    if (values[a] != values[b]) return values[a] > values[b];
    if (panel_.tie_keys[a] != panel_.tie_keys[b]) return panel_.tie_keys[a] < panel_.tie_keys[b];
    return a < b;
  };
  if (first != order.end()) std::nth_element(order.begin(), first, order.end(), before);
  std::sort(order.begin(), first, before);

  double gain = 0.0, reach_gain = 0.0;
  for (std::size_t place = 0; place < std::min(kPlaces, order.size()); ++place) {
    gain += gains_[order[place]] * discount(place);
    if (place < kReachPlaces && reach_ideal_ > 0.0) reach_gain += reach_gains_[order[place]] * discount(place);
  }
  return {spearman(values), ideal_ > 0.0 ? gain / ideal_ : kNone,
          reach_ideal_ > 0.0 ? reach_gain / reach_ideal_ : kNone};
}

Figures ratios(const Figures& figures, const Figures& simple) {
  Figures result;
  for (std::size_t i = 0; i < kFitMeasures; ++i)
    result[i] = simple[i] > 0.0 ? figures[i] / simple[i] : kNone;  // a NaN stays one
  return result;
}

double worst(const Figures& ratios) {
  double least = kNone;
  for (const double ratio : ratios) {
    if (!std::isnan(ratio)) least = std::isnan(least) ? ratio : std::min(least, ratio);
  }
  return least;
}

double mean(const Figures& ratios) {
  double sum = 0.0, number = 0.0;
  for (const double ratio : ratios) {
    if (std::isnan(ratio)) continue;
    sum += ratio;
    number += 1.0;
  }
  return number > 0.0 ? sum / number : kNone;
}

}  // namespace renown::fit
