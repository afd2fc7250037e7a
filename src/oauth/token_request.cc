#include "oauth/token_request.h"

#include <utility>

#include "io/json.h"
#include "oauth/dpop_key.h"

namespace renown::oauth {
namespace {

bool asks_for_nonce(const net::Response& answer) {
  if ((answer.status != 400 && answer.status != 401) || !answer.headers.find("DPoP-Nonce")) return false;
  io::JsonParser parser;
  const auto root = parser.parse(answer.body);
  return root && (*root)["error"].text() == "use_dpop_nonce";
}

Result<net::Response> fetch(const Asking& asking, const net::Request& request) {
  auto answer = asking.transport.fetch(request);
  if (!answer) return net::to_error(answer.error());
  return std::move(*answer);
}

}  // namespace

Result<net::Response> post_form(const Asking& asking, const std::string& url, const Client& client,
                                Parameters parameters, const std::string& dpop_key, std::string& dpop_nonce) {
  parameters.emplace_back("client_id", client.id);
  if (!client.secret.empty()) parameters.emplace_back("client_secret", client.secret);
  net::Request request{
      .method = "POST",
      .url = url,
      .headers = {{"Content-Type", "application/x-www-form-urlencoded"}, {"Accept", "application/json"}},
      .body = form(parameters)};
  if (dpop_key.empty()) return fetch(asking, request);

  const auto key = DpopKey::from_text(dpop_key);
  if (!key) return key.error();
  for (bool again = false;; again = true) {
    request.headers.set(
        "DPoP",
        key->proof({.method = request.method, .url = url, .now = asking.now, .nonce = dpop_nonce, .access_token = {}},
                   asking.random));
    auto answer = fetch(asking, request);
    if (!answer) return answer;
    if (const auto nonce = answer->headers.find("DPoP-Nonce")) dpop_nonce = *nonce;
    if (again || !asks_for_nonce(*answer)) return answer;
  }
}

std::expected<Tokens, TokenProblem> ask_for_tokens(const Asking& asking, Credential& credential,
                                                   Parameters parameters) {
  const auto answer = post_form(asking, credential.token_endpoint, credential.client, std::move(parameters),
                                credential.dpop_key, credential.dpop_nonce);
  if (!answer) return std::unexpected(TokenProblem{Refusal::try_again, answer.error().message});
  return parse_token_answer(*answer, asking.now);
}

}  // namespace renown::oauth
