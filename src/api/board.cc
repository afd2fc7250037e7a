/// /v1/board and /v1/compare: people beside each other, as far as they show themselves.

#include <algorithm>
#include <charconv>

#include "access/page.h"
#include "api/answers.h"
#include "api/caller.h"
#include "api/card.h"
#include "api/person.h"
#include "api/routes.h"

namespace renown::api {
namespace {

constexpr std::size_t kBoardPage = 50;
constexpr std::size_t kMostCompared = 5;

/// Who opted in to the board and is scored, by raw score descending.
Result<std::vector<Subject>> board(Context& context) {
  const auto published = context.instance.published();
  std::vector<std::pair<double, Subject>> ranked;
  const auto directory = context.instance.directory();
  for (const auto& [id, card] : published->cards()) {
    const people::Person* person = directory->find(id);
    if (person == nullptr || !card.score) continue;
    auto preferences = context.access.preferences().of(id);
    if (!preferences) return preferences.error();
    if (preferences->opted_out || !preferences->on_public_board) continue;
    ranked.push_back({card.raw, Subject{directory, person, std::move(*preferences)}});
  }
  std::ranges::stable_sort(ranked, std::ranges::greater{}, [](const auto& each) { return each.first; });
  std::vector<Subject> people;
  for (auto& [raw, subject] : ranked) people.push_back(std::move(subject));
  return people;
}

Result<http::Response> get_board(Context& context, const http::Request& request) {
  const auto people = board(context);
  if (!people) return people.error();
  std::size_t begin = 0;
  if (const auto cursor = request.arguments.text("cursor")) {
    const auto place = access::parse_cursor(*cursor);
    if (!place) return place.error();
    begin = std::min(static_cast<std::size_t>(*place), people->size());
  }
  const std::size_t end = std::min(begin + kBoardPage, people->size());
  JsonText json = compact_json();
  json.begin_object();
  json.begin_array("items");
  for (std::size_t i = begin; i < end; ++i) {
    json.begin_object();
    json.count("rank", i + 1);
    write_person(json, "person", context, (*people)[i]);
    write_card(json, "card", context, (*people)[i]);
    json.end_object();
  }
  json.end_array();
  end < people->size() ? json.text("next", access::cursor_text(static_cast<std::int64_t>(end))) : json.null("next");
  json.end_object();
  return json_answer(std::move(json));
}

/// The caller, and whoever of those named shows the card to the caller. Who does not is left out, as nobody would be.
Result<std::vector<Subject>> compared(Context& context, const http::Request& request) {
  const Caller& caller = caller_of(request);
  const auto directory = context.instance.directory();
  std::vector<instance::PersonId> ids;
  if (caller.person() != 0) ids.push_back(caller.person());
  std::string_view rest = *request.arguments.text("with");
  while (!rest.empty() && ids.size() <= kMostCompared) {
    const std::size_t end = std::min(rest.find(','), rest.size());
    instance::PersonId id = 0;
    const auto [stopped, failed] = std::from_chars(rest.data(), rest.data() + end, id);
    if (failed != std::errc{} || stopped != rest.data() + end || id <= 0)
      return bad_input("\"with\" must be numbers of people with commas between them");
    if (std::ranges::find(ids, id) == ids.end()) ids.push_back(id);
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  std::vector<Subject> subjects;
  for (const instance::PersonId id : ids) {
    const people::Person* person = directory->find(id);
    if (person == nullptr) continue;
    auto preferences = context.access.preferences().of(id);
    if (!preferences) return preferences.error();
    const bool is_self = id == caller.person();
    if (!is_self && (!shows_card(*preferences, !caller.is_anonymous()) || person->basis == people::ConsentBasis::none))
      continue;
    subjects.push_back({directory, person, std::move(*preferences), is_self ? Nearness::self : Nearness::other});
  }
  return subjects;
}

Result<http::Response> compare(Context& context, const http::Request& request) {
  const auto subjects = compared(context, request);
  if (!subjects) return subjects.error();
  JsonText json = compact_json();
  json.begin_object();
  json.begin_array("items");
  for (const Subject& subject : *subjects) {
    json.begin_object();
    write_person(json, "person", context, subject);
    write_card(json, "card", context, subject);
    json.begin_object("history");
    auto written = write_history(json, context, subject, *request.arguments.integer("days"));
    if (!written) return written.error();
    json.end_object();
    json.end_object();
  }
  json.end_array();
  json.end_object();
  return json_answer(std::move(json));
}

}  // namespace

std::vector<http::Route> board_routes(Context& context) {
  std::vector<http::Route> routes;
  routes.push_back({.path = "/v1/board",
                    .id = "get_board",
                    .summary = "People who opted in to be listed, by score.",
                    .tag = "people",
                    .parameters = {cursor_parameter()},
                    .answers = {{.description = "A page of the board.", .schema = page_schema("BoardLine")}},
                    .run_on = http::RunOn::workers,
                    .handler = answering([&](const auto& request) { return get_board(context, request); })});
  routes.push_back(
      {.path = "/v1/compare",
       .id = "compare",
       .summary = "Oneself beside people who show their card.",
       .tag = "people",
       .parameters =
           {{.name = "with", .description = "Numbers of people, with commas.", .is_required = true, .most_bytes = 120},
            days_parameter(90, 3650)},
       .answers = {{.description = "Cards and histories.", .schema = schema_ref("Comparison")}},
       .scopes = {std::string(kSession), "score:read"},
       .run_on = http::RunOn::workers,
       .handler = answering([&](const auto& request) { return compare(context, request); })});
  return routes;
}

}  // namespace renown::api
