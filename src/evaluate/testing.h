/// The words that tests of this folder are written in: small logs, and persons by name.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "aggregate/event_table.h"
#include "base/time.h"
#include "evaluate/history.h"
#include "pipeline/score_log.h"
#include "score/model_file.h"

namespace renown::evaluate {

inline constexpr std::int64_t kTestDay = base::kSecondsPerDay;
inline constexpr std::int64_t kTestStart = 400 * kTestDay;

/// Who did something on whom, how many days after kTestStart.
struct TestRow {
  std::string actor, target;
  double day = 0;
  Kind kind = Kind::like;
  std::string post = "";
  std::string network = "n";
};

inline std::int64_t test_time(double day) {
  return kTestStart + static_cast<std::int64_t>(day * static_cast<double>(kTestDay));
}

inline aggregate::EventTable test_events(const std::vector<TestRow>& rows) {
  aggregate::EventTable events;
  for (const TestRow& row : rows) {
    events.add({.time = test_time(row.day),
                .kind = row.kind,
                .network = row.network,
                .actor = row.actor,
                .target = row.target,
                .post = row.post,
                .id = "",
                .tags = ""});
  }
  events.order_accounts();
  return events;
}

inline ScoreModel test_model() {
  return *score::parse_model(score::shipped_model(score::kDefaultModel), score::kDefaultModel);
}

/// The person behind the account of that name on network "n".
inline PersonId test_person(const aggregate::Acts& log, std::string_view account) {
  for (aggregate::AccountId id = 0; id < log.accounts.size(); ++id) {
    if (log.accounts[id].account == account && log.accounts[id].network == "n") return log.people.person_of[id];
  }
  return aggregate::kNoAccount;
}

}  // namespace renown::evaluate
