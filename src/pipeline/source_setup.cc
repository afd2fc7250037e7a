#include "pipeline/source_setup.h"

#include <utility>

#include <fmt/format.h>

#include "log/interaction_log.h"
#include "net/url.h"
#include "pipeline/token_store.h"

namespace renown::pipeline {
namespace {

/// For a connector that is made to see whether it can be: it is not asked for anything.
class NoNetwork final : public net::Transport {
 public:
  std::vector<net::Fetched> fetch_all(std::span<const net::Request> requests, std::stop_token) override {
    return std::vector<net::Fetched>(
        requests.size(),
        std::unexpected(net::Failure{net::FailureKind::cancelled, "nothing is asked while a source is set up"}));
  }
};

/// "https://example.org" without what people leave at the end.
Result<std::string> server_of(std::string text) {
  if (text.empty()) return text;
  const auto url = net::Url::parse(text);
  if (!url) return Error{ErrorCode::usage, "--server: " + url.error().message};
  while (text.ends_with('/')) text.pop_back();
  return text;
}

std::string default_name(const SourceRequest& request, const std::string& server) {
  if (!request.account.empty()) return fmt::format("{}:{}", request.connector, request.account);
  const auto url = net::Url::parse(server);
  return url ? fmt::format("{}:{}", request.connector, url->host()) : request.connector;
}

}  // namespace

Result<log::Source> make_source(const SourceRequest& request, std::span<const ConnectorKind> kinds) {
  const auto kind = find_connector(kinds, request.connector);
  if (!kind) return kind.error();
  auto server = server_of(request.server);
  if (!server) return server.error();
  log::Source source{.name = request.name.empty() ? default_name(request, *server) : request.name,
                     .connector = request.connector,
                     .network = std::string((*kind)->network),
                     .account = request.account,
                     .server = std::move(*server),
                     .settings = settings_text(request.settings),
                     .made = request.now};
  NoNetwork none;
  const auto made =
      (*kind)->make({{source.network, source.account}, source.server, request.settings}, {none, {}, request.now});
  if (!made) return made.error();
  return source;
}

Result<void> add_source(const std::string& data_folder, const std::string& token_key_file, const log::Source& source,
                        const SourceToken& token) {
  auto log = log::InteractionLog::create(data_folder, log::TombstoneKey::random());
  if (!log) return log.error();
  if (auto added = log->add_source(source); !added) return added;
  if (std::holds_alternative<std::monostate>(token)) return {};
  const auto keep = [&]() -> Result<void> {
    auto tokens = TokenStore::open(data_folder, token_key_file);
    if (!tokens) return tokens.error();
    if (const auto* fixed = std::get_if<std::string>(&token)) return tokens->put(source.name, *fixed);
    return tokens->put(source.name, std::get<oauth::Credential>(token));
  };
  auto kept = keep();
  if (!kept) static_cast<void>(log->remove_source(source.name));  // without its token it would read something else
  return kept;
}

Result<void> remove_source(const std::string& data_folder, const std::string& token_key_file, const std::string& name) {
  auto log = log::InteractionLog::open_for_writing(data_folder);
  if (!log) return log.error();
  if (TokenStore::exists(data_folder)) {
    auto tokens = TokenStore::open(data_folder, token_key_file);
    if (!tokens) return tokens.error();
    if (auto removed = tokens->remove(name); !removed) return removed;
  }
  return log->remove_source(name);
}

Result<std::vector<log::Source>> list_sources(const std::string& data_folder) {
  auto log = log::InteractionLog::open_for_reading(data_folder);
  if (!log) return log.error();
  return log->sources();
}

}  // namespace renown::pipeline
