#include "connect/feed/feed.h"

#include <filesystem>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "connect/fault_matrix.h"
#include "connect/testing.h"
#include "net/http_cache.h"

namespace renown::connect::feed {
namespace {

using net::test::reply;
using net::test::Seen;
using test::Reach;
using test::read_whole;
using test::Texts;
using test::Whole;

const std::string kPosts =
    R"(<rss><channel><title>Owls &amp;amp; more</title><item><title>One</title><link>https://blog.example/1/</link>)"
    R"(<pubDate>Sat, 01 Aug 2026 13:53:54 +0000</pubDate></item><item><title>no time</title></item></channel></rss>)";

std::string comment(int number, std::string_view uri, std::string_view answers = "") {
  return fmt::format(
      R"(<entry><link href="https://blog.example/1/#comment-{0}"/><updated>2026-08-01T14:00:0{0}Z</updated>)"
      R"(<author><name>x</name><uri>{1}</uri></author>{2}</entry>)",
      number, uri, answers.empty() ? "" : fmt::format(R"(<t:in-reply-to ref="r" href="{}"/>)", answers));
}

std::string comments() {
  return R"(<feed xmlns="http://www.w3.org/2005/Atom" xmlns:t="http://purl.org/syndication/thread/1.0">)" +
         comment(5, "https://blog.example/", "https://blog.example/1/#comment-4") +
         comment(4, "https://bob.example/", "https://blog.example/1/#comment-2") + comment(3, "") +
         comment(2, "https://ada.example", "https://blog.example/1/") + "</feed>";
}

std::string answer(const Seen& seen) {
  return reply(seen.target.ends_with("/comments") ? comments() : kPosts, "Content-Type: application/xml\r\n");
}

std::unique_ptr<Connector> connector(const std::string& base, const Access& access) {
  return std::make_unique<test::ElsewhereConnector>(base, access, [&](const Access& elsewhere) {
    return std::move(*make_connector(
        {.account = {"web", "blog.example"},
         .server = "",
         .settings = {{"feed", "https://blog.example/feed"}, {"comments", "https://blog.example/comments"}}},
        elsewhere));
  });
}

TEST(Feed, posts_and_comments) {
  net::test::TestServer server(
      [](const Seen& seen, net::test::Connection& connection) { connection.send(answer(seen)); });
  Reach reach(server);
  const Whole whole = read_whole(*connector(server.url(""), reach.access()));
  EXPECT_FALSE(whole.problem);
  EXPECT_EQ(
      whole.dated,
      (Texts{"1785592434 post blog.example post=https://blog.example/1/ id=https://blog.example/1/",
             "1785592802 comment ada.example -> blog.example post=https://blog.example/1/ "
             "id=blog.example#comment-2",
             "1785592804 comment bob.example -> blog.example post=https://blog.example/1/ "
             "id=blog.example#comment-4",
             "1785592804 reply bob.example -> ada.example post=blog.example#comment-2 id=blog.example#comment-4",
             "1785592805 reply blog.example -> bob.example post=blog.example#comment-4 id=blog.example#comment-5"}));
  EXPECT_EQ(whole.bad, 1u);
  EXPECT_EQ(whole.left_out.at("a comment by somebody without an address"), 1u);
  ASSERT_EQ(whole.posts.size(), 1u);
  EXPECT_EQ(whole.posts[0].text, "One");
  EXPECT_EQ(whole.profiles.at(0).profile.name, "Owls & more");
  EXPECT_EQ(read_whole(*connector(server.url(""), reach.access()), whole.cursor).dated, whole.dated);
}

TEST(Feed, the_secret_in_its_address_is_never_said) {
  for (const char* status : {"200 OK", "403 Forbidden"}) {
    for (const std::string_view body : {std::string_view(kPosts), std::string_view("no feed")}) {
      net::test::TestServer server([&](const Seen&, net::test::Connection& connection) {
        connection.send(reply(std::string(body), "", status));
      });
      Reach reach(server);
      const auto made = make_connector(
          {.account = {"web", "blog.example"}, .server = "", .settings = {{"feed", server.url("/feed?key=s3cret")}}},
          reach.access());
      const auto pull = (*made)->pull("", {});
      std::string said = pull ? "" : pull.error().sentence;
      if (pull) said = pull->report.first_bad.at(0).place;
      EXPECT_TRUE(said.contains("/feed")) << said;
      EXPECT_FALSE(said.contains("s3cret")) << said;
    }
  }
}

TEST(Feed, what_did_not_change_is_not_sent_again) {
  int unchanged = 0;
  net::test::TestServer server([&](const Seen& seen, net::test::Connection& connection) {
    const bool has_it = seen.has("\"v1\"");
    unchanged += has_it ? 1 : 0;
    connection.send(has_it ? "HTTP/1.1 304 Not Modified\r\n\r\n" : reply(kPosts, "ETag: \"v1\"\r\n"));
  });
  Reach reach(server);
  const std::string folder = testing::TempDir() + "/renown-feed-cache";
  std::filesystem::remove_all(folder);
  net::HttpCache cache(reach.access().http, folder);
  const Access access{cache, {}, 0};
  const Source source{.account = {"web", "blog.example"}, .server = "", .settings = {{"feed", server.url("/feed")}}};
  const Whole first = read_whole(**make_connector(source, access));
  const Whole second = read_whole(**make_connector(source, access), first.cursor);
  EXPECT_EQ(unchanged, 1);
  EXPECT_EQ(first.dated.size(), 1u);
  EXPECT_EQ(second.dated, first.dated) << "whether the log has them is the log's to know";
}

TEST(Feed, sources_and_cursors_that_are_none) {
  net::test::TestServer server(
      [](const Seen& seen, net::test::Connection& connection) { connection.send(answer(seen)); });
  Reach reach(server);
  using Settings = std::map<std::string, std::string>;
  for (const auto& [account, settings] :
       {std::pair(std::string("blog.example"), Settings{}),
        std::pair(std::string("blog.example"), Settings{{"feed", "x"}}),
        std::pair(std::string(""), Settings{{"feed", "https://blog.example/feed"}}),
        std::pair(std::string("https://blog.example"), Settings{{"feed", "https://blog.example/feed"}})}) {
    const auto made = make_connector({.account = {"web", account}, .server = "", .settings = settings}, reach.access());
    ASSERT_FALSE(made) << account;
    EXPECT_EQ(made.error().code, ErrorCode::usage);
  }
  EXPECT_EQ(read_whole(*connector(server.url(""), reach.access()), "x").problem->kind, ProblemKind::malformed);
}

TEST(Feed, whatever_a_server_does_nothing_is_lost_or_doubled) {
  const test::Subject subject{
      .make = [](const std::string& base, const Access& access) { return connector(base, access); },
      .healthy = [](const Seen& seen, const std::string&) { return answer(seen); }};
  EXPECT_EQ(test::fault_findings(subject), std::vector<std::string>{});
}

}  // namespace
}  // namespace renown::connect::feed
