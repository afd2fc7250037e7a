/// /v1/lookup, /v1/lookups: others ask for people. Unknown, opted out, not enough data and no consent are one answer
/// (D6); whoever is here sees who asked, when and why (D7).

#include <algorithm>
#include <array>
#include <optional>

#include <fmt/format.h>

#include "access/addresses.h"
#include "api/answers.h"
#include "api/caller.h"
#include "api/card.h"
#include "api/outcome.h"
#include "api/routes.h"
#include "api/sources_of.h"
#include "people/owner_name.h"

namespace renown::api {
namespace {

constexpr std::size_t kMostLookups = 100;  ///< of one request

/// The person behind "NETWORK:ACCOUNT", the address of a profile, or the hash of an e-mail address; 0: nobody.
Result<instance::PersonId> person_named(Context& context, std::string_view name) {
  const auto directory = context.instance.directory();
  const auto shown = [](const people::Person* person) -> instance::PersonId {
    return person == nullptr || person->basis == people::ConsentBasis::none ? 0 : person->id;
  };
  if (name.starts_with("sha256:")) return context.access.addresses().person_of(name.substr(7));
  if (name.starts_with("https://") || name.starts_with("http://")) {
    const auto known = people::owner_name(name);
    if (!known) return known.error();
    return shown(directory->owner_called(*known));
  }
  const std::size_t colon = name.find(':');
  if (colon == std::string_view::npos || colon == 0 || colon + 1 == name.size())
    return bad_input(fmt::format("'{}' names nobody: write NETWORK:ACCOUNT, the address of a profile, or sha256:HASH",
                                 name.substr(0, 100)));
  return shown(directory->owner({std::string(name.substr(0, colon)), std::string(name.substr(colon + 1))}));
}

/// Those numbers that others are told.
void write_outcome(JsonText& json, Context& context, const Outcome& outcome) {
  json.begin_object();
  json.text("outcome", access::outcome_name(outcome.outcome));
  if (outcome.outcome != access::LookupOutcome::score) {
    json.null("card");
    json.null("stale_since");
    return json.end_object();
  }
  Subject subject{.directory = context.instance.directory(), .person = nullptr, .preferences = {}};
  subject.person = subject.directory->find(outcome.person);
  write_card(json, "card", context, subject);
  const auto sources = context.instance.sources();
  time_or_null(json, "stale_since", stale_since(*sources, *subject.person).value_or(0));
  json.end_object();
}

Result<std::vector<Outcome>> look_up(Context& context, const http::Request& request, access::Purpose purpose,
                                     const std::vector<std::string>& names) {
  const access::ApiKey& asker = *caller_of(request).key;
  std::vector<Outcome> outcomes;
  for (const std::string& name : names) {
    const auto person = person_named(context, name);
    if (!person) return person.error();
    const auto outcome = outcome_for(context, asker, purpose, *person);
    if (!outcome) return outcome.error();
    outcomes.push_back(*outcome);
  }
  if (auto noted = note_lookups(context, asker, purpose, outcomes); !noted) return noted.error();
  return outcomes;
}

Result<http::Response> get_lookup(Context& context, const http::Request& request) {
  const http::Arguments& arguments = request.arguments;
  const auto purpose = access::parse_purpose(arguments.text("purpose").value_or(""));
  if (!purpose) return purpose.error();
  std::string name;
  if (arguments.has("network") && arguments.has("account") && !arguments.has("url") && !arguments.has("email_sha256")) {
    name = fmt::format("{}:{}", *arguments.text("network"), *arguments.text("account"));
  } else if (arguments.has("url") && !arguments.has("email_sha256")) {
    name = *arguments.text("url");
  } else if (arguments.has("email_sha256")) {
    name = fmt::format("sha256:{}", *arguments.text("email_sha256"));
  }
  if (name.empty()) return bad_input("name one person: by network and account, by url, or by email_sha256");
  const auto outcomes = look_up(context, request, *purpose, {name});
  if (!outcomes) return outcomes.error();
  JsonText json = compact_json();
  write_outcome(json, context, outcomes->front());
  return json_answer(std::move(json));
}

Result<http::Response> post_lookups(Context& context, const http::Request& request) {
  const auto object = RequestObject::read(request);
  if (!object) return object.error();
  const auto purpose_text = object->text("purpose", 40);
  if (!purpose_text) return purpose_text.error();
  const auto purpose = access::parse_purpose(*purpose_text);
  if (!purpose) return purpose.error();
  const auto names = object->texts("ids", kMostLookups);
  if (!names) return names.error();
  if (names->empty()) return bad_input("\"ids\" must have at least one entry");
  const auto outcomes = look_up(context, request, *purpose, *names);
  if (!outcomes) return outcomes.error();
  JsonText json = compact_json();
  json.begin_object();
  json.begin_array("items");
  for (const Outcome& outcome : *outcomes) write_outcome(json, context, outcome);
  json.end_array();
  json.end_object();
  return json_answer(std::move(json));
}

http::Parameter text_parameter(std::string name, std::string description, std::size_t most_bytes) {
  return {.name = std::move(name), .description = std::move(description), .most_bytes = most_bytes};
}

}  // namespace

std::vector<http::Route> lookup_routes(Context& context) {
  std::vector<http::Route> routes;
  http::Parameter purpose = text_parameter(
      "purpose",
      "What for: marketing, support, community, research, event or other. Employment, credit, housing and "
      "insurance are refused.",
      40);
  purpose.is_required = true;
  routes.push_back(
      {.path = "/v1/lookup",
       .id = "look_up",
       .summary = "One person's card, where they consented to this asker or purpose. `unscored` is no low "
                  "score: it says nothing.",
       .tag = "lookups",
       .parameters = {purpose, text_parameter("network", "Of the account.", 100),
                      text_parameter("account", "On that network.", 300), text_parameter("url", "Of a profile.", 500),
                      text_parameter("email_sha256", "SHA-256 of the trimmed, lower-cased address.", 64)},
       .answers = {{.description = "The outcome.", .schema = schema_ref("LookupOutcome")}},
       .scopes = {"lookup"},
       .run_on = http::RunOn::disk,
       .handler = answering([&](const auto& request) { return get_lookup(context, request); })});
  routes.push_back({.method = "POST",
                    .path = "/v1/lookups",
                    .id = "look_up_many",
                    .summary = "Up to a hundred people, each as by look_up.",
                    .tag = "lookups",
                    .body = http::RequestBody{.schema = schema_ref("LookupMany")},
                    .answers = {{.description = "The outcomes, in order.", .schema = schema_ref("LookupOutcomes")}},
                    .scopes = {"lookup"},
                    .run_on = http::RunOn::disk,
                    .handler = answering([&](const auto& request) { return post_lookups(context, request); })});
  return routes;
}

}  // namespace renown::api
