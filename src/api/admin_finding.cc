/// /v1/admin/findings, /appeals and /pardons: operators answer for what a finding does.

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "api/admin_route.h"
#include "api/answers.h"
#include "api/caller.h"
#include "api/finding_json.h"
#include "api/routes.h"
#include "base/time.h"

namespace renown::api {
namespace {

using access::Appeal;
using access::AppealState;
using instance::Finding;
using instance::FindingId;
using instance::Findings;

constexpr std::size_t kMostAccounts = 100;  ///< shown of one finding or pardon

std::string label(const Account& account) {
  return fmt::format("{}:{}", account.network, account.account);
}

// -- what there is

/// What the list of findings is written from.
struct Overview {
  base::Held<Findings> findings;
  base::Held<instance::Directory> directory;
  std::vector<Appeal> appeals;  ///< open ones, and the settled ones beside them
  std::set<FindingId> pardoned;
};

Result<std::vector<people::Pardon>> standing_pardons(Context& context) {
  std::vector<people::Pardon> standing;
  auto asked = context.instance.ask_people([&](pipeline::PeopleFolder& folder) -> Result<void> {
    auto pardons = folder.registry().pardons();
    if (!pardons) return pardons.error();
    standing = std::move(*pardons);
    return {};
  });
  if (!asked) return asked.error();
  std::erase_if(standing, [](const people::Pardon& pardon) { return pardon.withdrawn != 0; });
  return standing;
}

Result<Overview> look_over(Context& context) {
  auto findings = findings_of(context);
  if (!findings) return findings.error();
  auto appeals = context.access.appeals().waiting();
  if (!appeals) return appeals.error();
  const auto pardons = standing_pardons(context);
  if (!pardons) return pardons.error();
  Overview overview{.findings = std::move(*findings),
                    .directory = context.instance.directory(),
                    .appeals = std::move(*appeals),
                    .pardoned = {}};
  for (const people::Pardon& pardon : *pardons) overview.pardoned.insert(pardon.finding);
  return overview;
}

const people::Person* owner_of(const Overview& overview, const score::FarmAccount& account) {
  const aggregate::AccountName name = overview.findings->run().log.accounts[account.account];
  return overview.directory->owner({std::string(name.network), std::string(name.account)});
}

/// Accounts of people here come first: they are whom it costs something.
void write_accounts(JsonText& json, const Overview& overview, const score::Farm* farm) {
  std::vector<std::pair<const score::FarmAccount*, const people::Person*>> accounts;
  if (farm != nullptr) {
    for (const score::FarmAccount& each : farm->accounts) accounts.emplace_back(&each, owner_of(overview, each));
  }
  std::ranges::stable_partition(accounts, [](const auto& each) { return each.second != nullptr; });
  json.begin_array("accounts");
  for (std::size_t i = 0; i < std::min(accounts.size(), kMostAccounts); ++i) {
    const auto& [account, owner] = accounts[i];
    json.begin_object();
    write_farm_account(json, overview.findings->run(), *account);
    owner != nullptr ? id_text(json, "person", owner->id) : json.null("person");
    optional_text(json, "name", owner != nullptr ? owner->name : "");
    json.end_object();
  }
  json.end_array();
  json.count("accounts_count", accounts.size());
}

/// How many people here it costs something, and the most points. Whose they are is for them to know.
void write_cost(JsonText& json, const Findings& findings, FindingId id, const instance::Directory& directory) {
  const instance::CardsIfPardoned* cards = findings.if_pardoned(id);
  if (cards == nullptr) return json.null("cost");
  std::optional<double> most;
  for (const auto& [person, then] : *cards) {
    const people::Person* who = directory.find(person);
    const auto number = who == nullptr ? std::nullopt : findings.reasons().number_of(*who);
    const auto now = number ? findings.run().cards[*number].score : std::nullopt;
    if (now && then.score) most = std::max(most.value_or(0.0), *then.score - *now);
  }
  json.begin_object("cost");
  json.count("people", cards->size());
  json.number("most_points", most);
  json.end_object();
}

void write_appeals(JsonText& json, const Overview& overview, FindingId id) {
  json.begin_array("appeals");
  for (const Appeal& appeal : overview.appeals) {
    if (appeal.finding != id) continue;
    const people::Person* person = overview.directory->find(appeal.person);
    json.begin_object();
    write_appeal(json, appeal);
    id_text(json, "person", appeal.person);
    optional_text(json, "name", person != nullptr ? person->name : "");
    json.end_object();
  }
  json.end_array();
}

void write_finding(JsonText& json, const Overview& overview, const instance::KnownFinding& known) {
  const Finding* finding = overview.findings->find(known.id);
  const score::Farm* farm = finding == nullptr ? nullptr : &overview.findings->farm(*finding);
  json.begin_object();
  write_known(json, known, overview.pardoned.contains(known.id) ? "pardoned" : farm != nullptr ? "found" : "gone");
  write_evidence(json, farm);
  write_accounts(json, overview, farm);
  write_cost(json, *overview.findings, known.id, *overview.directory);
  write_appeals(json, overview, known.id);
  json.end_object();
}

/// Those with open appeals first, whoever has waited longest at the top; then the others of the last run.
std::vector<instance::KnownFinding> in_order(const Overview& overview) {
  std::vector<instance::KnownFinding> all;
  std::set<FindingId> taken;
  for (const Appeal& appeal : overview.appeals) {
    if (appeal.state != AppealState::open || !taken.insert(appeal.finding).second) continue;
    const instance::KnownFinding* known = overview.findings->known(appeal.finding);
    all.push_back(known != nullptr ? *known : instance::KnownFinding{.id = appeal.finding});
  }
  for (const Finding& finding : overview.findings->found()) {
    if (taken.insert(finding.known.id).second) all.push_back(finding.known);
  }
  return all;
}

Result<http::Response> list_findings(Context& context) {
  const auto overview = look_over(context);
  if (!overview) return overview.error();
  JsonText json = compact_json();
  json.begin_object();
  json.begin_array("items");
  for (const instance::KnownFinding& known : in_order(*overview)) write_finding(json, *overview, known);
  json.end_array();
  json.end_object();
  return json_answer(std::move(json));
}

Result<http::Response> list_pardons(Context& context) {
  const auto pardons = standing_pardons(context);
  if (!pardons) return pardons.error();
  JsonText json = compact_json();
  json.begin_object();
  json.begin_array("items");
  for (auto pardon = pardons->rbegin(); pardon != pardons->rend(); ++pardon) {
    json.begin_object();
    id_text(json, "id", pardon->number);
    pardon->finding != 0 ? id_text(json, "finding", pardon->finding) : json.null("finding");
    json.text("since", base::format_time(pardon->time));
    json.text("why", pardon->why);
    json.begin_array("accounts");
    for (std::size_t i = 0; i < std::min(pardon->accounts.size(), kMostAccounts); ++i)
      json.text("", label(pardon->accounts[i]));
    json.end_array();
    json.count("accounts_count", pardon->accounts.size());
    json.end_object();
  }
  json.end_array();
  json.end_object();
  return json_answer(std::move(json));
}

// -- answering

/// Whom a pardon is given to, and what it answers.
struct Decision {
  AccountSet accounts;
  FindingId finding = 0;
  std::string text;
};

/// The pardon first, then the appeals: one that was settled meanwhile takes the pardon back.
template <class Answer>
Result<void> give_pardon(Context& context, const Decision& decision, const Answer& answer) {
  return context.instance.change_people([&](pipeline::PeopleFolder& folder) -> Result<void> {
    const auto number = folder.registry().pardon(decision.accounts, decision.text, decision.finding, context.now());
    if (!number) return number.error();
    auto answered = answer(access::AppealAnswer{.pardon = *number, .text = decision.text});
    if (answered) return {};
    if (auto back = folder.registry().withdraw_pardon(*number, context.now()); !back) return back;
    return answered.error();
  });
}

/// What the person reads; of the pardon itself it is the reason.
Result<std::string> answer_text(const RequestObject& object) {
  const auto text = object.text("answer", access::kMostAppealBytes);
  if (!text) return text.error();
  return access::appeal_text("the answer", *text);
}

Result<bool> covers_all(const RequestObject& object) {
  const auto covers = object.optional_text("covers", 10);
  if (!covers) return covers.error();
  if (!*covers || **covers == "theirs") return false;
  if (**covers == "all") return true;
  return bad_input("\"covers\" must be theirs (the accounts of whoever appealed) or all (those of the finding)");
}

Error not_found_lately() {
  return {ErrorCode::not_found,
          "the last run did not find this: only the accounts of whoever appealed can be pardoned"};
}

/// The accounts that a pardon of an appeal covers.
Result<AccountSet> accounts_to_pardon(Context& context, const Appeal& appeal, bool all) {
  const auto findings = findings_of(context);
  if (!findings) return findings.error();
  const Finding* finding = (*findings)->find(appeal.finding);
  if (all) {
    if (finding == nullptr) return not_found_lately();
    return (*findings)->accounts(*finding);
  }
  const auto directory = context.instance.directory();
  const people::Person* person = directory->find(appeal.person);
  if (person == nullptr) return Error{ErrorCode::not_found, "whoever appealed is not here any more"};
  AccountSet theirs;
  if (finding != nullptr) theirs = (*findings)->accounts_of(*finding, *person);
  if (theirs.empty()) {
    for (const people::LinkedAccount& linked : person->accounts) theirs.insert(linked.account);
  }
  return theirs;
}

Result<void> answer_with_pardon(Context& context, const Appeal& appeal, bool all, const std::string& text,
                                access::LoginId by) {
  auto accounts = accounts_to_pardon(context, appeal, all);
  if (!accounts) return accounts.error();
  const Decision decision{.accounts = std::move(*accounts), .finding = appeal.finding, .text = text};
  return give_pardon(context, decision, [&](const access::AppealAnswer& answer) -> Result<void> {
    auto answered = context.access.appeals().answer(appeal.id, answer, by, context.now());
    if (!answered || !all) return answered;
    const auto others = context.access.appeals().answer_all(appeal.finding, answer, by, context.now());
    return others ? Result<void>() : Result<void>(others.error());
  });
}

Result<http::Response> answer_appeal(Context& context, const http::Request& request) {
  const auto id = id_argument(request, "appeal");
  if (!id) return id.error();
  const auto object = RequestObject::read(request);
  if (!object) return object.error();
  const auto verdict = object->text("verdict", 10);
  if (!verdict) return verdict.error();
  if (*verdict != "pardon" && *verdict != "uphold") return bad_input("\"verdict\" must be pardon or uphold");
  const auto all = covers_all(*object);
  if (!all) return all.error();
  const auto text = answer_text(*object);
  if (!text) return text.error();
  const auto appeal = context.access.appeals().find(*id);
  if (!appeal) return appeal.error();
  if (!*appeal || (*appeal)->state != AppealState::open)
    return Error{ErrorCode::not_found, "there is no such appeal that is open: it was answered or withdrawn"};
  const access::LoginId by = caller_of(request).login();
  auto answered = *verdict == "pardon"
                      ? answer_with_pardon(context, **appeal, *all, *text, by)
                      : context.access.appeals().answer(*id, {.pardon = 0, .text = *text}, by, context.now());
  if (!answered) return answered.error();
  return nothing_to_say();
}

Result<http::Response> pardon_finding(Context& context, const http::Request& request) {
  const auto id = id_argument(request, "finding");
  if (!id) return id.error();
  const auto object = RequestObject::read(request);
  if (!object) return object.error();
  const auto text = answer_text(*object);
  if (!text) return text.error();
  const auto findings = findings_of(context);
  if (!findings) return findings.error();
  const Finding* finding = (*findings)->find(*id);
  if (finding == nullptr) return Error{ErrorCode::not_found, "the last run found nothing of that number"};
  const access::LoginId by = caller_of(request).login();
  const Decision decision{.accounts = (*findings)->accounts(*finding), .finding = *id, .text = *text};
  auto pardoned = give_pardon(context, decision, [&](const access::AppealAnswer& answer) {
    return context.access.appeals().answer_all(*id, answer, by, context.now());
  });
  if (!pardoned) return pardoned.error();
  return nothing_to_say();
}

Result<http::Response> withdraw_pardon(Context& context, const http::Request& request) {
  const auto id = id_argument(request, "pardon");
  if (!id) return id.error();
  const auto object = RequestObject::read(request);
  if (!object) return object.error();
  const auto text = answer_text(*object);
  if (!text) return text.error();
  auto withdrawn = context.instance.change_people([&](pipeline::PeopleFolder& folder) -> Result<void> {
    if (auto done = folder.registry().withdraw_pardon(*id, context.now()); !done) return done;
    return context.access.appeals().revoke(*id, *text, caller_of(request).login(), context.now());
  });
  if (!withdrawn) return withdrawn.error();
  return nothing_to_say();
}

}  // namespace

std::vector<http::Route> admin_finding_routes(Context& context) {
  const http::Answer done{.status = 204, .description = "It is done; the next run goes by it.", .content_type = ""};
  const auto number = [](const char* name) {
    return http::Parameter{.name = name, .description = "Its number.", .most_bytes = 20};
  };
  std::vector<http::Route> routes;
  const auto add = [&](http::Route route) -> http::Route& {
    routes.push_back(std::move(route));
    return routes.back();
  };
  add(admin_route("GET", "findings", "list_findings",
                  "Groups in lockstep with the evidence, those with open appeals first.",
                  answering([&](const auto&) { return list_findings(context); })))
      .answers = {{.description = "What there is.", .schema = schema_ref("Findings")}};
  add(admin_route("GET", "pardons", "list_pardons", "Pardons that stand, newest first.",
                  answering([&](const auto&) { return list_pardons(context); })))
      .answers = {{.description = "What there is.", .schema = schema_ref("Pardons")}};
  http::Route& answer =
      add(admin_route("POST", "appeals/{appeal}/answer", "answer_appeal", "Pardons, or says why the finding stands.",
                      answering([&](const auto& request) { return answer_appeal(context, request); })));
  answer.parameters = {number("appeal")};
  answer.body = http::RequestBody{.schema = schema_ref("AppealAnswer"), .most_bytes = 32 << 10};
  answer.answers = {done};
  http::Route& whole = add(admin_route(
      "POST", "findings/{finding}/pardon", "pardon_finding", "Pardons all accounts of a finding, with who appealed.",
      answering([&](const auto& request) { return pardon_finding(context, request); })));
  whole.parameters = {number("finding")};
  whole.body = http::RequestBody{.schema = schema_ref("PardonWords"), .most_bytes = 32 << 10};
  whole.answers = {done};
  http::Route& back =
      add(admin_route("POST", "pardons/{pardon}/withdraw", "withdraw_pardon", "Withdraws a pardon, and says why.",
                      answering([&](const auto& request) { return withdraw_pardon(context, request); })));
  back.parameters = {number("pardon")};
  back.body = http::RequestBody{.schema = schema_ref("PardonWords"), .most_bytes = 32 << 10};
  back.answers = {done};
  return routes;
}

}  // namespace renown::api
