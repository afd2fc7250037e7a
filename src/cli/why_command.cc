/// renown why: what one person's score comes from, and why it moved.

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <limits>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "base/time.h"
#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/progress_bar.h"
#include "cli/summary_text.h"
#include "cli/why_text.h"
#include "people/account_lists.h"
#include "pipeline/score_log.h"

namespace renown::cli {
namespace {

/// "7d", "12h" or "30m" before `as_of`, or a time. errors  usage
Result<std::int64_t> parse_since(const std::string& text, std::int64_t as_of) {
  std::int64_t number = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
  const std::string_view unit(end, text.data() + text.size());
  std::int64_t seconds = 0;
  if (unit == "d") seconds = base::kSecondsPerDay;
  if (unit == "h") seconds = 3600;
  if (unit == "m") seconds = 60;
  const bool is_number = failed == std::errc{};
  const bool is_age = is_number && seconds > 0 && number > 0;
  const bool lacks_unit = is_number && unit.empty() && number < base::kSecondsPerDay;  // "7" is no second of 1970
  const auto time = base::parse_time(text);
  if (!is_age && (lacks_unit || !time))
    return Error{ErrorCode::usage,
                 fmt::format("--since {}: write 7d, 12h, 30m or a time like 2015-01-01T00:00:00Z", text)};
  if (is_age && number > as_of / seconds)
    return Error{ErrorCode::usage, fmt::format("--since {} reaches back before 1970", text)};
  const std::int64_t since = is_age ? as_of - number * seconds : *time;
  if (since >= as_of)
    return Error{ErrorCode::usage, fmt::format("--since {} is not before {}", text, base::format_time(as_of))};
  return since;
}

/// The lists as they stood then, where the user kept them; else those of now.
Result<pipeline::LoadedLists> lists_then(const WhyOptions& options, const pipeline::LoadedLists& now) {
  pipeline::LoadedLists lists = now;
  if (!options.verified_then_file.empty()) {
    auto verified = people::read_account_list(options.verified_then_file);
    if (!verified) return verified.error();
    lists.verified = std::move(*verified);
  }
  if (!options.people_then_file.empty()) {
    auto people = people::read_people(options.people_then_file);
    if (!people) return people.error();
    lists.people = std::move(*people);
  }
  return lists;
}

/// The account itself, or another one of its person that the log knows.
Account account_in_log(const score::ScoreRun& run, const PeopleMap& people, const Account& account) {
  const auto owner = people.find(account);
  if (score::find_person(run, account) || owner == people.end()) return account;
  for (const auto& [other, person] : people) {
    if (person == owner->second && score::find_person(run, other)) return other;
  }
  return account;
}

Error nobody(const Account& account) {
  return {ErrorCode::not_enough_data,
          fmt::format("{}:{} does not appear in this log before the time of the score, so there is nothing to explain",
                      account.network, account.account)};
}

}  // namespace

int run_why(const WhyOptions& options) {
  const auto account = parse_account(options.account);
  if (!account) return report(account.error());
  const std::uint64_t top = options.top > 0 ? options.top : std::numeric_limits<std::uint64_t>::max();
  const auto request = score_request(options.log);
  if (!request) return report(request.error());
  if (options.since.empty() && !(options.verified_then_file.empty() && options.people_then_file.empty()))
    return report({ErrorCode::usage, "--verified-then and --people-then need --since"});

  ProgressBar progress;
  auto loaded = pipeline::load_log(*request, progress);
  progress.clear();
  if (!loaded) return report(loaded.error());

  std::optional<score::ScoreRun> before;
  pipeline::LoadedLists then;  // outlives `before`
  if (!options.since.empty()) {
    const auto since = parse_since(options.since, loaded->as_of);
    if (!since) return report(since.error());
    auto lists = lists_then(options, loaded->lists);
    if (!lists) return report(lists.error());
    then = std::move(*lists);
    before = pipeline::score_events(loaded->events, then, loaded->model, *since, request->threads);
  }
  const score::ScoreRun run =
      pipeline::score_events(std::move(loaded->events), loaded->lists, loaded->model, loaded->as_of, request->threads);
  if (progress.cancelled()) return report({ErrorCode::cancelled, "stopped"});

  const Terminal talk(stderr);
  talk.write(problems_text(talk, loaded->read.total()));
  const Account known = account_in_log(run, loaded->lists.people, *account);
  const auto person = score::find_person(run, known);
  if (!person) return report(nobody(*account));
  const score::Explanation why = score::explain(run, *person);
  std::optional<score::Change> change;
  if (before) change = score::compare_runs(*before, run, known);

  const Terminal out(stdout);
  if (options.log.json) {
    pipeline::JsonText json;
    json.begin_object();
    json.text("model", run.model.name);
    json.text("as_of", base::format_time(run.as_of));
    json.text("protection", run.protection());
    add_why(json, run, why);
    if (change) add_change(json, *before, run, *change);
    json.end_object();
    out.write(std::move(json).take());
  } else {
    out.write(why_text(out, run, *person, why, top));
    if (change) out.write(change_text(out, *before, run, *change, top));
  }
  return why.card.score ? kOk : kNotEnoughData;
}

}  // namespace renown::cli
