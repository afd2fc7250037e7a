/// PeopleRegistry: which accounts belong to whom and why, who is verified and why, on what basis a person is shown. A
/// store in the data folder (people.sqlite), kill-safe; every change is one transaction with its line in the history.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "renown/account.h"
#include "renown/result.h"

#include "people/proof.h"
#include "store/database.h"

namespace renown::people {

using PersonId = std::int64_t;

/// On what basis a person may have a page and a name.
enum class ConsentBasis { enrolled, community, none };
const char* basis_name(ConsentBasis basis);
std::optional<ConsentBasis> parse_basis(std::string_view name);

/// Why a person is verified. Proof of control is no reason by itself: the operator must have accepted the proofs.
enum class VerifiedBy { operator_list, proofs, invitation };
const char* verified_name(VerifiedBy by);

inline constexpr const char* kOperatorsWord = "operator's word";

struct LinkProof {
  std::string method;  ///< as Verdict's, or kOperatorsWord
  std::string reason;
  std::int64_t time = 0;
  std::vector<Evidence> evidence;
};

struct LinkedAccount {
  Account account;
  std::vector<LinkProof> proofs = {};
  std::string stable_id = {};  ///< what its network calls it for good (stable_id.h); empty: unknown
};

/// Whose an account is that shows a stable id.
enum class Recognised {
  nobody,         ///< neither its name nor its id is linked
  known,          ///< its name is linked, and its id, where one is known, is the same
  renamed,        ///< its id is linked under another name alone
  somebody_else,  ///< its name is linked to an account of another id, or to another person than its id
};

struct Recognition {
  Recognised as = Recognised::nobody;
  PersonId person = 0;  ///< of `known` and `renamed` whose it is; of `somebody_else` who owns the name; else 0
  Account known_as;     ///< of `renamed`: the name that is linked
};

/// A person as it stands: with the accounts of all who were merged into it.
struct Person {
  PersonId id = 0;
  std::string name;
  ConsentBasis basis = ConsentBasis::none;
  std::vector<LinkedAccount> accounts;
  std::vector<std::string> merged;     ///< names of those merged into this one, directly or not
  std::optional<VerifiedBy> verified;  ///< nothing: not verified
  std::string inviter;                 ///< name, where an invitation is recorded
  bool cut = false;                    ///< neither invited nor inviting counts
};

struct HistoryLine {
  std::int64_t number = 0;
  std::int64_t time = 0;
  std::string what;           ///< "add", "link", "unlink", "merge", "unmerge", "verify", ...
  std::string person, other;  ///< names as they are now
  Account account;            ///< empty where it is not about one
  std::string detail;
};

/// The operator's word that accounts are no farm (docs/scoring/farms.md).
struct Pardon {
  std::int64_t number = 0;
  std::int64_t time = 0;
  std::string why;
  std::int64_t finding = 0;    ///< of the service, which it answers; 0: none
  std::int64_t withdrawn = 0;  ///< 0: it stands
  std::vector<Account> accounts;
};

struct RegistryErase {
  std::uint64_t accounts = 0, people = 0, invitations = 0;
};

/// Names a person in arguments: by name, or by an account of theirs as NETWORK:ACCOUNT.
/// All changes: errors  usage for a person or account that is not there; bad_input where something stands against the
/// change, and then nothing has changed; io, busy
class PeopleRegistry {
 public:
  /// How much of their proofs people() reads.
  enum class Proofs { methods, whole };

  /// errors  io; bad_input for a damaged store, one of a newer Renown, or another program's file
  static Result<PeopleRegistry> open_for_writing(const std::string& path);
  static Result<PeopleRegistry> open_for_reading(const std::string& path);

  // -- questions

  /// By number. Cost: about 2 us a person with the methods alone, 10 us with whole proofs.
  Result<std::vector<Person>> people(Proofs detail = Proofs::whole);

