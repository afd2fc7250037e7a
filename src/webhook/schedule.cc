#include "webhook/schedule.h"

#include <algorithm>

namespace renown::webhook {
namespace {

std::int64_t wait_after(int attempt, double chance) {
  const auto wait = static_cast<double>(kWaitSeconds[static_cast<std::size_t>(attempt - 1)]);
  return static_cast<std::int64_t>(wait * (1 + kMostJitter * chance));
}

bool asks_for_less(int status) {
  return status == 429 || (status >= 502 && status <= 504);
}

}  // namespace

Judgement judge(int attempt, int status, std::optional<std::int64_t> retry_after, std::int64_t now, double chance) {
  if (status >= 200 && status <= 299) return {.verdict = Verdict::delivered};
  if (status == 410) return {.verdict = Verdict::gone};
  const bool slow_down = asks_for_less(status);
  if (attempt > static_cast<int>(kWaitSeconds.size())) return {.verdict = Verdict::given_up};
  std::int64_t next = now + wait_after(std::max(attempt, 1), chance);
  if (retry_after) next = std::max(next, std::min(*retry_after, now + kMostRetryAfterSeconds));
  return {.verdict = Verdict::again, .next = next, .slow_down = slow_down};
}

}  // namespace renown::webhook
