#include "oauth/login.h"

#include <fmt/format.h>

#include "base/text.h"
#include "io/json.h"
#include "oauth/dpop_key.h"
#include "oauth/pkce.h"

namespace renown::oauth {
namespace {

constexpr std::string_view kPrefix = "login:";

std::string name_of(std::string_view state) {
  return fmt::format("{}{}", kPrefix, state);
}

Error refused(std::string_view why) {
  return bad_input(fmt::format("this log-in is refused: {}; begin it again", why));
}

}  // namespace

Result<std::string> Login::begin(const Wanted& wanted) {
  const auto& [server, client, hint, resource, subject, given_state] = wanted;
  if (auto reading = check_read_only(client.scope); !reading) return reading.error();
  if (auto forgotten = forget_abandoned(); !forgotten) return forgotten.error();
  const std::string state = given_state.empty() ? base::random_text(asking_.random) : given_state;
  PendingLogin pending;
  pending.names_itself = server.names_itself;
  Credential& kept = pending.credential;
  kept.issuer = server.issuer;
  kept.token_endpoint = server.token_endpoint;
  kept.resource = resource;
  kept.client = client;
  pending.verifier = pkce_verifier(asking_.random);
  pending.subject = subject;
  pending.ends_at = asking_.now + kSeconds;
  if (server.dpop) kept.dpop_key = DpopKey::generate().text();

  Parameters parameters = {{"response_type", "code"},
                           {"redirect_uri", client.redirect_uri},
                           {"scope", client.scope},
                           {"state", state},
                           {"code_challenge", pkce_challenge(pending.verifier)},
                           {"code_challenge_method", "S256"}};
  if (!hint.empty()) parameters.emplace_back("login_hint", hint);
  const char joint = server.authorization_endpoint.find('?') == std::string::npos ? '?' : '&';
  std::string query;
  if (server.par_endpoint.empty()) {
    parameters.emplace_back("client_id", client.id);
    query = form(parameters);
  } else {
    auto request_uri = pushed(wanted, parameters, kept);
    if (!request_uri) return request_uri.error();
    query = form({{"client_id", client.id}, {"request_uri", *request_uri}});
  }
  if (auto stored = vault_.put(name_of(state), to_text(pending)); !stored) return stored.error();
  return server.authorization_endpoint + joint + query;
}

/// Hands the request to the server itself: what the browser then carries is only its number.
Result<std::string> Login::pushed(const Wanted& wanted, const Parameters& parameters, Credential& pending) {
  const auto answer =
      post_form(asking_, wanted.server.par_endpoint, wanted.client, parameters, pending.dpop_key, pending.dpop_nonce);
  if (!answer) return answer.error();
  io::JsonParser parser;
  const auto root = parser.parse(answer->body);
  const std::string request_uri(root ? (*root)["request_uri"].text() : std::string_view{});
  if (answer->status != 200 && answer->status != 201) {
    const std::string_view error = root ? (*root)["error"].text() : std::string_view{};
    return Error{ErrorCode::io,
                 fmt::format("{} refuses to begin a log-in: {} (status {})", wanted.server.issuer,
                             error.empty() ? "no reason given" : base::printable(error), answer->status)};
  }
  if (request_uri.empty()) return bad_input(fmt::format("{} gave no request_uri", wanted.server.issuer));
  return request_uri;
}

/// Whatever comes of it, the same answer never counts twice.
Result<PendingLogin> Login::take_pending(std::string_view state) {
  const auto lock = vault_.lock();
  if (!lock) return lock.error();
  const auto stored = vault_.get(name_of(state));
  if (!stored) return stored.error();
  if (!*stored) return refused("it was not begun here, or is finished already");
  if (auto removed = vault_.remove(name_of(state)); !removed) return removed.error();
  return parse_pending_login(**stored);
}

/// Nobody comes back for a log-in that is too old.
Result<void> Login::forget_abandoned() {
  const auto names = vault_.names();
  if (!names) return names.error();
  for (const std::string& name : *names) {
    if (!name.starts_with(kPrefix)) continue;
    const auto stored = vault_.get(name);
    if (!stored) return stored.error();
    const auto pending = parse_pending_login(stored->value_or(""));
    if (pending && asking_.now < pending->ends_at) continue;
    if (auto removed = vault_.remove(name); !removed) return removed;
  }
  return {};
}

Result<Credential> Login::finish(std::string_view callback) {
  callback = callback.substr(0, callback.find('#'));
  if (const std::size_t query = callback.find('?'); query != std::string_view::npos) callback.remove_prefix(query + 1);
  const auto parameters = parse_form(callback);
  const auto state = parameters ? only(*parameters, "state") : std::nullopt;
  if (!state) return refused("its answer has no state, or several");
  auto pending = take_pending(*state);
  if (!pending) return pending.error();
  Credential& credential = pending->credential;
  if (asking_.now >= pending->ends_at) return refused("it took longer than a quarter of an hour");

  const auto issuer = only(*parameters, "iss");
  if (issuer ? *issuer != credential.issuer : pending->names_itself) return refused("another server answered");
  if (const auto error = only(*parameters, "error")) {
    if (*error == "access_denied") return Error{ErrorCode::cancelled, "the log-in was declined; nothing was connected"};
    return refused(fmt::format("the server says {}", base::shorten(base::printable(*error), 60)));
  }
  const auto code = only(*parameters, "code");
  if (!code || code->empty()) return refused("its answer has no code, or several");

  auto tokens = ask_for_tokens(asking_, credential,
                               {{"grant_type", "authorization_code"},
                                {"code", std::string(*code)},
                                {"redirect_uri", credential.client.redirect_uri},
                                {"code_verifier", pending->verifier}});
  if (!tokens)
    return Error{ErrorCode::io, fmt::format("{} gave no tokens: {}; begin the log-in again", credential.issuer,
                                            tokens.error().reason)};
  if (!pending->subject.empty() && tokens->subject != pending->subject) {
    return refused(fmt::format("it is of {}, and {} was to be connected",
                               tokens->subject.empty() ? "nobody by name" : base::printable(tokens->subject),
                               pending->subject));
  }
  if (!tokens->scope.empty()) {
    if (auto reading = check_read_only(tokens->scope); !reading) return reading.error();
  }
  credential.tokens = std::move(*tokens);
  return std::move(credential);
}

}  // namespace renown::oauth
