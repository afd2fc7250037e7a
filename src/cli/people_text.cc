#include "cli/people_text.h"

#include <fmt/format.h>

#include "base/text.h"
#include "base/time.h"

namespace renown::cli {
namespace {

std::string verified_text(const people::Person& person) {
  if (!person.verified) return person.cut ? "no (cut)" : "no";
  std::string text = people::verified_name(*person.verified);
  if (*person.verified == people::VerifiedBy::invitation) text += " of " + person.inviter;
  return text;
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

void add_person(pipeline::JsonText& json, std::string_view key, const people::Person& person) {
  json.begin_object(key);
  json.text("person", person.name);
  json.text("basis", basis_name(person.basis));
  if (person.verified) {
    json.text("verified", verified_name(*person.verified));
  } else {
    json.null("verified");
  }
  if (person.inviter.empty()) {
    json.null("inviter");
  } else {
    json.text("inviter", person.inviter);
  }
  json.boolean("cut", person.cut);
  json.begin_array("merged");
  for (const std::string& name : person.merged) json.text("", name);
  json.end_array();
  json.begin_array("accounts");
  for (const people::LinkedAccount& linked : person.accounts) {
    json.begin_object();
    json.text("network", linked.account.network);
    json.text("account", linked.account.account);
    json.begin_array("proofs");
    for (const people::LinkProof& proof : linked.proofs) {
      json.begin_object();
      json.text("method", proof.method);
      json.text("reason", proof.reason);
      json.text("time", base::format_time(proof.time));
      json.begin_array("documents");
      for (const people::Evidence& seen : proof.evidence) {
        json.begin_object();
        json.text("address", seen.address);
        json.text("sha256", seen.sha256);
        json.text("fetched", base::format_time(seen.fetched));
        json.end_object();
      }
      json.end_array();
      json.end_object();
    }
    json.end_array();
    json.end_object();
  }
  json.end_array();
  json.end_object();
}

void add_history(pipeline::JsonText& json, const std::vector<people::HistoryLine>& lines) {
  json.begin_array("history");
  for (const people::HistoryLine& line : lines) {
    json.begin_object();
    json.count("number", static_cast<std::uint64_t>(line.number));
    json.text("time", base::format_time(line.time));
    json.text("what", line.what);
    json.text("person", line.person);
    json.text("other", line.other);
    json.text("network", line.account.network);
    json.text("account", line.account.account);
    json.text("detail", line.detail);
    json.end_object();
  }
  json.end_array();
}

}  // namespace renown::cli
