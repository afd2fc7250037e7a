#include "pipeline/account_proof.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "net/fetcher.h"
#include "net/pacer.h"
#include "net/retry.h"
#include "net/txt_lookup.h"
#include "people/owner_name.h"
#include "people/stable_id.h"
#include "pipeline/document_fetch.h"

namespace renown::pipeline {

Result<people::Gathered> fetch_documents(const NetworkOptions& network, const std::vector<Account>& accounts,
                                         const people::ProofRules& rules, std::int64_t now) {
  auto guard = net::AddressGuard::allowing(network.allowed_hosts);
  if (!guard) return guard.error();
  net::FetchOptions fetch;
  fetch.guard = std::move(*guard);
  fetch.user_agent = network.user_agent;
  fetch.ca_file = network.ca_file;
  net::Fetcher fetcher(std::move(fetch));
  const auto pacer = net::make_system_pacer();
  net::Retrier retrier(fetcher, *pacer);
  net::SystemTxtLookup names;
  FetchedDocuments documents(retrier, names, now);
  return people::gather(documents, accounts, rules.plc_directory);
}

std::string why_not_same(const people::LinkedAccount& linked, const std::map<std::string, std::string>& stable_ids) {
  const Account& account = linked.account;
  if (linked.stable_id.empty() || !people::documents_tell_stable_id(account)) return {};
  const auto names = people::names_of(account);
  const auto seen = names ? stable_ids.find(names->front()) : stable_ids.end();
  if (seen == stable_ids.end()) {
    return fmt::format("no document says whether {}:{} is still the account that was linked: its network must be asked",
                       account.network, account.account);
  }
  if (seen->second == linked.stable_id) return {};
  return fmt::format(
      "{}:{} is another account by now than the one that was linked: its network gave the name to "
      "somebody else",
      account.network, account.account);
}

Result<people::Verdict> prove_account(PeopleFolder& folder, const people::Person& person, const Account& account,
                                      const std::vector<people::Document>& documents, const people::ProofRules& rules,
                                      std::int64_t now) {
  const auto used = folder.registry().used_challenges();
  if (!used) return used.error();
  const auto stable_ids = people::stable_ids_in(documents, rules, now);
  const auto own = std::ranges::find(person.accounts, account, &people::LinkedAccount::account);
  if (own != person.accounts.end()) {
    people::Verdict refused;
    refused.reason = why_not_same(*own, stable_ids);
    if (!refused.reason.empty()) return refused;
  }
  auto verdict = people::prove_by_challenge({person.id, account}, folder.challenge_key(), *used, documents, rules, now);
  if (!verdict) return verdict;
  for (const people::LinkedAccount& linked : person.accounts) {
    if (verdict->proven) break;
    if (linked.account == account) continue;
    if (const std::string why = why_not_same(linked, stable_ids); !why.empty()) {
      verdict->reason += "; " + why;
      continue;
    }
    auto joined = people::prove_same_owner(linked.account, account, documents, rules, now);
    if (!joined) continue;  // an account that no document can name proves nothing
    if (joined->proven) {
      verdict = std::move(joined);
    } else {
      verdict->reason += "; " + joined->reason;
    }
  }
  const auto names = people::names_of(account);
  const auto seen = names ? stable_ids.find(names->front()) : stable_ids.end();
  if (verdict->proven && seen != stable_ids.end()) verdict->stable_id = seen->second;
  return verdict;
}

}  // namespace renown::pipeline
