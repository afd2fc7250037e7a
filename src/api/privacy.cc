/// /v1/people/{person}/lookups, /export, and the erasing of a person: for the person alone.

#include <fmt/format.h>

#include "api/answers.h"
#include "api/caller.h"
#include "api/finding_json.h"
#include "api/problem_types.h"
#include "api/routes.h"
#include "api/subject.h"
#include "base/time.h"
#include "http/problem.h"
#include "pipeline/person_document.h"

namespace renown::api {
namespace {

void write_lookup(JsonText& json, const access::Lookup& lookup) {
  json.begin_object();
  json.text("time", base::format_time(lookup.time));
  json.text("asker", lookup.asker);
  json.text("purpose", access::purpose_name(lookup.purpose));
  json.text("outcome", access::outcome_name(lookup.outcome));
  json.end_object();
}

Result<http::Response> list_lookups(Context& context, const http::Request& request) {
  const auto subject = find_self(context, request, access::Scope::score_read);
  if (!subject) return subject.error();
  const auto page =
      context.access.lookup_log().of_person(subject->person->id, request.arguments.text("cursor").value_or(""));
  if (!page) return page.error();
  JsonText json = compact_json();
  json.begin_object();
  json.begin_array("items");
  for (const access::Lookup& lookup : page->items) write_lookup(json, lookup);
  json.end_array();
  optional_text(json, "next", page->next);
  json.end_object();
  return json_answer(std::move(json));
}

void write_points(JsonText& json, const std::vector<instance::HistoryPoint>& points) {
  json.begin_array("points");
  for (const instance::HistoryPoint& point : points) {
    json.begin_object();
    json.text("as_of", base::format_time(point.as_of));
    json.text("model", point.model);
    json.number("score", point.score);
    json.number("low", point.low);
    json.number("high", point.high);
    json.end_object();
  }
  json.end_array();
}

void write_records(JsonText& json, const access::PersonRecords& records) {
  json.begin_array("consents");
  for (const access::GivenConsent& consent : records.consents) {
    json.begin_object();
    optional_text(json, "asker", consent.terms.organisation);
    optional_text(json, "purpose", consent.terms.purpose ? access::purpose_name(*consent.terms.purpose) : "");
    time_or_null(json, "given", consent.given);
    time_or_null(json, "withdrawn", consent.withdrawn);
    json.end_object();
  }
  json.end_array();
  json.begin_array("lookups");
  for (const access::Lookup& lookup : records.lookups) write_lookup(json, lookup);
  json.end_array();
  json.begin_array("appeals");
  for (const access::Appeal& appeal : records.appeals) {
    json.begin_object();
    write_appeal(json, appeal);
    json.end_object();
  }
  json.end_array();
  json.begin_array("email_sha256");
  for (const access::OptedInAddress& address : records.addresses) json.text("", address.sha256);
  json.end_array();
  json.begin_array("sessions");
  for (const access::Session& session : records.sessions) {
    json.begin_object();
    json.text("device", session.device);
    time_or_null(json, "created", session.created);
    time_or_null(json, "last_used", session.last_used);
    json.end_object();
  }
  json.end_array();
  json.begin_array("keys");
  for (const access::ApiKey& key : records.keys) {
    json.begin_object();
    json.text("name", key.name);
    json.text("scopes", key.scopes.text());
    time_or_null(json, "created", key.created);
    time_or_null(json, "last_used", key.last_used);
    json.end_object();
  }
  json.end_array();
}

void write_addresses(JsonText& json, const std::vector<mail::Address>& addresses) {
  json.begin_array("addresses");
  for (const mail::Address& address : addresses) {
    json.begin_object();
    json.text("address", address.address);
    json.text("state", mail::address_state_name(address.state));
    time_or_null(json, "added", address.created);
    json.end_object();
  }
  json.end_array();
}

Result<http::Response> export_person(Context& context, const http::Request& request) {
  const auto subject = find_self(context, request, access::Scope::ledger_read);
  if (!subject) return subject.error();
  JsonText json;  // people read it too
  json.begin_object();
  json.text("format", "renown export");
  auto written = context.instance.ask_people([&](pipeline::PeopleFolder& folder) -> Result<void> {
    JsonText person;
    auto rows = pipeline::write_person_document(person, folder, *subject->person, context.now());
    if (!rows) return rows.error();
    json.raw("person", std::move(person).take());
    return {};
  });
  if (!written) return written.error();
  const auto points = context.instance.history(subject->person->id, 0);
  if (!points) return points.error();
  write_points(json, *points);
  const auto records = context.access.records_of(subject->person->id, context.now());
  if (!records) return records.error();
  write_records(json, *records);
  const auto addresses = context.outlets.letters().store().addresses(subject->person->id, context.now());
  if (!addresses) return addresses.error();
  write_addresses(json, *addresses);
  json.end_object();
  http::Response response{.body = std::move(json).take()};
  response.headers.add("Content-Disposition", "attachment; filename=\"renown.json\"");
  response.headers.add("Cache-Control", "no-store");
  return response;
}

/// In the order in which a kill halfway leaves least: the log's tombstones first, the log-in last, so that it can be
/// asked again.
Result<http::Response> erase_person(Context& context, const http::Request& request) {
  const auto subject = find_self(context, request, access::Scope::score_read);
  if (!subject) return subject.error();
  const auto object = RequestObject::read(request);
  if (!object) return object.error();
  const auto name = object->text("name", 200);
  if (!name) return name.error();
  if (*name != subject->person->name)
    return http::problem(400, "\"name\" must be your name as it stands here, so that no slip erases you",
                         kProblemWrongName);
  const instance::PersonId person = subject->person->id;
  const auto erased = context.instance.erase(person);
  if (!erased) return erased.error();
  if (auto told = context.outlets.erase(person); !told) return told.error();
  const auto gone = context.access.erase(person, caller_of(request).login(), context.now());
  if (!gone) return gone.error();
  JsonText json = compact_json();
  json.begin_object();
  json.count("accounts", erased->people.accounts);
  json.count("interactions", erased->log.rows_removed);
  json.end_object();
  http::Response response = json_answer(std::move(json));
  response.headers.add("Clear-Site-Data", "\"cache\", \"cookies\", \"storage\"");
  return response;
}

}  // namespace

std::vector<http::Route> privacy_routes(Context& context) {
  std::vector<http::Route> routes;
  routes.push_back({.path = "/v1/people/{person}/lookups",
                    .id = "list_lookups",
                    .summary = "Who asked for the person, when and why.",
                    .tag = "privacy",
                    .parameters = {person_parameter(), cursor_parameter()},
                    .answers = {{.description = "A page, newest first.", .schema = page_schema("Lookup")}},
                    .scopes = {std::string(kSession)},
                    .run_on = http::RunOn::workers,
                    .handler = answering([&](const auto& request) { return list_lookups(context, request); })});
  routes.push_back({.path = "/v1/people/{person}/export",
                    .id = "export_person",
                    .summary = "Everything that the instance has about the person.",
                    .tag = "privacy",
                    .parameters = {person_parameter()},
                    .answers = {{.description = "A JSON document.", .schema = R"({"type":"object"})"}},
                    .scopes = {std::string(kSession)},
                    .run_on = http::RunOn::workers,
                    .handler = answering([&](const auto& request) { return export_person(context, request); })});
  routes.push_back({.method = "DELETE",
                    .path = "/v1/people/{person}",
                    .id = "erase_person",
                    .summary = "Erases the person with all accounts, for good.",
                    .tag = "privacy",
                    .parameters = {person_parameter()},
                    .body = http::RequestBody{.schema = schema_ref("EraseBody"), .most_bytes = 4096},
                    .answers = {{.description = "What was erased.", .schema = schema_ref("Erased")}},
                    .scopes = {std::string(kSession)},
                    .run_on = http::RunOn::workers,
                    .handler = answering([&](const auto& request) { return erase_person(context, request); })});
  return routes;
}

}  // namespace renown::api
