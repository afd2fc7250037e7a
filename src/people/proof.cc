#include "people/proof.h"

#include <algorithm>
#include <iterator>
#include <optional>

#include <fmt/format.h>

#include "base/digest.h"
#include "base/time.h"
#include "people/claims.h"
#include "people/owner_name.h"

namespace renown::people {
namespace {

/// A document that counts, and what it says.
struct Heard {
  const Document* document;
  Claims said;
};

std::string label(const Account& account) {
  return account.network + ":" + account.account;
}

/// Why a document's time rules it out, or "".
std::string stale(const Document& document, const ProofRules& rules, std::int64_t now) {
  if (document.fetched > now + rules.max_skew_seconds)
    return fmt::format("{} says it was fetched in the future, {}", document.asked, base::format_time(document.fetched));
  if (document.fetched < now - rules.max_age_seconds)
    return fmt::format("{} was fetched {}, longer ago than {} hours: fetch it again", document.asked,
                       base::format_time(document.fetched), rules.max_age_seconds / 3600);
  return {};
}

std::vector<Heard> hear(const std::vector<Document>& documents, const ProofRules& rules, std::int64_t now,
                        Verdict& verdict) {
  std::vector<Heard> heard;
  for (const Document& document : documents) {
    if (std::string problem = stale(document, rules, now); !problem.empty()) {
      verdict.problems.push_back(std::move(problem));
      continue;
    }
    auto said = read_claims(document, rules.plc_directory);
    if (!said) {
      verdict.problems.push_back(said.error().message);
      continue;
    }
    for (const std::string& passed : said->passed_over)
      verdict.problems.push_back(fmt::format("{}: {}", document.asked, passed));
    heard.push_back({&document, std::move(*said)});
  }
  return heard;
}

/// An account's names: its own, and those that a host has the say over and calls the same.
std::set<std::string> all_names(const std::vector<std::string>& own, const std::vector<Heard>& heard,
                                std::set<const Document*>& used) {
  std::set<std::string> names(own.begin(), own.end());
  for (bool grew = true; grew;) {
    grew = false;
    for (const Heard& each : heard) {
      for (const Claim& claim : each.said.same) {
        const bool from = names.contains(claim.from), to = names.contains(claim.to);
        if (from == to) continue;
        names.insert(from ? claim.to : claim.from);
        used.insert(each.document);
        grew = true;
      }
    }
  }
  return names;
}

struct Found {
  const Document* document;
  Claim claim;
};

std::optional<Found> find_claim(const std::vector<Heard>& heard, const std::set<std::string>& from,
                                const std::set<std::string>& to) {
  for (const Heard& each : heard) {
    for (const Claim& claim : each.said.claims) {
      if (from.contains(claim.from) && to.contains(claim.to)) return Found{each.document, claim};
    }
  }
  return std::nullopt;
}

void add_evidence(Verdict& verdict, const Document& document) {
  const bool there =
      std::ranges::any_of(verdict.evidence, [&](const auto& each) { return each.address == document.asked; });
  if (!there) verdict.evidence.push_back({document.asked, digest_of(document), document.fetched});
}

std::string with_problems(std::string reason, const Verdict& verdict) {
  if (!verdict.problems.empty()) reason += fmt::format(" ({})", fmt::join(verdict.problems, "; "));
  return reason;
}

std::string missing_direction(const std::optional<Found>& said, const Account& known, const Account& other,
                              bool known_said) {
  const Account& speaker = known_said ? known : other;
  const Account& silent = known_said ? other : known;
  if (said) {
    return fmt::format(
        "{} says it is {} ({} at {}), but no document of {} says so of it: a claim in one direction is no "
        "proof",
        label(speaker), label(silent), method_name(said->claim.method), said->document->asked, label(silent));
  }
  return fmt::format("no document of {} or {} says that the other is the same owner", label(known), label(other));
}

}  // namespace

std::string digest_of(const Document& document) {
  base::Sha256 digest;
  digest.add(document.body);
  return digest.hex();
}

Result<Verdict> prove_same_owner(const Account& known, const Account& other, const std::vector<Document>& documents,
                                 const ProofRules& rules, std::int64_t now) {
  if (known == other) return bad_input(fmt::format("{} is named twice: a proof joins two accounts", label(known)));
  const auto known_own = names_of(known), other_own = names_of(other);
  if (!known_own) return known_own.error();
  if (!other_own) return other_own.error();

  Verdict verdict;
  verdict.known = known;
  const auto heard = hear(documents, rules, now, verdict);
  std::set<const Document*> used;
  const auto known_names = all_names(*known_own, heard, used), other_names = all_names(*other_own, heard, used);
  if (known_names.contains(other_own->front())) {
    verdict.proven = true;
    verdict.method = method_name(ClaimMethod::webfinger);
    verdict.reason = fmt::format("the host of both says that {} and {} are one account", label(known), label(other));
    for (const Document* document : used) add_evidence(verdict, *document);
    return verdict;
  }
  const auto there = find_claim(heard, known_names, other_names), back = find_claim(heard, other_names, known_names);
  if (!there || !back) {
    verdict.reason = with_problems(missing_direction(there ? there : back, known, other, there.has_value()), verdict);
    return verdict;
  }
  verdict.proven = true;
  verdict.method = fmt::format("{} and {}", method_name(there->claim.method), method_name(back->claim.method));
  verdict.reason = fmt::format("{} says it is {}, and {} says it is {}", there->document->asked, there->claim.to,
                               back->document->asked, back->claim.to);
  used.insert({there->document, back->document});
  for (const Document& document : documents) {
    if (used.contains(&document)) add_evidence(verdict, document);
  }
  return verdict;
}

std::map<std::string, std::string> stable_ids_in(const std::vector<Document>& documents, const ProofRules& rules,
                                                 std::int64_t now) {
  std::map<std::string, std::string> ids;
  Verdict unread;  // what is wrong with documents stands in the verdict of the proof itself
  for (const Heard& each : hear(documents, rules, now, unread)) {
    if (!each.said.stable_id.empty()) ids[each.said.speaker] = each.said.stable_id;
  }
  return ids;
}

Result<Verdict> prove_by_challenge(const ChallengeFor& made_for, const ChallengeKey& key,
                                   const std::set<std::string>& used, const std::vector<Document>& documents,
                                   const ProofRules& rules, std::int64_t now) {
  const auto own = names_of(made_for.account);
  if (!own) return own.error();
  Verdict verdict;
  const auto heard = hear(documents, rules, now, verdict);
  std::set<const Document*> joined;
  const auto names = all_names(*own, heard, joined);
  for (const Heard& each : heard) {
    const Claims& said = each.said;
    if (said.challenges.empty()) continue;
    if (!names.contains(said.speaker)) {
      verdict.problems.push_back(
          fmt::format("{} is by {}, not by {}", each.document->asked, said.speaker, label(made_for.account)));
      continue;
    }
    const bool at_home = said.needs_server.empty() || std::ranges::any_of(heard, [&](const Heard& did) {
                           return did.said.speaker == said.speaker && did.said.server == said.needs_server;
                         });
    if (!at_home) {
      verdict.problems.push_back(fmt::format("{}: no DID document of {} says that {} is its server",
                                             each.document->asked, said.speaker, said.needs_server));
      continue;
    }
    for (const std::string& challenge : said.challenges) {
      const auto good = check_challenge(key, challenge, made_for, now);
      if (!good) {
        verdict.problems.push_back(fmt::format("{}: {}", each.document->asked, good.error().message));
      } else if (used.contains(challenge)) {
        verdict.problems.push_back(fmt::format(
            "{}: its renown-proof has served before and does not serve again; make a new one", each.document->asked));
      } else {
        verdict.proven = true;
        verdict.method = "challenge";
        verdict.challenge = challenge;
        verdict.reason = fmt::format("{}, by {}, holds the text that was made for this person and account",
                                     each.document->asked, said.speaker);
        add_evidence(verdict, *each.document);
        return verdict;
      }
    }
  }
  verdict.reason =
      with_problems(fmt::format("no document by {} holds a renown-proof that was made for this person and it",
                                label(made_for.account)),
                    verdict);
  return verdict;
}

}  // namespace renown::people
