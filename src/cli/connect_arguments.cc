#include "cli/connect_arguments.h"

#include <string>

#include <CLI/CLI.hpp>

#include "cli/shared_arguments.h"

namespace renown::cli {
namespace {

/// One subcommand; its name becomes options.action.
CLI::App* add_action(CLI::App& connect, ConnectOptions& options, const std::string& name, const std::string& what) {
  CLI::App* action = connect.add_subcommand(name, what);
  action->add_flag("--json", options.json, "JSON on standard output");
  action->callback([&options, name] { options.action = name; });
  return action;
}

void add_data_option(CLI::App& command, std::string& data_folder) {
  command.add_option("--data", data_folder, "data folder (default: your own)");
}

}  // namespace

void add_token_key_option(CLI::App& command, NetworkOptions& options) {
  command.add_option("--token-key", options.token_key_file,
                     "key of the sealed tokens (default: ~/.config/renown/token.key)");
}

void add_network_options(CLI::App& command, NetworkOptions& options) {
  command
      .add_option("--allow-host", options.allowed_hosts,
                  "HOST:PORT of a server of your own, on an address that is otherwise refused; may be repeated")
      ->allow_extra_args(false);
  command.add_option("--ca-file", options.ca_file, "PEM file of certificates to trust beside the system's");
  command.add_option("--contact", options.contact,
                     "how networks reach you: an address of mail or web, sent with every "
                     "request");
}

void add_connect_arguments(CLI::App& app, ConnectOptions& options) {
  CLI::App* connect = app.add_subcommand("connect", "Say what of which networks renown sync reads");
  connect->require_subcommand(1);
  connect->footer(
      "Examples:\n"
      "  renown connect networks\n"
      "  renown connect add github ada --token-file token.txt --data ~/renown\n"
      "  renown sync --data ~/renown");
  CLI::App* add = add_action(*connect, options, "add", "Add a source");
  add_data_option(*add, options.data_folder);
  add->add_option("NETWORK", options.connector, "see renown connect networks")->required();
  add->add_option("ACCOUNT", options.account, "whose engagement; none where a whole server is read");
  add->add_option("--server", options.server, "https://HOST, where it is not the network's own");
  add->add_option("--set", options.settings, "KEY=VALUE of the connector's own; may be repeated")
      ->allow_extra_args(false);
  add->add_option("--name", options.name, "of the source (default: NETWORK:ACCOUNT)");
  CLI::Option* token =
      add->add_option("--token-file", options.token_file, "file with an access token; - is standard input");
  add->add_flag("--log-in", options.log_in, "log in at the network in a browser")->excludes(token);
  add->add_option("--client-id", options.client_id, "of a program that you registered there");
  add->add_option("--client-secret-file", options.client_secret_file, "file with its secret");
  add->add_option("--redirect", options.redirect, "the callback it is registered with");
  add->add_option("--scope", options.scope, "what to ask for; reading alone");
  add->add_option("--plc-directory", options.plc_directory, "whose word on did:plc is taken, for a log-in at Bluesky");
  add_token_key_option(*add, options.network);
  add_network_options(*add, options.network);
  add_data_option(*add_action(*connect, options, "list", "The sources there are, and how they stand"),
                  options.data_folder);
  CLI::App* remove = add_action(*connect, options, "remove", "Forget a source and its token; what it gave stays");
  remove->add_option("SOURCE", options.name)->required();
  add_data_option(*remove, options.data_folder);
  add_token_key_option(*remove, options.network);
  CLI::App* actor =
      add_action(*connect, options, "actor", "As whom activitypub sources ask: signed, where all is shown");
  actor->footer(
      "Prints the actor's document. Serve it at ADDRESS as application/activity+json; from then on renown sync signs\n"
      "what it asks of activitypub sources. Without ADDRESS, shows the actor that there is.\n"
      "Examples:\n"
      "  renown connect actor https://renown.example/actor --data ~/renown > actor.json");
  actor->add_option("ADDRESS", options.account, "where the document will be found: https://HOST/PATH");
  actor->add_flag("--new-key", options.new_key, "in place of the key that there is");
  add_data_option(*actor, options.data_folder);
  add_token_key_option(*actor, options.network);
  add_action(*connect, options, "networks", "What can be connected, and what to give");
}

void add_sync_arguments(CLI::App& app, SyncOptions& options) {
  CLI::App* command = app.add_subcommand("sync", "Read what is new on the networks that were connected");
  command->footer(
      "Examples:\n"
      "  renown sync --data ~/renown\n"
      "  renown sync github:ada --follow --every 600 --data ~/renown\n"
      "Exit code 4: a source is stale or was read in part.");
  command->add_option("SOURCE", options.sources, "those to read (default: all)");
  add_data_option(*command, options.data_folder);
  command->add_flag("--follow", options.follow, "go on until Ctrl-C; news at once where the network tells of it");
  command->add_option("--every", options.every_seconds, "seconds between two readings of a source that is followed")
      ->check(whole_number(1, 1'000'000))
      ->capture_default_str();
  command->add_flag("--from-start", options.from_start, "read all again; nothing is doubled");
  command->add_flag("--acknowledge", options.acknowledge, "print a JSON line for every commit that is durable");
  add_token_key_option(*command, options.network);
  add_network_options(*command, options.network);
  command->add_flag("--json", options.json, "JSON on standard output");
}

}  // namespace renown::cli
