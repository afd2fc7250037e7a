#include "attack/checks.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "attack/spread.h"

namespace renown::attack {
namespace {

constexpr double kRelative = 1e-12;
constexpr double kFound = 0.99;
constexpr std::size_t kSearchedCustomers = 20;
constexpr double kMorePosts = 1.0;  // points

/// What a crowd may buy at a verified share.
struct CrowdGoal {
  double share;
  double mean;
  double most;
};

constexpr CrowdGoal kCrowdGoals[] = {{0.10, 5.0, 12.0}, {0.02, 12.0, 16.0}};

bool is_unverified_alone(const Scenario& scenario) {
  return scenario.means == Means::crowd || scenario.means == Means::farm;
}

std::string whose(const ShareReport& report) {
  if (!report.share) return report.is_protected ? "with the list of verified people" : "unprotected";
  if (*report.share == 0.0) return "unprotected";
  return fmt::format("{:g} % verified", *report.share * 100.0);
}

class Checks {
 public:
  Checks(const ShareReport& report, const std::vector<double>& percentiles)
      : report_(report), percentiles_(percentiles) {}

  std::vector<Check> run() {
    if (report_.is_protected) {
      bound_of_the_attacked_run();
      printed_bound();
    }
    own_acts();
    farm_findings_goal();
    crowd_goal();
    bot_goal("quote bots at the median rate", [](const std::string& name) {
      return name.starts_with("quote-bot-") && !name.starts_with("quote-bot-audience-");
    });
    posting_more_goal();
    bot_goal("the reply bot", [](const std::string& name) { return name == "reply-bot"; });
    farm_goal();
    return std::move(checks_);
  }

 private:
  /// Counts the gains of some scenarios, and those that break a rule; names the first.
  template <class Concerns, class Holds>
  void promise(const std::string& text, const Concerns& concerns, const Holds& holds) {
    std::size_t looked_at = 0;
    std::size_t broken = 0;
    std::string first;
    for (const ScenarioReport& scenario : report_.scenarios) {
      if (!concerns(scenario.scenario)) continue;
      for (const auto& band : scenario.by_band) {
        for (const Gain& gain : band) {
          ++looked_at;
          if (holds(gain)) continue;
          if (broken++ == 0) {
            first = fmt::format("; first {}:{} under {}: raw {} to {}", gain.account.network, gain.account.account,
                                scenario.scenario.name, gain.raw_before, gain.raw_after);
          }
        }
      }
    }
    if (looked_at == 0) return;
    add(true, broken == 0,
        broken == 0 ? fmt::format("{} ({} attacked accounts)", text, looked_at)
                    : fmt::format("{}: broken for {} of {}{}", text, broken, looked_at, first));
  }

  void bound_of_the_attacked_run() {
    promise(
        "S stays within the bound of the attacked run", [](const Scenario&) { return true; },
        [](const Gain& gain) { return gain.raw_after <= gain.bound_after.value_or(0.0) * (1.0 + kRelative); });
  }

  void printed_bound() {
    promise("what nobody verified stays within the bound printed before", is_unverified_alone,
            [](const Gain& gain) { return gain.raw_after <= gain.bound_before.value_or(0.0) * (1.0 + kRelative); });
  }

  void own_acts() {
    promise(
        "own acts gain nothing, farms held", [](const Scenario& scenario) { return scenario.means == Means::own; },
        [](const Gain& gain) { return std::fabs(gain.raw_after - gain.raw_before) <= kRelative * gain.raw_before; });
  }

  void farm_findings_goal() {
    std::size_t looked_at = 0;
    double most = 0.0;
    std::string where;
    for (const ScenarioReport& scenario : report_.scenarios) {
      if (scenario.scenario.means != Means::own || scenario.by_band.empty()) continue;
      ++looked_at;
      if (!scenario.most_where_searched) continue;
      most = std::max(most, *scenario.most_where_searched);
      where += (where.empty() ? "" : ", ") + scenario.scenario.name;
    }
    if (looked_at == 0) return;
    add(false, where.empty(),
        where.empty()
            ? "own acts change no finding of the farm search"
            : fmt::format("own acts change findings of the farm search ({}), which gains somebody +{:.1f} points",
                          where, most));
  }

