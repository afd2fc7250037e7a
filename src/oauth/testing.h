/// What the tests of this folder share: an authorization server in the same process.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "base/encoding.h"
#include "net/transport.h"
#include "oauth/encoding.h"
#include "oauth/pkce.h"
#include "oauth/server.h"

namespace renown::oauth::testing {

/// The refresh tokens of one log-in as Mastodon's server (Doorkeeper) treats them: a new one at each use, and the one
/// before is taken until the newer one, or its access token, was used for the first time.
/// Plain numbers, so that they can stand in memory that several processes share.
struct Grant {
  std::uint64_t newest = 0;
  std::uint64_t before = 0;
  bool newest_used = true;
  std::uint64_t last = 0;     ///< number that was given out last
  std::uint64_t refused = 0;  ///< times a token was not taken

  /// The number of the new tokens, or 0: refused.
  std::uint64_t refresh(std::uint64_t token) {
    const bool taken = token != 0 && (token == newest || (token == before && !newest_used));
    if (!taken) {
      ++refused;
      return 0;
    }
    before = token;
    newest = ++last;
    newest_used = false;
    return newest;
  }

  /// Whether the network takes the access token.
  bool use(std::uint64_t token) {
    if (token != newest) return false;
    newest_used = true;
    return true;
  }
};

inline std::uint64_t number_of(std::string_view token) {
  std::uint64_t number = 0;
  for (const char c : token.substr(std::min<std::size_t>(1, token.size()))) {
    if (c < '0' || c > '9') return 0;
    number = number * 10 + static_cast<std::uint64_t>(c - '0');
  }
  return number;
}

class AuthorizationServer : public net::Transport {
 public:
  explicit AuthorizationServer(Grant& grant) : grant_(grant) {}

  Server description() const {
    return {.issuer = "https://auth.example",
            .authorization_endpoint = "https://auth.example/authorize",
            .token_endpoint = "https://auth.example/token",
            .par_endpoint = "https://auth.example/par",
            .needs_par = true,
            .dpop = true,
            .names_itself = true};
  }

  /// What the person's browser does: takes the address that begin() gave, says yes, and comes back.
  std::string consent(const std::string& address) {
    const auto query = *parse_form(address.substr(address.find('?') + 1));
    const auto request = requests_.at(std::string(*only(query, "request_uri")));
    const std::string code = fmt::format("C{}", ++codes_given_);
    codes_[code] = request;
    return fmt::format(
        "{}?{}", *only(request, "redirect_uri"),
        form({{"code", code}, {"state", std::string(*only(request, "state"))}, {"iss", "https://auth.example"}}));
  }

  std::vector<net::Fetched> fetch_all(std::span<const net::Request> requests, std::stop_token) override {
    std::vector<net::Fetched> answers;
    for (const net::Request& request : requests) answers.push_back(answer_to(request));
    return answers;
  }

  virtual net::Fetched answer_to(const net::Request& request) {
    const auto wants = nonce_wanted(request);
    ++asked;
    if (wants) return *wants;
    const auto parameters = *parse_form(request.body);
    if (request.url.ends_with("/par")) {
      const std::string uri = fmt::format("urn:{}", requests_.size());
      requests_[uri] = parameters;
      return net::Response{.status = 201, .body = fmt::format(R"({{"request_uri":"{}","expires_in":60}})", uri)};
    }
    if (*only(parameters, "grant_type") == "refresh_token")
      return tokens(grant_.refresh(number_of(*only(parameters, "refresh_token"))));
    return transport_code(parameters);
  }

  std::uint64_t asked = 0;
  std::string subject = {};  ///< whose tokens it gives

 protected:
  /// Every proof must carry the nonce, which changes now and then; that of a question before is taken too.
  std::optional<net::Response> nonce_wanted(const net::Request& request) const {
    const std::string proof(request.headers.find("DPoP").value_or(""));
    const std::string nonce = fmt::format("nonce-{}", asked / 5);
    const std::string nonce_before = fmt::format("nonce-{}", (asked == 0 ? 0 : asked - 1) / 5);
    const std::size_t dot = proof.find('.');
    const auto claims = base::from_base64url(std::string_view(proof).substr(dot + 1, proof.rfind('.') - dot - 1));
    for (const std::string& good : {nonce, nonce_before}) {
      if (claims && claims->find(good + "\"") != std::string::npos) return std::nullopt;
    }
    return net::Response{.status = 400, .headers = {{"dpop-nonce", nonce}}, .body = R"({"error":"use_dpop_nonce"})"};
  }

 private:
  net::Response transport_code(const Parameters& parameters) {
    const auto request = codes_.find(std::string(only(parameters, "code").value_or("")));
    if (request == codes_.end()) return refusal();
    const Parameters asked_for = request->second;
    codes_.erase(request);
    const bool proven =
        pkce_challenge(only(parameters, "code_verifier").value_or("")) == *only(asked_for, "code_challenge");
    if (!proven || only(parameters, "redirect_uri") != only(asked_for, "redirect_uri")) return refusal();
    grant_ = {.newest = grant_.last + 1, .before = 0, .newest_used = false, .last = grant_.last + 1};
    return tokens(grant_.newest);
  }

  static net::Response refusal() { return {.status = 400, .body = R"({"error":"invalid_grant"})"}; }
  net::Response tokens(std::uint64_t number) const {
    if (number == 0) return refusal();
    return {200,
            {},
            fmt::format(
                R"({{"access_token":"A{0}","refresh_token":"R{0}","expires_in":3600,"scope":"atproto","sub":"{1}"}})",
                number, subject)};
  }

  Grant& grant_;
  std::uint64_t codes_given_ = 0;
  std::map<std::string, Parameters> requests_, codes_;
};

}  // namespace renown::oauth::testing
