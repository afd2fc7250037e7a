/// The documents of proofs, fetched for renown people ... --fetch.
#pragma once

#include <vector>

#include "renown/account.h"
#include "renown/result.h"

#include "cli/options.h"
#include "people/gather.h"
#include "people/proof.h"
#include "people/registry.h"

namespace renown::cli {

/// By which directory proofs go.
people::ProofRules proof_rules(const PeopleOptions& options);

/// Asks for all documents of the accounts; what could not be had is told on the error stream. errors  usage
Result<std::vector<people::Document>> fetch_documents(const PeopleOptions& options,
                                                      const std::vector<Account>& accounts);

/// Says of each of the person's accounts whether it and another one of theirs still say so of each other.
/// returns  the exit code: kPartlyFailed where one does not
int check_proofs(const people::Person& person, const PeopleOptions& options);

}  // namespace renown::cli
