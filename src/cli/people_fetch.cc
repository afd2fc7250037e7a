#include "cli/people_fetch.h"

#include <memory>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "base/text.h"
#include "cli/exit_code.h"
#include "cli/people_text.h"
#include "cli/terminal.h"
#include "pipeline/account_proof.h"
#include "pipeline/json_text.h"

namespace renown::cli {
namespace {

/// How one account stands.
struct Standing {
  Account account;
  bool proven = false;
  std::string reason;
};

/// By the first other account that stands the proof with it.
Standing standing_of(const people::LinkedAccount& linked, const people::Person& person,
                     const std::vector<people::Document>& documents, const people::ProofRules& rules) {
  const Account& account = linked.account;
  const auto stable_ids = people::stable_ids_in(documents, rules, now());
  Standing standing{account, false, pipeline::why_not_same(linked, stable_ids)};
  if (!standing.reason.empty()) return standing;
  standing.reason = "it is the only account that documents can name";
  for (const people::LinkedAccount& other : person.accounts) {
    if (other.account == account || !pipeline::why_not_same(other, stable_ids).empty()) continue;
    const auto verdict = people::prove_same_owner(other.account, account, documents, rules, now());
    if (!verdict) continue;  // an account that no document can name proves nothing
    standing.reason = verdict->reason;
    standing.proven = verdict->proven;
    if (standing.proven) break;
  }
  return standing;
}

std::string standings_json(const people::Person& person, const std::vector<Standing>& standings) {
  pipeline::JsonText json;
  json.begin_object();
  json.text("person", person.name);
  json.begin_array("accounts");
  for (const Standing& each : standings) {
    json.begin_object();
    json.text("network", each.account.network);
    json.text("account", each.account.account);
    json.boolean("proven", each.proven);
    json.text("reason", each.reason);
    json.end_object();
  }
  json.end_array();
  json.end_object();
  return std::move(json).take();
}

}  // namespace

people::ProofRules proof_rules(const PeopleOptions& options) {
  people::ProofRules rules;
  if (!options.plc_directory.empty()) rules.plc_directory = options.plc_directory;
  return rules;
}

Result<std::vector<people::Document>> fetch_documents(const PeopleOptions& options,
                                                      const std::vector<Account>& accounts) {
  auto gathered = pipeline::fetch_documents(network_options(options.network), accounts, proof_rules(options), now());
  if (!gathered) return gathered.error();
  const Terminal talk(stderr);
  for (const std::string& failed : gathered->failed)
    talk.write(talk.dim(fmt::format("not read: {}", base::printable(failed))) + "\n");
  return std::move(gathered->documents);
}

int check_proofs(const people::Person& person, const PeopleOptions& options) {
  std::vector<Account> accounts;
  for (const people::LinkedAccount& linked : person.accounts) accounts.push_back(linked.account);
  const auto documents = fetch_documents(options, accounts);
  if (!documents) return report(documents.error());
  std::vector<Standing> standings;
  bool all_proven = true;
  for (const people::LinkedAccount& linked : person.accounts) {
    standings.push_back(standing_of(linked, person, *documents, proof_rules(options)));
    all_proven = all_proven && standings.back().proven;
  }
  const Terminal out(stdout);
  if (options.json) out.write(standings_json(person, standings));
  for (const Standing& each : standings) {
    if (options.json) break;
    out.write(fmt::format("{}  {}  {}\n", each.proven ? "stands   " : out.warning("not proven"),
                          out.accent(base::printable(account_name(each.account))), base::printable(each.reason)));
  }
  return all_proven ? kOk : kPartlyFailed;
}

}  // namespace renown::cli
