/// renown connect: what of which networks renown sync reads.

#include <iostream>
#include <string>

#include <fmt/format.h>

#include "base/text.h"
#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/secret_file.h"
#include "cli/source_text.h"
#include "connect/activitypub/instance_actor.h"
#include "pipeline/json_text.h"
#include "pipeline/log_in.h"
#include "pipeline/source_setup.h"
#include "pipeline/token_store.h"

namespace renown::cli {
namespace {

using connect::activitypub::InstanceActor;

Result<pipeline::SourceSettings> settings_of(const std::vector<std::string>& given) {
  pipeline::SourceSettings settings;
  for (const std::string& each : given) {
    const std::size_t equals = each.find('=');
    if (equals == std::string::npos || equals == 0)
      return Error{ErrorCode::usage, fmt::format("--set {}: write KEY=VALUE", each)};
    settings.insert_or_assign(each.substr(0, equals), each.substr(equals + 1));
  }
  return settings;
}

/// Sends the person to their network, and waits for the address that they came back to.
Result<oauth::Credential> log_in(const ConnectOptions& options, const log::Source& source,
                                 const std::string& data_folder, const std::string& key) {
  const auto kind = pipeline::find_connector(pipeline::connectors(), source.connector);
  if (!kind) return kind.error();
  const pipeline::NetworkOptions network = network_options(options.network);
  auto guard = net::AddressGuard::allowing(network.allowed_hosts);
  if (!guard) return guard.error();
  oauth::Client client{.id = options.client_id, .secret = {}, .redirect_uri = options.redirect, .scope = options.scope};
  if (!options.client_secret_file.empty()) {
    auto secret = secret_in(options.client_secret_file, "--client-secret-file");
    if (!secret) return secret.error();
    client.secret = std::move(*secret);
  }
  auto tokens = pipeline::TokenStore::open(data_folder, key);
  if (!tokens) return tokens.error();
  net::FetchOptions fetch;
  fetch.guard = std::move(*guard);
  fetch.user_agent = network.user_agent;
  fetch.ca_file = network.ca_file;
  net::Fetcher fetcher(std::move(fetch));
  pipeline::LogIn log_in(tokens->vault(), fetcher, now());
  pipeline::LogInRequest request{.source = source, .client = std::move(client)};
  if (!options.plc_directory.empty()) request.plc_directory = options.plc_directory;
  const auto address = log_in.begin(**kind, request);
  if (!address) return address.error();
  const Terminal talk(stderr);
  talk.write(
      fmt::format("Open this address, allow Renown to read, and paste the address that the browser ends at, even "
                  "if it shows no page:\n\n{}\n\n",
                  base::printable(*address)));
  std::string callback;
  if (!std::getline(std::cin, callback)) return Error{ErrorCode::usage, "there came no address on standard input"};
  auto credential = pipeline::LogIn(tokens->vault(), fetcher, now()).finish(callback);
  if (credential && !credential->tokens.subject.empty()) {
    talk.write(fmt::format("Logged in as {}.\n", base::printable(credential->tokens.subject)));
  }
  return credential;
}

Result<log::Source> add(const ConnectOptions& options, const std::string& data_folder) {
  auto settings = settings_of(options.settings);
  if (!settings) return settings.error();
  auto source = pipeline::make_source({.connector = options.connector,
                                       .account = options.account,
                                       .server = options.server,
                                       .settings = std::move(*settings),
                                       .name = options.name,
                                       .now = now()},
                                      pipeline::connectors());
  if (!source) return source.error();
  const auto key = token_key_or_default(options.network.token_key_file);
  if (!key) return key.error();
  pipeline::SourceToken token;
  if (!options.token_file.empty()) {
    auto read = secret_in(options.token_file, "--token-file");
    if (!read) return read.error();
    token = std::move(*read);
  }
  if (options.log_in) {
    auto credential = log_in(options, *source, data_folder, *key);
    if (!credential) return credential.error();
    token = std::move(*credential);
  }
  if (auto added = pipeline::add_source(data_folder, *key, *source, token); !added) return added.error();
  return source;
}

/// The actor that signs, made, moved or given a new key where that is asked for.
Result<InstanceActor> signing_actor(const ConnectOptions& options, const std::string& data_folder,
                                    const std::string& key) {
  auto tokens = pipeline::TokenStore::open(data_folder, key);
  if (!tokens) return tokens.error();
  auto there_is = tokens->actor();
  if (!there_is && !options.new_key) return there_is.error();
  const bool is_there = there_is && *there_is;
  if (!is_there && options.account.empty()) {
    return Error{ErrorCode::usage,
                 "there is no actor yet: say where its document will be, like "
                 "https://renown.example/actor"};
  }
  if (is_there && options.account.empty() && !options.new_key) return **there_is;
  const std::string address = options.account.empty() ? (*there_is)->address() : options.account;
  auto actor = is_there && !options.new_key ? (*there_is)->moved_to(address) : InstanceActor::make(address);
  if (!actor) return actor.error();
  if (auto kept = tokens->put(*actor); !kept) return kept.error();
  return actor;
}

int show_actor(const ConnectOptions& options, const std::string& data_folder) {
  const auto key = token_key_or_default(options.network.token_key_file);
  if (!key) return report(key.error());
  const auto actor = signing_actor(options, data_folder, *key);
  if (!actor) return report(actor.error());
  Terminal(stdout).write(connect::activitypub::actor_document(*actor) + "\n");
  return kOk;
}

int show(const ConnectOptions& options, const std::vector<log::Source>& sources) {
  const Terminal out(stdout);
  out.write(options.json ? sources_json(sources) : sources_text(out, sources));
  return kOk;
}

int networks(const ConnectOptions& options) {
  const Terminal out(stdout);
  if (!options.json) {
    for (const pipeline::ConnectorKind& kind : pipeline::connectors())
      out.write(fmt::format("{}  {}\n", out.accent(pad(kind.name, 14)), kind.gives));
    return kOk;
  }
  pipeline::JsonText json;
  json.begin_object();
  json.begin_array("networks");
  for (const pipeline::ConnectorKind& kind : pipeline::connectors()) {
    json.begin_object();
    json.text("name", kind.name);
    json.text("network", kind.network);
    json.text("gives", kind.gives);
    json.boolean("streams", kind.streams);
    json.boolean("log_in", kind.log_in != pipeline::LogInWay::none);
    json.end_object();
  }
  json.end_array();
  json.end_object();
  out.write(std::move(json).take());
  return kOk;
}

}  // namespace

int run_connect(const ConnectOptions& options) {
  if (options.action == "networks") return networks(options);
  const auto data_folder = data_folder_or_default(options.data_folder);
  if (!data_folder) return report(data_folder.error());
  if (options.action == "add") {
    const auto added = add(options, *data_folder);
    return added ? show(options, {*added}) : report(added.error());
  }
  if (options.action == "actor") return show_actor(options, *data_folder);
  if (options.action == "remove") {
    const auto key = token_key_or_default(options.network.token_key_file);
    if (!key) return report(key.error());
    const auto removed = pipeline::remove_source(*data_folder, *key, options.name);
    if (!removed) return report(removed.error());
  }
  const auto sources = pipeline::list_sources(*data_folder);
  return sources ? show(options, *sources) : report(sources.error());
}

}  // namespace renown::cli
