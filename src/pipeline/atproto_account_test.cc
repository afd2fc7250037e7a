#include "pipeline/atproto_account.h"

#include <map>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace renown::pipeline {
namespace {

const std::string kDid = "did:plc:abcdefghijklmnopqrstuvwx";
const AtprotoDirectories kDirectories = {.resolver = "https://appview.example", .plc_directory = "https://plc.example"};
const std::string kHandleAt = "https://appview.example/xrpc/com.atproto.identity.resolveHandle?handle=ann.example";
const std::string kDocumentAt = "https://plc.example/" + kDid;

std::string document(std::string_view id, std::string_view handle, std::string_view server) {
  return fmt::format(
      R"({{"id":"{}","alsoKnownAs":["at://old.example","at://{}"],"service":[{{"id":"#other","serviceEndpoint":)"
      R"("https://x.example"}},{{"id":"#atproto_pds","type":"AtprotoPersonalDataServer","serviceEndpoint":"{}"}}]}})",
      id, handle, server);
}

/// Answers from what is there, 404 to all else.
class Web final : public net::Transport {
 public:
  std::vector<net::Fetched> fetch_all(std::span<const net::Request> requests, std::stop_token) override {
    std::vector<net::Fetched> answers;
    for (const net::Request& request : requests) {
      const auto page = pages.find(request.url);
      net::Response response{.status = page == pages.end() ? 404 : 200, .url = request.url, .redirects = redirects};
      if (page != pages.end()) response.body = page->second;
      answers.emplace_back(std::move(response));
    }
    return answers;
  }

  std::map<std::string, std::string> pages;
  int redirects = 0;
};

class AtprotoAccountTest : public ::testing::Test {
 protected:
  AtprotoAccountTest() {
    web_.pages[kHandleAt] = R"({"did":")" + kDid + R"("})";
    web_.pages[kDocumentAt] = document(kDid, "ann.example", "https://pds.example");
  }

  std::string why_not(const std::string& account) {
    const auto found = find_atproto_account(web_, account, kDirectories);
    return found ? "" : found.error().message;
  }

  Web web_;
};

TEST_F(AtprotoAccountTest, is_found_by_handle_and_by_did) {
  for (const std::string& account : {std::string("ann.example"), kDid}) {
    const auto found = find_atproto_account(web_, account, kDirectories);
    ASSERT_TRUE(found) << found.error().message;
    EXPECT_EQ(found->did, kDid);
    EXPECT_EQ(found->server, "https://pds.example");
  }
}

TEST_F(AtprotoAccountTest, of_did_web_speaks_its_own_host) {
  web_.pages["https://bob.example/.well-known/did.json"] =
      document("did:web:bob.example", "bob.example", "https://pds.example:8443/");
  const auto found = find_atproto_account(web_, "did:web:bob.example", kDirectories);
  ASSERT_TRUE(found) << found.error().message;
  EXPECT_EQ(found->server, "https://pds.example:8443");
}

TEST_F(AtprotoAccountTest, is_believed_only_as_far_as_each_may_speak) {
  const struct {
    std::string page, body, account, says;
  } kTable[] = {
      {kHandleAt, R"({"did":"x"})", "ann.example", "names no DID"},
      {kHandleAt, "<html>", "ann.example", "names no DID"},
      {kDocumentAt, document(kDid, "eve.example", "https://pds.example"), "ann.example",
       "does not say that ann.example"},
      {kDocumentAt, document("did:plc:other", "ann.example", "https://pds.example"), kDid, "is not the document of"},
      {kDocumentAt, document(kDid, "ann.example", "http://pds.example"), kDid, "names no server over https"},
      {kDocumentAt, document(kDid, "ann.example", "https://pds.example/path"), kDid, "names no server over https"},
      {kDocumentAt, "{}", kDid, "is not the document of"},
  };
  for (const auto& [page, body, account, says] : kTable) {
    const std::string before = std::exchange(web_.pages[page], body);
    EXPECT_NE(why_not(account).find(says), std::string::npos) << why_not(account) << " should say: " << says;
    web_.pages[page] = before;
  }
  EXPECT_NE(why_not("nobody.example").find("status 404"), std::string::npos) << why_not("nobody.example");
  EXPECT_NE(why_not("did:key:abc"), "");
  web_.redirects = 1;
  EXPECT_NE(why_not(kDid).find("leads elsewhere"), std::string::npos) << why_not(kDid);
}

constexpr const char* kIssuer = "https://entry.example";

std::string description(std::string_view issuer, bool par = true, bool dpop = true, bool named = true) {
  return fmt::format(R"({{"issuer":"{0}","authorization_endpoint":"{0}/authorize","token_endpoint":"{0}/token",)"
                     R"("response_types_supported":["code"],"code_challenge_methods_supported":["S256"],)"
                     R"("authorization_response_iss_parameter_supported":{3}{1}{2}}})",
                     issuer, par ? fmt::format(R"(,"pushed_authorization_request_endpoint":"{}/par")", issuer) : "",
                     dpop ? R"(,"dpop_signing_alg_values_supported":["ES256"])" : "", named);
}

TEST_F(AtprotoAccountTest, its_server_names_where_it_logs_in) {
  const std::string resource_at = "https://pds.example/.well-known/oauth-protected-resource";
  const std::string issuer_at = std::string(kIssuer) + "/.well-known/oauth-authorization-server";
  web_.pages[resource_at] = R"({"resource":"https://pds.example","authorization_servers":["https://entry.example"]})";
  web_.pages[issuer_at] = description(kIssuer);
  const auto server = log_in_server_of(web_, "https://pds.example");
  ASSERT_TRUE(server) << server.error().message;
  EXPECT_EQ(server->issuer, kIssuer);
  EXPECT_EQ(server->par_endpoint, "https://entry.example/par");

  for (const std::string& other : {description("https://evil.example"), description(kIssuer, false),
                                   description(kIssuer, true, false), description(kIssuer, true, true, false)}) {
    web_.pages[issuer_at] = other;
    EXPECT_EQ(log_in_server_of(web_, "https://pds.example").error().code, ErrorCode::bad_input) << other;
  }
  web_.pages[resource_at] = R"({"resource":"https://other.example","authorization_servers":["https://entry.example"]})";
  EXPECT_EQ(log_in_server_of(web_, "https://pds.example").error().code, ErrorCode::bad_input);
  web_.pages.erase(resource_at);
  EXPECT_EQ(log_in_server_of(web_, "https://pds.example").error().code, ErrorCode::not_found);
}

}  // namespace
}  // namespace renown::pipeline
