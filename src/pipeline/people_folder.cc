#include "pipeline/people_folder.h"

#include <algorithm>
#include <filesystem>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "base/digest.h"
#include "io/csv.h"
#include "io/json.h"
#include "log/data_folder.h"
#include "log/folder_lock.h"
#include "people/stable_id.h"
#include "pipeline/seen_store.h"
#include "pipeline/token_store.h"

namespace renown::pipeline {
namespace {

bool has_people(const std::string& path) {
  std::error_code ignored;
  return std::filesystem::exists(log::DataFolder(path).people(), ignored);
}

/// A list of the store as the list file that it stands for, so that a lock file says what a run went by.
template <class List, class Line>
ListFile describe(const std::string& path, const List& list, const Line& line) {
  base::Sha256 digest;
  for (const auto& entry : list) digest.add(line(entry));
  return {log::DataFolder(path).people(), digest.hex(), list.size()};
}

std::string csv_of(const Account& account) {
  return io::csv_field(account.network) + "," + io::csv_field(account.account) + "\n";
}

void add(EraseSummary& sum, const log::EraseCounts& log, const people::RegistryErase& people) {
  sum.log.rows_removed += log.rows_removed;
  sum.log.rows_cleaned += log.rows_cleaned;
  sum.log.sources += log.sources;
  sum.people.accounts += people.accounts;
  sum.people.people += people.people;
  sum.people.invitations += people.invitations;
}

/// Nothing where the folder has no tokens.
Result<std::optional<TokenStore>> open_tokens(const std::string& path, const std::string& key_file) {
  if (!TokenStore::exists(path)) return std::optional<TokenStore>();
  auto tokens = TokenStore::open(path, key_file);
  if (!tokens) return tokens.error();
  return std::optional(std::move(*tokens));
}

/// Tokens whose sources are gone. Those of sources that go with the account are among them, whenever it was erased.
Result<void> forget_tokens(const log::InteractionLog& log, TokenStore& tokens) {
  const auto sources = log.sources();
  if (!sources) return sources.error();
  std::set<std::string> names;
  for (const log::Source& source : *sources) names.insert(source.name);
  return tokens.keep_only(names);
}

Result<void> forget_seen(const log::InteractionLog& log, const std::string& path, const Account& account) {
  std::error_code ignored;
  const std::string file = log::DataFolder(path).seen();
  if (!std::filesystem::exists(file, ignored)) return {};
  auto seen = SeenStore::open_for_writing(file);
  if (!seen) return seen.error();
  const auto erased = log.tombstones();
  if (!erased) return erased.error();
  return seen->erase(account, *erased);
}

// The log first: its tombstone keeps the account from coming back, whatever happens between the steps.
Result<void> erase_everywhere(log::InteractionLog& log, people::PeopleRegistry* registry, TokenStore* tokens,
                              const std::string& path, const Account& account, EraseSummary& summary) {
  const auto rows = log.erase(account.network, account.account);
  if (!rows) return rows.error();
  if (auto forgotten = forget_seen(log, path, account); !forgotten) return forgotten;
  if (tokens != nullptr) {
    if (auto forgotten = forget_tokens(log, *tokens); !forgotten) return forgotten;
  }
  people::RegistryErase people;
  if (registry != nullptr) {
    const auto erased = registry->erase(account);
    if (!erased) return erased.error();
    people = *erased;
  }
  add(summary, *rows, people);
  return {};
}

/// What the profile's document says of the account's stable id; empty: nothing. GitHub's alone: a server of the
/// fediverse may show accounts of others, under numbers of its own.
std::string stable_id_of(const SeenProfile& seen) {
  if (seen.profile.profile.account.network != "github") return {};
  io::JsonParser parser;
  const auto root = parser.parse(seen.profile.document);
  return root ? people::github_id(*root) : std::string();
}

}  // namespace

Result<PeopleFolder> PeopleFolder::open_for_writing(const std::string& path) {
  auto log = log::InteractionLog::create(path, log::TombstoneKey::random());
  if (!log) return log.error();
  auto registry = people::PeopleRegistry::open_for_writing(log::DataFolder(path).people());
  if (!registry) return registry.error();
  return PeopleFolder(path, std::move(*log), std::move(*registry));
}

Result<PeopleFolder> PeopleFolder::open_for_reading(const std::string& path) {
  auto log = log::InteractionLog::open_for_reading(path);
  if (!log) return log.error();
  if (!has_people(path)) {
    return Error{ErrorCode::not_found,
                 fmt::format("{} has no people yet: renown people add NAME --data {} makes the first", path, path)};
  }
  auto registry = people::PeopleRegistry::open_for_reading(log::DataFolder(path).people());
  if (!registry) return registry.error();
  return PeopleFolder(path, std::move(*log), std::move(*registry));
}

Result<std::optional<SeenStore>> PeopleFolder::open_seen() const {
  std::error_code ignored;
  const std::string file = log::DataFolder(path_).seen();
  if (!std::filesystem::exists(file, ignored)) return std::optional<SeenStore>();
  auto seen = SeenStore::open_for_reading(file);
  if (!seen) return seen.error();
  return std::optional(std::move(*seen));
}

Result<std::optional<SeenProfile>> PeopleFolder::seen_profile(const Account& account) const {
  auto seen = open_seen();
  if (!seen) return seen.error();
  return *seen ? (*seen)->profile(account) : std::optional<SeenProfile>();
}

Result<std::vector<connect::Post>> PeopleFolder::seen_posts(const Account& account) const {
  auto seen = open_seen();
  if (!seen) return seen.error();
  return *seen ? (*seen)->posts(account) : std::vector<connect::Post>();
}

Result<std::vector<log::Source>> PeopleFolder::sources_of(const AccountSet& accounts) const {
  auto all = log_.sources();
  if (!all) return all.error();
  std::erase_if(*all, [&](const log::Source& source) {
    return !accounts.contains({source.network, source.account}) &&
           !accounts.contains({source.network, source.state.subject});
  });
  return all;
}

Result<void> PeopleFolder::for_each_row(const AccountSet& accounts,
                                        const std::function<Result<void>(const Interaction&)>& visit) const {
  auto reader = log_.read();
  if (!reader) return reader.error();
  model::InteractionBlock block;
  for (bool more = true; more;) {
    block.clear();
    const auto read = (*reader)->read(block);
    if (!read) return read.error();
    more = *read;
    for (std::size_t i = 0; i < block.size(); ++i) {
      const Interaction row = block[i];
      const std::string network(row.network);
      const bool is_theirs =
          accounts.contains({network, std::string(row.actor)}) || accounts.contains({network, std::string(row.target)});
      if (!is_theirs) continue;
      if (auto visited = visit(row); !visited) return visited;
    }
  }
  return {};
}

people::ChallengeKey PeopleFolder::challenge_key() const {
  return log_.key().derived("renown-proof");
}

Result<people::Recognition> PeopleFolder::recognise(const Account& account, const std::string& stable_id) {
  auto recognition = registry_.recognise(account, stable_id);
  if (!recognition || recognition->as != people::Recognised::known) return recognition;
  const auto seen = seen_profile(account);
  if (!seen) return seen.error();
  if (!*seen) return recognition;
  const std::string seen_id = stable_id_of(**seen);
  const auto person = registry_.find(account.network + ":" + account.account);
  if (!person) return person.error();
  const auto linked = std::ranges::find(person->accounts, account, &people::LinkedAccount::account);
  const bool is_known = linked != person->accounts.end() && !linked->stable_id.empty();
  if (!is_known && !seen_id.empty() && seen_id != stable_id) recognition->as = people::Recognised::somebody_else;
  return recognition;
}

Result<void> PeopleFolder::link(const std::string& who, const Account& account, const people::Verdict& verdict,
                                std::int64_t time) {
  const auto erased = log_.was_erased(account.network, account.account);
  if (!erased) return erased.error();
  if (*erased) {
    return bad_input(fmt::format("{}:{} was erased from this data folder, and that is for good: it cannot be linked",
                                 account.network, account.account));
  }
  return registry_.link(who, account, verdict, time);
}

Result<EraseSummary> PeopleFolder::opt_out(const std::string& who, const std::string& token_key_file) {
  const auto person = registry_.find(who);
  if (!person) return person.error();
  auto tokens = open_tokens(path_, token_key_file);
  if (!tokens) return tokens.error();
  EraseSummary summary;
  for (const people::LinkedAccount& linked : person->accounts) {
    auto erased = erase_everywhere(log_, &registry_, *tokens ? &**tokens : nullptr, path_, linked.account, summary);
    if (!erased) return erased.error();
  }
  if (person->accounts.empty()) {
    if (auto erased = registry_.erase_bare_person(person->name); !erased) return erased.error();
    summary.people.people = 1 + person->merged.size();
  }
  return summary;
}

Result<EraseSummary> erase_account(const std::string& path, const Account& account, const std::string& token_key_file) {
  auto log = log::InteractionLog::open_for_writing(path);
  if (!log) return log.error();
  auto tokens = open_tokens(path, token_key_file);
  if (!tokens) return tokens.error();
  EraseSummary summary;
  std::optional<people::PeopleRegistry> registry;
  if (has_people(path)) {
    auto opened = people::PeopleRegistry::open_for_writing(log::DataFolder(path).people());
    if (!opened) return opened.error();
    registry.emplace(std::move(*opened));
  }
  auto erased =
      erase_everywhere(*log, registry ? &*registry : nullptr, *tokens ? &**tokens : nullptr, path, account, summary);
  if (!erased) return erased.error();
  return summary;
}

Result<void> add_lists_of_people(const std::string& path, LoadedLists& lists) {
  if (!has_people(path)) return {};
  const auto lock = log::FolderLock::shared(log::DataFolder(path));
  if (!lock) return lock.error();
  auto registry = people::PeopleRegistry::open_for_reading(log::DataFolder(path).people());
  if (!registry) return registry.error();
  auto pardoned = registry->pardoned();
  if (!pardoned) return pardoned.error();
  if (!pardoned->empty()) {
    lists.folder_pardon = describe(path, *pardoned, [](const Account& account) { return csv_of(account); });
    lists.pardoned.merge(*pardoned);
  }
  if (!lists.people_file) {
    auto people = registry->people_map();
    if (!people) return people.error();
    lists.people = std::move(*people);
    lists.people_file = describe(
        path, lists.people, [](const auto& entry) { return io::csv_field(entry.second) + "," + csv_of(entry.first); });
  }
  if (!lists.verified_file) {
    auto verified = registry->verified();
    if (!verified) return verified.error();
    if (!*verified) return {};
    lists.verified = std::move(*verified);
    lists.verified_file = describe(path, *lists.verified, [](const Account& account) { return csv_of(account); });
  }
  return {};
}

}  // namespace renown::pipeline
