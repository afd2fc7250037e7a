#include "connect/feed/mention.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "connect/testing.h"

namespace renown::connect::feed {
namespace {

using net::test::reply;
using net::test::Seen;

constexpr const char* kTarget = "https://blog.example/owls/";

std::expected<LinkState, Problem> look(const std::string& answer, const std::string& target = kTarget) {
  net::test::TestServer server([&](const Seen&, net::test::Connection& connection) { connection.send(answer); });
  test::Reach reach(server);
  test::Elsewhere http(reach.access().http, server.url(""));
  return look_for_link(http, {"https://eve.example/links", target}, {});
}

TEST(LookForLink, finds_what_people_can_follow_and_nothing_else) {
  const std::pair<std::string, LinkState> table[] = {
      {"", LinkState::does_not_link},
      {"<a href='https://blog.example/owls/'>x</a>", LinkState::links},
      {"<A HREF=\" HTTPS://Blog.example:443/owls/#top \">x</a>", LinkState::links},
      {"<link rel=x href=//blog.example/owls/>", LinkState::links},
      {"<img src='https://blog.example/owls/'>", LinkState::links},
      {"<base href='https://blog.example/x/'><a href='../owls/'>x</a>", LinkState::links},
      {"<a href='/owls/'>on its own site</a>", LinkState::does_not_link},
      {"<a href='https://blog.example/owls/?x'>another page</a>", LinkState::does_not_link},
      {"https://blog.example/owls/", LinkState::does_not_link},
      {"<!-- <a href='https://blog.example/owls/'>x</a> -->", LinkState::does_not_link},
      {"<script><a href='https://blog.example/owls/'>x</a></script>", LinkState::does_not_link},
      {"<template><a href='https://blog.example/owls/'>x</a></template>", LinkState::does_not_link},
      {"<a title=\"<a href='https://blog.example/owls/'>\">x</a>", LinkState::does_not_link},
  };
  for (const auto& [html, state] : table) EXPECT_EQ(*look(reply(html)), state) << html;
}

TEST(LookForLink, pages_that_are_gone_and_pages_that_cannot_be_had) {
  EXPECT_EQ(*look(reply("", "", "404 Not Found")), LinkState::gone);
  EXPECT_EQ(*look(reply("", "", "410 Gone")), LinkState::gone);
  EXPECT_EQ(look(reply("", "", "500 Internal Server Error")).error().kind, ProblemKind::unavailable);
  EXPECT_EQ(look(reply("", "", "403 Forbidden")).error().kind, ProblemKind::forbidden);
  for (const std::string target :
       {"https://eve.example/links", "https://eve.example/links#x", "", "mailto:a@b.example"}) {
    EXPECT_EQ(look(reply(""), target).error().kind, ProblemKind::refused) << target;
  }
}

/// Answers as a page to which another site redirects.
class Redirecting final : public net::Transport {
 public:
  std::vector<net::Fetched> fetch_all(std::span<const net::Request> requests, std::stop_token) override {
    net::Response page{.status = 200};
    page.body = fmt::format("<a href='{}'>x</a>", kTarget);
    page.url = "https://evil.example/page";
    return std::vector<net::Fetched>(requests.size(), page);
  }
};

TEST(LookForLink, nobody_speaks_for_a_site_by_its_redirects) {
  Redirecting http;
  const auto looked = look_for_link(http, {"https://bank.example/to?u=https://evil.example/page", kTarget}, {});
  ASSERT_FALSE(looked);
  EXPECT_EQ(looked.error().kind, ProblemKind::refused);
}

TEST(Mention, rows) {
  const auto text = [](const std::string& source, LinkState state) {
    const Mention mention{source, kTarget};
    ingest::Record record;
    rows_of(mention, state, "blog.example", 1'800'000'000, record);
    return record.rows().empty() ? record.reason() : test::text_of(record.rows()[0]);
  };
  EXPECT_EQ(text("https://eve.example/links", LinkState::links),
            "1800000000 mention eve.example -> blog.example post=https://eve.example/links "
            "id=https://eve.example/links https://blog.example/owls/");
  for (const LinkState state : {LinkState::does_not_link, LinkState::gone}) {
    EXPECT_EQ(text("https://eve.example/links", state),
              "1800000000 undo eve.example id=https://eve.example/links https://blog.example/owls/");
  }
  EXPECT_EQ(text("https://blog.example/other", LinkState::links), "a mention by the site itself, or by no site");
  EXPECT_EQ(text("x", LinkState::links), "a mention by the site itself, or by no site");
}

TEST(Pingback, calls) {
  const auto call = [](std::string_view method, std::string_view params) {
    return fmt::format("<?xml version=\"1.0\"?><methodCall><methodName>{}</methodName><params>{}</params></methodCall>",
                       method, params);
  };
  for (const std::string_view value : {"<string>{}</string>", "{}", " <string> {} </string> "}) {
    const auto param = [&](std::string_view text) {
      return "<param><value>" + fmt::format(fmt::runtime(value), text) + "</value></param>";
    };
    const auto mention = read_pingback(call("pingback.ping", param("https://a.example/?x=1&amp;y=2") + param(kTarget)));
    ASSERT_TRUE(mention) << value;
    EXPECT_EQ(mention->source, "https://a.example/?x=1&y=2");
    EXPECT_EQ(mention->target, kTarget);
  }
  const std::string one = "<param><value><string>x</string></value></param>";
  for (const std::string& bad :
       {std::string(), std::string("<methodCall/>"), call("pingback.ping", one), call("pingback.ping", one + one + one),
        call("system.listMethods", one + one), "<!DOCTYPE x [<!ENTITY e 'e'>]>" + call("pingback.ping", one + one),
        std::string(20'000, ' ') + call("pingback.ping", one + one)}) {
    EXPECT_FALSE(read_pingback(bad)) << bad.substr(0, 80);
  }
}

}  // namespace
}  // namespace renown::connect::feed
