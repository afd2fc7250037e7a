#include "cli/people_pardon.h"

#include <charconv>
#include <utility>

#include <fmt/format.h>

#include "base/text.h"
#include "base/time.h"
#include "cli/exit_code.h"
#include "cli/people_text.h"
#include "people/account_lists.h"
#include "pipeline/people_folder.h"
#include "pipeline/people_json.h"

namespace renown::cli {
namespace {

constexpr std::size_t kMostNames = 5;  ///< of a pardon, in the table

Result<AccountSet> accounts_of(const PeopleOptions& options) {
  AccountSet accounts;
  if (!options.list_file.empty()) {
    auto listed = people::read_account_list(options.list_file);
    if (!listed) return listed.error();
    accounts = std::move(*listed);
  }
  for (const std::string& text : options.pardoned) {
    auto account = parse_account(text);
    if (!account) return account.error();
    accounts.insert(std::move(*account));
  }
  if (accounts.empty()) return Error{ErrorCode::usage, "name accounts to pardon, or give --list FILE"};
  return accounts;
}

Result<void> unpardon(people::PeopleRegistry& registry, const std::string& which) {
  std::int64_t number = 0;
  const char* const end = which.data() + which.size();
  const auto read = std::from_chars(which.data(), end, number);
  if (read.ec == std::errc() && read.ptr == end) return registry.withdraw_pardon(number, now());
  const auto account = parse_account(which);
  return account ? registry.unpardon(*account, now()) : Result<void>(account.error());
}

std::string names_text(const std::vector<Account>& accounts) {
  std::string names;
  for (std::size_t i = 0; i < accounts.size() && i < kMostNames; ++i)
    names += (i == 0 ? "" : ", ") + account_name(accounts[i]);
  if (accounts.size() > kMostNames) names += fmt::format(" and {} more", accounts.size() - kMostNames);
  return names;
}

std::string pardons_text(const Terminal& terminal, const std::vector<people::Pardon>& pardons) {
  std::string text;
  for (const people::Pardon& pardon : pardons) {
    if (pardon.withdrawn != 0) continue;
    text += fmt::format("{:>5}  {}  {}\n       {}\n", pardon.number, base::format_day(pardon.time),
                        terminal.accent(base::printable(names_text(pardon.accounts))),
                        terminal.dim(base::printable(pardon.why)));
  }
  return text.empty() ? "Nobody is pardoned.\n" : text;
}

int show(people::PeopleRegistry& registry, const PeopleOptions& options) {
  const auto pardons = registry.pardons();
  if (!pardons) return report(pardons.error());
  const Terminal out(stdout);
  if (!options.json) {
    out.write(pardons_text(out, *pardons));
    return kOk;
  }
  pipeline::JsonText json;
  json.begin_object();
  pipeline::add_pardons(json, *pardons);
  json.end_object();
  out.write(std::move(json).take());
  return kOk;
}

}  // namespace

int change_pardons(const std::string& path, const PeopleOptions& options) {
  // A wrong argument must not leave a data folder behind.
  AccountSet accounts;
  if (options.action == "pardon") {
    auto named = accounts_of(options);
    if (!named) return report(named.error());
    accounts = std::move(*named);
  }
  auto folder = pipeline::PeopleFolder::open_for_writing(path);
  if (!folder) return report(folder.error());
  Result<void> done;
  if (options.action == "pardon") {
    const auto number = folder->registry().pardon(accounts, options.why, 0, now());
    if (!number) done = number.error();
  } else {
    done = unpardon(folder->registry(), options.account);
  }
  return done ? show(folder->registry(), options) : report(done.error());
}

int list_pardons(const std::string& path, const PeopleOptions& options) {
  auto folder = pipeline::PeopleFolder::open_for_reading(path);
  return folder ? show(folder->registry(), options) : report(folder.error());
}

}  // namespace renown::cli
