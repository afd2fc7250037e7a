#include "mail/retry_rule.h"

#include <gtest/gtest.h>

#include "mail/digest_rule.h"
#include "mail/testing.h"

namespace renown::mail {
namespace {

using access::Digest;
using Kind = net::SmtpOutcome::Kind;
using test::kDay;
using test::kNow;
using test::outcome;

TEST(RetryRule, judges_every_outcome) {
  const struct {
    const char* name;
    net::SmtpOutcome outcome;
    int attempt;
    std::int64_t until;
    Verdict verdict;
    std::int64_t wait;
  } rows[] = {
      {"taken", outcome(Kind::taken, 250), 1, kNow + kDay, Verdict::done, 0},
      {"may have been taken", outcome(Kind::not_known), 1, kNow + kDay, Verdict::done, 0},
      {"greylisted", outcome(Kind::refused, 451), 1, kNow + kDay, Verdict::again, 60},
      {"refused", outcome(Kind::refused, 550), 1, kNow + kDay, Verdict::refused, 0},
      {"nobody there", outcome(Kind::not_handed), 2, kNow + kDay, Verdict::again, 300},
      {"the server refuses us all", outcome(Kind::not_handed, 554), 3, kNow + kDay, Verdict::again, 900},
      {"late", outcome(Kind::refused, 451), 40, kNow + kDay, Verdict::again, 14'400},
      {"too late", outcome(Kind::refused, 451), 1, kNow + 60, Verdict::given_up, 0},
      {"just in time", outcome(Kind::refused, 451), 1, kNow + 61, Verdict::again, 60},
      {"stopped", outcome(Kind::cancelled), 7, kNow + 1, Verdict::again, 0},
  };
  for (const auto& row : rows) {
    const Judgement judgement = judge(row.attempt, row.outcome, row.until, kNow, 0);
    EXPECT_EQ(judgement.verdict, row.verdict) << row.name;
    if (row.verdict == Verdict::again) {
      EXPECT_EQ(judgement.next, kNow + row.wait) << row.name;
    }
  }
  EXPECT_EQ(wait_after(1, 0.999), 71);
  EXPECT_EQ(wait_after(0, 0), 60);
}

TEST(DigestRule, is_due) {
  const struct {
    const char* name;
    Digest digest;
    bool has_moved;
    std::int64_t since;
    bool wanted;
  } rows[] = {
      {"never", Digest::none, true, 100 * kDay, false},
      {"weekly, after six days", Digest::weekly, true, 6 * kDay, false},
      {"weekly, an hour early", Digest::weekly, false, 7 * kDay - kDigestSlackSeconds, true},
      {"weekly, earlier", Digest::weekly, false, 7 * kDay - kDigestSlackSeconds - 1, false},
      {"weekly, late", Digest::weekly, false, 9 * kDay, true},
      {"daily, nothing moved", Digest::daily, false, 9 * kDay, false},
      {"daily, moved", Digest::daily, true, kDay, true},
      {"daily, moved twice in a day", Digest::daily, true, kDay / 2, false},
  };
  for (const auto& row : rows)
    EXPECT_EQ(is_digest_due(row.digest, row.has_moved, kNow - row.since, kNow), row.wanted) << row.name;
}

}  // namespace
}  // namespace renown::mail
