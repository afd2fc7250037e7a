#include "cli/people_advice.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "base/text.h"
#include "cli/exit_code.h"
#include "cli/people_text.h"
#include "people/profile.h"
#include "people/suggest.h"
#include "pipeline/json_text.h"

namespace renown::cli {
namespace {

std::map<Account, people::Profile> by_account(std::vector<people::Profile> profiles) {
  std::map<Account, people::Profile> all;
  for (people::Profile& profile : profiles) {
    const Account account = profile.account;
    all.insert_or_assign(account, std::move(profile));
  }
  return all;
}

/// Of the accounts that a sync saw.
Result<std::vector<people::Profile>> seen_profiles(const pipeline::PeopleFolder& folder, const people::Person& person) {
  std::vector<people::Profile> profiles;
  for (const people::LinkedAccount& linked : person.accounts) {
    auto seen = folder.seen_profile(linked.account);
    if (!seen) return seen.error();
    if (*seen) profiles.push_back(std::move((*seen)->profile.profile));
  }
  return profiles;
}

const char* about_name(people::Difference about) {
  switch (about) {
    case people::Difference::name:
      return "name";
    case people::Difference::bio:
      return "bio";
    case people::Difference::picture:
      return "picture";
    case people::Difference::links:
      return "links";
  }
  return "";
}

}  // namespace

int suggest(pipeline::PeopleFolder& folder, const PeopleOptions& options) {
  auto profiles = people::read_profiles(options.profiles_file);
  if (!profiles) return report(profiles.error());
  const auto all = folder.registry().people();
  if (!all) return report(all.error());
  auto left = by_account(std::move(*profiles));
  std::vector<people::KnownPerson> known;
  for (const people::Person& person : *all) {
    // Who gave no consent to be named is not looked for by name.
    people::KnownPerson each{person.basis == people::ConsentBasis::none ? "" : person.name, {}};
    for (const people::LinkedAccount& linked : person.accounts) {
      const auto profile = left.find(linked.account);
      each.handles.push_back(profile == left.end() ? linked.account.account : profile->second.handle);
      if (profile != left.end()) left.erase(profile);
    }
    known.push_back(std::move(each));
  }
  std::vector<people::UnlinkedAccount> accounts;
  for (const auto& [account, profile] : left) accounts.push_back({account, profile.handle, profile.name.value_or("")});

  const Terminal out(stdout);
  const auto found = people::suggest_owners(known, accounts);
  if (!options.json) {
    for (const people::Suggestion& each : found) {
      out.write(fmt::format("{:3.0f} %  {} may be {}: {}\n", 100 * each.score,
                            out.accent(base::printable(account_name(accounts[each.account].account))),
                            out.bold(base::printable((*all)[each.person].name)), base::printable(each.reason)));
    }
    if (found.empty()) out.write("No suggestion: none of the unlinked accounts is enough like anybody.\n");
    return kOk;
  }
  pipeline::JsonText json;
  json.begin_object();
  json.count("unlinked", accounts.size());
  json.begin_array("suggestions");
  for (const people::Suggestion& each : found) {
    json.begin_object();
    json.text("person", (*all)[each.person].name);
    json.text("network", accounts[each.account].account.network);
    json.text("account", accounts[each.account].account.account);
    json.number("score", each.score);
    json.text("reason", each.reason);
    json.end_object();
  }
  json.end_array();
  json.end_object();
  out.write(std::move(json).take());
  return kOk;
}

int check(pipeline::PeopleFolder& folder, const people::Person& person, const PeopleOptions& options) {
  auto profiles =
      options.profiles_file.empty() ? seen_profiles(folder, person) : people::read_profiles(options.profiles_file);
  if (!profiles) return report(profiles.error());
  const auto all = by_account(std::move(*profiles));
  std::vector<people::Profile> theirs;
  std::vector<std::string> missing;
  for (const people::LinkedAccount& linked : person.accounts) {
    const auto profile = all.find(linked.account);
    if (profile != all.end()) {
      theirs.push_back(profile->second);
    } else {
      missing.push_back(account_name(linked.account));
    }
  }
  const Terminal out(stdout);
  const auto remarks = people::check_profiles(theirs);
  if (!options.json) {
    for (const people::ProfileRemark& remark : remarks)
      out.write(
          fmt::format("{}  {}\n", out.accent(pad(about_name(remark.about), 8)), base::printable(remark.sentence)));
    if (remarks.empty()) out.write(fmt::format("Nothing differs between {} profiles.\n", theirs.size()));
    for (const std::string& account : missing)
      out.write(fmt::format("{}  {} has no profile {}\n", pad("unknown", 8), base::printable(account),
                            options.profiles_file.empty() ? "that renown sync saw" : "in the file"));
    return kOk;
  }
  pipeline::JsonText json;
  json.begin_object();
  json.text("person", person.name);
  json.count("profiles", theirs.size());
  json.begin_array("remarks");
  for (const people::ProfileRemark& remark : remarks) {
    json.begin_object();
    json.text("about", about_name(remark.about));
    json.text("sentence", remark.sentence);
    json.end_object();
  }
  json.end_array();
  json.begin_array("unknown");
  for (const std::string& account : missing) json.text("", account);
  json.end_array();
  json.end_object();
  out.write(std::move(json).take());
  return kOk;
}

}  // namespace renown::cli
