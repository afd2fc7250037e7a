#include "api/withdrawn_pardons.h"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "people/registry.h"
#include "pipeline/people_folder.h"

namespace renown::api {
namespace {

/// What the person reads: a command takes no words for them.
constexpr std::string_view kWords =
    "An operator has withdrawn this pardon. No reason was given here: ask the operator.";

bool has_account_of(const people::Pardon& pardon, const people::Person& person) {
  return std::ranges::any_of(person.accounts, [&](const people::LinkedAccount& each) {
    return std::ranges::find(pardon.accounts, each.account) != pardon.accounts.end();
  });
}

/// Whether the accounts of whoever appealed were taken out of a pardon that stands: what was taken out is kept as a
/// withdrawn pardon of the same finding and time.
bool was_taken_out(const people::Pardon& of, const people::Person& person, const std::vector<people::Pardon>& all) {
  return !has_account_of(of, person) && std::ranges::any_of(all, [&](const people::Pardon& each) {
    return each.withdrawn != 0 && each.finding == of.finding && each.time == of.time && has_account_of(each, person);
  });
}

bool is_withdrawn(const access::Appeal& appeal, const instance::Directory& directory,
                  const std::vector<people::Pardon>& all) {
  const auto pardon = std::ranges::find(all, appeal.pardon, &people::Pardon::number);
  if (pardon == all.end() || pardon->withdrawn != 0) return true;
  const people::Person* person = directory.find(appeal.person);
  return person != nullptr && was_taken_out(*pardon, *person, all);
}

Result<std::vector<people::Pardon>> all_pardons(Context& context) {
  std::vector<people::Pardon> all;
  auto asked = context.instance.ask_people([&](pipeline::PeopleFolder& folder) -> Result<void> {
    auto pardons = folder.registry().pardons();
    if (!pardons) return pardons.error();
    all = std::move(*pardons);
    return {};
  });
  if (!asked) return asked.error();
  return all;
}

}  // namespace

Result<void> revoke_the_withdrawn(Context& context) {
  const auto appeals = context.access.appeals().pardoned();
  if (!appeals) return appeals.error();
  if (appeals->empty()) return {};
  const auto pardons = all_pardons(context);
  if (!pardons) return pardons.error();
  const auto directory = context.instance.directory();
  for (const access::Appeal& appeal : *appeals) {
    if (!is_withdrawn(appeal, *directory, *pardons)) continue;
    if (auto revoked = context.access.appeals().revoke_one(appeal.id, kWords, 0, context.now()); !revoked)
      return revoked;
  }
  return {};
}

}  // namespace renown::api
