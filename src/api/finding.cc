/// /v1/people/{person}/findings and /appeals: what the search for farms found about accounts of a person, what it costs
/// them, and what they say to it. For the person alone; of others in a finding nothing but how many they are.

#include <algorithm>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "api/answers.h"
#include "api/caller.h"
#include "api/finding_json.h"
#include "api/routes.h"
#include "api/subject.h"

namespace renown::api {
namespace {

using instance::Finding;
using instance::FindingId;
using instance::Findings;

/// What a person may know of findings about them.
struct OwnFindings {
  Subject subject;
  base::Held<Findings> findings;
  std::vector<const Finding*> found;  ///< in which they are
  std::vector<access::Appeal> appeals;
  std::map<FindingId, bool> pardoned;  ///< that a pardon answers which stands and has an account of theirs
};

Result<void> find_pardoned(Context& context, OwnFindings& own) {
  return context.instance.ask_people([&](pipeline::PeopleFolder& folder) -> Result<void> {
    const auto pardons = folder.registry().pardons();
    if (!pardons) return pardons.error();
    for (const people::Pardon& pardon : *pardons) {
      if (pardon.withdrawn != 0 || pardon.finding == 0) continue;
      const bool is_theirs = std::ranges::any_of(own.subject.person->accounts, [&](const people::LinkedAccount& each) {
        return std::ranges::find(pardon.accounts, each.account) != pardon.accounts.end();
      });
      if (is_theirs) own.pardoned[pardon.finding] = true;
    }
    return {};
  });
}

Result<OwnFindings> find_own(Context& context, Subject subject) {
  auto findings = findings_of(context);
  if (!findings) return findings.error();
  OwnFindings own{
      .subject = std::move(subject), .findings = std::move(*findings), .found = {}, .appeals = {}, .pardoned = {}};
  own.found = own.findings->with(*own.subject.person);
  auto appeals = context.access.appeals().of_person(own.subject.person->id);
  if (!appeals) return appeals.error();
  own.appeals = std::move(*appeals);
  if (auto known = find_pardoned(context, own); !known) return known.error();
  return own;
}

/// The points now, those without the finding, and by how much they would rise; null where they are not known.
void write_cost(JsonText& json, const OwnFindings& own, FindingId id) {
  const instance::CardsIfPardoned* cards = own.findings->if_pardoned(id);
  const auto number = own.findings->reasons().number_of(*own.subject.person);
  const bool is_known = cards != nullptr && number && !own.subject.preferences.opted_out;
  std::optional<double> now, then, points;
  if (is_known) {
    now = own.findings->run().cards[*number].score;
    const auto other = cards->find(own.subject.person->id);
    then = other == cards->end() ? now : other->second.score;
    if (now && then) points = *then - *now;
  }
  json.number("score", now);
  json.number("score_if_pardoned", then);
  json.number("points", points);
}

void write_accounts(JsonText& json, const OwnFindings& own, const Finding* finding) {
  json.begin_array("accounts");
  if (finding != nullptr) {
    const AccountSet theirs = own.findings->accounts_of(*finding, *own.subject.person);
    for (const score::FarmAccount& each : own.findings->farm(*finding).accounts) {
      const aggregate::AccountName name = own.findings->run().log.accounts[each.account];
      if (!theirs.contains({std::string(name.network), std::string(name.account)})) continue;
      json.begin_object();
      write_farm_account(json, own.findings->run(), each);
      json.end_object();
    }
  }
  json.end_array();
}

std::string words_of(const score::Farm& farm) {
  return fmt::format(
      "{} people, you among them, came to the same {} people again and again within minutes of each other, {:.1f} "
      "times "
      "as closely as the densest honest crowd. So what these accounts do counts for nobody's score.",
      farm.engagers, farm.targets, farm.reference_density > 0.0 ? farm.density / farm.reference_density : 0.0);
}

/// finding  null: the last run did not find it
void write_own_finding(JsonText& json, const OwnFindings& own, const instance::KnownFinding& known,
                       const Finding* finding) {
  const bool is_pardoned = own.pardoned.contains(known.id);
  const score::Farm* farm = finding == nullptr ? nullptr : &own.findings->farm(*finding);
  json.begin_object();
  write_known(json, known, is_pardoned ? "pardoned" : finding != nullptr ? "found" : "gone");
  write_evidence(json, farm);
  write_accounts(json, own, finding);
  optional_text(json, "words", farm == nullptr ? "" : words_of(*farm));
  write_cost(json, own, known.id);
  json.begin_array("appeals");
  for (const access::Appeal& appeal : own.appeals) {
    if (appeal.finding != known.id) continue;
    json.begin_object();
    write_appeal(json, appeal);
    json.end_object();
  }
  json.end_array();
  json.end_object();
}

/// Those that were, if the person appealed or was pardoned: what became of it stays readable.
std::vector<instance::KnownFinding> those_before(const OwnFindings& own) {
  std::map<FindingId, bool> ids = own.pardoned;
  for (const access::Appeal& appeal : own.appeals) ids[appeal.finding] = true;
  for (const Finding* finding : own.found) ids.erase(finding->known.id);
  std::vector<instance::KnownFinding> before;
  for (const auto& [id, unused] : ids) {
    const instance::KnownFinding* known = own.findings->known(id);
    before.push_back(known != nullptr ? *known : instance::KnownFinding{.id = id});
  }
  std::ranges::reverse(before);
  return before;
}

Result<http::Response> list_own_findings(Context& context, const http::Request& request) {
  auto subject = find_self(context, request, access::Scope::score_read);
  if (!subject) return subject.error();
  const auto own = find_own(context, std::move(*subject));
  if (!own) return own.error();
  JsonText json = compact_json();
  json.begin_object();
  json.begin_array("items");
  for (const Finding* finding : own->found) write_own_finding(json, *own, finding->known, finding);
  for (const instance::KnownFinding& known : those_before(*own)) write_own_finding(json, *own, known, nullptr);
  json.end_array();
  json.end_object();
  return json_answer(std::move(json));
}

Result<http::Response> make_appeal(Context& context, const http::Request& request) {
  const auto subject = find_self(context, request, access::Scope::score_read);
  if (!subject) return subject.error();
  const auto object = RequestObject::read(request);
  if (!object) return object.error();
  const auto id = object->text("finding", 20);
  if (!id) return id.error();
  const auto text = object->text("text", access::kMostAppealBytes);
  if (!text) return text.error();
  const auto findings = findings_of(context);
  if (!findings) return findings.error();
  const auto theirs = (*findings)->with(*subject->person);
  const auto finding =
      std::ranges::find_if(theirs, [&](const Finding* each) { return fmt::format("{}", each->known.id) == *id; });
  if (finding == theirs.end())
    return Error{ErrorCode::not_found, "no account of yours is in a finding of that number: ask for your findings"};
  const auto appeal = context.access.appeals().make(subject->person->id, (*finding)->known.id, *text,
                                                    caller_of(request).login(), context.now());
  if (!appeal) return appeal.error();
  JsonText json = compact_json();
  json.begin_object();
  write_appeal(json, *appeal);
  json.end_object();
  return json_answer(std::move(json), 201);
}

Result<http::Response> withdraw_appeal(Context& context, const http::Request& request) {
  const auto subject = find_self(context, request, access::Scope::score_read);
  if (!subject) return subject.error();
  const auto appeal = id_argument(request, "appeal");
  if (!appeal) return appeal.error();
  auto withdrawn =
      context.access.appeals().withdraw(subject->person->id, *appeal, caller_of(request).login(), context.now());
  if (!withdrawn) return withdrawn.error();
  return nothing_to_say();
}

}  // namespace

std::vector<http::Route> finding_routes(Context& context) {
  std::vector<http::Route> routes;
  routes.push_back(
      {.path = "/v1/people/{person}/findings",
       .id = "list_own_findings",
       .summary = "Findings that accounts of the person are in: why, what they cost, and what was appealed.",
       .tag = "findings",
       .parameters = {person_parameter()},
       .answers = {{.description = "Those of the last run first, then those before that were appealed "
                                   "against or pardoned.",
                    .schema = schema_ref("OwnFindings")}},
       .scopes = {"score:read"},
       .run_on = http::RunOn::workers,
       .handler = answering([&](const auto& request) { return list_own_findings(context, request); })});
  routes.push_back({.method = "POST",
                    .path = "/v1/people/{person}/appeals",
                    .id = "make_appeal",
                    .summary = "Appeals against a finding; one appeal about each may be open.",
                    .tag = "findings",
                    .parameters = {person_parameter()},
                    .body = http::RequestBody{.schema = schema_ref("NewAppeal"), .most_bytes = 32 << 10},
                    .answers = {{.status = 201, .description = "The appeal.", .schema = schema_ref("Appeal")}},
                    .scopes = {std::string(kSession)},
                    .run_on = http::RunOn::workers,
                    .handler = answering([&](const auto& request) { return make_appeal(context, request); })});
  routes.push_back(
      {.method = "DELETE",
       .path = "/v1/people/{person}/appeals/{appeal}",
       .id = "withdraw_appeal",
       .summary = "Withdraws an appeal that is open.",
       .tag = "findings",
       .parameters = {person_parameter(), {.name = "appeal", .description = "Its number.", .most_bytes = 20}},
       .answers = {{.status = 204, .description = "It is withdrawn.", .content_type = ""}},
       .scopes = {std::string(kSession)},
       .run_on = http::RunOn::workers,
       .handler = answering([&](const auto& request) { return withdraw_appeal(context, request); })});
  return routes;
}

}  // namespace renown::api
