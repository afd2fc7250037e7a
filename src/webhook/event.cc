#include "webhook/event.h"

#include <fmt/format.h>

#include "base/time.h"
#include "io/json_escape.h"

namespace renown::webhook {

std::string score_moved_body(std::int64_t person, const notice::ScoreNow& now, double before, std::int64_t time) {
  return fmt::format(
      R"({{"type":"{}","timestamp":"{}","data":{{"person":"{}","score":{},"before":{},"as_of":"{}","model":{}}}}})",
      kScoreMoved, base::format_time(time), person, now.score, before, base::format_time(now.as_of),
      io::json_string(now.model));
}

std::string test_body(std::int64_t person, std::int64_t time) {
  return fmt::format(R"({{"type":"{}","timestamp":"{}","data":{{"person":"{}"}}}})", kTest, base::format_time(time),
                     person);
}

}  // namespace renown::webhook
