#include "connect/activitypub/activitypub.h"

#include <algorithm>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "connect/activitypub/progress.h"
#include "connect/fault_matrix.h"
#include "connect/testing.h"

namespace renown::connect::activitypub {
namespace {

using net::test::reply;
using net::test::Seen;
using test::Reach;
using test::read_whole;
using test::Texts;
using test::Whole;

constexpr const char* kEverybody = R"("to":["https://www.w3.org/ns/activitystreams#Public"])";
constexpr const char* kAnn = "https://a.example/users/ann";
constexpr const char* kNote = "https://a.example/notes/1";

/// By address without "https:/"; what is not here is 404.
using World = std::map<std::string, std::string>;

std::string answer(const World& world, const Seen& seen) {
  const auto at = world.find(seen.target);
  if (at == world.end()) return reply("{}", "Content-Type: application/json\r\n", "404 Not Found");
  const bool is_finger = seen.target.contains("webfinger");
  return reply(at->second, is_finger ? "Content-Type: application/jrd+json\r\n"
                                     : "Content-Type: application/activity+json; charset=utf-8\r\n");
}

std::string collection(std::string_view more) {
  return fmt::format(R"({{"type":"OrderedCollection",{}}})", more);
}

std::string note(std::string_view id, std::string_view by, std::string_view more = "") {
  return fmt::format(R"({{"type":"Note","id":"{}","attributedTo":"{}","published":"2024-05-01T12:00:00Z",{},)"
                     R"("content":"<p>hi</p>"{}}})",
                     id, by, kEverybody, more);
}

std::string activity(std::string_view type, std::string_view object, std::string_view to = kEverybody) {
  return fmt::format(R"({{"type":"{0}","id":"https://a.example/{0}/1","actor":"{1}",)"
                     R"("published":"2024-05-01T12:00:00Z",{2},"object":{3}}})",
                     type, kAnn, to, object);
}

World small_world() {
  World world;
  world["/a.example/.well-known/webfinger?resource=acct:ann@a.example"] =
      R"({"subject":"acct:ann@a.example","links":[{"rel":"http://webfinger.net/rel/profile-page","type":"text/html",)"
      R"("href":"https://a.example/@ann"},{"rel":"self","type":"application/activity+json",)"
      R"("href":"https://a.example/users/ann"}]})";
  world["/a.example/users/ann"] =
      R"({"type":"Person","id":"https://a.example/users/ann","preferredUsername":"ann","name":"Ann",)"
      R"("summary":"<p>Birds</p>","outbox":"https://a.example/users/ann/outbox","discoverable":true})";
  world["/a.example/users/ann/outbox"] =
      collection(R"("totalItems":3,"first":"https://a.example/users/ann/outbox?p=1")");
  const std::string lists = R"(,"likes":"https://a.example/notes/1/likes","shares":"https://a.example/notes/1/shares",)"
                            R"("replies":"https://a.example/notes/1/replies",)"
                            R"("inReplyTo":"https://b.example/users/bob/statuses/9")";
  world["/a.example/users/ann/outbox?p=1"] = collection(
      R"("orderedItems":[)" + activity("Create", note(kNote, kAnn, lists)) + "," +
      activity("Create", note("https://a.example/notes/2", kAnn), R"("to":["https://b.example/users/bob"])") +
      R"(],"next":"https://a.example/users/ann/outbox?p=2")");
  world["/a.example/users/ann/outbox?p=2"] = collection(R"("orderedItems":["https://a.example/Announce/1"])");
  world["/a.example/Announce/1"] = activity("Announce", R"("https://b.example/users/bob/statuses/8")");
  world["/a.example/notes/1/likes"] = collection(R"("first":"https://a.example/notes/1/likes?p=1")");
  world["/a.example/notes/1/likes?p=1"] = collection(
      R"("items":[{"type":"Like","id":"https://b.example/likes/1","actor":"https://b.example/users/bob","object":"x"},)"
      R"({"type":"Like","id":"https://b.example/likes/2","actor":{"id":"https://b.example/users/cat"},"object":"x",)"
      R"("published":"2024-05-02T00:00:00Z"},"https://b.example/likes/3"])");
  world["/a.example/notes/1/shares"] = collection(
      R"("items":{"type":"Announce","id":"https://b.example/shares/1","actor":"https://b.example/users/eve"})");
  world["/a.example/notes/1/replies"] =
      collection(R"("first":{"type":"CollectionPage","items":["https://b.example/notes/5"],)"
                 R"("next":"https://a.example/notes/1/replies?p=2"})");
  world["/a.example/notes/1/replies?p=2"] = collection(R"("items":["https://b.example/notes/6"])");
  const std::string in_reply = R"(,"inReplyTo":"https://a.example/notes/1","tag":[{"type":"Mention",)"
                               R"("href":"https://a.example/users/ann"},{"type":"Hashtag","name":"#Owls"}])";
  world["/b.example/notes/5"] = note("https://b.example/notes/5", "https://b.example/users/dan", in_reply);
  world["/b.example/notes/6"] =
      note("https://b.example/notes/6", "https://b.example/users/fay", R"(,"inReplyTo":"https://b.example/notes/5")");
  return world;
}

std::unique_ptr<Connector> connector(const std::string& base, const Access& access,
                                     const std::string& account = "ann@a.example") {
  return std::make_unique<test::ElsewhereConnector>(base, access, [&](const Access& elsewhere) {
    return std::move(*make_connector({.account = {"fediverse", account}, .server = ""}, elsewhere));
  });
}

Whole read(const World& world, const std::string& cursor = "", std::int64_t now = 1'800'000'000,
           const std::string& account = "ann@a.example") {
  net::test::TestServer server(
      [&](const Seen& seen, net::test::Connection& connection) { connection.send(answer(world, seen)); });
  Reach reach(server);
  return read_whole(*connector(server.url(""), reach.access(now), account), cursor);
}

const Texts kOwn = {
    "1714564800 post https://a.example/users/ann post=https://a.example/notes/1 id=https://a.example/notes/1",
    "1714564800 reply https://a.example/users/ann -> https://b.example/users/bob "
    "post=https://b.example/users/bob/statuses/9 id=https://a.example/notes/1",
    "1714564800 repost https://a.example/users/ann -> https://b.example/users/bob "
    "post=https://b.example/users/bob/statuses/8 id=https://a.example/Announce/1"};

TEST(ActivityPub, what_an_actor_did_and_who_engaged) {
  for (const std::string account : {"ann@a.example", "https://a.example/users/ann"}) {
    const Whole whole = read(small_world(), "", 1'800'000'000, account);
    EXPECT_FALSE(whole.problem);
    EXPECT_TRUE(whole.skipped.empty());
    Texts wanted = kOwn;
    wanted.insert(wanted.end() - 1,
                  "1714564800 reply https://b.example/users/dan -> https://a.example/users/ann "
                  "post=https://a.example/notes/1 id=https://b.example/notes/5 tags=owls");
    wanted.push_back(
        "1714608000 like https://b.example/users/cat -> https://a.example/users/ann "
        "post=https://a.example/notes/1 id=https://b.example/likes/2");
    std::ranges::sort(wanted);
    EXPECT_EQ(whole.dated, wanted);
    EXPECT_EQ(whole.undated, (Texts{"1714564800 like https://b.example/users/bob -> https://a.example/users/ann "
                                    "post=https://a.example/notes/1 id=https://b.example/likes/1",
                                    "1714564800 repost https://b.example/users/eve -> https://a.example/users/ann "
                                    "post=https://a.example/notes/1 id=https://b.example/shares/1"}));
    EXPECT_EQ(whole.left_out, (std::map<std::string, std::uint64_t>{{"a post that was not public", 1},
                                                                    {"a post that is about somebody else", 1},
                                                                    {"an engagement that names nobody", 1}}));
    ASSERT_EQ(whole.posts.size(), 1u);
    EXPECT_EQ(whole.posts[0], (Post{"fediverse", kNote, kAnn, kNote, 1714564800, "hi"}));
    ASSERT_EQ(whole.profiles.size(), 1u);
    EXPECT_EQ(whole.profiles[0].profile.name, "Ann");
  }
}

TEST(ActivityPub, again_only_lists_are_asked_and_what_is_new_is_later) {
  World world = small_world();
  const Whole first = read(world);
  world["/a.example/notes/1/shares"] = collection(
      R"("items":[{"type":"Announce","id":"https://b.example/shares/2","actor":"https://b.example/users/gus"}])");
  const Whole second = read(world, first.cursor, 1'800'086'400);
  EXPECT_EQ(second.left_out.at("an activity that was read before"), 2u);
  EXPECT_EQ(std::ranges::count(second.undated,
                               "1800000000 repost https://b.example/users/gus -> "
                               "https://a.example/users/ann post=https://a.example/notes/1 "
                               "id=https://b.example/shares/2"),
            1);
}

TEST(ActivityPub, nobody_speaks_for_others) {
  const auto skipped = [](const std::string& address, const std::string& document) {
    World world = small_world();
    world[address] = document;
    const Whole whole = read(world);
    for (const std::string& row : whole.dated) EXPECT_FALSE(row.contains("victim")) << row;
    return whole.problem ? whole.problem->sentence : whole.skipped.empty() ? "" : whole.skipped[0].sentence;
  };
  EXPECT_EQ(skipped("/b.example/notes/5", note("https://c.example/notes/5", "https://c.example/users/victim")),
            "the reply https://b.example/notes/5: its author is of another server");
  EXPECT_EQ(skipped("/b.example/notes/5", note("https://b.example/notes/5", "https://c.example/users/victim")),
            "the reply https://b.example/notes/5: its author is of another server");
  EXPECT_EQ(skipped("/a.example/notes/1/likes", collection(R"("first":"https://c.example/likes")")),
            "the likes of https://a.example/notes/1: it leads to another server");
  EXPECT_EQ(skipped("/a.example/users/ann",
                    R"({"type":"Person","id":"https://c.example/users/victim","outbox":"https://c.example/outbox"})"),
            "the actor ann@a.example: it has no id and outbox on its own server");
  World world = small_world();
  world["/a.example/Announce/1"] =
      R"({"type":"Like","id":"https://a.example/Announce/1","actor":"https://c.example/victim","object":"y",)"
      R"("published":"2024-05-01T12:00:00Z"})";
  EXPECT_EQ(read(world).bad, 1u);
}

TEST(ActivityPub, a_server_of_replies_that_is_down_costs_only_its_replies) {
  World world = small_world();
  const std::string reply = world.extract("/b.example/notes/5").mapped();
  const Whole first = read(world);
  EXPECT_FALSE(first.problem);
  ASSERT_EQ(first.skipped.size(), 1u);
  EXPECT_EQ(first.skipped[0].kind, ProblemKind::not_found);
  world["/b.example/notes/5"] = reply;
  const Whole second = read(world, first.cursor);
  EXPECT_TRUE(second.skipped.empty());
  EXPECT_TRUE(std::ranges::any_of(second.dated, [](const std::string& row) { return row.contains("users/dan"); }));
}

TEST(ActivityPub, an_upload_that_looks_like_a_post_is_none) {
  const World world = small_world();
  net::test::TestServer server([&](const Seen& seen, net::test::Connection& connection) {
    std::string text = answer(world, seen);
    if (seen.target == "/b.example/notes/5") text = reply(world.at(seen.target), "Content-Type: application/json\r\n");
    connection.send(text);
  });
  Reach reach(server);
  const Whole whole = read_whole(*connector(server.url(""), reach.access()));
  ASSERT_EQ(whole.skipped.size(), 1u);
  EXPECT_EQ(whole.skipped[0].sentence,
            "the reply https://b.example/notes/5: the answer is not application/activity+json");
}

TEST(ActivityPub, names_and_cursors_that_are_none) {
  net::test::TestServer server([](const Seen&, net::test::Connection& connection) { connection.send(reply("{}")); });
  Reach reach(server);
  for (const std::string bad : {"", "ann", "@ann", "ann@a.example&x=1", "file:///etc/passwd", "https://"}) {
    const auto made = make_connector({.account = {"fediverse", bad}, .server = ""}, reach.access());
    ASSERT_FALSE(made) << bad;
    EXPECT_EQ(made.error().code, ErrorCode::usage);
  }
  for (const std::string bad : {"x", "activitypub", "activitypub 1 2 3 4", "activitypub a 2 3 0 0",
                                "activitypub -1 2 3 0 0", "activitypub 1 2 3 0 0 a b"}) {
    EXPECT_FALSE(read_cursor(bad)) << bad;
  }
  const Progress progress{1, 2, 3, true, false, "https://a.example/?p=1"};
  EXPECT_EQ(write_cursor(*read_cursor(write_cursor(progress))), write_cursor(progress));
  EXPECT_EQ(read(small_world(), "x").problem->kind, ProblemKind::malformed);
}

TEST(ActivityPub, whatever_a_server_does_nothing_is_lost_or_doubled) {
  const World world = small_world();
  const test::Subject subject{
      .make = [](const std::string& base, const Access& access) { return connector(base, access); },
      .healthy = [&](const Seen& seen, const std::string&) { return answer(world, seen); },
      .page = [&](const Seen& seen, const std::string&, const std::string& next) -> std::optional<std::string> {
        const std::string path = seen.target.substr(0, seen.target.find('?'));
        if (path != "/a.example/notes/1/likes" && path != "/a.example/users/ann/outbox") return std::nullopt;
        return reply(collection(fmt::format(R"("items":[],"next":"https:/{}?{}")", path, next)),
                     "Content-Type: application/activity+json\r\n");
      }};
  EXPECT_EQ(test::fault_findings(subject), std::vector<std::string>{});
}

}  // namespace
}  // namespace renown::connect::activitypub
