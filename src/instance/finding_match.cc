#include "instance/finding_match.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>

namespace renown::instance {
namespace {

struct Pair {
  std::size_t known = 0, found = 0;
  std::size_t shared = 0;
};

/// All pairs that share an account, and how many.
std::vector<Pair> pairs_that_share(std::span<const KnownMembers> known, std::span<const Members> found) {
  std::unordered_map<std::string_view, std::vector<std::size_t>> known_with;
  for (std::size_t k = 0; k < known.size(); ++k) {
    for (const std::string& member : known[k].members) known_with[member].push_back(k);
  }
  std::map<std::pair<std::size_t, std::size_t>, std::size_t> shared;
  for (std::size_t f = 0; f < found.size(); ++f) {
    for (const std::string& member : found[f]) {
      const auto with = known_with.find(member);
      if (with == known_with.end()) continue;
      for (const std::size_t k : with->second) ++shared[{k, f}];
    }
  }
  std::vector<Pair> pairs;
  for (const auto& [pair, count] : shared) pairs.push_back({pair.first, pair.second, count});
  return pairs;
}

}  // namespace

std::vector<FindingId> match_findings(std::span<const KnownMembers> known, std::span<const Members> found) {
  std::vector<Pair> pairs = pairs_that_share(known, found);
  std::erase_if(pairs, [&](const Pair& pair) {
    return 2 * pair.shared <= known[pair.known].members.size() || 2 * pair.shared <= found[pair.found].size();
  });
  std::ranges::sort(pairs, {}, [&](const Pair& pair) {
    const KnownMembers& of = known[pair.known];
    return std::tuple(-static_cast<std::int64_t>(pair.shared), -of.latest, of.finding, pair.found);
  });
  std::vector<FindingId> continues(found.size());
  std::vector<bool> taken(known.size());
  for (const Pair& pair : pairs) {
    if (taken[pair.known] || continues[pair.found] != 0) continue;
    taken[pair.known] = true;
    continues[pair.found] = known[pair.known].finding;
  }
  return continues;
}

}  // namespace renown::instance
