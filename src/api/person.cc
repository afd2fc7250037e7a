/// /v1/people/{person}: who a person is here, the card, and its history.

#include "api/person.h"

#include <algorithm>

#include "api/answers.h"
#include "api/card.h"
#include "api/routes.h"
#include "api/sources_of.h"
#include "base/time.h"

namespace renown::api {
namespace {

void write_accounts(JsonText& json, const Context& context, const Subject& subject) {
  const auto sources = context.instance.sources();
  json.begin_array("accounts");
  for (const people::LinkedAccount& linked : subject.person->accounts) {
    json.begin_object();
    json.text("network", linked.account.network);
    json.text("account", linked.account.account);
    json.begin_array("proofs");
    for (const people::LinkProof& proof : linked.proofs) json.text("", proof.method);
    json.end_array();
    if (subject.nearness != Nearness::other) write_source_of(json, "source", *sources, linked.account);
    json.end_object();
  }
  json.end_array();
}

Result<http::Response> get_person(Context& context, const http::Request& request) {
  const auto subject = find_subject(context, request, access::Scope::score_read);
  if (!subject) return subject.error();
  JsonText json = compact_json();
  write_person(json, "", context, *subject);
  return json_answer(std::move(json));
}

/// To whom nothing is shown there is nobody: the same answer as for somebody without a score.
Result<http::Response> get_score(Context& context, const http::Request& request) {
  const auto subject = find_subject(context, request, access::Scope::score_read);
  if (!subject && (subject.error().code != ErrorCode::not_found || request.arguments.text("person") == "me"))
    return subject.error();
  JsonText json = compact_json();
  if (subject) {
    write_card(json, "", context, *subject);
  } else {
    write_unscored(json, "");
  }
  return json_answer(std::move(json));
}

Result<http::Response> get_history(Context& context, const http::Request& request) {
  const auto subject = find_subject(context, request, access::Scope::score_read);
  if (!subject) return subject.error();
  JsonText json = compact_json();
  json.begin_object();
  auto written = write_history(json, context, *subject, *request.arguments.integer("days"));
  if (!written) return written.error();
  json.end_object();
  return json_answer(std::move(json));
}

}  // namespace

void write_person(JsonText& json, std::string_view key, const Context& context, const Subject& subject) {
  const people::Person& person = *subject.person;
  json.begin_object(key);
  id_text(json, "id", person.id);
  json.text("name", person.name);
  write_accounts(json, context, subject);
  json.boolean("is_public", subject.preferences.card == access::CardAudience::everyone);
  json.boolean("verified", person.verified.has_value());
  if (subject.nearness != Nearness::other) {
    json.text("basis", people::basis_name(person.basis));
    optional_text(json, "inviter", person.inviter);
    json.boolean("opted_out", subject.preferences.opted_out);
  }
  json.end_object();
}

Result<void> write_history(JsonText& json, Context& context, const Subject& subject, std::int64_t days) {
  const auto points = context.instance.history(subject.person->id, context.now() - days * base::kSecondsPerDay);
  if (!points) return points.error();
  json.begin_array("points");
  for (const instance::HistoryPoint& point : *points) {
    json.begin_object();
    json.text("day", base::format_day(point.as_of - 1));
    json.number("score", point.score);
    json.number("low", point.low);
    json.number("high", point.high);
    json.text("model", point.model);
    json.end_object();
  }
  json.end_array();
  json.begin_array("models");
  std::string_view model;
  for (const instance::HistoryPoint& point : *points) {
    if (point.model == model) continue;
    model = point.model;
    json.begin_object();
    json.text("from", base::format_day(point.as_of - 1));
    json.text("model", point.model);
    json.end_object();
  }
  json.end_array();
  return {};
}

std::vector<http::Route> person_routes(Context& context) {
  std::vector<http::Route> routes;
  routes.push_back({.path = "/v1/people/{person}",
                    .id = "get_person",
                    .summary = "Who a person is here.",
                    .tag = "people",
                    .parameters = {person_parameter()},
                    .answers = {{.description = "The person.", .schema = schema_ref("Person")}},
                    .handler = answering([&](const auto& request) { return get_person(context, request); })});
  routes.push_back({.path = "/v1/people/{person}/score",
                    .id = "get_score",
                    .summary = "The score card of a person, or that there is none.",
                    .tag = "people",
                    .parameters = {person_parameter()},
                    .answers = {{.description = "The card.", .schema = schema_ref("Card")}},
                    .handler = answering([&](const auto& request) { return get_score(context, request); })});
  routes.push_back({.path = "/v1/people/{person}/history",
                    .id = "get_history",
                    .summary = "The published points of a person, a day each.",
                    .tag = "people",
                    .parameters = {person_parameter(), days_parameter(90, 3650)},
                    .answers = {{.description = "The points.", .schema = schema_ref("History")}},
                    .handler = answering([&](const auto& request) { return get_history(context, request); })});
  return routes;
}

}  // namespace renown::api
