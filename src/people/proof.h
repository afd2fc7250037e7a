/// Proofs: from documents to a verdict, with its reason, on whether two accounts have one owner, or whether an account
/// is a person's. Proof of control is not verification (docs/people.md).
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "renown/account.h"
#include "renown/result.h"

#include "people/challenge.h"
#include "people/document.h"

namespace renown::people {

struct ProofRules {
  std::string plc_directory = "https://plc.directory";
  std::int64_t max_age_seconds = 86'400;  ///< of a document: pages and domains change hands
  std::int64_t max_skew_seconds = 300;    ///< by which a document may be from the future
};

/// What was seen when a proof was made, to be kept with it.
struct Evidence {
  std::string address;
  std::string sha256;
  std::int64_t fetched = 0;
};

struct Verdict {
  bool proven = false;
  std::string method;     ///< "rel=me and rel=me", "DID document and DNS TXT", "challenge"; empty where not proven
  std::string reason;     ///< one sentence
  Account known;          ///< the account whose word it is beside the new one's; empty for a challenge
  std::string challenge;  ///< the text that was used up, where one was
  std::string stable_id;  ///< of the account that is proven, as its network says; empty: unknown
  std::vector<Evidence> evidence;     ///< the documents that count
  std::vector<std::string> problems;  ///< what was wrong with documents that do not count, one sentence each
};

/// Whether `known` and `other` are of one owner: a document in which known says so of other, and one in which other
/// says so of known. One direction is never enough.
///
/// now     unix seconds
/// errors  bad_input for an account that no document can name; what is wrong with documents stands in the verdict
Result<Verdict> prove_same_owner(const Account& known, const Account& other, const std::vector<Document>& documents,
                                 const ProofRules& rules, std::int64_t now);

/// Whether the account itself has said a challenge that was made for this person and it: in a post, in a
/// <meta name="renown-proof"> of its page, or in a TXT record of its domain.
///
/// used  challenges that have served once: they do not serve again
Result<Verdict> prove_by_challenge(const ChallengeFor& made_for, const ChallengeKey& key,
                                   const std::set<std::string>& used, const std::vector<Document>& documents,
                                   const ProofRules& rules, std::int64_t now);

/// What documents say of stable ids, by owner name. Documents that do not count are passed over, as in proofs.
std::map<std::string, std::string> stable_ids_in(const std::vector<Document>& documents, const ProofRules& rules,
                                                 std::int64_t now);

}  // namespace renown::people
