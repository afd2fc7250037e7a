#include "evaluate/comparison.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>
#include <utility>

#include "base/parallel.h"

namespace renown::evaluate {
namespace {

/// The mean of each figure over draws; none where one draw has none.
Sheet mean_of(std::span<const Sheet> draws) {
  Sheet mean = empty_sheet();
  for (std::size_t outcome = 0; outcome < kOutcomes; ++outcome) {
    for (std::size_t measure = 0; measure < kMeasures; ++measure) {
      double sum = 0.0;
      for (const Sheet& draw : draws) sum += draw[outcome][measure];
      mean[outcome][measure] = sum / static_cast<double>(draws.size());
    }
  }
  return mean;
}

Sheet deviation_of(std::span<const Sheet> draws, const Sheet& mean) {
  Sheet deviation = empty_sheet();
  if (draws.size() < 2) return deviation;
  for (std::size_t outcome = 0; outcome < kOutcomes; ++outcome) {
    for (std::size_t measure = 0; measure < kMeasures; ++measure) {
      double sum = 0.0;
      for (const Sheet& draw : draws) {
        const double off = draw[outcome][measure] - mean[outcome][measure];
        sum += off * off;
      }
      deviation[outcome][measure] = std::sqrt(sum / static_cast<double>(draws.size() - 1));
    }
  }
  return deviation;
}

/// Figures with intervals: `value(sheet of the whole or of a sample)` for each of them.
template <class ValueOf>
EstimateSheet estimates(std::size_t samples, const Sheet& whole, const ValueOf& value_of_sample) {
  EstimateSheet sheet;
  for (std::size_t outcome = 0; outcome < kOutcomes; ++outcome) {
    for (std::size_t measure = 0; measure < kMeasures; ++measure) {
      Estimate& estimate = sheet[outcome][measure];
      if (std::isnan(whole[outcome][measure])) continue;
      estimate.value = whole[outcome][measure];
      std::vector<double> values(samples);
      for (std::size_t sample = 0; sample < samples; ++sample)
        values[sample] = value_of_sample(sample, outcome, measure);
      estimate.interval = interval_95(std::move(values));
    }
  }
  return sheet;
}

Sheet minus(const Sheet& a, const Sheet& b) {
  Sheet difference = a;
  for (std::size_t outcome = 0; outcome < kOutcomes; ++outcome) {
    for (std::size_t measure = 0; measure < kMeasures; ++measure) difference[outcome][measure] -= b[outcome][measure];
  }
  return difference;
}

/// All candidates on all samples.
class Bootstrap {
 public:
  Bootstrap(const Panel& panel, const std::vector<Candidate>& candidates)
      : examiner_(panel), people_(panel.people.size()) {
    for (const Candidate& candidate : candidates) {
      std::vector<RankedScore>& draws = ranked_.emplace_back();
      for (const std::vector<double>& values : candidate.draws) draws.push_back(examiner_.rank(values));
    }
  }

  /// By candidate, of each of its draws.
  std::vector<std::vector<Sheet>> on_whole() const { return on(examiner_.whole()); }

  /// By sample, then candidate: means over draws.
  Result<std::vector<std::vector<Sheet>>> on_samples(std::size_t samples, std::uint64_t seed, std::size_t threads,
                                                     const std::string& stage, pipeline::Progress& progress) const {
    std::vector<std::vector<Sheet>> result(samples);
    const std::size_t batch = threads * 2;  // progress speaks from one thread only
    for (std::size_t done = 0; done < samples; done += batch) {
      if (progress.cancelled()) return Error{ErrorCode::cancelled, "stopped; nothing was written"};
      progress.update(stage, done, samples, "samples");
      const std::size_t now = std::min(batch, samples - done);
      base::parallel_for(now, threads, 1, [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i) {
          const auto sheets = on(examiner_.sample(resample(people_, seed, done + i)));
          for (const auto& draws : sheets) result[done + i].push_back(mean_of(draws));
        }
      });
    }
    return result;
  }

 private:
  std::vector<std::vector<Sheet>> on(const Sample& sample) const {
    std::vector<std::vector<Sheet>> sheets;
    for (const auto& draws : ranked_) {
      std::vector<Sheet>& of_draws = sheets.emplace_back();
      for (const RankedScore& score : draws) of_draws.push_back(examiner_.examine(score, sample));
    }
    return sheets;
  }

  Examiner examiner_;
  std::size_t people_;
  std::vector<std::vector<RankedScore>> ranked_;
};

}  // namespace

Result<Comparison> compare(const Panel& panel, const std::vector<Candidate>& candidates, std::size_t samples,
                           std::uint64_t seed, std::size_t threads, const std::string& stage,
                           pipeline::Progress& progress) {
  const Bootstrap bootstrap(panel, candidates);
  const auto draws = bootstrap.on_whole();
  const auto replicates = bootstrap.on_samples(samples, seed, threads, stage, progress);
  if (!replicates) return replicates.error();

  Comparison comparison;
  std::vector<Sheet> means;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    means.push_back(mean_of(draws[i]));
    const auto of_sample = [&](std::size_t sample, std::size_t outcome, std::size_t measure) {
      return (*replicates)[sample][i][outcome][measure];
    };
    comparison.candidates.push_back({.name = candidates[i].name,
                                     .is_model = candidates[i].is_model,
                                     .figures = estimates(samples, means[i], of_sample),
                                     .draws = draws[i],
                                     .deviation = deviation_of(draws[i], means[i])});
  }
  for (std::size_t model = 0; model < candidates.size(); ++model) {
    for (std::size_t baseline = 0; baseline < candidates.size(); ++baseline) {
      if (!candidates[model].is_model || candidates[baseline].is_model) continue;
      const auto of_sample = [&](std::size_t sample, std::size_t outcome, std::size_t measure) {
        return (*replicates)[sample][model][outcome][measure] - (*replicates)[sample][baseline][outcome][measure];
      };
      comparison.differences.push_back(
          {model, baseline, estimates(samples, minus(means[model], means[baseline]), of_sample)});
    }
  }
  return comparison;
}

}  // namespace renown::evaluate
