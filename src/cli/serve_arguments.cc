#include "cli/serve_arguments.h"

#include <CLI/CLI.hpp>

#include "cli/connect_arguments.h"
#include "cli/shared_arguments.h"

namespace renown::cli {

void add_serve_arguments(CLI::App& app, ServeOptions& options) {
  CLI::App* command = app.add_subcommand("serve", "Serve a data folder: the page, the API, and a daily sync and run");
  command->footer(
      "Examples:\n"
      "  renown serve --data ~/renown\n"
      "  renown serve --data /var/lib/renown --public-url https://renown.example --proxy 127.0.0.1 --json-log\n"
      "Other machines reach it by a proxy that speaks TLS: docs/operating.md.");
  add_service_options(*command, options.log);
  command->add_option("--address", options.address, "address of this machine to listen on")->capture_default_str();
  command->add_option("--port", options.port, "0: any that is free")
      ->check(whole_number(0, 65'535))
      ->capture_default_str();
  command->add_option("--public-url", options.public_url, "where others reach it, as links begin (https://...)");
  command->add_option("--page", options.page_folder, "folder of the built page (default: the one that was installed)");
  command
      ->add_option("--proxy", options.proxies,
                   "ADDRESS or NETWORK/BITS whose forwarded headers are believed; may be repeated")
      ->allow_extra_args(false);
  command->add_flag("--forwarded", options.forwarded, "proxies send Forwarded, not X-Forwarded-For");
  command
      ->add_option("--sync-every", options.sync_every,
                   "time between two readings of the sources: 24h, 30m; 0: only when asked")
      ->capture_default_str();
  command->add_option("--backups", options.backup_folder,
                      "folder for a backup a day, made while the service goes on; seven are kept");
  command->add_option("--log-in", options.log_in, "print a log-in link for the person of that name; may be repeated")
      ->allow_extra_args(false);
  command->add_flag("--invited-only", options.invited_only,
                    "nobody enrols without an invitation; else whoever logs in at a network may");
  command->add_option("--requests-a-minute", options.requests_a_minute, "that one caller may make")
      ->check(number())
      ->capture_default_str();
  CLI::Option* app_id =
      command->add_option("--github-client-id", options.github_client_id,
                          "of an OAuth app made at GitHub, its callback URL/v1/logins/callback: people log in by it");
  CLI::Option* app_secret = command->add_option("--github-client-secret-file", options.github_secret_file,
                                                "file with the secret of that app");
  app_id->needs(app_secret);
  app_secret->needs(app_id);
  command
      ->add_option("--klout-network", options.klout_networks,
                   "KLOUT=NETWORK: accounts on NETWORK answer to that name in Klout's API (tw=chirp); may be repeated")
      ->allow_extra_args(false);
  command->add_option("--plc-directory", options.plc_directory,
                      "whose word on did:plc is taken, for log-ins at Bluesky");
  add_token_key_option(*command, options.network);
  add_network_options(*command, options.network);
  command->add_flag("--json-log", options.json_log, "a JSON line for every answer and event, on the error stream");
}

}  // namespace renown::cli
