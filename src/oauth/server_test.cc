#include "oauth/server.h"

#include <gtest/gtest.h>

#include "oauth/client.h"

namespace renown::oauth {
namespace {

constexpr std::string_view kIssuer = "https://bsky.example";

std::string replaced(std::string text, std::string_view what, std::string_view by) {
  text.replace(text.find(what), what.size(), by);
  return text;
}

const std::string kDocument =
    R"({"issuer":"https://bsky.example","authorization_endpoint":"https://bsky.example/oauth/authorize",
"token_endpoint":"https://bsky.example/oauth/token","pushed_authorization_request_endpoint":"https://bsky.example/oauth/par",
"require_pushed_authorization_requests":true,"response_types_supported":["code"],"code_challenge_methods_supported":["S256"],
"dpop_signing_alg_values_supported":["RS256","ES256"],"authorization_response_iss_parameter_supported":true})";

TEST(Server, is_what_its_document_says) {
  const auto server = parse_server(kDocument, "https://bsky.example/");
  ASSERT_TRUE(server) << server.error().message;
  EXPECT_EQ(server->issuer, kIssuer);
  EXPECT_EQ(server->token_endpoint, "https://bsky.example/oauth/token");
  EXPECT_EQ(server->par_endpoint, "https://bsky.example/oauth/par");
  EXPECT_TRUE(server->needs_par && server->dpop && server->names_itself);
}

TEST(Server, is_refused_by_name) {
  const struct {
    std::string document;
    std::string_view says;
  } kTable[] = {
      {"<html>", "describes itself in"},
      {"{}", "says that it is another one"},
      {replaced(kDocument, "\"https://bsky.example\"", "\"https://evil.example\""), "says that it is another one"},
      {replaced(kDocument, "https://bsky.example/oauth/token", "http://bsky.example/oauth/token"), "token_endpoint of"},
      {replaced(kDocument, "https://bsky.example/oauth/token", "https://a@bsky.example/oauth"), "not https"},
      {replaced(kDocument, "\"token_endpoint\"", "\"x\""), "names no token_endpoint"},
      {replaced(kDocument, "[\"code\"]", "[\"token\"]"), "gives no codes"},
      {replaced(kDocument, "[\"S256\"]", "[\"plain\"]"), "does not know PKCE by S256"},
      {replaced(kDocument, "\"pushed_authorization_request_endpoint\"", "\"x\""), "asks for pushed requests"},
  };
  for (const auto& [document, says] : kTable) {
    const auto server = parse_server(document, kIssuer);
    ASSERT_FALSE(server) << says;
    EXPECT_NE(server.error().message.find(says), std::string::npos) << server.error().message;
    EXPECT_NE(server.error().message.find(kIssuer), std::string::npos) << server.error().message;
  }
}

TEST(Server, tokens_go_to_safe_addresses_only) {
  for (const char* url :
       {"https://a.b", "https://a.b:8443/x?y", "http://127.0.0.1:80/", "http://localhost", "http://[::1]:3/"})
    EXPECT_TRUE(is_safe_url(url)) << url;
  for (const char* url :
       {"", "https://", "http://a.b", "http://127.0.0.1.evil.example/", "http://localhost@evil.example", "ftp://a.b",
        "https://a b", "https://user@a.b", "javascript:1", "HTTPS://a.b", "//a.b"})
    EXPECT_FALSE(is_safe_url(url)) << url;
}

TEST(Server, of_a_resource_is_named_by_it) {
  const std::string document = R"({"resource":"https://pds.example","authorization_servers":["https://bsky.example"]})";
  EXPECT_EQ(*parse_resource_issuer(document, "https://pds.example"), kIssuer);
  EXPECT_FALSE(parse_resource_issuer(document, "https://other.example"));
  EXPECT_FALSE(parse_resource_issuer(R"({"resource":"https://pds.example","authorization_servers":["http://a.b"]})",
                                     "https://pds.example"));
}

TEST(Client, asks_for_reading_only) {
  for (const char* scope :
       {"", "atproto", "read profile", "read:accounts read:statuses", "tweet.read  users.read", "read:user,read:org",
        "atproto rpc:app.bsky.notification.listNotifications?aud=did:web:api.bsky.app%23bsky_appview",
        "rpc:app.bsky.notification.listNotifications?aud=*"})
    EXPECT_TRUE(check_read_only(scope)) << scope;
  for (const char* scope :
       {"write", "read write", "atproto transition:generic", "repo", "follow", "push", "tweet.write",
        "read:user delete_repo", "admin:read", "READ", "submit identity", "read:user,repo", "rpc:*?aud=did:web:a.b",
        "rpc:app.bsky.notification.listNotifications", "rpc:app.bsky.notification.listNotifications?aud=*&lxm=*",
        "rpc:app.bsky.notification.updateSeen?aud=*", "repo:app.bsky.feed.post"}) {
    const auto refused = check_read_only(scope);
    ASSERT_FALSE(refused) << scope;
    EXPECT_EQ(refused.error().code, ErrorCode::usage);
  }
}

TEST(Client, is_registered_with_a_server) {
  const Client wanted{.id = {}, .secret = {}, .redirect_uri = "http://127.0.0.1:8080/connected", .scope = "read"};
  const net::Request request = registration_request("https://m.example", wanted);
  EXPECT_EQ(request.url, "https://m.example/api/v1/apps");
  EXPECT_EQ(request.body, "client_name=Renown&redirect_uris=http%3A%2F%2F127.0.0.1%3A8080%2Fconnected&scopes=read");
  const auto client = parse_registration(
      {.status = 200, .body = R"({"id":"1","client_id":"abc","client_secret":"def"})"}, wanted, "https://m.example");
  ASSERT_TRUE(client);
  EXPECT_EQ(client->id, "abc");
  EXPECT_EQ(client->secret, "def");
  EXPECT_EQ(client->redirect_uri, wanted.redirect_uri);
  EXPECT_EQ(parse_registration({.status = 503, .body = ""}, wanted, "https://m.example").error().code, ErrorCode::io);
  EXPECT_EQ(parse_registration({.status = 200, .body = "{}"}, wanted, "https://m.example").error().code,
            ErrorCode::bad_input);
}

}  // namespace
}  // namespace renown::oauth
