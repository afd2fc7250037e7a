/// The rows of the people store, read whole, and who is whose part. For the sources of this folder only.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "people/registry.h"
#include "store/schema.h"

namespace renown::people {

struct PersonRow {
  PersonId id = 0;
  std::string name;
  ConsentBasis basis = ConsentBasis::none;
  PersonId merged_into = 0;  ///< 0: stands for itself
  bool listed = false;       ///< by the operator
  bool accepted = false;     ///< the operator accepts the proofs
  PersonId inviter = 0;      ///< 0: nobody
  bool cut = false;
};

struct OwnedAccount {
  Account account;
  PersonId person = 0;
};

/// All people, and the accounts they own by themselves. Cost: about 1 us a person.
class PeopleRows {
 public:
  static Result<PeopleRows> read(store::Database& database);

  const std::vector<PersonRow>& all() const { return rows_; }  ///< by number
  std::size_t place_of(PersonId person) const;                 ///< in all(); who must be there
  const PersonRow& operator[](PersonId person) const { return rows_[place_of(person)]; }

  /// Whom the person is part of, in the end.
  PersonId root(PersonId person) const;
  std::vector<PersonId> parts(PersonId root) const;  ///< with itself, first

  /// By name, or as NETWORK:ACCOUNT; the person that stands for the one named. errors  usage
  Result<PersonId> find(const std::string& who) const;

  /// The one of that name itself, merged or not.
  std::optional<PersonId> named(const std::string& name) const;

  const std::vector<OwnedAccount>& owners() const { return owners_; }  ///< by account
  std::optional<PersonId> owner_of(const Account& account) const;

  /// Why each verified person (a root) is verified. An invitation counts as long as it leads, over people who are not
  /// cut, to one whom the operator verified.
  std::map<PersonId, VerifiedBy> verified() const;

 private:
  Result<void> read_people(store::Database& database);
  Result<void> read_accounts(store::Database& database);
  Result<void> read_proven(store::Database& database);
  bool any(PersonId root, bool PersonRow::* what) const;

  std::vector<PersonRow> rows_;
  std::map<PersonId, std::vector<PersonId>> merged_;  ///< by root: who is part of it, by number
  std::vector<OwnedAccount> owners_;
  std::vector<PersonId> proven_;  ///< roots with an account proven by more than the operator's word; read if it counts
};

/// The stable ids of linked accounts, read whole.
class StableIds {
 public:
  /// Empty where the store has none: one of an older Renown that is only read.
  static Result<StableIds> read(store::Database& database);

  std::string of(const Account& account) const;  ///< empty: unknown

  /// As PeopleRegistry::recognise.
  Recognition recognise(const PeopleRows& people, const Account& account, const std::string& id) const;

 private:
  std::map<Account, std::string> by_account_;
  std::map<std::pair<std::string, std::string>, std::vector<Account>> names_;  ///< by network and id
};

/// The store, and how it became so.
const store::Schema& people_schema();

/// The tables of pardons, which a store of an older Renown lacks until somebody writes it.
const store::Part& pardon_part();

/// The table of stable ids, likewise.
const store::Part& stable_id_part();

}  // namespace renown::people
