#include "net/redirect.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "net/fetch_testing.h"

namespace renown::net {
namespace {

using test::allowing;
using test::always;
using test::Connection;
using test::fetch;
using test::kind;
using test::redirect_to;
using test::reply;
using test::Seen;
using test::TestServer;

TEST(Redirect, is_followed_three_times) {
  TestServer server([](const Seen& seen, Connection& connection) {
    const int left = std::stoi(seen.target.substr(1));
    connection.send(left == 0 ? reply("there") : redirect_to(fmt::format("/{}", left - 1)));
  });
  const auto response = fetch(server, {.url = "/3"});
  ASSERT_TRUE(response) << response.error().message;
  EXPECT_EQ(response->url, server.url("/0"));
  EXPECT_EQ(response->redirects, 3);
  EXPECT_EQ(kind(fetch(server, {.url = "/4"})), FailureKind::too_many_redirects);
}

TEST(Redirect, without_end) {
  TestServer server(always(redirect_to("/")));
  const auto fetched = fetch(server, {.url = "/?token=hunter2"});
  EXPECT_EQ(kind(fetched), FailureKind::too_many_redirects);
  EXPECT_EQ(server.seen().size(), 4U);
  EXPECT_EQ(fetched.error().message, fmt::format("{} redirects once more after 3 redirects", server.url()));
}

TEST(Redirect, to_a_private_address) {
  TestServer server(always(redirect_to("http://10.0.0.1/secret?token=hunter2")));
  const auto fetched = fetch(server, {.url = "/"});
  EXPECT_EQ(kind(fetched), FailureKind::refused_address);
  EXPECT_EQ(server.seen().size(), 1U);
  EXPECT_EQ(
      fetched.error().message,
      "http://10.0.0.1/secret leads to the private address 10.0.0.1, from which Renown does not fetch; if that is "
      "a server of yours, allow 10.0.0.1:80");
}

TEST(Redirect, keeps_credentials_for_the_server_they_were_meant_for) {
  TestServer other(always(reply("other")));
  TestServer first([&](const Seen& seen, Connection& connection) {
    connection.send(seen.target == "/same"    ? redirect_to("/end")
                    : seen.target == "/other" ? redirect_to(other.url("/end"))
                                              : reply("end"));
  });
  Fetcher fetcher(allowing({first.at(), other.at()}));
  const Headers headers{
      {"Authorization", "Bearer hunter2"}, {"Cookie", "a=hunter2"}, {"X-Api-Key", "hunter2"}, {"Accept", "a/b"}};
  ASSERT_TRUE(fetcher.fetch({.url = first.url("/same"), .headers = headers}));
  EXPECT_TRUE(first.seen().back().has("Authorization: Bearer hunter2"));
  ASSERT_TRUE(fetcher.fetch({.url = first.url("/other"), .headers = headers}));
  ASSERT_EQ(other.seen().size(), 1U);
  EXPECT_FALSE(other.seen()[0].has("hunter2"));
  EXPECT_TRUE(other.seen()[0].has("Accept: a/b"));
}

TEST(Redirect, of_a_post) {
  TestServer other(always(reply("other")));
  TestServer first([&](const Seen& seen, Connection& connection) {
    const std::string status = seen.target.substr(1, 3);
    connection.send(status == "end" ? reply("end")
                                    : redirect_to(seen.target.size() > 4 ? other.url() : "/end", status + " X"));
  });
  Fetcher fetcher(allowing({first.at(), other.at()}));
  for (const auto& [status, method] :
       {std::pair{"301", "GET"}, {"302", "GET"}, {"303", "GET"}, {"307", "POST"}, {"308", "POST"}}) {
    const std::string target = fmt::format("/{}", status);
    ASSERT_TRUE(fetcher.fetch({.method = "POST", .url = first.url(target), .body = "secret=1"}));
    const Seen seen = first.seen().back();
    EXPECT_EQ(seen.method, method) << status;
    EXPECT_EQ(seen.body, seen.method == "POST" ? "secret=1" : "") << status;
  }
  EXPECT_EQ(kind(fetcher.fetch({.method = "POST", .url = first.url("/307/other"), .body = "secret=1"})),
            FailureKind::refused_redirect);
  EXPECT_TRUE(other.seen().empty());
}

TEST(Redirect, to_what_is_no_web_page) {
  for (const char* where : {"file:///etc/passwd", "ftp://example.org/", "javascript:x", "ws://example.org/",
                            "http://u:p@example.org/", "http://"}) {
    TestServer server(always(redirect_to(where)));
    const auto fetched = fetch(server, {.url = "/"});
    ASSERT_FALSE(fetched) << where;
    EXPECT_TRUE(fetched.error().kind == FailureKind::bad_url || fetched.error().kind == FailureKind::refused_redirect)
        << where;
    EXPECT_EQ(server.seen().size(), 1U);
  }
}

}  // namespace
}  // namespace renown::net
