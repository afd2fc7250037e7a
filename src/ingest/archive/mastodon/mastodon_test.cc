#include "ingest/archive/mastodon/mastodon.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "ingest/archive/testing.h"

namespace renown::ingest::archive::mastodon {
namespace {

constexpr const char* kEverybody = R"(["https://www.w3.org/ns/activitystreams#Public"])";
constexpr const char* kAnn = "https://a.example/users/ann";

std::string activity(std::string_view type, std::string_view object, std::string_view to = kEverybody,
                     std::string_view cc = "[]") {
  return fmt::format(
      R"({{"id":"{0}/statuses/1/activity","type":"{1}","actor":"{0}","published":"2024-05-01T12:00:00Z",)"
      R"("to":{3},"cc":{4},"object":{2}}})",
      kAnn, type, object, to, cc);
}

std::string outbox(const std::string& items) {
  return R"({"@context":"https://www.w3.org/ns/activitystreams","id":"outbox.json","type":"OrderedCollection",)"
         R"("totalItems":1,"orderedItems":[)" +
         items + "]}";
}

Files files(const std::string& items) {
  return {{"actor.json", "{}"}, {"outbox.json", outbox(items)}};
}

constexpr const char* kReply =
    R"({"id":"https://a.example/users/ann/statuses/1","type":"Note","attributedTo":"https://a.example/users/ann",)"
    R"("inReplyTo":"https://b.example/users/bob/statuses/9","content":"hi","tag":[{"type":"Hashtag","name":"#Birds"}]})";

TEST(Mastodon, boosts_and_replies_count_for_those_they_went_to) {
  const TestFolder folder;
  const Files archive =
      files(activity("Announce", R"("https://b.example/users/bob/statuses/8")") + "," + activity("Create", kReply));
  for (const Form form : kForms) {
    const Reading reading = read_network(folder.pack(form, archive), make_network());
    EXPECT_EQ(
        reading.rows,
        (Rows{"1714564800 repost fediverse https://a.example/users/ann -> https://b.example/users/bob "
              "post=https://b.example/users/bob/statuses/8 id=https://a.example/users/ann/statuses/1/activity",
              "1714564800 post fediverse https://a.example/users/ann post=https://a.example/users/ann/statuses/1 "
              "id=https://a.example/users/ann/statuses/1 tags=birds",
              "1714564800 reply fediverse https://a.example/users/ann -> https://b.example/users/bob "
              "post=https://b.example/users/bob/statuses/9 id=https://a.example/users/ann/statuses/1 tags=birds"}));
  }
}

TEST(Mastodon, only_what_everybody_could_see_counts) {
  struct Case {
    const char* to;
    const char* cc;
    bool counts;
  };
  const Case cases[] = {
      {kEverybody, R"(["https://a.example/users/ann/followers"])", true},
      {R"(["https://a.example/users/ann/followers"])", kEverybody, true},  // unlisted
      {R"("as:Public")", "[]", true},
      {R"(["https://a.example/users/ann/followers"])", "[]", false},
      {R"(["https://b.example/users/bob"])", "[]", false},
      {"[]", "[]", false},
      {"null", "7", false},
  };
  const TestFolder folder;
  for (const auto& [to, cc, counts] : cases) {
    const Reading reading =
        read_network(folder.pack(Form::zip, files(activity("Create", kReply, to, cc))), make_network());
    EXPECT_EQ(reading.rows.size(), counts ? 2u : 0u) << to << cc;
    if (!counts) {
      EXPECT_EQ(reading.report.left_out.at("a post that was not public"), 1u);
    }
  }
}

TEST(Mastodon, likes_without_a_time_and_bad_items) {
  const TestFolder folder;
  Files archive =
      files(activity("Announce", R"("https://b.example/users/bob/statuses/8")") + R"(,{"type":"Create"},5)");
  archive.emplace_back("likes.json", R"({"orderedItems":["https://b.example/users/bob/statuses/8"]})");
  archive.emplace_back("bookmarks.json", kUnreadable);
  const Reading reading = read_network(folder.pack(Form::tar_gz, archive), make_network());
  EXPECT_FALSE(reading.error);
  EXPECT_EQ(reading.rows.size(), 1u);
  EXPECT_EQ(reading.report.left_out.at("a like, which the archive gives without a time"), 1u);
  ASSERT_EQ(reading.report.bad, 2u);
  EXPECT_EQ(reading.report.first_bad[0].place, "a: outbox.json record 2");
  EXPECT_EQ(reading.report.first_bad[0].reason, "the activity names no actor");
}

TEST(Mastodon, an_outbox_that_is_none) {
  const TestFolder folder;
  for (const char* json : {"", "{}", "[]", R"({"orderedItems":{}})", R"({"orderedItems":[)"}) {
    EXPECT_TRUE(read_network(folder.pack(Form::zip, {{"outbox.json", json}}), make_network()).error) << json;
  }
  const Reading empty = read_network(folder.pack(Form::zip, files("")), make_network());
  EXPECT_FALSE(empty.error);
  EXPECT_EQ(empty.report.notices.back(), "a is an archive of Mastodon, and holds no record");
}

}  // namespace
}  // namespace renown::ingest::archive::mastodon
