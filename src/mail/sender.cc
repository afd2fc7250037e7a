#include "mail/sender.h"

#include <utility>

namespace renown::mail {
namespace {

constexpr int kAtOnce = 16;  ///< letters read from the store

}  // namespace

Result<SendReport> Sender::send_due(std::stop_token stop) {
  SendReport report;
  while (!stop.stop_requested() && pacer_.now() >= not_before_) {
    const auto due = store_.due(pacer_.now(), kAtOnce);
    if (!due) return due.error();
    if (due->empty()) break;
    for (const Due& each : *due) {
      if (stop.stop_requested() || pacer_.now() < not_before_) break;
      if (auto sent = send_one(each, report, stop); !sent) return sent.error();
    }
  }
  return report;
}

Result<void> Sender::send_one(const Due& due, SendReport& report, const std::stop_token& stop) {
  using Kind = net::SmtpOutcome::Kind;
  bool is_held_back = false;  // by ourselves: the letter is not wanted any more, or the store cannot be written
  const auto before_end = [&] {
    is_held_back = !store_.hand_over(due.id, pacer_.now());
    return !is_held_back;
  };
  const net::SmtpOutcome outcome = client_.send(from_, due.to, due.message, before_end, stop);
  const auto verdict = store_.record(due, outcome, pacer_.now(), pacer_.chance());
  if (!verdict) return verdict.error();
  if (is_held_back) return {};
  if (!outcome.problem.empty()) report.problems.insert(outcome.problem);
  if (outcome.kind == Kind::taken) ++report.taken;
  if (outcome.kind == Kind::not_known) ++report.not_known;
  if (outcome.kind == Kind::refused) ++(*verdict == Verdict::refused ? report.refused : report.failed);
  if (outcome.kind == Kind::not_handed) {
    ++report.failed;
    not_before_ = pacer_.now() + wait_after(++server_failures_, pacer_.chance());
  } else {
    server_failures_ = 0;
  }
  return {};
}

}  // namespace renown::mail
