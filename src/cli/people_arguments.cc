#include "cli/people_arguments.h"

#include <string>

#include <CLI/CLI.hpp>

#include "cli/connect_arguments.h"

namespace renown::cli {
namespace {

/// One subcommand; its name becomes options.action.
CLI::App* add_action(CLI::App& people, PeopleOptions& options, const std::string& name, const std::string& what) {
  CLI::App* action = people.add_subcommand(name, what);
  action->add_option("--data", options.data_folder, "data folder (default: your own)");
  action->add_flag("--json", options.json, "JSON on standard output");
  action->callback([&options, name] { options.action = name; });
  return action;
}

/// --fetch, and how networks are asked then.
CLI::Option* add_fetching(CLI::App& action, PeopleOptions& options, const std::string& what) {
  CLI::Option* fetch = action.add_flag("--fetch", options.fetch, what);
  action.add_option("--plc-directory", options.plc_directory, "whose word on did:plc is taken")
      ->default_str("https://plc.directory");
  add_network_options(action, options.network);
  return fetch;
}

void add_links(CLI::App& people, PeopleOptions& options) {
  const std::string account = "NETWORK:ACCOUNT";
  CLI::App* challenge = add_action(people, options, "challenge", "Make a text that the account is to post as a proof");
  challenge->add_option("PERSON", options.who)->required();
  challenge->add_option("ACCOUNT", options.account, account)->required();
  challenge->add_option("--days", options.days, "for how long it is good")
      ->check(CLI::Range(1, 90))
      ->capture_default_str();
  CLI::App* link = add_action(people, options, "link", "Link an account to a person, by proof");
  link->add_option("PERSON", options.who)->required();
  link->add_option("ACCOUNT", options.account, account)->required();
  link->add_option("--proof", options.proof_file, "JSON file with the documents of the proof (docs/people.md)");
  add_fetching(*link, options, "fetch the documents of the proof from the accounts themselves");
  link->add_option("--my-word", options.my_word, "link by your own word, and say why");
  CLI::App* unlink = add_action(people, options, "unlink", "Take an account from the person it is linked to");
  unlink->add_option("ACCOUNT", options.account, account)->required();
  CLI::App* merge = add_action(people, options, "merge", "Make one person of two; nothing is lost");
  merge->add_option("PERSON", options.who)->required();
  merge->add_option("INTO", options.other, "keeps name and basis")->required();
  CLI::App* unmerge = add_action(people, options, "unmerge", "Give back a person that was merged, exactly");
  unmerge->add_option("PERSON", options.who, "its own name")->required();
}

void add_verification(CLI::App& people, PeopleOptions& options) {
  CLI::App* verify =
      add_action(people, options, "verify", "Verify a person, by your word or because you accept the proofs");
  verify->add_option("PERSON", options.who)->required();
  verify->add_flag("--proofs", options.proofs, "because you accept the proofs: holds while there is one");
  CLI::App* unverify = add_action(people, options, "unverify", "Take that back");
  unverify->add_option("PERSON", options.who)->required();
  CLI::App* invite = add_action(people, options, "invite", "Record that a verified person vouches for another");
  invite->add_option("INVITER", options.who)->required();
  invite->add_option("PERSON", options.other)->required();
  CLI::App* cut = add_action(people, options, "cut", "Cut the branch of invitations from a person down");
  cut->add_option("PERSON", options.who)->required();
}

void add_pardons(CLI::App& people, PeopleOptions& options) {
  CLI::App* pardon = add_action(people, options, "pardon", "Say that accounts are no farm, whoever owns them");
  pardon->add_option("ACCOUNT", options.pardoned, "NETWORK:ACCOUNT, one or several");
  pardon->add_option("--list", options.list_file, "CSV network,account: further ones, such as rows of a farm file");
  pardon->add_option("--why", options.why, "the reason, which is kept")->required();
  CLI::App* unpardon = add_action(people, options, "unpardon", "Withdraw a pardon, or take an account out of all");
  unpardon->add_option("WHICH", options.account, "number of the pardon, or NETWORK:ACCOUNT")->required();
  add_action(people, options, "pardons", "Who is pardoned, since when and why");
}

void add_advice(CLI::App& people, PeopleOptions& options) {
  const std::string from_sync = "NDJSON of profiles (docs/people.md; default: those that renown sync saw)";
  CLI::App* suggest = add_action(people, options, "suggest", "Say whose an unlinked account may be; links nothing");
  suggest->add_option("--profiles", options.profiles_file, "NDJSON of profiles (docs/people.md)")->required();
  CLI::App* check = add_action(people, options, "check", "Say where the profiles of one person differ");
  check->add_option("PERSON", options.who)->required();
  CLI::Option* profiles = check->add_option("--profiles", options.profiles_file, from_sync);
  add_fetching(*check, options, "ask whether the accounts still say of each other that they are one person's")
      ->excludes(profiles);
  CLI::App* export_one = add_action(people, options, "export", "Write everything that is held about one person");
  export_one->add_option("PERSON", options.who)->required();
  export_one->add_option("--out", options.out_file, "FILE.json; - is standard output")->required();
}

}  // namespace

void add_people_arguments(CLI::App& app, PeopleOptions& options) {
  CLI::App* people =
      app.add_subcommand("people", "Say which accounts are whose, by proof, who is verified, and who is no farm");
  people->require_subcommand(1);
  people->footer(
      "Examples:\n"
      "  renown people add 'Ada Lovelace' --data ~/renown\n"
      "  renown people challenge 'Ada Lovelace' web:ada.example --data ~/renown\n"
      "  renown people link 'Ada Lovelace' web:ada.example --proof proof.json --data ~/renown\n"
      "  renown people verify 'Ada Lovelace' --proofs --data ~/renown");
  add_action(*people, options, "list", "Who there is");
  add_action(*people, options, "show", "One person, with proofs")
      ->add_option("PERSON", options.who, "name or NETWORK:ACCOUNT")
      ->required();
  add_action(*people, options, "history", "Every change there was");
  CLI::App* add = add_action(*people, options, "add", "Add a person");
  add->add_option("NAME", options.who)->required();
  add->add_option("--basis", options.basis, "enrolled, community (your own), or none: no page, no name")
      ->capture_default_str();
  CLI::App* basis = add_action(*people, options, "basis", "Change the basis of consent");
  basis->add_option("PERSON", options.who)->required();
  basis->add_option("BASIS", options.basis, "enrolled, community, none")->required();
  add_links(*people, options);
  add_verification(*people, options);
  add_pardons(*people, options);
  add_advice(*people, options);
  CLI::App* opt_out =
      add_action(*people, options, "opt-out", "Remove a person and all their accounts from the data folder, for good");
  opt_out->add_option("PERSON", options.who)->required();
  opt_out->add_option("--token-key", options.token_key_file, "key of the sealed tokens (default: your own)");
}

}  // namespace renown::cli
