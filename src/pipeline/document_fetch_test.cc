#include "pipeline/document_fetch.h"

#include <algorithm>
#include <map>

#include <gtest/gtest.h>

#include "people/gather.h"
#include "people/proof.h"

namespace renown::pipeline {
namespace {

constexpr std::int64_t kNow = 1'700'000'000;

/// A web in memory.
class Web final : public net::Transport {
 public:
  std::vector<net::Fetched> fetch_all(std::span<const net::Request> requests, std::stop_token) override {
    std::vector<net::Fetched> answers;
    for (const net::Request& request : requests) {
      asked.push_back(request);
      const auto page = pages.find(request.url);
      if (page == pages.end()) {
        answers.emplace_back(net::Response{.status = 404, .url = request.url});
      } else {
        answers.push_back(page->second);
      }
    }
    return answers;
  }
  void put(const std::string& url, std::string type, std::string body) {
    pages[url] = net::Response{
        .status = 200, .headers = {{"Content-Type", std::move(type)}}, .body = std::move(body), .url = url};
  }
  bool was_asked(std::string_view url) const {
    return std::ranges::any_of(asked, [&](const net::Request& each) { return each.url == url; });
  }

  std::map<std::string, net::Fetched> pages;
  std::vector<net::Request> asked;
};

class Names final : public net::TxtLookup {
 public:
  Result<std::vector<std::string>> records(const std::string& name) override {
    const auto found = all.find(name);
    if (found == all.end()) return Error{ErrorCode::not_found, "there is no name " + name};
    return found->second;
  }
  std::map<std::string, std::vector<std::string>> all;
};

class FetchedDocumentsTest : public ::testing::Test {
 protected:
  Web web_;
  Names names_;
  FetchedDocuments documents_{web_, names_, kNow};
};

TEST_F(FetchedDocumentsTest, SayWhereTheyCameFrom) {
  web_.put("https://a.example/x", "text/html; charset=utf-8", "<p>");
  web_.pages["https://a.example/old"] = net::Response{.status = 200,
                                                      .headers = {{"content-type", "text/html"}},
                                                      .body = "b",
                                                      .url = "https://b.example/",
                                                      .redirects = 1};
  const auto document = documents_.get({"https://a.example/x", ""});
  ASSERT_TRUE(document) << document.error().message;
  EXPECT_EQ(document->asked, "https://a.example/x");
  EXPECT_EQ(document->address, "");
  EXPECT_EQ(document->content_type, "text/html; charset=utf-8");
  EXPECT_EQ(document->fetched, kNow);
  EXPECT_EQ(document->body, "<p>");
  EXPECT_EQ(documents_.get({"https://a.example/old", ""})->address, "https://b.example/");
}

TEST_F(FetchedDocumentsTest, AskForTheTypeThatIsWanted) {
  web_.put("https://a.example/u", "application/activity+json", "{}");
  ASSERT_TRUE(documents_.get({"https://a.example/u", "application/activity+json"}));
  EXPECT_EQ(web_.asked.back().headers.find("Accept"), "application/activity+json");
}

TEST_F(FetchedDocumentsTest, TellMissingFromFailed) {
  EXPECT_EQ(documents_.get({"https://a.example/none", ""}).error().code, ErrorCode::not_found);
  web_.pages["https://a.example/ill"] = net::Response{.status = 503, .url = "https://a.example/ill"};
  EXPECT_EQ(documents_.get({"https://a.example/ill", ""}).error().code, ErrorCode::io);
  web_.pages["https://a.example/away"] = std::unexpected(net::Failure{net::FailureKind::timeout, "no answer"});
  EXPECT_EQ(documents_.get({"https://a.example/away", ""}).error().code, ErrorCode::io);
}

TEST_F(FetchedDocumentsTest, ReadRecordsOfNames) {
  names_.all["_atproto.a.example"] = {"did=did:plc:abc", "other"};
  names_.all["empty.example"] = {};
  EXPECT_EQ(documents_.get({"dns:_atproto.a.example?type=TXT", ""})->body, "did=did:plc:abc\nother\n");
  EXPECT_EQ(documents_.get({"dns:empty.example?type=TXT", ""}).error().code, ErrorCode::not_found);
  EXPECT_EQ(documents_.get({"dns:none.example?type=TXT", ""}).error().code, ErrorCode::not_found);
  EXPECT_EQ(documents_.get({"dns:a.example?type=MX", ""}).error().code, ErrorCode::io);
}

TEST_F(FetchedDocumentsTest, HonourRobotsTxtForPages) {
  web_.put("https://a.example/private/x", "text/html", "");
  web_.put("https://a.example/open", "text/html", "");
  web_.put("https://a.example:443/robots.txt", "text/plain", "User-agent: renown\nDisallow: /private\n");
  const auto refused = documents_.get({"https://a.example/private/x", "text/html"});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().message, "robots.txt of a.example does not let renown read this page");
  EXPECT_FALSE(web_.was_asked("https://a.example/private/x"));
  EXPECT_TRUE(documents_.get({"https://a.example/open", "text/html"}));
  EXPECT_TRUE(documents_.get({"https://a.example/private/x", ""})) << "a document for programs";
  EXPECT_EQ(std::ranges::count_if(web_.asked, [](const auto& each) { return each.url.ends_with("robots.txt"); }), 1);
}

TEST_F(FetchedDocumentsTest, TakeNoRobotsTxtForLeaveAndAnIllServerForNone) {
  web_.put("https://a.example/", "text/html", "");
  EXPECT_TRUE(documents_.get({"https://a.example/", "text/html"})) << "404: nothing is forbidden";
  web_.put("https://b.example/", "text/html", "");
  web_.pages["https://b.example:443/robots.txt"] = net::Response{.status = 500, .url = ""};
  EXPECT_FALSE(documents_.get({"https://b.example/", "text/html"}));
  web_.put("https://c.example/", "text/html", "");
  web_.pages["https://c.example:443/robots.txt"] = std::unexpected(net::Failure{net::FailureKind::reset, "no"});
  EXPECT_FALSE(documents_.get({"https://c.example/", "text/html"}));
}

TEST_F(FetchedDocumentsTest, ProveThatTwoAccountsHaveOneOwner) {
  web_.put("https://ada.example", "text/html", "<a rel=me href=https://github.com/ada>");
  web_.put("https://github.com/ada", "text/html", "<a rel=me href=https://ada.example>");
  const std::vector<Account> accounts = {{"web", "ada.example"}, {"github", "ada"}};
  const auto gathered = people::gather(documents_, accounts, "https://plc.directory");
  const auto verdict = people::prove_same_owner(accounts[0], accounts[1], gathered.documents, {}, kNow);
  ASSERT_TRUE(verdict) << verdict.error().message;
  EXPECT_TRUE(verdict->proven) << verdict->reason;
}

}  // namespace
}  // namespace renown::pipeline
