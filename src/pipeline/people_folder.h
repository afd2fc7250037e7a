/// PeopleFolder: the people of a data folder beside its log: one lock, one key, one memory of who was erased.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "renown/account.h"
#include "renown/interaction.h"
#include "renown/result.h"

#include "log/interaction_log.h"
#include "people/registry.h"
#include "pipeline/score_log.h"
#include "pipeline/seen_store.h"

namespace renown::pipeline {

/// What an erase took from log and registry. Of what sources showed nothing is counted.
struct EraseSummary {
  log::EraseCounts log;
  people::RegistryErase people;
};

class PeopleFolder {
 public:
  /// Makes the folder and its store where there is none. errors  as InteractionLog::create, PeopleRegistry
  static Result<PeopleFolder> open_for_writing(const std::string& path);

  /// errors  not_found where nobody was ever added; as InteractionLog::open_for_reading, PeopleRegistry
  static Result<PeopleFolder> open_for_reading(const std::string& path);

  people::PeopleRegistry& registry() { return registry_; }

  /// What sync saw of an account last. Nothing where it saw nothing. errors  of the store
  Result<std::optional<SeenProfile>> seen_profile(const Account& account) const;
  Result<std::vector<connect::Post>> seen_posts(const Account& account) const;

  /// Sources that read for one of these accounts. errors  of the log
  Result<std::vector<log::Source>> sources_of(const AccountSet& accounts) const;

  /// Calls visit for each row of the log in which one of the accounts acts or is the target; its texts are valid until
  /// visit returns. Cost: the whole log is read. errors  of the log, and the first of visit
  Result<void> for_each_row(const AccountSet& accounts,
                            const std::function<Result<void>(const Interaction&)>& visit) const;

  /// Under which challenges are made: the folder's own, and of no other use.
  people::ChallengeKey challenge_key() const;

  /// As PeopleRegistry::recognise; where the registry knows no stable id of a linked name, by what sync saw of it last.
  Result<people::Recognition> recognise(const Account& account, const std::string& stable_id);

  /// As PeopleRegistry::link, but for accounts that were erased: they do not come back.
  Result<void> link(const std::string& who, const Account& account, const people::Verdict& verdict, std::int64_t time);

  /// Opt-out: the person and all accounts, out of registry and log, for good. Killed halfway, the same again completes
  /// it.
  /// token_key_file  of sealed tokens, where the folder has any
  Result<EraseSummary> opt_out(const std::string& who, const std::string& token_key_file);

 private:
  Result<std::optional<SeenStore>> open_seen() const;
  PeopleFolder(std::string path, log::InteractionLog log, people::PeopleRegistry registry)
      : path_(std::move(path)), log_(std::move(log)), registry_(std::move(registry)) {}

  std::string path_;
  log::InteractionLog log_;
  people::PeopleRegistry registry_;
};

/// Erases an account from a folder's log, from its people, and what its sources showed and held, where there is any.
/// token_key_file  of sealed tokens, where the folder has any
Result<EraseSummary> erase_account(const std::string& path, const Account& account, const std::string& token_key_file);

/// The lists that a folder's people give to scoring, for what no file was given for; whom the folder pardons comes to
/// those of a file. Nothing where there are no people.
/// errors  busy while a process writes the folder; of the store
Result<void> add_lists_of_people(const std::string& path, LoadedLists& lists);

}  // namespace renown::pipeline
