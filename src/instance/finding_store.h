/// FindingStore: under which numbers findings are known from run to run. Its tables share points.sqlite.
///
/// Accounts stand there as keyed hashes: what the store is for is to know them again, not to name them.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "renown/result.h"

#include "instance/finding_match.h"
#include "store/database.h"

namespace renown::instance {

inline constexpr std::int64_t kFindingDays = 400;  ///< how long one that is found no more keeps its number

struct KnownFinding {
  FindingId id = 0;
  std::int64_t since = 0;      ///< unix seconds, of the first run that found it
  std::int64_t first_run = 0;  ///< number of the run that was published then
  std::int64_t latest = 0;     ///< unix seconds, of the last run that found it

  bool operator==(const KnownFinding&) const = default;
};

/// What a run did to the known findings.
struct RecordedFindings {
  std::vector<KnownFinding> found;  ///< one for each of its groups
  std::vector<KnownFinding> gone;   ///< those it did not find, by number
};

/// Not for use by two threads at once.
class FindingStore {
 public:
  /// path  of points.sqlite, which its owner has made. errors  io; bad_input for one of a newer Renown
  static Result<FindingStore> open(const std::string& path);

  /// Gives the groups of a run the numbers that they have, or new ones, and keeps who is in them now.
  Result<RecordedFindings> record(std::span<const Members> groups, std::int64_t run, std::int64_t now);

  /// Forgets these accounts, to the last byte.
  Result<void> erase(std::span<const std::string> members);

 private:
  explicit FindingStore(store::Database database) : database_(std::move(database)) {}
  Result<std::vector<KnownMembers>> known();
  Result<FindingId> keep(FindingId continued, const Members& members, std::int64_t run, std::int64_t now);
  Result<std::vector<KnownFinding>> findings();

  store::Database database_;
};

}  // namespace renown::instance
