#include "pipeline/source_reader.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "ingest/record_judge.h"

namespace renown::pipeline {
namespace {

void add(log::SourceCounts& total, const log::SourceCounts& more) {
  total.rows += more.rows;
  total.added += more.added;
  total.duplicates += more.duplicates;
  total.erased += more.erased;
  total.unusable += more.unusable;
}

void add(model::ReadReport& total, const model::ReadReport& more) {
  total.records += more.records;
  total.interactions += more.interactions;
  total.bad += more.bad;
  for (const model::BadRecord& bad : more.first_bad) {
    if (total.first_bad.size() < model::ReadReport::kShown) total.first_bad.push_back(bad);
  }
  for (const auto& [reason, count] : more.left_out) total.left_out[reason] += count;
}

/// Whose engagement it is, as rows name the account; what people type has several spellings.
std::string subject_of(const log::Source& source, const connect::Pull& pull) {
  if (source.account.empty() || pull.profiles.empty()) return {};
  const Account& shown = pull.profiles.front().profile.account;
  return shown.network == source.network ? shown.account : std::string();
}

/// The rows that keep the rules of logs; the others are counted as bad.
model::InteractionBlock judged(const model::InteractionBlock& block, const std::string& source,
                               model::ReadReport& report) {
  model::InteractionBlock good;
  for (std::size_t i = 0; i < block.size(); ++i) {
    if (std::string problem = ingest::row_problem(block[i]); problem.empty()) {
      good.push(block[i]);
    } else {
      report.add_bad({source, std::move(problem)});
    }
  }
  return good;
}

}  // namespace

Result<SourceReader> SourceReader::open(Destination& destination, log::Source source, net::Pacer& pacer,
                                        OnCommit on_commit) {
  const std::lock_guard lock(destination.mutex);
  auto writer = destination.log.begin_source(source.name);
  if (!writer) return writer.error();
  auto erased = destination.log.tombstones();
  if (!erased) return erased.error();
  return SourceReader(destination, std::move(source), pacer, std::move(on_commit), std::move(*writer),
                      std::move(*erased));
}

SourceReader::SourceReader(Destination& destination, log::Source source, net::Pacer& pacer, OnCommit on_commit,
                           log::SourceWriter writer, log::Tombstones erased)
    : destination_(&destination),
      pacer_(&pacer),
      on_commit_(std::move(on_commit)),
      writer_(std::move(writer)),
      erased_(std::move(erased)) {
  outcome_.source = std::move(source);
}

Result<void> SourceReader::read(connect::Connector& connector, std::int64_t now, connect::Extent extent,
                                std::stop_token stop) {
  const log::SourceState before = outcome_.source.state;
  log::SourceState state = before;
  state.tried_time = now;
  state.problem = state.sentence = "";
  state.retry_at.reset();
  state.skipped = 0;
  const std::vector<connect::Problem> problems_before = std::exchange(outcome_.problems, {});
  connect::Reading reading(connector, {state.cursor, state.whole});
  for (std::int64_t committed_at = pacer_->now(); !reading.ended();) {
    auto pull = reading.next(stop);
    state.cursor = reading.place().cursor;
    state.whole = reading.place().whole;
    if (pull) {
      for (const connect::Problem& skipped : pull->skipped) note(skipped, state);
      state.skipped += pull->skipped.size();
      if (state.subject.empty()) state.subject = subject_of(outcome_.source, *pull);
      take(std::move(*pull));
    } else {
      note(pull.error(), state);
      state.skipped = 0;  // what ended the reading is more than they are
    }
    const bool is_good = reading.ended() && pull && state.skipped == 0;
    if (is_good && extent == connect::Extent::whole) state.whole_time = now;
    if (is_good && extent == connect::Extent::news) {  // the source stands as its last whole reading left it
      state.tried_time = before.tried_time;
      state.problem = before.problem;
      state.sentence = before.sentence;
      state.skipped = before.skipped;
      outcome_.problems = problems_before;
    }
    const bool due = reading.ended() || writer_.pending() >= kMostRows || pacer_->now() >= committed_at + kMostSeconds;
    if (!due) continue;
    if (auto committed = commit(state); !committed) return committed;
    committed_at = pacer_->now();
  }
  return {};
}

Result<void> SourceReader::note_problem(connect::Problem problem, std::int64_t now) {
  log::SourceState state = outcome_.source.state;
  state.tried_time = now;
  state.retry_at.reset();
  state.skipped = 0;
  outcome_.problems.clear();
  note(problem, state);
  return commit(state);
}

/// The last one stands for all of them.
void SourceReader::note(const connect::Problem& problem, log::SourceState& state) {
  state.problem = connect::problem_name(problem.kind);
  state.sentence = problem.sentence;
  if (problem.retry_at) state.retry_at = problem.retry_at;
  outcome_.problems.push_back(problem);
}

void SourceReader::take(connect::Pull pull) {
  ++outcome_.pieces;
  add(outcome_.report, pull.report);
  writer_.add_dated(judged(pull.dated, outcome_.source.name, outcome_.report));
  writer_.add_undated(judged(pull.undated, outcome_.source.name, outcome_.report));
  std::ranges::move(pull.profiles, std::back_inserter(profiles_));
  std::ranges::move(pull.posts, std::back_inserter(posts_));
}

// What was seen goes first: killed between the two, it is asked for again and kept again.
Result<void> SourceReader::commit(const log::SourceState& state) {
  const std::lock_guard lock(destination_->mutex);
  auto seen = destination_->seen.add(profiles_, posts_, erased_, state.tried_time.value_or(0));
  if (!seen) return seen;
  auto counts = writer_.commit(state);
  if (!counts) return counts.error();
  outcome_.source.state = state;
  outcome_.source.rows += counts->rows;
  outcome_.source.added += counts->added;
  add(outcome_.counts, *counts);
  outcome_.profiles += profiles_.size();
  outcome_.posts += posts_.size();
  profiles_.clear();
  posts_.clear();
  if (on_commit_) on_commit_(outcome_);
  return {};
}

}  // namespace renown::pipeline
