/// Which findings of a run are those of runs before it (docs/scoring/farms.md, "One finding, many runs").
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace renown::instance {

/// A finding as the service numbers them. Never used again for another.
using FindingId = std::int64_t;

/// The accounts of a finding, each by a name that tells nothing; rising, none twice.
using Members = std::vector<std::string>;

struct KnownMembers {
  FindingId finding = 0;
  std::int64_t latest = 0;  ///< unix seconds, of the last run that found it
  Members members;          ///< as that run found them
};

/// For each found group the finding that it continues, or 0 where it is a new one.
///
/// A group continues a finding where more than half of the accounts of either are in the other. No two groups continue
/// one: pairs are taken by shared accounts, the most first; of equal ones that found latest, then the lower number.
/// Cost: O(members log members) and the pairs that share one.
std::vector<FindingId> match_findings(std::span<const KnownMembers> known, std::span<const Members> found);

}  // namespace renown::instance