  void crowd_goal() {
    if (!report_.share) return;
    for (const CrowdGoal& goal : kCrowdGoals) {
      if (*report_.share != goal.share) continue;
      for (std::size_t band = 0; band < percentiles_.size(); ++band) {
        if (percentiles_[band] != 90.0 && percentiles_[band] != 99.0) continue;
        double mean = 0.0;
        double most = 0.0;
        std::string dearest;
        for (const ScenarioReport& scenario : report_.scenarios) {
          if (!is_unverified_alone(scenario.scenario)) continue;
          const Spread gained = points_gained(scenario.by_band[band]);
          if (dearest.empty() || gained.mean > mean) {
            mean = gained.mean;
            dearest = scenario.scenario.name;
          }
          most = std::max(most, gained.most);
        }
        if (dearest.empty()) continue;
        add(false, mean <= goal.mean && most <= goal.most,
            fmt::format(
                "crowds buy a p{:g} account at most +{:g} on average and +{:g} at most: +{:.2f} ({}) and +{:.2f}",
                percentiles_[band], goal.mean, goal.most, mean, dearest, most));
      }
    }
  }

  template <class Concerns>
  void bot_goal(const std::string& who, const Concerns& concerns) {
    double highest = 0.0;
    bool run = false;
    for (const ScenarioReport& scenario : report_.scenarios) {
      if (!concerns(scenario.scenario.name) || scenario.by_band.empty()) continue;
      std::vector<double> points;
      for (const Gain& gain : scenario.by_band.front()) points.push_back(gain.points_after);
      if (points.empty()) continue;
      highest = std::max(highest, spread_of(points).mean);
      run = true;
    }
    if (!run) return;
    const double median = report_.median_points();
    add(false, highest < median,
        fmt::format("below the median person: {} ({:.1f} against {:.1f} points)", who, highest, median));
  }

  /// The same audiences, from the bot that posts least to the one that posts most.
  void posting_more_goal() {
    std::vector<double> reached;
    for (const ScenarioReport& scenario : report_.scenarios) {
      if (scenario.scenario.family != "quote-bot-audience" || scenario.by_band.front().empty()) continue;
      std::vector<double> points;
      for (const Gain& gain : scenario.by_band.front()) points.push_back(gain.points_after);
      reached.push_back(spread_of(points).mean);
    }
    if (reached.size() < 2) return;
    const double least = std::ranges::min(reached);
    const double most = std::ranges::max(reached);
    add(false, most - least <= kMorePosts,
        fmt::format("posting more to the same audience gains a quote bot at most {:g} point: from {:.1f} to {:.1f}",
                    kMorePosts, least, most));
  }

  void farm_goal() {
    std::uint64_t planted = 0;
    std::uint64_t found = 0;
    std::uint64_t wrong = 0;
    for (const ScenarioReport& scenario : report_.scenarios) {
      if (scenario.scenario.means != Means::farm || scenario.scenario.customers < kSearchedCustomers) continue;
      planted += scenario.totals.planted_accounts;
      found += scenario.totals.flagged_planted;
      wrong += scenario.totals.flagged_real;
    }
    if (planted == 0) return;
    const double recall = static_cast<double>(found) / static_cast<double>(planted);
    const double precision = found + wrong == 0 ? 0.0 : static_cast<double>(found) / static_cast<double>(found + wrong);
    add(false, recall >= kFound && precision >= kFound,
        fmt::format("farms of 20 customers and more are found: recall {:.3f}, precision {:.3f} ({} accounts)", recall,
                    precision, planted));
  }

  static Spread points_gained(const std::vector<Gain>& gains) {
    std::vector<double> points;
    for (const Gain& gain : gains) points.push_back(gain.points_gained());
    return spread_of(points);
  }

  void add(bool is_promise, bool passed, const std::string& text) {
    checks_.push_back({is_promise, passed, whose(report_) + ": " + text});
  }

  const ShareReport& report_;
  const std::vector<double>& percentiles_;
  std::vector<Check> checks_;
};

}  // namespace

std::vector<Check> check(const ShareReport& report, const std::vector<double>& percentiles) {
  return Checks(report, percentiles).run();
}

}  // namespace renown::attack