  /// The numbers of everybody, also of those merged into others.
  Result<std::set<PersonId>> numbers();
  Result<Person> find(const std::string& who);
  Result<std::vector<HistoryLine>> history();

  /// The lists that scoring takes. A person without a basis has a number there and no name.
  Result<PeopleMap> people_map();

  /// Nothing where nobody was ever verified: then there is no list, and scores are unprotected.
  Result<std::optional<AccountSet>> verified();

  /// Those that stand and those that were withdrawn, the oldest first.
  Result<std::vector<Pardon>> pardons();

  /// The accounts of pardons that stand: never searched for farms.
  Result<AccountSet> pardoned();

  /// stable_id  as the account's network says it; empty: unknown. Where one is known of the name, an account that shows
  ///            none is somebody else
  Result<Recognition> recognise(const Account& account, const std::string& stable_id);

  /// Challenges that have served.
  Result<std::set<std::string>> used_challenges();

  // -- changes; time is unix seconds

  Result<PersonId> add(const std::string& name, ConsentBasis basis, std::int64_t time);
  Result<void> set_basis(const std::string& who, ConsentBasis basis, std::int64_t time);

  /// Links by a verdict that is proven. A further proof of a link that stands is added to it. The verdict's stable id
  /// is kept; where it is linked under another name, the account was renamed: both names are the person's from then on.
  /// errors  bad_input where it is not proven, the account is another's (merge the two, or unlink it there), or its
  /// name
  ///         or stable id is somebody else's
  Result<void> link(const std::string& who, const Account& account, const Verdict& verdict, std::int64_t time);
  Result<void> unlink(const Account& account, std::int64_t time);

  /// Makes `who` part of `into`, which keeps its name and basis. Nothing of who is lost: unmerge gives it back exactly.
  Result<void> merge(const std::string& who, const std::string& into, std::int64_t time);

  /// Gives back the person of that name, with all that was its own, and those that were merged into it before.
  Result<void> unmerge(const std::string& name, std::int64_t time);

  /// The operator's word (by operator_list), or that the operator accepts the person's proofs (by proofs; there must be
  /// one that is more than the operator's word). Mends a cut.
  Result<void> verify(const std::string& who, VerifiedBy by, std::int64_t time);
  Result<void> unverify(const std::string& who, std::int64_t time);

  /// A verified person vouches for another. errors  bad_input where the inviter is not verified, or the two are one
  Result<void> invite(const std::string& inviter, const std::string& invited, std::int64_t time);

  /// Cuts the branch: by invitation neither this person is verified from now on, nor anybody below.
  Result<void> cut(const std::string& who, std::int64_t time);

  /// Pardons accounts, whoever owns them. returns  the pardon's number
  /// finding  of the service, which it answers; 0: none
  /// errors   bad_input for no accounts, one without a network or a name, no reason, or one of more than 4,000 bytes
  Result<std::int64_t> pardon(const AccountSet& accounts, const std::string& why, std::int64_t finding,
                              std::int64_t time);

  /// errors  not_found for one that is not there or was withdrawn already
  Result<void> withdraw_pardon(std::int64_t number, std::int64_t time);

  /// Takes one account out of all pardons that stand; a pardon without accounts is withdrawn with its last. What was
  /// taken out of one that stands is a withdrawn pardon from then on, of the same time, reason and finding.
  /// errors  not_found for one that is not pardoned
  Result<void> unpardon(const Account& account, std::int64_t time);

  /// Removes the account, every line about it, and its person with it where no account is left. No byte of it is left
  /// in the store; that it was erased is remembered in the log, as a keyed hash.
  Result<RegistryErase> erase(const Account& account);

  /// Removes a person who has no account (any more): the name, and every line about it. errors  bad_input where
  /// accounts are left: erase those
  Result<void> erase_bare_person(const std::string& who);

 private:
  explicit PeopleRegistry(store::Database database) : database_(std::move(database)) {}

  store::Database database_;
};

}  // namespace renown::people
