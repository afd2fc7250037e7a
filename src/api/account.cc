/// /v1/people/{person}/accounts, /check: accounts of one's own: proving, reading and unlinking them, and whether they
/// present the same person.

#include <algorithm>

#include <fmt/format.h>

#include "api/answers.h"
#include "api/caller.h"
#include "api/problem_types.h"
#include "api/routes.h"
#include "api/sources_of.h"
#include "api/subject.h"
#include "base/time.h"
#include "http/problem.h"
#include "people/owner_name.h"
#include "people/profile.h"
#include "pipeline/account_proof.h"
#include "pipeline/connectors.h"
#include "pipeline/source_setup.h"

namespace renown::api {
namespace {

constexpr std::int64_t kProofSeconds = 7 * base::kSecondsPerDay;

Account account_argument(const http::Request& request) {
  return {std::string(*request.arguments.text("network")), std::string(*request.arguments.text("account"))};
}

void write_way(JsonText& json, std::string_view method, std::string_view value, std::string words) {
  json.begin_object();
  json.text("method", method);
  json.text("value", value);
  json.text("words", words);
  json.end_object();
}

/// What to do so that an account can be proven: by a text that only this instance could have made, or by links in both
/// directions with an account that is proven already.
Result<http::Response> begin_proof(Context& context, const http::Request& request) {
  const auto subject = find_self(context, request, access::Scope::score_read);
  if (!subject) return subject.error();
  const auto object = RequestObject::read(request);
  if (!object) return object.error();
  const auto network = object->text("network", 100);
  if (!network) return network.error();
  const auto name = object->text("account", 300);
  if (!name) return name.error();
  const Account account{*network, *name};
  if (const auto names = people::names_of(account); !names) return names.error();
  std::string challenge;
  const std::int64_t expires = context.now() + kProofSeconds;
  auto asked = context.instance.ask_people([&](pipeline::PeopleFolder& folder) -> Result<void> {
    challenge = people::make_challenge(folder.challenge_key(), {subject->person->id, account}, expires);
    return {};
  });
  if (!asked) return asked.error();
  JsonText json = compact_json();
  json.begin_object();
  json.text("text", challenge);
  json.begin_array("ways");
  write_way(json, "post", challenge, "Put this text into a public post or into the profile of the account.");
  if (account.network == "web") {
    write_way(json, "page", fmt::format(R"(<meta name="renown-proof" content="{}">)", challenge),
              "Put this line into the head of the page.");
    write_way(json, "dns", challenge, "Put this text into a TXT record of the domain.");
  }
  for (const people::LinkedAccount& linked : subject->person->accounts) {
    const auto names = people::names_of(linked.account);
    if (!names || names->empty()) continue;
    write_way(json, "rel-me", names->front(),
              "Link to this address from the profile of the account, and from there to the account.");
  }
  json.end_array();
  json.text("expires", base::format_time(expires));
  json.end_object();
  http::Response response = json_answer(std::move(json));
  response.may_compress = false;
  return response;
}

/// Documents are fetched without the people's lock, for networks take their time.
Result<http::Response> check_proof(Context& context, const http::Request& request) {
  const auto subject = find_self(context, request, access::Scope::score_read);
  if (!subject) return subject.error();
  const Account account = account_argument(request);
  std::vector<Account> accounts = {account};
  for (const people::LinkedAccount& linked : subject->person->accounts) accounts.push_back(linked.account);
  const people::ProofRules rules;
  const auto gathered = pipeline::fetch_documents(context.instance.options().network, accounts, rules, context.now());
  if (!gathered) return gathered.error();
  people::Verdict verdict;
  auto judged = context.instance.change_people([&](pipeline::PeopleFolder& folder) -> Result<void> {
    auto proven = pipeline::prove_account(folder, *subject->person, account, gathered->documents, rules, context.now());
    if (!proven) return proven.error();
    verdict = std::move(*proven);
    if (!verdict.proven) return {};
    return folder.link(subject->person->name, account, verdict, context.now());
  });
  if (!judged) return judged.error();
  JsonText json = compact_json();
  json.begin_object();
  json.boolean("proven", verdict.proven);
  optional_text(json, "method", verdict.method);
  json.text("words", verdict.reason);
  json.begin_array("evidence");
  for (const people::Evidence& seen : verdict.evidence) json.text("", seen.address);
  json.end_array();
  json.begin_array("problems");
  for (const std::string& problem : verdict.problems) json.text("", problem);
  for (const std::string& failed : gathered->failed) json.text("", failed);
  json.end_array();
  json.end_object();
  return json_answer(std::move(json));
}

Result<void> check_is_linked(const Subject& subject, const Account& account) {
  const auto is_it = [&](const people::LinkedAccount& linked) { return linked.account == account; };
  if (std::ranges::any_of(subject.person->accounts, is_it)) return {};
  return Error{ErrorCode::not_found, "this account is not linked to you"};
}

Result<http::Response> unlink(Context& context, const http::Request& request) {
  const auto subject = find_self(context, request, access::Scope::score_read);
  if (!subject) return subject.error();
  const Account account = account_argument(request);
  if (auto linked = check_is_linked(*subject, account); !linked) return linked.error();
  auto unlinked = context.instance.change_people(
      [&](pipeline::PeopleFolder& folder) { return folder.registry().unlink(account, context.now()); });
  if (!unlinked) return unlinked.error();
  return nothing_to_say();
}

// -- reading

/// The connector that reads accounts of that network with nothing but their names; null where there is none.
const pipeline::ConnectorKind* connector_of(std::string_view network) {
  const auto found = std::ranges::find_if(pipeline::connectors(), [&](const pipeline::ConnectorKind& kind) {
    return kind.network == network && !kind.streams;
  });
  return found == pipeline::connectors().end() ? nullptr : &*found;
}

Result<http::Response> read_account(Context& context, const http::Request& request) {
  const auto subject = find_self(context, request, access::Scope::score_read);
  if (!subject) return subject.error();
  const Account account = account_argument(request);
  if (auto linked = check_is_linked(*subject, account); !linked) return linked.error();
  const pipeline::ConnectorKind* kind = connector_of(account.network);
  if (kind == nullptr)
    return http::problem(
        400,
        fmt::format("accounts of {} cannot be read from here: ask the operator to import its log", account.network),
        kProblemNoReader);
  const auto source = pipeline::make_source(
      {.connector = std::string(kind->name), .account = account.account, .now = context.now()}, pipeline::connectors());
  if (!source) return bad_input(source.error().message);
  auto added = context.instance.add_source(*source, {});
  if (!added) return added.error();
  context.instance.request_sync({source->name});
  JsonText json = compact_json();
  json.begin_object();
  json.text("source", source->name);
  json.end_object();
  return json_answer(std::move(json), 201);
}

Result<http::Response> stop_reading(Context& context, const http::Request& request) {
  const auto subject = find_self(context, request, access::Scope::score_read);
  if (!subject) return subject.error();
  const Account account = account_argument(request);
  if (auto linked = check_is_linked(*subject, account); !linked) return linked.error();
  const auto sources = context.instance.sources();
  const auto found =
      std::ranges::find_if(*sources, [&](const log::Source& each) { return reads_account(each, account); });
  if (found == sources->end()) return Error{ErrorCode::not_found, "no source reads this account"};
  auto removed = context.instance.remove_source(found->name);
  if (!removed) return removed.error();
  return nothing_to_say();
}

// -- do they present the same person?

std::string_view difference_code(people::Difference about) {
  switch (about) {
    case people::Difference::name:
      return "name";
    case people::Difference::bio:
      return "bio";
    case people::Difference::picture:
      return "picture";
    case people::Difference::links:
      return "links";
  }
  return "other";
}

Result<http::Response> check_profiles(Context& context, const http::Request& request) {
  const auto subject = find_self(context, request, access::Scope::score_read);
  if (!subject) return subject.error();
  std::vector<people::Profile> profiles;
  auto asked = context.instance.ask_people([&](pipeline::PeopleFolder& folder) -> Result<void> {
    for (const people::LinkedAccount& linked : subject->person->accounts) {
      auto seen = folder.seen_profile(linked.account);
      if (!seen) return seen.error();
      if (*seen) profiles.push_back((*seen)->profile.profile);
    }
    return {};
  });
  if (!asked) return asked.error();
  JsonText json = compact_json();
  json.begin_object();
  json.count("seen", profiles.size());
  json.begin_array("items");
  for (const people::ProfileRemark& remark : people::check_profiles(profiles)) {
    json.begin_object();
    json.text("code", difference_code(remark.about));
    json.text("words", remark.sentence);
    json.end_object();
  }
  json.end_array();
  json.end_object();
  return json_answer(std::move(json));
}

std::vector<http::Parameter> account_parameters() {
  return {person_parameter(),
          {.name = "network", .description = "Of the account.", .most_bytes = 100},
          {.name = "account", .description = "On that network, percent-encoded.", .most_bytes = 300}};
}

}  // namespace

std::vector<http::Route> account_routes(Context& context) {
  const std::string one = "/v1/people/{person}/accounts/{network}/{account}";
  std::vector<http::Route> routes;
  routes.push_back({.method = "POST",
                    .path = "/v1/people/{person}/accounts",
                    .id = "begin_proof",
                    .summary = "What to do so that an account can be proven to be one's own.",
                    .tag = "accounts",
                    .parameters = {person_parameter()},
                    .body = http::RequestBody{.schema = schema_ref("AccountName"), .most_bytes = 4096},
                    .answers = {{.description = "The ways.", .schema = schema_ref("Proof")}},
                    .scopes = {std::string(kSession)},
                    .run_on = http::RunOn::workers,
                    .handler = answering([&](const auto& request) { return begin_proof(context, request); })});
  routes.push_back({.method = "POST",
                    .path = one + "/check",
                    .id = "check_proof",
                    .summary = "Looks whether the account is proven, and links it then.",
                    .tag = "accounts",
                    .parameters = account_parameters(),
                    .answers = {{.description = "The verdict.", .schema = schema_ref("Verdict")}},
                    .scopes = {std::string(kSession)},
                    .run_on = http::RunOn::workers,
                    .handler = answering([&](const auto& request) { return check_proof(context, request); })});
  routes.push_back({.method = "DELETE",
                    .path = one,
                    .id = "unlink_account",
                    .summary = "Unlinks an account.",
                    .tag = "accounts",
                    .parameters = account_parameters(),
                    .answers = {{.status = 204, .description = "It is unlinked.", .content_type = ""}},
                    .scopes = {std::string(kSession)},
                    .run_on = http::RunOn::workers,
                    .handler = answering([&](const auto& request) { return unlink(context, request); })});
  routes.push_back({.method = "POST",
                    .path = one + "/source",
                    .id = "read_account",
                    .summary = "Reads the account's network from now on.",
                    .tag = "accounts",
                    .parameters = account_parameters(),
                    .answers = {{.status = 201, .description = "The source.", .schema = schema_ref("SourceName")}},
                    .scopes = {std::string(kSession)},
                    .run_on = http::RunOn::workers,
                    .handler = answering([&](const auto& request) { return read_account(context, request); })});
  routes.push_back({.method = "DELETE",
                    .path = one + "/source",
                    .id = "stop_reading_account",
                    .summary = "Reads the account no more; what was read stays.",
                    .tag = "accounts",
                    .parameters = account_parameters(),
                    .answers = {{.status = 204, .description = "It is read no more.", .content_type = ""}},
                    .scopes = {std::string(kSession)},
                    .run_on = http::RunOn::workers,
                    .handler = answering([&](const auto& request) { return stop_reading(context, request); })});
  routes.push_back({.path = "/v1/people/{person}/check",
                    .id = "check_profiles",
                    .summary = "Whether the person's accounts present the same person.",
                    .tag = "accounts",
                    .parameters = {person_parameter()},
                    .answers = {{.description = "What to mend.", .schema = schema_ref("ProfileCheck")}},
                    .scopes = {std::string(kSession)},
                    .run_on = http::RunOn::workers,
                    .handler = answering([&](const auto& request) { return check_profiles(context, request); })});
  return routes;
}

}  // namespace renown::api
