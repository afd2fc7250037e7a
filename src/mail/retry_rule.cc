#include "mail/retry_rule.h"

#include <algorithm>

namespace renown::mail {

std::int64_t wait_after(int attempt, double chance) {
  const auto place = std::min<std::size_t>(static_cast<std::size_t>(std::max(attempt, 1)) - 1, kWaitSeconds.size() - 1);
  return static_cast<std::int64_t>(static_cast<double>(kWaitSeconds[place]) * (1 + kMostJitter * chance));
}

Judgement judge(int attempt, const net::SmtpOutcome& outcome, std::int64_t until, std::int64_t now, double chance) {
  using Kind = net::SmtpOutcome::Kind;
  if (outcome.kind == Kind::taken || outcome.kind == Kind::not_known) return {.verdict = Verdict::done};
  if (outcome.kind == Kind::refused && outcome.status >= 500) return {.verdict = Verdict::refused};
  const std::int64_t next = outcome.kind == Kind::cancelled ? now : now + wait_after(attempt, chance);
  return next < until ? Judgement{Verdict::again, next} : Judgement{Verdict::given_up};
}

}  // namespace renown::mail
