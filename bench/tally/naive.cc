#include <algorithm>
#include <unordered_map>

#include "tally/task.h"

namespace renown::bench::tally {
namespace {

/// What one writes first: a hash table of the standard library by pair.
class Naive final : public Candidate {
 public:
  explicit Naive(const Input& input) : input_(input) {}

  void run() override {
    const Columns& rows = input_.columns;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const std::uint64_t pair = (std::uint64_t{rows.actor[i]} << 32) | rows.target[i];
      const auto [at, is_new] = tallies_.try_emplace(pair, Tally{rows.time[i], rows.time[i], 0});
      Tally& tally = at->second;
      tally.first = std::min(tally.first, rows.time[i]);
      tally.latest = std::max(tally.latest, rows.time[i]);
      tally.kinds |= 1U << rows.kind[i];
    }
  }

  Outcome outcome() override {
    Digest digest;
    for (const auto& [pair, tally] : tallies_)
      digest.add(static_cast<std::uint32_t>(pair >> 32), static_cast<std::uint32_t>(pair), tally);
    return digest.outcome();
  }

 private:
  const Input& input_;
  std::unordered_map<std::uint64_t, Tally> tallies_;
};

}  // namespace

std::unique_ptr<Candidate> naive(const Input& input) {
  return std::make_unique<Naive>(input);
}

}  // namespace renown::bench::tally
