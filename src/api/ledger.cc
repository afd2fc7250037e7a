/// /v1/people/{person}/ledger: every engager's part in the score, for the person alone.

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "api/answers.h"
#include "api/explained.h"
#include "api/routes.h"
#include "base/encoding.h"
#include "base/text.h"
#include "base/time.h"

namespace renown::api {
namespace {

constexpr std::int64_t kMostLines = 200;

/// Where a page goes on: in the ledger of that run, and of no other.
std::string ledger_cursor(const score::ScoreRun& run, std::size_t next) {
  return base::base64url(fmt::format("{} {}", run.as_of, next));
}

Result<std::size_t> place_of(const score::ScoreRun& run, std::string_view cursor) {
  if (cursor.empty()) return std::size_t{0};
  const auto text = base::from_base64url(cursor.substr(0, 64));
  const auto blank = text ? text->find(' ') : std::string::npos;
  std::size_t place = 0;
  if (blank == std::string::npos) return bad_input("this cursor is none of the ledger's: ask without one");
  if (text->substr(0, blank) != fmt::format("{}", run.as_of))
    return bad_input("the ledger is another since this cursor was made: ask without one");
  const auto [end, failed] = std::from_chars(text->data() + blank + 1, text->data() + text->size(), place);
  if (failed != std::errc{} || end != text->data() + text->size())
    return bad_input("this cursor is none of the ledger's: ask without one");
  return place;
}

void write_line(JsonText& json, const score::ScoreRun& run, const score::EngagerReason& reason, bool is_scored) {
  const score::LedgerLine& line = reason.line;
  json.begin_object();
  json.text("id", account_text(run, line.actor));
  json.text("network", run.log.accounts[line.account].network);
  json.text("account", run.log.accounts[line.account].account);
  json.text("engager", account_text(run, line.actor));
  optional_text(json, "post", run.log.texts[line.post]);
  json.text("kind", kind_name(line.kind));
  json.text("day", base::format_day(line.time));
  json.begin_array("tags");
  for (const std::string_view tag : base::split_words(run.log.texts[line.tags])) json.text("", tag);
  json.end_array();
  json.boolean("verified", line.verified);
  json.number("part", line.contribution);
  json.number("points_lost", is_scored ? std::optional(reason.points_lost) : std::nullopt);
  json.end_object();
}

Result<http::Response> get_ledger(Context& context, const http::Request& request) {
  auto subject = find_self(context, request, access::Scope::ledger_read);
  if (!subject) return subject.error();
  const auto explained = explain_subject(context, std::move(*subject));
  if (!explained) return explained.error();
  const score::ScoreRun& run = explained->run();
  const auto begin = place_of(run, request.arguments.text("cursor").value_or(""));
  if (!begin) return begin.error();
  const auto limit = static_cast<std::size_t>(*request.arguments.integer("limit"));
  const auto network = request.arguments.text("network");
  const auto& engagers = explained->why.engagers;

  JsonText json = compact_json();
  json.begin_object();
  json.begin_array("items");
  std::size_t written = 0;
  std::size_t i = *begin;
  for (; i < engagers.size() && written < limit; ++i) {
    if (network && run.log.accounts[engagers[i].line.account].network != *network) continue;
    write_line(json, run, engagers[i], explained->why.card.score.has_value());
    ++written;
  }
  json.end_array();
  i < engagers.size() ? json.text("next", ledger_cursor(run, i)) : json.null("next");
  json.number("raw", explained->why.card.raw);
  json.count("engagers", engagers.size());
  json.end_object();
  return json_answer(std::move(json));
}

}  // namespace

std::vector<http::Route> ledger_routes(Context& context) {
  std::vector<http::Route> routes;
  routes.push_back({.path = "/v1/people/{person}/ledger",
                    .id = "get_ledger",
                    .summary = "Every engager's part in the score; the parts add up to the raw score.",
                    .tag = "reasons",
                    .parameters = {person_parameter(),
                                   cursor_parameter(),
                                   {.name = "limit",
                                    .description = "Lines of a page.",
                                    .type = http::ParameterType::integer,
                                    .least = 1,
                                    .most = kMostLines,
                                    .fallback = std::int64_t{50}},
                                   {.name = "network",
                                    .description = "Only lines about the person's account on this network.",
                                    .most_bytes = 100}},
                    .answers = {{.description = "A page of the ledger.", .schema = page_schema("LedgerLine")}},
                    .scopes = {"ledger:read"},
                    .run_on = http::RunOn::workers,
                    .handler = answering([&](const auto& request) { return get_ledger(context, request); })});
  return routes;
}

}  // namespace renown::api
