/// /v1/people/{person}/reasons, /changes, /what-if: why the score is what it is, for the person alone.

#include <algorithm>
#include <cmath>
#include <set>

#include "api/answers.h"
#include "api/card.h"
#include "api/explained.h"
#include "api/reason_list.h"
#include "api/routes.h"
#include "base/time.h"
#include "score/change.h"
#include "score/what_if.h"

namespace renown::api {
namespace {

constexpr std::size_t kMostNames = 100;  ///< of a kind, that a what-if leaves out

void write_reasons(JsonText& json, std::string_view key, const std::vector<NamedReason>& reasons) {
  json.begin_array(key);
  for (const NamedReason& reason : reasons) {
    json.begin_object();
    json.text("code", reason.code);
    json.number("part", reason.part);
    json.number("points", reason.points);
    json.count("count", reason.count);
    optional_text(json, "about", reason.about);
    json.text("words", reason.words);
    json.end_object();
  }
  json.end_array();
}

Result<http::Response> get_reasons(Context& context, const http::Request& request) {
  auto subject = find_self(context, request, access::Scope::score_read);
  if (!subject) return subject.error();
  const auto explained = explain_subject(context, std::move(*subject));
  if (!explained) return explained.error();
  JsonText json = compact_json();
  json.begin_object();
  write_reasons(json, "raises", what_raises(*explained));
  write_reasons(json, "limits", what_limits(context, *explained));
  json.end_object();
  return json_answer(std::move(json));
}

void write_numbers_as(JsonText& json, std::string_view key, const ScoreCard& card) {
  json.begin_object(key);
  write_numbers(json, card);
  json.end_object();
}

Result<http::Response> get_changes(Context& context, const http::Request& request) {
  auto subject = find_self(context, request, access::Scope::score_read);
  if (!subject) return subject.error();
  const auto explained = explain_subject(context, std::move(*subject));
  if (!explained) return explained.error();
  const score::ScoreRun& before = explained->reasons->before();
  JsonText json = compact_json();
  json.begin_object();
  json.text("since", base::format_time(before.as_of));
  score::Change change;
  if (explained->number) {
    const aggregate::AccountName name = explained->run().log.accounts[explained->why.accounts.front()];
    change = score::compare_runs(before, explained->run(), {std::string(name.network), std::string(name.account)});
  }
  write_numbers_as(json, "before", change.before);
  write_numbers_as(json, "after", change.after);
  json.begin_array("reasons");
  for (std::size_t reason = 0; reason < score::kChangeReasons; ++reason) {
    if (change.engagers[reason] == 0) continue;
    json.begin_object();
    json.text("code", change_code(static_cast<score::ChangeReason>(reason)));
    json.number("part", change.by_reason[reason]);
    json.count("engagers", change.engagers[reason]);
    json.text("words", score::kChangeReasonNames[reason]);
    json.end_object();
  }
  json.end_array();
  json.end_object();
  return json_answer(std::move(json));
}

/// What a what-if leaves out.
struct Without {
  std::set<score::PersonId> engagers;
  std::set<std::string, std::less<>> posts, networks;
};

Result<Without> read_without(const score::ScoreRun& run, const http::Request& request) {
  const auto object = RequestObject::read(request);
  if (!object) return object.error();
  Without without;
  const io::JsonValue names = (*object)["without"];
  if (!names.is_object()) return bad_input("\"without\" must be an object: engagers, posts or networks to leave out");
  const auto take = [&](std::string_view key, const auto& add) -> Result<void> {
    const io::JsonValue list = names[key];
    if (list.is_missing()) return {};
    std::size_t count = 0;
    if (!list.is_array()) return bad_input("engagers, posts and networks are arrays of strings");
    for (const io::JsonValue each : list.elements()) {
      if (!each.is_string() || ++count > kMostNames)
        return bad_input("engagers, posts and networks are arrays of at most 100 strings");
      add(each.text());
    }
    return {};
  };
  auto taken = take("engagers", [&](std::string_view name) {
    const std::size_t colon = std::min(name.find(':'), name.size());
    const std::string_view account = name.substr(std::min(colon + 1, name.size()));
    if (const auto person = score::find_person(run, {std::string(name.substr(0, colon)), std::string(account)}))
      without.engagers.insert(*person);
  });
  if (taken) taken = take("posts", [&](std::string_view name) { without.posts.emplace(name); });
  if (taken) taken = take("networks", [&](std::string_view name) { without.networks.emplace(name); });
  if (!taken) return taken.error();
  return without;
}

Result<http::Response> ask_what_if(Context& context, const http::Request& request) {
  auto subject = find_self(context, request, access::Scope::score_read);
  if (!subject) return subject.error();
  const auto explained = explain_subject(context, std::move(*subject));
  if (!explained) return explained.error();
  const score::ScoreRun& run = explained->run();
  const auto without = read_without(run, request);
  if (!without) return without.error();
  ScoreCard after;
  if (explained->number) {
    after = score::card_without(run, *explained->number, [&](const auto& pair, const auto& act) {
      return without->engagers.contains(pair.engager) ||
             (!without->posts.empty() && without->posts.contains(run.log.texts[act.post])) ||
             (!without->networks.empty() && without->networks.contains(run.log.accounts[act.target].network));
    });
  }
  JsonText json = compact_json();
  json.begin_object();
  write_numbers_as(json, "before", explained->why.card);
  write_numbers_as(json, "after", after);
  json.end_object();
  return json_answer(std::move(json));
}

}  // namespace

std::vector<http::Route> reason_routes(Context& context) {
  std::vector<http::Route> routes;
  routes.push_back({.path = "/v1/people/{person}/reasons",
                    .id = "get_reasons",
                    .summary = "What raises the score and what limits it, the largest first.",
                    .tag = "reasons",
                    .parameters = {person_parameter()},
                    .answers = {{.description = "The reasons.", .schema = schema_ref("Reasons")}},
                    .scopes = {"score:read"},
                    .run_on = http::RunOn::workers,
                    .handler = answering([&](const auto& request) { return get_reasons(context, request); })});
  routes.push_back({.path = "/v1/people/{person}/changes",
                    .id = "get_changes",
                    .summary = "Why the score moved within the last seven days; the parts add up.",
                    .tag = "reasons",
                    .parameters = {person_parameter()},
                    .answers = {{.description = "The change.", .schema = schema_ref("Change")}},
                    .scopes = {"score:read"},
                    .run_on = http::RunOn::workers,
                    .handler = answering([&](const auto& request) { return get_changes(context, request); })});
  routes.push_back({.method = "POST",
                    .path = "/v1/people/{person}/what-if",
                    .id = "ask_what_if",
                    .summary = "The card without some engagers, posts or networks, recomputed exactly.",
                    .tag = "reasons",
                    .parameters = {person_parameter()},
                    .body = http::RequestBody{.schema = schema_ref("WhatIf")},
                    .answers = {{.description = "Before and after.", .schema = schema_ref("WhatIfAnswer")}},
                    .scopes = {"score:read"},
                    .run_on = http::RunOn::workers,
                    .handler = answering([&](const auto& request) { return ask_what_if(context, request); })});
  return routes;
}

}  // namespace renown::api
