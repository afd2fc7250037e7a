#include "net/link_header.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "net/fetch_testing.h"
#include "net/paging.h"

namespace renown::net {
namespace {

/// "target rel rel" of each link, with a "|" behind each.
std::string outline(std::string_view value) {
  std::string text;
  for (const Link& link : parse_links(value)) {
    text += link.target;
    for (const std::string& relation : link.relations) text += " " + relation;
    text += "|";
  }
  return text;
}

TEST(ParseLinks, in_all_their_spellings) {
  const std::pair<const char*, const char*> cases[] = {
      {"", ""},
      {",, ,", ""},
      {"<a>", "a|"},
      {"<>;rel=next", " next|"},
      {"<a>; rel=\"next\"", "a next|"},
      {"<a>;rel=next", "a next|"},
      {" <a> ; REL = \"Next\" ", "a next|"},
      {"<a>; rel=\"next last\"", "a next last|"},
      {"<a>; rel=next; rel=prev", "a next|"},
      {"<a>; title=\"x, <y>; rel=prev\"; rel=next", "a next|"},
      {"<a>; title=\"say \\\"hi\\\"\"; rel=next", "a next|"},
      {"<a>; rel=next, <b>; rel=prev", "a next|b prev|"},
      {"<a>; rel=next,,<b>; rel=prev", "a next|b prev|"},
      {"<a,b;c>; rel=next", "a,b;c next|"},
      {"<a>; crossorigin; rel=next", "a next|"},
      {"<a>; title*=UTF-8''x%20y; rel=next", "a next|"},
      {"<a>;;rel=next", "a next|"},
      {"<https://x/?a=1&b=2>; rel=\"next\", <https://x/>; rel=\"first\"", "https://x/?a=1&b=2 next|https://x/ first|"},
      {"<a>; rel=next, nonsense, <b>; rel=prev", "a next|"},
      {"<a>; rel=next <b>; rel=prev", "a next|"},
      {"<a; rel=next", ""},
      {"a; rel=next", ""},
      {"<a>; rel=\"next", ""},
      {"<a>; rel=\"next\\", ""},
  };
  for (const auto& [value, wanted] : cases) EXPECT_EQ(outline(value), wanted) << value;
}

Response response_with(std::string_view link) {
  return {.status = 200,
          .headers = {{"Link", std::string(link)}},
          .body = "",
          .url = "https://example.org/api/list?page=1"};
}

TEST(LinkedPage, is_resolved_against_the_page) {
  EXPECT_EQ(**linked_page(response_with("<?page=2>; rel=next"), "next"), "https://example.org/api/list?page=2");
  EXPECT_EQ(**linked_page(response_with("<https://example.org/x>; rel=prev, </y>; rel=next"), "next"),
            "https://example.org/y");
  EXPECT_EQ(*linked_page(response_with("<?page=2>; rel=next"), "prev"), std::nullopt);
  EXPECT_EQ(*linked_page(response_with("<?page=2>; rel=next; anchor=\"/other\""), "next"), std::nullopt);
  EXPECT_EQ(*linked_page(Response{.url = "https://example.org/"}, "next"), std::nullopt);
  Response two = response_with("</a>; rel=first");
  two.headers.add("link", "</b>; rel=next");
  EXPECT_EQ(**linked_page(two, "next"), "https://example.org/b");
  const auto bad = linked_page(response_with("<javascript:x>; rel=next"), "next");
  ASSERT_FALSE(bad);
  EXPECT_EQ(bad.error().message,
            "https://example.org/api/list names a next page that is not a URL that Renown fetches: it does "
            "not begin with http://, https://, ws:// or wss:// and a host");
}

TEST(LinkedPage, as_mastodon_recorded_it) {
  const auto response = response_with(
      "<http://localhost:3000/api/v2/notifications?limit=5&max_id=38>; rel=\"next\", "
      "<http://localhost:3000/api/v2/notifications?limit=5&min_id=47>; rel=\"prev\"");
  EXPECT_EQ(**linked_page(response, "next"), "http://localhost:3000/api/v2/notifications?limit=5&max_id=38");
  EXPECT_EQ(**linked_page(response, "prev"), "http://localhost:3000/api/v2/notifications?limit=5&min_id=47");
}

TEST(PageGuard, refuses_a_page_that_was_there_before) {
  PageGuard guard("the likes of a post");
  EXPECT_TRUE(guard.enter(""));
  EXPECT_TRUE(guard.enter("a"));
  EXPECT_TRUE(guard.enter("b"));
  const auto again = guard.enter("a");
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().message,
            "the likes of a post: the server leads from page 3 back to one before it; what was read so far is kept");
  EXPECT_FALSE(guard.enter("")) << "the first page too";
}

TEST(PageGuard, refuses_one_page_too_many) {
  PageGuard guard("the likes of a post", 2);
  EXPECT_TRUE(guard.enter("1"));
  EXPECT_TRUE(guard.enter("2"));
  const auto third = guard.enter("3");
  ASSERT_FALSE(third);
  EXPECT_EQ(third.error().message, "the likes of a post: there are more than 2 pages; what was read so far is kept");
}

TEST(PageGuard, ends_endless_paging_of_a_real_server) {
  test::TestServer server([](const test::Seen& seen, test::Connection& connection) {
    const int page = std::stoi(seen.target.substr(7));
    connection.send(test::reply("[]", fmt::format("Link: </?page={}>; rel=\"next\"\r\n", page + 1)));
  });
  Fetcher fetcher(test::allowing({server.at()}));
  PageGuard guard("pages", 20);
  std::optional<std::string> page = server.url("/?page=1");
  while (page && guard.enter(*page)) {
    const auto response = fetcher.fetch({.url = *page});
    ASSERT_TRUE(response) << response.error().message;
    page = *linked_page(*response, "next");
  }
  EXPECT_EQ(server.seen().size(), 20U);
  EXPECT_TRUE(page) << "there were more";
}

}  // namespace
}  // namespace renown::net
