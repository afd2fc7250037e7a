/// renown people: which accounts are whose, by proof, who is verified, and who is no farm.

#include <functional>
#include <map>

#include <fmt/format.h>

#include "base/text.h"
#include "base/time.h"
#include "cli/commands.h"
#include "cli/erase_text.h"
#include "cli/exit_code.h"
#include "cli/people_advice.h"
#include "cli/people_fetch.h"
#include "cli/people_pardon.h"
#include "cli/people_text.h"
#include "cli/person_export.h"
#include "people/evidence_file.h"
#include "pipeline/account_proof.h"
#include "pipeline/people_folder.h"
#include "pipeline/people_json.h"

namespace renown::cli {
namespace {

using people::Verdict;

/// From the file that was given, or from the accounts themselves.
Result<std::vector<people::Document>> documents_of(const PeopleOptions& options, const people::Person& person,
                                                   const Account& account) {
  if (!options.fetch) return people::read_evidence(options.proof_file);
  std::vector<Account> accounts = {account};
  for (const people::LinkedAccount& linked : person.accounts) accounts.push_back(linked.account);
  return fetch_documents(options, accounts);
}

/// By the documents of a file, or of the accounts themselves.
Result<Verdict> judge(pipeline::PeopleFolder& folder, const PeopleOptions& options, const Account& account) {
  const auto person = folder.registry().find(options.who);
  if (!person) return person.error();
  const auto documents = documents_of(options, *person, account);
  if (!documents) return documents.error();
  return pipeline::prove_account(folder, *person, account, *documents, proof_rules(options), now());
}

Result<Verdict> verdict_of(pipeline::PeopleFolder& folder, const PeopleOptions& options, const Account& account) {
  if (!options.proof_file.empty() + !options.my_word.empty() + options.fetch != 1)
    return Error{ErrorCode::usage,
                 "an account is linked by a proof: give --fetch, --proof FILE, or --my-word WHY for your own word"};
  if (options.my_word.empty()) return judge(folder, options, account);
  Verdict verdict;
  verdict.proven = true;
  verdict.method = people::kOperatorsWord;
  verdict.reason = options.my_word;
  return verdict;
}

Result<void> link(pipeline::PeopleFolder& folder, const PeopleOptions& options) {
  const auto account = parse_account(options.account);
  if (!account) return account.error();
  const auto verdict = verdict_of(folder, options, *account);
  if (!verdict) return verdict.error();
  return folder.link(options.who, *account, *verdict, now());
}

Result<people::ConsentBasis> basis_of(const PeopleOptions& options) {
  if (const auto basis = people::parse_basis(options.basis)) return *basis;
  return Error{ErrorCode::usage, fmt::format("'{}' is no basis: there are enrolled, community, none", options.basis)};
}

/// Makes the change that the action asks for.
Result<void> change(pipeline::PeopleFolder& folder, const PeopleOptions& options) {
  people::PeopleRegistry& registry = folder.registry();
  const std::string& action = options.action;
  if (action == "link") return link(folder, options);
  if (action == "merge") return registry.merge(options.who, options.other, now());
  if (action == "unmerge") return registry.unmerge(options.who, now());
  if (action == "unverify") return registry.unverify(options.who, now());
  if (action == "invite") return registry.invite(options.who, options.other, now());
  if (action == "cut") return registry.cut(options.who, now());
  if (action == "verify")
    return registry.verify(options.who, options.proofs ? people::VerifiedBy::proofs : people::VerifiedBy::operator_list,
                           now());
  if (action == "unlink") {
    const auto account = parse_account(options.account);
    return account ? registry.unlink(*account, now()) : Result<void>(account.error());
  }
  const auto basis = basis_of(options);
  if (!basis) return basis.error();
  if (action == "basis") return registry.set_basis(options.who, *basis, now());
  const auto added = registry.add(options.who, *basis, now());
  return added ? Result<void>() : Result<void>(added.error());
}

int show(const pipeline::PeopleFolder& folder, const PeopleOptions& options, const people::Person& person) {
  const Terminal out(stdout);
  if (!options.json) {
    const auto profiles = profiles_text(out, folder, person);
    if (!profiles) return report(profiles.error());
    out.write(person_text(out, person) + *profiles);
    return kOk;
  }
  pipeline::JsonText json;
  begin_person(json, "", person);
  if (auto added = pipeline::add_profiles(json, folder, person); !added) return report(added.error());
  json.end_object();
  out.write(std::move(json).take());
  return kOk;
}

/// Who is to be shown after a change.
std::string shown_after(const PeopleOptions& options, const std::string& owner_before) {
  if (options.action == "invite" || options.action == "merge") return options.other;
  if (options.action == "unlink") return owner_before;
  return options.who;
}

int change_and_show(const std::string& path, const PeopleOptions& options) {
  // A wrong argument must not leave a data folder behind.
  if (options.action == "add" || options.action == "basis") {
    if (const auto basis = basis_of(options); !basis) return report(basis.error());
  }
  auto folder = pipeline::PeopleFolder::open_for_writing(path);
  if (!folder) return report(folder.error());
  std::string owner;
  if (options.action == "unlink") {
    if (const auto before = folder->registry().find(options.account)) owner = before->name;
  }
  if (auto changed = change(*folder, options); !changed) return report(changed.error());
  const auto person = folder->registry().find(shown_after(options, owner));
  return person ? show(*folder, options, *person) : report(person.error());
}

int challenge(const std::string& path, const PeopleOptions& options) {
  const auto account = parse_account(options.account);
  if (!account) return report(account.error());
  auto folder = pipeline::PeopleFolder::open_for_reading(path);
  if (!folder) return report(folder.error());
  const auto person = folder->registry().find(options.who);
  if (!person) return report(person.error());
  const std::int64_t expires = now() + static_cast<std::int64_t>(options.days) * base::kSecondsPerDay;
  const std::string text = people::make_challenge(folder->challenge_key(), {person->id, *account}, expires);
  const Terminal out(stdout), talk(stderr);
  if (options.json) {
    pipeline::JsonText json;
    json.begin_object();
    json.text("challenge", text);
    json.text("expires", base::format_time(expires));
    json.end_object();
    out.write(std::move(json).take());
  } else {
    out.write(text + "\n");
    talk.write(fmt::format(
        "{} is to post this, or hold it in a TXT record or a <meta name=\"renown-proof\"> of its page, before {}. "
        "It works for this person and account alone, once.\n",
        base::printable(options.account), base::format_time(expires)));
  }
  return kOk;
}

int opt_out(const std::string& path, const PeopleOptions& options) {
  auto folder = pipeline::PeopleFolder::open_for_writing(path);
  if (!folder) return report(folder.error());
  const auto key = token_key_or_default(options.token_key_file);
  if (!key) return report(key.error());
  const auto gone = folder->opt_out(options.who, *key);
  if (!gone) return report(gone.error());
  const Terminal out(stdout);
  if (options.json) {
    out.write(erase_json(*gone));
  } else {
    out.write(fmt::format(
        "{} {} accounts and {} interactions removed, {} of others cleaned of the names; nothing of it comes back.\n",
        out.bold("Gone:"), grouped(gone->people.accounts), grouped(gone->log.rows_removed),
        grouped(gone->log.rows_cleaned)));
  }
  return kOk;
}

int list(pipeline::PeopleFolder& folder, const PeopleOptions& options) {
  const auto all = folder.registry().people();
  if (!all) return report(all.error());
  const Terminal out(stdout);
  if (!options.json) {
    out.write(people_text(out, *all));
    return kOk;
  }
  pipeline::JsonText json;
  json.begin_object();
  json.begin_array("people");
  for (const people::Person& person : *all) pipeline::add_person(json, "", person);
  json.end_array();
  json.end_object();
  out.write(std::move(json).take());
  return kOk;
}

int history(pipeline::PeopleFolder& folder, const PeopleOptions& options) {
  const auto lines = folder.registry().history();
  if (!lines) return report(lines.error());
  const Terminal out(stdout);
  if (!options.json) {
    out.write(history_text(out, *lines));
    return kOk;
  }
  pipeline::JsonText json;
  json.begin_object();
  pipeline::add_history(json, *lines);
  json.end_object();
  out.write(std::move(json).take());
  return kOk;
}

int ask(const std::string& path, const PeopleOptions& options) {
  auto folder = pipeline::PeopleFolder::open_for_reading(path);
  if (!folder) return report(folder.error());
  if (options.action == "list") return list(*folder, options);
  if (options.action == "history") return history(*folder, options);
  if (options.action == "suggest") return suggest(*folder, options);
  const auto person = folder->registry().find(options.who);
  if (!person) return report(person.error());
  if (options.action == "export") return export_person(*folder, *person, options);
  if (options.action == "check" && options.fetch) return check_proofs(*person, options);
  return options.action == "check" ? check(*folder, *person, options) : show(*folder, options, *person);
}

}  // namespace

int run_people(const PeopleOptions& options) {
  const auto path = data_folder_or_default(options.data_folder);
  if (!path) return report(path.error());
  if (options.action == "challenge") return challenge(*path, options);
  if (options.action == "opt-out") return opt_out(*path, options);
  if (options.action == "pardons") return list_pardons(*path, options);
  if (options.action == "pardon" || options.action == "unpardon") return change_pardons(*path, options);
  for (const char* question : {"list", "show", "history", "suggest", "check", "export"}) {
    if (options.action == question) return ask(*path, options);
  }
  return change_and_show(*path, options);
}

}  // namespace renown::cli
