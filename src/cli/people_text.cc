#include "cli/people_text.h"

#include <fmt/format.h>

#include "base/text.h"
#include "base/time.h"
#include "pipeline/seen_consent.h"

namespace renown::cli {
namespace {

std::string verified_text(const people::Person& person) {
  if (!person.verified) return person.cut ? "no (cut)" : "no";
  std::string text = people::verified_name(*person.verified);
  if (*person.verified == people::VerifiedBy::invitation) text += " of " + person.inviter;
  return text;
}

std::string consent_text(const std::optional<people::Consent>& consent) {
  if (!consent) return "it is not known what it says about being shown";
  if (consent->may_show) return "it may be profiled and shown";
  return fmt::format("it may {}be profiled and not be shown: {}", consent->may_profile ? "" : "not ",
                     base::printable(consent->why_not));
}

}  // namespace

std::string account_name(const Account& account) {
  return account.network + ":" + account.account;
}

std::string people_text(const Terminal& terminal, const std::vector<people::Person>& all) {
  if (all.empty()) return "Nobody yet: renown people add NAME makes the first.\n";
  std::string text = terminal.bold(fmt::format("{}  {}  {}  {}", pad("person", 24), pad("basis", 9),
                                               pad("verified", 24), "accounts")) +
                     "\n";
  for (const people::Person& person : all) {
    std::string accounts;
    for (const people::LinkedAccount& linked : person.accounts)
      accounts += (accounts.empty() ? "" : ", ") + account_name(linked.account);
    text += fmt::format("{}  {}  {}  {}\n", terminal.accent(pad(base::printable(person.name), 24)),
                        pad(basis_name(person.basis), 9), pad(base::printable(verified_text(person)), 24),
                        accounts.empty() ? "-" : base::printable(accounts));
  }
  return text;
}

std::string person_text(const Terminal& terminal, const people::Person& person) {
  std::string text = fmt::format("{}  basis: {}, verified: {}\n", terminal.bold(base::printable(person.name)),
                                 basis_name(person.basis), base::printable(verified_text(person)));
  for (const std::string& name : person.merged)
    text += fmt::format("  merged into it: {} (renown people unmerge gives it back)\n", base::printable(name));
  for (const people::LinkedAccount& linked : person.accounts) {
    text += fmt::format("  {}\n", terminal.accent(base::printable(account_name(linked.account))));
    for (const people::LinkProof& proof : linked.proofs) {
      text +=
          fmt::format("    {}, {}: {}\n", base::format_day(proof.time), proof.method, base::printable(proof.reason));
      for (const people::Evidence& seen : proof.evidence)
        text +=
            terminal.dim(fmt::format("      {} sha256 {}", base::printable(seen.address), seen.sha256.substr(0, 16))) +
            "\n";
    }
  }
  if (person.accounts.empty()) text += "  no account is linked\n";
  return text;
}

std::string history_text(const Terminal& terminal, const std::vector<people::HistoryLine>& lines) {
  std::string text;
  for (const people::HistoryLine& line : lines) {
    std::string about = line.person;
    if (!line.other.empty()) about += (line.what == "invite" ? " by " : " and ") + line.other;
    if (!line.account.network.empty()) about += ", " + account_name(line.account);
    text += fmt::format("{:>5}  {}  {}  {}  {}\n", line.number, base::format_time(line.time),
                        terminal.accent(pad(line.what, 8)), base::printable(about),
                        terminal.dim(base::printable(line.detail)));
  }
  return text;
}

Result<std::string> profiles_text(const Terminal& terminal, const pipeline::PeopleFolder& folder,
                                  const people::Person& person) {
  std::string text;
  for (const people::LinkedAccount& linked : person.accounts) {
    const auto seen = folder.seen_profile(linked.account);
    if (!seen) return seen.error();
    if (!*seen) continue;
    const auto consent = pipeline::seen_consent(**seen, person.basis == people::ConsentBasis::enrolled);
    text += fmt::format("  {} was seen {}: {}\n", terminal.accent(base::printable(account_name(linked.account))),
                        base::format_time((*seen)->time), consent_text(consent));
  }
  return text;
}

}  // namespace renown::cli
