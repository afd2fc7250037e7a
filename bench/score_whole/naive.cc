#include <algorithm>
#include <cmath>
#include <map>
#include <unordered_map>
#include <utility>
#include <vector>

#include "score_whole/task.h"

namespace renown::bench::score_whole {
namespace {

constexpr double kDay = 86400.0;

std::uint64_t pair_of(std::uint32_t first, std::uint32_t second) {
  return (std::uint64_t{first} << 32) | second;
}

bool in_words(std::uint8_t kind) {
  return kind == 2 || kind == 5 || kind == 6 || kind == 7;
}

/// What one writes first: the rules of docs/scoring one after the other, in tables of the standard library.
class Naive final : public Candidate {
 public:
  explicit Naive(const Input& input) : input_(input), model_(input.model) {}

  void run() override {
    gather();
    tally();
    vouch();
  }

  Outcome outcome() override {
    Scores scores(input_.rows.accounts.size(), false);
    for (const auto& [person, engaged] : engaged_) {
      const double room = model_.room_base() + model_.kappa() * engaged.vouched;
      scores.set(person, engaged.vouched + room * (1.0 - std::exp(-engaged.unvouched / room)), engaged.vouched);
    }
    return std::move(scores).outcome();
  }

 private:
  using AllInWords = bool;
  struct Engaged {
    double vouched = 0.0, unvouched = 0.0;
  };

  /// Acts by pair and second, so that twins fall together; words by pair.
  void gather() {
    const Columns& rows = input_.rows.columns;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (rows.kind[i] >= kEngagementKinds) continue;
      const std::uint64_t pair = pair_of(rows.actor[i], rows.target[i]);
      if (in_words(rows.kind[i])) words_[pair].push_back(rows.time[i]);
      if (rows.actor[i] == rows.target[i]) continue;
      AllInWords& all = acts_[pair].try_emplace(rows.time[i], true).first->second;
      all = all && in_words(rows.kind[i]);
    }
  }

  bool provoked(std::uint32_t actor, std::uint32_t target, std::int64_t time) const {
    const auto said = words_.find(pair_of(target, actor));
    if (said == words_.end()) return false;
    return std::ranges::any_of(said->second, [&](std::int64_t at) {
      return at <= time && static_cast<double>(time - at) <= model_.provoked_days * kDay;
    });
  }

  void tally() {
    for (const auto& [pair, acts] : acts_) {
      const auto actor = static_cast<std::uint32_t>(pair >> 32);
      const auto target = static_cast<std::uint32_t>(pair);
      auto first = acts.begin();
      while (first != acts.end() && first->second && provoked(actor, target, first->first)) ++first;
      if (first != acts.end()) engagement_[pair] = engagement(first->first, acts.rbegin()->first);
    }
  }

  double fading(double age, double half_life) const {
    const double edge = std::exp2(-model_.window_days / half_life);
    return (std::exp2(-age / half_life) - edge) / (1.0 - edge);
  }

  double engagement(std::int64_t first, std::int64_t latest) const {
    const double age = static_cast<double>(input_.rows.as_of - latest) / kDay;
    if (age >= model_.window_days) return 0.0;
    const bool loyal = static_cast<double>(latest - first) > model_.loyal_span_days * kDay;
    return model_.fast_share * fading(age, model_.half_life_fast_days) +
           (loyal ? model_.loyal_share * fading(age, model_.half_life_loyal_days) : 0.0) +
           model_.slow_share * fading(age, model_.half_life_slow_days);
  }

  bool verified(std::uint32_t account) const { return input_.rows.verified[account] != 0; }

  double points(double raw) const {
    return std::clamp(
        1.0 + 99.0 * std::log1p(raw / model_.scale_unit) / std::log1p(model_.scale_top / model_.scale_unit), 1.0,
        100.0);
  }

  void vouch() {
    std::unordered_map<std::uint32_t, double> round_one;
    for (const auto& [pair, w] : engagement_) {
      if (verified(static_cast<std::uint32_t>(pair >> 32))) round_one[static_cast<std::uint32_t>(pair)] += w;
    }
    for (const auto& [pair, w] : engagement_) {
      const auto actor = static_cast<std::uint32_t>(pair >> 32);
      const auto target = static_cast<std::uint32_t>(pair);
      Engaged& engaged = engaged_[target];
      if (!verified(actor)) {
        engaged.unvouched += w;
        continue;
      }
      const auto vouched = round_one.find(actor);
      const auto gift = verified(target) ? engagement_.find(pair_of(target, actor)) : engagement_.end();
      const double by_others =
          (vouched == round_one.end() ? 0.0 : vouched->second) - (gift == engagement_.end() ? 0.0 : gift->second);
      engaged.vouched += w * (1.0 + model_.standing_weight * points(std::max(0.0, by_others)) / 100.0);
    }
  }

  const Input& input_;
  const ScoreModel& model_;
  std::unordered_map<std::uint64_t, std::map<std::int64_t, AllInWords>> acts_;
  std::unordered_map<std::uint64_t, std::vector<std::int64_t>> words_;
  std::unordered_map<std::uint64_t, double> engagement_;
  std::unordered_map<std::uint32_t, Engaged> engaged_;
};

}  // namespace

std::unique_ptr<Candidate> naive(const Input& input) {
  return std::make_unique<Naive>(input);
}

}  // namespace renown::bench::score_whole
