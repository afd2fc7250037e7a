/// Proving that an account is a person's, by what networks show.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "renown/account.h"
#include "renown/result.h"

#include "people/document.h"
#include "people/gather.h"
#include "people/proof.h"
#include "people/registry.h"
#include "pipeline/network_access.h"
#include "pipeline/people_folder.h"

namespace renown::pipeline {

/// Asks for all documents of the accounts (people::gather), over the one fetcher. Takes as long as networks do.
/// errors  usage, for a host that cannot be allowed
Result<people::Gathered> fetch_documents(const NetworkOptions& network, const std::vector<Account>& accounts,
                                         const people::ProofRules& rules, std::int64_t now);

/// Whether documents show that the account is another by now than the one that was linked under its name, or do not
/// show that it is the same though its stable id is known. returns  why it cannot be leaned on, in one sentence; empty:
/// nothing speaks against it
std::string why_not_same(const people::LinkedAccount& linked, const std::map<std::string, std::string>& stable_ids);

/// Tries the documents as a challenge, then as a word of each account that is the person's already and, as far as
/// documents tell, still the one that was linked.
/// errors  of the registry; bad_input for an account that no document can name
Result<people::Verdict> prove_account(PeopleFolder& folder, const people::Person& person, const Account& account,
                                      const std::vector<people::Document>& documents, const people::ProofRules& rules,
                                      std::int64_t now);

}  // namespace renown::pipeline
