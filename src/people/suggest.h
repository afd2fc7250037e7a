/// Suggestions: which unlinked accounts may be whose, by what handles and names look like. A suggestion links nothing,
/// ever: it says for whom a proof would be worth asking.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "renown/account.h"

namespace renown::people {

/// Somebody who is there, with what they are called.
struct KnownPerson {
  std::string name;                  ///< may be empty
  std::vector<std::string> handles;  ///< of linked accounts
};

/// An account that is nobody's yet.
struct UnlinkedAccount {
  Account account;
  std::string handle;  ///< as people write it: "senator_ada"
  std::string name;    ///< displayed; empty where not known
};

/// On the accounts of 519 members of congress these values find the owner of 89 % of 1,137 accounts from their names
/// and Twitter handles, and 999 of 1,000 suggestions are right (suggest_test.cc). From 0.4 to 0.7 and 0.08 to 0.15 the
/// figures stay within 2 points.
struct SuggestRules {
  double threshold = 0.5;  ///< of the score, in (0, 1]
  double margin = 0.15;    ///< by which the next best person must score less: of two alike neither is suggested
};

struct Suggestion {
  std::size_t person = 0;   ///< index of the KnownPerson
  std::size_t account = 0;  ///< index of the UnlinkedAccount
  double score = 0.0;       ///< in (0, 1]
  std::string reason;       ///< one sentence
};

/// At most one person for each account, the best score first; equal ones in the order given.
///
/// Handles and names are compared by their runs of three letters, each weighing by how rare it is among all that were
/// given: what everybody has ("official", "the_real", "rep") says nothing. Letters are folded by Unicode (accents,
/// width, case); letters of another script that only look alike stay different. Cost: for each account the people who
/// share a run with it.
std::vector<Suggestion> suggest_owners(std::span<const KnownPerson> people, std::span<const UnlinkedAccount> accounts,
                                       const SuggestRules& rules = {});

/// Letters and digits of a text, folded.
std::string fold_name(std::string_view text);

}  // namespace renown::people
