/// LookupLog: who looked up whom, when, for what and what they were told. Each person reads their own lines.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "access/api_keys.h"
#include "access/page.h"
#include "access/purpose.h"
#include "access/service_file.h"

namespace renown::access {

inline constexpr std::int64_t kLookupDays = 400;  ///< a year, and time to notice

/// What the asker was told.
enum class LookupOutcome {
  score,
  unscored,   ///< unknown, opted out, no consent or not enough data: the asker cannot tell which
  try_later,  ///< none could be told
};
std::string_view outcome_name(LookupOutcome outcome);

struct Lookup {
  std::int64_t number = 0;  ///< of the line; not used when it is added
  std::int64_t time = 0;
  KeyId key = 0;
  std::string asker = {};  ///< the organisation of the key, as it was then
  Purpose purpose = Purpose::other;
  PersonId person = 0;  ///< 0: somebody unknown
  LookupOutcome outcome = LookupOutcome::unscored;
};

/// For any number of threads. errors  io, where nothing else is said
class LookupLog {
 public:
  explicit LookupLog(ServiceFile& file) : file_(file) {}

  /// All or none; on disk when it returns, so call it before the answer is sent. Lines about nobody (person 0) belong
  /// into it too: without them the time that an answer takes would tell who is known. Cost: one sync of the disk, which
  /// those who wait for one at the same time share.
  Result<void> add(std::span<const Lookup> lookups);

  /// Of one person, newest first. errors  bad_input for a cursor that is none
  Result<Page<Lookup>> of_person(PersonId person, std::string_view cursor = {}, std::size_t most = 50);

  /// All of one person, oldest first: for an export.
  Result<std::vector<Lookup>> all_of_person(PersonId person);

 private:
  /// Lines that go to the disk together.
  struct Batch {
    std::vector<Lookup> lines;
    std::optional<Result<void>> written = {};
  };
  Result<void> write(std::span<const Lookup> lines);

  ServiceFile& file_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::shared_ptr<Batch> next_ = std::make_shared<Batch>();
  bool is_writing_ = false;
};

}  // namespace renown::access
