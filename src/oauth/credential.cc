#include "oauth/credential.h"

#include <array>
#include <utility>

#include "io/json_escape.h"

namespace renown::oauth {
namespace {

/// Every text of a credential, under the name it is stored by.
template <class Of, class Visit>
void for_each_text(Of& credential, const Visit& visit) {
  visit("account", credential.account);
  visit("issuer", credential.issuer);
  visit("token_endpoint", credential.token_endpoint);
  visit("resource", credential.resource);
  visit("client_id", credential.client.id);
  visit("client_secret", credential.client.secret);
  visit("redirect_uri", credential.client.redirect_uri);
  visit("client_scope", credential.client.scope);
  visit("dpop_key", credential.dpop_key);
  visit("dpop_nonce", credential.dpop_nonce);
  visit("access_token", credential.tokens.access);
  visit("refresh_token", credential.tokens.refresh);
  visit("scope", credential.tokens.scope);
  visit("subject", credential.tokens.subject);
  visit("refresh_before", credential.refresh_before);
  visit("needs_login", credential.needs_login);
}

}  // namespace

std::string to_text(const Credential& credential) {
  std::string text = "{\"expires_at\":" + std::to_string(credential.tokens.expires_at);
  for_each_text(credential, [&](std::string_view name, const std::string& value) {
    if (value.empty()) return;
    text += ',';
    io::append_json_string(text, name);
    text += ':';
    io::append_json_string(text, value);
  });
  return text + '}';
}

Result<Credential> parse_credential(std::string_view text) {
  io::JsonParser parser;
  const auto root = parser.parse(text);
  return read_credential(root ? *root : io::JsonValue());
}

Result<Credential> read_credential(const io::JsonValue& object) {
  const auto expires_at = object["expires_at"].integer();
  if (!expires_at) return bad_input("a stored log-in is damaged: log in again");
  Credential credential;
  credential.tokens.expires_at = *expires_at;
  for_each_text(credential, [&](std::string_view name, std::string& value) { value = object[name].text(); });
  return credential;
}

}  // namespace renown::oauth
