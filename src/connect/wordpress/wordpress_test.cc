#include "connect/wordpress/wordpress.h"

#include <algorithm>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "connect/fault_matrix.h"
#include "connect/testing.h"

namespace renown::connect::wordpress {
namespace {

using net::test::reply;
using net::test::Seen;
using test::Reach;
using test::read_whole;
using test::Texts;
using test::Whole;

/// By the target of its address, without the host; what is not here is 404.
struct World {
  std::map<std::string, std::string> answers;
  std::map<std::string, std::string> headers;  ///< besides
};

const std::string kPosts =
    "/wp-json/wp/v2/posts?per_page=100&_embed=wp:term&_fields=id,link,date_gmt,title,_links,_embedded";
const std::string kFields = "_fields=id,parent,author,author_url,date_gmt,link,type,status";
const std::string kComments = "/wp-json/wp/v2/comments?per_page=100&orderby=id&order=desc&" + kFields;

std::string one(int number) {
  return fmt::format("/wp-json/wp/v2/comments/{}?{}", number, kFields);
}

std::string next_is(const std::string& target) {
  return fmt::format("Link: <https://blog.example{}>; rel=\"next\"\r\n", target);
}

std::string comment(int number, std::string_view url, int parent = 0, int author = 0,
                    std::string_view type = "comment") {
  return fmt::format(R"({{"id":{0},"parent":{2},"author":{3},"author_url":"{1}","date_gmt":"2024-05-01T12:00:{0}",)"
                     R"("link":"https://blog.example/owls/#comment-{0}","type":"{4}"}})",
                     number, url, parent, author, type);
}

constexpr const char* kDeleted =
    R"({"code":"rest_comment_invalid_id","message":"Invalid comment ID.","data":{"status":404}})";

World small_world() {
  World world;
  auto& answers = world.answers;
  answers["/"] = "<html></html>";
  world.headers["/"] = "Link: <https://blog.example/wp-json/>; rel=\"https://api.w.org/\"\r\n";
  answers["/wp-json/?_fields=name,description,home,namespaces"] =
      R"({"name":"Owls &amp; more","description":"A blog","home":"https://blog.example","namespaces":["wp/v2"]})";
  const auto post = [](int number) {
    return fmt::format(R"({{"id":{0},"link":"https://blog.example/{0}/","date_gmt":"2024-05-01T11:00:{0}",)"
                       R"("title":{{"rendered":"Post &#8211; {0}"}},"_embedded":{{"wp:term":[[{{"taxonomy":"category",)"
                       R"("name":"News"}}],[{{"taxonomy":"post_tag","name":"Barn Owls"}}]]}}}})",
                       number);
  };
  answers[kPosts] = "[" + post(12) + "]";
  world.headers[kPosts] = "X-WP-Total: 2\r\n" + next_is(kPosts + "&page=2");
  answers[kPosts + "&page=2"] = "[" + post(11) + "]";
  world.headers[kPosts + "&page=2"] = "X-WP-Total: 2\r\n";
  answers[kComments] =
      "[" + comment(26, "") + "," + comment(25, "", 0, 3) + "," + comment(24, "https://cat.example/", 23) + "]";
  world.headers[kComments] = "X-WP-Total: 6\r\n" + next_is(kComments + "&page=2");
  answers[kComments + "&page=2"] = "[" + comment(23, "http://bob.example", 22) + "," +
                                   comment(22, "https://blog.example/about", 21) + "," +
                                   comment(21, "https://ada.example") + "]";
  world.headers[kComments + "&page=2"] = "X-WP-Total: 6\r\n";
  for (const auto& [number, json] : {std::pair(23, comment(23, "http://bob.example", 22)),
                                     std::pair(22, comment(22, "https://blog.example/about", 21)),
                                     std::pair(21, comment(21, "https://ada.example"))}) {
    answers[one(number)] = json;
  }
  return world;
}

std::string answer(const World& world, const Seen& seen) {
  const std::string target = seen.target.substr(std::string_view("/blog.example").size());
  const auto at = world.answers.find(target);
  if (at == world.answers.end()) return reply(kDeleted, "Content-Type: application/json\r\n", "404 Not Found");
  const auto more = world.headers.find(target);
  return reply(at->second, more == world.headers.end() ? "" : more->second);
}

std::unique_ptr<Connector> connector(const std::string& base, const Access& access,
                                     std::map<std::string, std::string> settings = {}) {
  return std::make_unique<test::ElsewhereConnector>(base, access, [&](const Access& elsewhere) {
    return std::move(
        *make_connector({.account = {"web", "blog.example"}, .server = "", .settings = settings}, elsewhere));
  });
}

Whole read(const World& world, const std::string& cursor = "", std::int64_t now = 1'800'000'000,
           std::map<std::string, std::string> settings = {}) {
  net::test::TestServer server(
      [&](const Seen& seen, net::test::Connection& connection) { connection.send(answer(world, seen)); });
  Reach reach(server);
  return read_whole(*connector(server.url(""), reach.access(now), std::move(settings)), cursor);
}

TEST(WordPress, who_comments_and_answers) {
  const Whole whole = read(small_world());
  EXPECT_FALSE(whole.problem) << whole.problem->sentence;
  EXPECT_EQ(
      whole.dated,
      (Texts{"1714561211 post blog.example post=https://blog.example/11/ id=https://blog.example/11/ tags=barn-owls",
             "1714561212 post blog.example post=https://blog.example/12/ id=https://blog.example/12/ tags=barn-owls",
             "1714564821 comment ada.example -> blog.example post=https://blog.example/owls/ "
             "id=blog.example#comment-21",
             "1714564822 reply blog.example -> ada.example post=blog.example#comment-21 id=blog.example#comment-22",
             "1714564823 reply bob.example -> blog.example post=blog.example#comment-22 id=blog.example#comment-23",
             "1714564824 comment cat.example -> blog.example post=https://blog.example/owls/ "
             "id=blog.example#comment-24",
             "1714564824 reply cat.example -> bob.example post=blog.example#comment-23 id=blog.example#comment-24",
             "1714564825 comment blog.example/?author=3 -> blog.example post=https://blog.example/owls/ "
             "id=blog.example#comment-25"}));
  EXPECT_TRUE(whole.undated.empty());
  EXPECT_EQ(whole.left_out.at("a comment by somebody without an address"), 1u);
  ASSERT_EQ(whole.posts.size(), 2u);
  EXPECT_EQ(whole.posts[0].text, "Post \xE2\x80\x93 12");
  ASSERT_EQ(whole.profiles.size(), 1u);
  EXPECT_EQ(whole.profiles[0].profile.name, "Owls & more");
}

TEST(WordPress, what_was_deleted_is_withdrawn_when_the_blog_says_so) {
  World world = small_world();
  const Whole first = read(world);
  world.answers[kComments] = "[" + comment(26, "") + "," + comment(25, "", 0, 3) + "]";
  world.answers[one(24)] = comment(24, "https://cat.example/", 23);
  const Whole hidden = read(world, first.cursor, 1'800'003'600);
  EXPECT_TRUE(hidden.dated.empty()) << "it is not in the list, and yet there";
  world.answers.erase(one(24));
  const Whole gone = read(world, hidden.cursor, 1'800'007'200);
  EXPECT_EQ(gone.dated, (Texts{"1800007200 undo cat.example id=blog.example#comment-24"}));
  EXPECT_TRUE(read(world, gone.cursor).dated.empty()) << "once";
  std::string trashed = comment(24, "https://cat.example/", 23);
  trashed.insert(trashed.size() - 1, R"(,"status":"trash")");
  world.answers[one(24)] = trashed;
  EXPECT_EQ(read(world, hidden.cursor, 1'800'007'200).dated, gone.dated) << "as the blog's owner sees it";
}

TEST(WordPress, pingbacks_are_mentions_by_other_blogs) {
  World world = small_world();
  const std::string all = kComments + "&type=all";
  world.answers[all] = "[" + comment(27, "https://eve.example/2024/links", 0, 0, "pingback") + "]";
  const Whole whole = read(world, "", 1'800'000'000, {{"password", "yes"}});
  EXPECT_EQ(std::ranges::count(whole.dated,
                               "1714564827 mention eve.example -> blog.example "
                               "post=https://eve.example/2024/links id=blog.example#comment-27"),
            1);
}

TEST(WordPress, a_root_with_a_query_and_pages_that_are_no_blogs) {
  World world;
  world.answers["/"] = "";
  world.headers["/"] = "Link: <https://blog.example/index.php?rest_route=/>; rel=\"https://api.w.org/\"\r\n";
  const World small = small_world();
  for (const auto& [target, body] : small.answers) {
    if (!target.starts_with("/wp-json/")) continue;
    std::string path = target.substr(9);
    if (const std::size_t at = path.find('?'); at != std::string::npos) path[at] = '&';
    world.answers["/index.php?rest_route=/" + path] = body;
  }
  EXPECT_FALSE(read(world).problem);
  for (const std::string link : {"", "Link: <https://other.example/wp-json/>; rel=\"https://api.w.org/\"\r\n",
                                 "Link: <https://blog.example/wp-json/>; rel=\"next\"\r\n"}) {
    world.headers["/"] = link;
    const Whole whole = read(world);
    ASSERT_TRUE(whole.problem) << link;
    EXPECT_EQ(whole.problem->sentence, "https://blog.example/ names no WordPress interface of its own");
  }
  world.answers.erase("/");
  EXPECT_EQ(read(world).problem->kind, ProblemKind::not_found);
}

TEST(WordPress, sources_and_cursors_that_are_none) {
  net::test::TestServer server([](const Seen&, net::test::Connection& connection) { connection.send(reply("{}")); });
  Reach reach(server);
  for (const std::string bad : {"", "https://blog.example", "blog.example/", "u:p@blog.example", "blog example"}) {
    const auto made = make_connector({.account = {"web", bad}, .server = ""}, reach.access());
    ASSERT_FALSE(made) << bad;
    EXPECT_EQ(made.error().code, ErrorCode::usage);
  }
  EXPECT_FALSE(make_connector({.account = {"github", "blog.example"}, .server = ""}, reach.access()));
  EXPECT_EQ(read(small_world(), "x").problem->kind, ProblemKind::malformed);
}

/// The page that names the interface is left out: nothing of its body counts.
TEST(WordPress, whatever_a_blog_does_nothing_is_lost_or_doubled) {
  const World world = small_world();
  const test::Subject subject{
      .make = [](const std::string& base,
                 const Access& access) { return connector(base, access, {{"api", "https://blog.example/wp-json/"}}); },
      .healthy = [&](const Seen& seen, const std::string&) { return answer(world, seen); },
      .page = [&](const Seen& seen, const std::string&, const std::string& next) -> std::optional<std::string> {
        for (const std::string& list : {kPosts, kComments}) {
          if (!seen.target.contains(list)) continue;
          return reply(world.answers.at(list), next_is(list + "&page=" + next));
        }
        return std::nullopt;
      }};
  EXPECT_EQ(test::fault_findings(subject), std::vector<std::string>{});
}

}  // namespace
}  // namespace renown::connect::wordpress
