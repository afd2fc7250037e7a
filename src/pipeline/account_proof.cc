#include "pipeline/account_proof.h"

#include <utility>

#include "net/fetcher.h"
#include "net/pacer.h"
#include "net/retry.h"
#include "net/txt_lookup.h"
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

Result<people::Verdict> prove_account(PeopleFolder& folder, const people::Person& person, const Account& account,
                                      const std::vector<people::Document>& documents, const people::ProofRules& rules,
                                      std::int64_t now) {
  const auto used = folder.registry().used_challenges();
  if (!used) return used.error();
  auto verdict = people::prove_by_challenge({person.id, account}, folder.challenge_key(), *used, documents, rules, now);
  if (!verdict || verdict->proven) return verdict;
  for (const people::LinkedAccount& linked : person.accounts) {
    if (linked.account == account) continue;
    auto joined = people::prove_same_owner(linked.account, account, documents, rules, now);
    if (!joined) continue;  // an account that no document can name proves nothing
    if (joined->proven) return joined;
    verdict->reason += "; " + joined->reason;
  }
  return verdict;
}

}  // namespace renown::pipeline
