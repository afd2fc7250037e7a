/// /v1/people/{person}/preferences, /consents, /addresses, /opt-out: what a person has decided, for the person alone.

#include <fmt/format.h>

#include "api/answers.h"
#include "api/caller.h"
#include "api/routes.h"
#include "api/subject.h"

namespace renown::api {
namespace {

void write_preferences(JsonText& json, const access::PersonPreferences& preferences) {
  json.begin_object();
  json.boolean("is_public", preferences.card == access::CardAudience::everyone);
  json.text("audience", access::audience_name(preferences.card));
  json.boolean("on_board", preferences.on_public_board);
  json.boolean("score_hidden", preferences.number_hidden);
  json.text("digest", access::digest_name(preferences.digest));
  json.boolean("opted_out", preferences.opted_out);
  json.text("locale", preferences.locale);
  json.text("time_zone", preferences.zone);
  json.number("notify_move", preferences.notify_move);
  json.end_object();
}

Result<http::Response> get_preferences(Context& context, const http::Request& request) {
  const auto subject = find_self(context, request, access::Scope::score_read);
  if (!subject) return subject.error();
  JsonText json = compact_json();
  write_preferences(json, subject->preferences);
  return json_answer(std::move(json));
}

Result<void> take(bool& place, const Result<std::optional<bool>>& given) {
  if (!given) return given.error();
  if (*given) place = **given;
  return {};
}

/// What the request says, over what was decided before.
Result<access::PersonPreferences> changed_preferences(const RequestObject& object, access::PersonPreferences now) {
  for (auto [name, place] : {std::pair{"on_board", &now.on_public_board}, {"score_hidden", &now.number_hidden}}) {
    if (auto taken = take(*place, object.optional_boolean(name)); !taken) return taken.error();
  }
  const auto audience = object.optional_text("audience");
  if (!audience) return audience.error();
  if (*audience) {
    const auto parsed = access::parse_audience(**audience);
    if (!parsed) return bad_input("\"audience\" must be nobody, members or everyone");
    now.card = *parsed;
  }
  const auto is_public = object.optional_boolean("is_public");
  if (!is_public) return is_public.error();
  if (*is_public) now.card = **is_public ? access::CardAudience::everyone : access::CardAudience::nobody;
  const auto digest = object.optional_text("digest");
  if (!digest) return digest.error();
  if (*digest) {
    const auto parsed = access::parse_digest(**digest);
    if (!parsed) return bad_input("\"digest\" must be weekly, daily or none");
    now.digest = *parsed;
  }
  for (auto [name, place] : {std::pair{"locale", &now.locale}, {"time_zone", &now.zone}}) {
    auto text = object.optional_text(name, 64);
    if (!text) return text.error();
    if (*text) *place = std::move(**text);
  }
  if (object["notify_move"].is_null()) {
    now.notify_move.reset();
    return now;
  }
  const auto move = object.optional_number("notify_move", access::kLeastNotifyMove, access::kMostNotifyMove);
  if (!move) return move.error();
  if (*move) now.notify_move = *move;
  return now;
}

Result<http::Response> change_preferences(Context& context, const http::Request& request) {
  const auto subject = find_self(context, request, access::Scope::score_read);
  if (!subject) return subject.error();
  const auto object = RequestObject::read(request);
  if (!object) return object.error();
  const auto changed = context.access.preferences().change(
      subject->person->id, [&](access::PersonPreferences now) { return changed_preferences(*object, std::move(now)); });
  if (!changed) return changed.error();
  JsonText json = compact_json();
  write_preferences(json, *changed);
  return json_answer(std::move(json));
}

/// Who opted out is found by nothing and written to by nobody.
Result<void> forget_addresses(Context& context, instance::PersonId person) {
  if (auto erased = context.outlets.letters().store().erase(person); !erased) return erased;
  const auto findable = context.access.addresses().of_person(person);
  if (!findable) return findable.error();
  for (const access::OptedInAddress& address : *findable) {
    if (auto removed = context.access.addresses().remove(person, address.sha256); !removed) return removed;
  }
  return {};
}

Result<http::Response> opt_out(Context& context, const http::Request& request) {
  const auto subject = find_self(context, request, access::Scope::score_read);
  if (!subject) return subject.error();
  const auto object = RequestObject::read(request);
  if (!object) return object.error();
  const auto opted_out = object->optional_boolean("opted_out");
  if (!opted_out) return opted_out.error();
  const auto preferences = context.access.preferences().change(
      subject->person->id, [&](access::PersonPreferences now) -> Result<access::PersonPreferences> {
        now.opted_out = opted_out->value_or(true);
        return now;
      });
  if (!preferences) return preferences.error();
  if (preferences->opted_out) {
    context.instance.withdraw(subject->person->id);
    if (auto forgotten = forget_addresses(context, subject->person->id); !forgotten) return forgotten.error();
  } else {
    context.instance.request_score();
  }
  JsonText json = compact_json();
  write_preferences(json, *preferences);
  return json_answer(std::move(json));
}

// -- consents

Result<http::Response> list_consents(Context& context, const http::Request& request) {
  const auto subject = find_self(context, request, access::Scope::score_read);
  if (!subject) return subject.error();
  const auto consents = context.access.consents().of_person(subject->person->id);
  if (!consents) return consents.error();
  JsonText json = compact_json();
  json.begin_object();
  json.begin_array("items");
  for (const access::GivenConsent& consent : *consents) {
    json.begin_object();
    id_text(json, "id", consent.id);
    optional_text(json, "asker", consent.terms.organisation);
    optional_text(json, "purpose", consent.terms.purpose ? access::purpose_name(*consent.terms.purpose) : "");
    time_or_null(json, "given", consent.given);
    time_or_null(json, "withdrawn", consent.withdrawn);
    json.end_object();
  }
  json.end_array();
  json.end_object();
  return json_answer(std::move(json));
}

Result<http::Response> give_consent(Context& context, const http::Request& request) {
  const auto subject = find_self(context, request, access::Scope::score_read);
  if (!subject) return subject.error();
  const auto object = RequestObject::read(request);
  if (!object) return object.error();
  const auto asker = object->optional_text("asker", 200);
  if (!asker) return asker.error();
  const auto purpose = object->optional_text("purpose", 40);
  if (!purpose) return purpose.error();
  access::ConsentTerms terms{.organisation = asker->value_or("")};
  if (*purpose) {
    const auto parsed = access::parse_purpose(**purpose);
    if (!parsed) return parsed.error();
    terms.purpose = *parsed;
  }
  const auto given = context.access.consents().give(subject->person->id, terms, context.now());
  if (!given) return problem_or_full(given.error());
  JsonText json = compact_json();
  json.begin_object();
  id_text(json, "id", *given);
  json.end_object();
  return json_answer(std::move(json), 201);
}

Result<http::Response> withdraw_consent(Context& context, const http::Request& request) {
  const auto subject = find_self(context, request, access::Scope::score_read);
  if (!subject) return subject.error();
  const auto id = id_argument(request, "consent");
  if (!id) return id.error();
  auto withdrawn = context.access.consents().withdraw(subject->person->id, *id, context.now());
  if (!withdrawn) return withdrawn.error();
  return nothing_to_say();
}

}  // namespace

std::vector<http::Route> preference_routes(Context& context) {
  std::vector<http::Route> routes;
  routes.push_back({.path = "/v1/people/{person}/preferences",
                    .id = "get_preferences",
                    .summary = "What the person has decided.",
                    .tag = "privacy",
                    .parameters = {person_parameter()},
                    .answers = {{.description = "The preferences.", .schema = schema_ref("Preferences")}},
                    .scopes = {std::string(kSession)},
                    .handler = answering([&](const auto& request) { return get_preferences(context, request); })});
  routes.push_back({.method = "PATCH",
                    .path = "/v1/people/{person}/preferences",
                    .id = "change_preferences",
                    .summary = "Changes those that are named.",
                    .tag = "privacy",
                    .parameters = {person_parameter()},
                    .body = http::RequestBody{.schema = schema_ref("PreferenceChange"), .most_bytes = 4096},
                    .answers = {{.description = "The preferences.", .schema = schema_ref("Preferences")}},
                    .scopes = {std::string(kSession)},
                    .run_on = http::RunOn::workers,
                    .handler = answering([&](const auto& request) { return change_preferences(context, request); })});
  routes.push_back({.method = "POST",
                    .path = "/v1/people/{person}/opt-out",
                    .id = "opt_out",
                    .summary = "Takes the person out of scores and look-ups at once, or back in.",
                    .tag = "privacy",
                    .parameters = {person_parameter()},
                    .body = http::RequestBody{.schema = schema_ref("OptOut"), .most_bytes = 4096},
                    .answers = {{.description = "The preferences.", .schema = schema_ref("Preferences")}},
                    .scopes = {std::string(kSession)},
                    .run_on = http::RunOn::workers,
                    .handler = answering([&](const auto& request) { return opt_out(context, request); })});
  routes.push_back({.path = "/v1/people/{person}/consents",
                    .id = "list_consents",
                    .summary = "Who may look the person up, and what for.",
                    .tag = "privacy",
                    .parameters = {person_parameter()},
                    .answers = {{.description = "The consents.", .schema = schema_ref("Consents")}},
                    .scopes = {std::string(kSession)},
                    .handler = answering([&](const auto& request) { return list_consents(context, request); })});
  routes.push_back({.method = "POST",
                    .path = "/v1/people/{person}/consents",
                    .id = "give_consent",
                    .summary = "Lets an asker, or everybody with a purpose, look the person up.",
                    .tag = "privacy",
                    .parameters = {person_parameter()},
                    .body = http::RequestBody{.schema = schema_ref("NewConsent"), .most_bytes = 4096},
                    .answers = {{.status = 201, .description = "Its number.", .schema = schema_ref("Id")}},
                    .scopes = {std::string(kSession)},
                    .run_on = http::RunOn::workers,
                    .handler = answering([&](const auto& request) { return give_consent(context, request); })});
  routes.push_back({.method = "DELETE",
                    .path = "/v1/people/{person}/consents/{consent}",
                    .id = "withdraw_consent",
                    .summary = "Withdraws a consent.",
                    .tag = "privacy",
                    .parameters = {person_parameter(),
                                   {.name = "consent", .description = "Number of the consent.", .most_bytes = 20}},
                    .answers = {{.status = 204, .description = "It is withdrawn.", .content_type = ""}},
                    .scopes = {std::string(kSession)},
                    .run_on = http::RunOn::workers,
                    .handler = answering([&](const auto& request) { return withdraw_consent(context, request); })});
  return routes;
}

}  // namespace renown::api
