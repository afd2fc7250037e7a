#include "api/finding_json.h"

#include "api/explained.h"
#include "base/time.h"

namespace renown::api {

Result<base::Held<instance::Findings>> findings_of(const Context& context) {
  auto findings = context.instance.findings();
  if (findings == nullptr)
    return Error{ErrorCode::busy, "the findings of the last run are being worked out: ask again in a moment"};
  return findings;
}

void write_known(JsonText& json, const instance::KnownFinding& known, std::string_view state) {
  id_text(json, "id", known.id);
  json.text("state", state);
  time_or_null(json, "since", known.since);
  known.first_run != 0 ? id_text(json, "run", known.first_run) : json.null("run");
  time_or_null(json, "latest", known.latest);
}

void write_evidence(JsonText& json, const score::Farm* farm) {
  if (farm == nullptr) {
    for (const char* member : {"engagers", "targets", "density", "reference_density"}) json.null(member);
    return;
  }
  json.count("engagers", farm->engagers);
  json.count("targets", farm->targets);
  json.number("density", farm->density);
  json.number("reference_density", farm->reference_density);
}

void write_farm_account(JsonText& json, const score::ScoreRun& run, const score::FarmAccount& account) {
  json.text("account", account_text(run, account.account));
  json.count("targets", account.targets);
  json.count("lockstep", account.lockstep);
  json.number("share", account.share);
  json.text("first", base::format_time(account.first));
  json.text("latest", base::format_time(account.latest));
}

void write_appeal(JsonText& json, const access::Appeal& appeal) {
  id_text(json, "id", appeal.id);
  id_text(json, "finding", appeal.finding);
  json.text("text", appeal.text);
  json.text("made", base::format_time(appeal.made));
  json.text("state", access::appeal_state_name(appeal.state));
  optional_text(json, "answer", appeal.answer);
  time_or_null(json, "answered", appeal.answered);
}

}  // namespace renown::api
