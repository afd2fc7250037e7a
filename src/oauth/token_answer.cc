#include "oauth/token_answer.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "io/json.h"

namespace renown::oauth {
namespace {

constexpr std::int64_t kLongestLife = 10LL * 366 * 86400;  ///< of an access token that is believed, seconds

std::unexpected<TokenProblem> problem(Refusal refusal, std::string reason) {
  return std::unexpected(TokenProblem{refusal, std::move(reason)});
}

std::unexpected<TokenProblem> refused(int status, std::string_view error) {
  const std::string reason = fmt::format("{} (status {})", base::shorten(base::printable(error), 60), status);
  if (error == "use_dpop_nonce") return problem(Refusal::needs_nonce, reason);
  if (error == "invalid_grant") return problem(Refusal::grant_refused, reason);
  if (error == "slow_down" || error == "temporarily_unavailable") return problem(Refusal::try_again, reason);
  return problem(Refusal::misconfigured, reason);
}

}  // namespace

std::expected<Tokens, TokenProblem> parse_token_answer(const net::Response& answer, std::int64_t now) {
  const bool is_ours = answer.status == 200 || answer.status == 201 || answer.status == 400 || answer.status == 401 ||
                       answer.status == 403;
  // A page of a proxy, a limit, a server that is being mended: says nothing about the grant.
  if (!is_ours) return problem(Refusal::try_again, fmt::format("status {}", answer.status));
  io::JsonParser parser;
  const auto root = parser.parse(answer.body);
  if (!root || !root->is_object())
    return problem(Refusal::try_again, fmt::format("an answer that is no JSON object (status {})", answer.status));
  // GitHub answers 200 with an error inside.
  if (const std::string_view error = (*root)["error"].text(); !error.empty()) return refused(answer.status, error);
  if (answer.status >= 400)
    return problem(Refusal::try_again, fmt::format("status {} without a reason", answer.status));

  Tokens tokens;
  tokens.access = (*root)["access_token"].text();
  if (tokens.access.empty()) return problem(Refusal::try_again, "an answer without access_token");
  tokens.refresh = (*root)["refresh_token"].text();
  tokens.scope = (*root)["scope"].text();
  tokens.subject = (*root)["sub"].text();
  if (const auto seconds = (*root)["expires_in"].integer(); seconds && *seconds > 0)
    tokens.expires_at = now + std::min(*seconds, kLongestLife);
  return tokens;
}

}  // namespace renown::oauth
