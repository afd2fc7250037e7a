#include "pipeline/people_json.h"

#include "base/time.h"
#include "pipeline/seen_consent.h"
#include "pipeline/source_standing.h"

namespace renown::pipeline {
namespace {

void add_known(JsonText& json, std::string_view key, const std::optional<std::string>& text) {
  if (text) {
    json.text(key, *text);
  } else {
    json.null(key);
  }
}

void add_consent(JsonText& json, const std::optional<people::Consent>& consent) {
  if (!consent) return json.null("consent");
  json.begin_object("consent");
  json.boolean("may_profile", consent->may_profile);
  json.boolean("may_show", consent->may_show);
  json.text("why_not", consent->why_not);
  json.end_object();
}

void add_time(JsonText& json, std::string_view key, const std::optional<std::int64_t>& time) {
  if (time) {
    json.text(key, base::format_time(*time));
  } else {
    json.null(key);
  }
}

}  // namespace

void begin_person(JsonText& json, std::string_view key, const people::Person& person) {
  json.begin_object(key);
  json.text("person", person.name);
  json.text("basis", basis_name(person.basis));
  if (person.verified) {
    json.text("verified", verified_name(*person.verified));
  } else {
    json.null("verified");
  }
  if (person.inviter.empty()) {
    json.null("inviter");
  } else {
    json.text("inviter", person.inviter);
  }
  json.boolean("cut", person.cut);
  json.begin_array("merged");
  for (const std::string& name : person.merged) json.text("", name);
  json.end_array();
  json.begin_array("accounts");
  for (const people::LinkedAccount& linked : person.accounts) {
    json.begin_object();
    json.text("network", linked.account.network);
    json.text("account", linked.account.account);
    if (linked.stable_id.empty()) {
      json.null("stable_id");
    } else {
      json.text("stable_id", linked.stable_id);
    }
    json.begin_array("proofs");
    for (const people::LinkProof& proof : linked.proofs) {
      json.begin_object();
      json.text("method", proof.method);
      json.text("reason", proof.reason);
      json.text("time", base::format_time(proof.time));
      json.begin_array("documents");
      for (const people::Evidence& seen : proof.evidence) {
        json.begin_object();
        json.text("address", seen.address);
        json.text("sha256", seen.sha256);
        json.text("fetched", base::format_time(seen.fetched));
        json.end_object();
      }
      json.end_array();
      json.end_object();
    }
    json.end_array();
    json.end_object();
  }
  json.end_array();
}

void add_person(JsonText& json, std::string_view key, const people::Person& person) {
  begin_person(json, key, person);
  json.end_object();
}

Result<void> add_profiles(JsonText& json, const PeopleFolder& folder, const people::Person& person) {
  json.begin_array("profiles");
  for (const people::LinkedAccount& linked : person.accounts) {
    const auto seen = folder.seen_profile(linked.account);
    if (!seen) return seen.error();
    if (!*seen) continue;
    const people::Profile& profile = (*seen)->profile.profile;
    json.begin_object();
    json.text("network", profile.account.network);
    json.text("account", profile.account.account);
    json.text("seen", base::format_time((*seen)->time));
    json.text("handle", profile.handle);
    add_known(json, "name", profile.name);
    add_known(json, "bio", profile.bio);
    json.begin_array("links");
    if (profile.links) {
      for (const std::string& link : *profile.links) json.text("", link);
    }
    json.end_array();
    json.text("document", (*seen)->profile.document);
    add_consent(json, seen_consent(**seen, person.basis == people::ConsentBasis::enrolled));
    json.end_object();
  }
  json.end_array();
  return {};
}

void add_history(JsonText& json, const std::vector<people::HistoryLine>& lines) {
  json.begin_array("history");
  for (const people::HistoryLine& line : lines) {
    json.begin_object();
    json.count("number", static_cast<std::uint64_t>(line.number));
    json.text("time", base::format_time(line.time));
    json.text("what", line.what);
    json.text("person", line.person);
    json.text("other", line.other);
    json.text("network", line.account.network);
    json.text("account", line.account.account);
    json.text("detail", line.detail);
    json.end_object();
  }
  json.end_array();
}

void add_pardons(JsonText& json, const std::vector<people::Pardon>& pardons) {
  json.begin_array("pardons");
  for (const people::Pardon& pardon : pardons) {
    json.begin_object();
    json.count("pardon", static_cast<std::uint64_t>(pardon.number));
    json.text("time", base::format_time(pardon.time));
    json.text("why", pardon.why);
    pardon.finding == 0 ? json.null("finding") : json.count("finding", static_cast<std::uint64_t>(pardon.finding));
    pardon.withdrawn == 0 ? json.null("withdrawn") : json.text("withdrawn", base::format_time(pardon.withdrawn));
    json.begin_array("accounts");
    for (const Account& account : pardon.accounts) {
      json.begin_object();
      json.text("network", account.network);
      json.text("account", account.account);
      json.end_object();
    }
    json.end_array();
    json.end_object();
  }
  json.end_array();
}

void begin_source(JsonText& json, const log::Source& source) {
  const log::SourceState& state = source.state;
  json.begin_object();
  json.text("source", source.name);
  json.text("connector", source.connector);
  json.text("network", source.network);
  json.text("account", source.account);
  json.text("server", source.server);
  json.text("state", standing_name(standing_of(state)));
  add_time(json, "last_complete", state.whole_time);
  add_time(json, "last_tried", state.tried_time);
  add_time(json, "stale_since", stale_since(state));
  if (state.problem.empty()) {
    json.null("problem");
  } else {
    json.text("problem", state.problem);
  }
  json.text("sentence", state.sentence);
  add_time(json, "retry_at", state.retry_at);
  json.count("skipped", state.skipped);
  json.count("rows_ever", source.added);
}

}  // namespace renown::pipeline
