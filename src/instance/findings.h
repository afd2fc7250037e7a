/// Findings: what the farm search of the last run found, under numbers that stay, and what it costs people here.
///
/// Never changes once it is made, so any number of threads may read it while the next one is being made.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

#include "renown/account.h"
#include "renown/result.h"

#include "instance/directory.h"
#include "instance/finding_store.h"
#include "instance/person_card.h"
#include "instance/reasons.h"
#include "people/registry.h"
#include "pipeline/progress.h"

namespace renown::instance {

/// By person: the card as it would be if the finding were pardoned. Who is not in it has the card they have.
using CardsIfPardoned = std::unordered_map<PersonId, ScoreCard>;

struct Finding {
  KnownFinding known;
  std::size_t farm = 0;  ///< place in the run's farms
};

class Findings {
 public:
  /// found  one for each farm of the run; gone  known ones that the run did not find
  Findings(std::shared_ptr<const Reasons> reasons, const std::vector<KnownFinding>& found,
           std::vector<KnownFinding> gone);

  const score::ScoreRun& run() const { return reasons_->run(); }
  const Reasons& reasons() const { return *reasons_; }
  const score::Farm& farm(const Finding& finding) const { return run().farms[finding.farm]; }

  /// As the run has its farms: the largest first.
  const std::vector<Finding>& found() const { return found_; }
  const std::vector<KnownFinding>& gone() const { return gone_; }

  /// Null where the last run did not find it.
  const Finding* find(FindingId id) const;
  /// Null where it is not known (any more) at all.
  const KnownFinding* known(FindingId id) const;

  /// Those in which an account of the person is. Cost: a look-up an account.
  std::vector<const Finding*> with(const people::Person& person) const;

  AccountSet accounts(const Finding& finding) const;
  AccountSet accounts_of(const Finding& finding, const people::Person& person) const;

  /// Null where it was not worked out: nobody here is in it, or there was no time yet.
  const CardsIfPardoned* if_pardoned(FindingId id) const;

  Findings with_costs(std::map<FindingId, CardsIfPardoned> costs) const;

 private:
  std::shared_ptr<const Reasons> reasons_;
  std::vector<Finding> found_;
  std::vector<KnownFinding> gone_;
  std::unordered_map<score::PersonId, std::vector<std::size_t>> by_person_;  ///< places in found_
  std::map<FindingId, CardsIfPardoned> costs_;
};

inline constexpr std::size_t kMostWeighed = 8;  ///< findings whose cost is worked out after a run: each is a run anew

/// Works out what the findings cost in which somebody here is, the largest first, by scoring the folder anew with their
/// accounts pardoned: exact, with whom else the search then lets go.
///
/// request  that the run of the findings was made by, at the same as_of
/// errors   as pipeline::load_log; cancelled
Result<std::map<FindingId, CardsIfPardoned>> weigh_findings(const Findings& findings, const Directory& directory,
                                                            const pipeline::ScoreRequest& request,
                                                            pipeline::Progress& progress);

}  // namespace renown::instance
