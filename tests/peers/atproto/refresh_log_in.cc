/// refresh_log_in DATA KEY-FILE SOURCE HOST:PORT...: exchanges the tokens of a source's log-in once, asks its server
/// who it is with the new one, prints that DID, and waits to be killed. The hosts are servers on this machine.
#include <chrono>
#include <cstdio>
#include <thread>

#include <fmt/format.h>

#include "base/random.h"
#include "io/json.h"
#include "net/fetcher.h"
#include "oauth/dpop_transport.h"
#include "oauth/token_keeper.h"
#include "pipeline/token_store.h"

namespace {

using renown::Error;
using renown::Result;

std::int64_t now() {
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::seconds>(since).count();
}

Result<std::string> refreshed(const std::string& data, const std::string& key_file, const std::string& source,
                              const std::vector<std::string>& hosts) {
  auto tokens = renown::pipeline::TokenStore::open(data, key_file);
  if (!tokens) return tokens.error();
  renown::net::FetchOptions options;
  options.guard = *renown::net::AddressGuard::allowing(hosts);
  options.user_agent = "renown-test";
  renown::net::Fetcher fetcher(std::move(options));
  const auto random = renown::base::system_random();
  renown::oauth::TokenKeeper keeper(tokens->vault(), fetcher, random);
  const auto before = keeper.access_token(source, now());
  if (!before) return before.error();
  const auto after = keeper.newer_token(source, *before, now());
  if (!after) return after.error();

  const auto log_in = tokens->log_in(source);
  if (!log_in) return log_in.error();
  renown::oauth::DpopTransport server(fetcher, *renown::oauth::DpopKey::from_text((*log_in)->dpop_key), random, now);
  renown::net::Request request{.url = (*log_in)->resource + "/xrpc/com.atproto.server.getSession"};
  request.headers.set("Authorization", "Bearer " + *after);
  const auto session = server.fetch(request);
  if (!session) return to_error(session.error());
  renown::io::JsonParser parser;
  const auto root = parser.parse(session->body);
  if (session->status != 200 || !root) return Error{renown::ErrorCode::io, session->body};
  return std::string((*root)["did"].text());
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 5) return 2;
  const auto did = refreshed(arguments[1], arguments[2], arguments[3], {arguments + 4, arguments + count});
  if (!did) {
    fmt::print(stderr, "{}\n", did.error().message);
    return 1;
  }
  fmt::print("{}\n", *did);
  std::fflush(stdout);
  std::this_thread::sleep_for(std::chrono::seconds(60));
}
