#include "ingest/archive/googleplus/googleplus.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "ingest/archive/googleplus/markup.h"
#include "ingest/archive/testing.h"

namespace renown::ingest::archive::googleplus {
namespace {

constexpr const char* kPath = "Takeout/Google+ Stream/Posts/20181008 - Hello.json";
constexpr const char* kPublic = R"("postAcl":{"isPublic":true})";

std::string person(std::string_view number) {
  return fmt::format(
      R"({{"displayName":"Somebody","profilePageUrl":"https://plus.google.com/{0}","resourceName":"users/{0}"}})",
      number);
}

/// A post of account 1; `more` are further members.
std::string post(const std::string& more) {
  return R"({"url":"https://plus.google.com/1/posts/P","creationTime":"2018-10-08 20:19:22+0000","content":"hi",)"
         R"("resourceName":"users/1/posts/T","author":)" +
         person("1") + "," + more + "}";
}

Reading read(const std::string& json, model::ReadOptions options = {}) {
  const TestFolder folder;
  return read_network(folder.pack(Form::zip, {{kPath, json}}), make_network(), options);
}

const std::string kOwnPost = "1539029962 post googleplus 1 post=https://plus.google.com/1/posts/P id=users/1/posts/T";

TEST(GooglePlus, a_post_alone) {
  EXPECT_EQ(read(post(kPublic)).rows, Rows{kOwnPost});
}

TEST(GooglePlus, everybody_who_engaged_is_named) {
  const std::string json =
      post(std::string(kPublic) + R"(,"comments":[{"creationTime":"2018-10-09 00:00:01+0200","author":)" + person("2") +
           R"(,"resourceName":"c1"}],"plusOnes":[{"plusOner":)" + person("3") + R"(}],"reshares":[{"resharer":)" +
           person("4") + "}]");
  const Reading reading = read(json);
  EXPECT_EQ(reading.rows,
            (Rows{kOwnPost, "1539036001 comment googleplus 2 -> 1 post=https://plus.google.com/1/posts/P id=c1",
                  "1539029962 like googleplus 3 -> 1 post=https://plus.google.com/1/posts/P",
                  "1539029962 repost googleplus 4 -> 1 post=https://plus.google.com/1/posts/P"}));
  EXPECT_EQ(reading.report.records, 4u);
  EXPECT_EQ(reading.report.notices,
            Rows{"a: 2 +1 and reshares have no time of their own: they count at the time of their post"});
}

TEST(GooglePlus, what_the_owner_did_to_others) {
  const std::string json = post(
      std::string(kPublic) +
      R"(,"content":"<a rel=\"nofollow\" class=\"ot-hashtag\" href=\"https://plus.google.com/s/%23Birds\">#Birds</a> <a class=\"proflink aaTEdf\" href=\"https://plus.google.com/5\">E</a>")"
      R"(,"resharedPost":{"url":"u","author":)" +
      person("6") + "}");
  EXPECT_EQ(read(json).rows,
            (Rows{kOwnPost + " tags=birds", "1539029962 repost googleplus 1 -> 6 post=u id=users/1/posts/T tags=birds",
                  "1539029962 mention googleplus 1 -> 5 post=https://plus.google.com/1/posts/P "
                  "id=users/1/posts/T tags=birds"}));
}

TEST(GooglePlus, only_what_everybody_could_see_counts) {
  struct Case {
    std::string rights;
    bool counts;
  };
  const Case cases[] = {
      {R"("postAcl":{"isPublic":true})", true},
      {R"("postAcl":{"isPublic":false})", false},
      {R"("postAcl":{"visibleToStandardAcl":{"circles":[{"type":"CIRCLE_TYPE_PUBLIC"}]}})", true},
      {R"("postAcl":{"visibleToStandardAcl":{"circles":[{"type":"CIRCLE_TYPE_YOUR_CIRCLES"}]}})", false},
      {R"("postAcl":{"visibleToStandardAcl":{"users":[{"resourceName":"users/2"}]}})", false},
      {R"("postAcl":{"communityAcl":{"community":{"resourceName":"communities/1"}}})", false},
      {R"("postAcl":{})", false},
      {R"("other":1)", false},
  };
  for (const auto& [rights, counts] : cases) {
    const Reading reading = read(post(rights + R"(,"plusOnes":[{"plusOner":)" + person("3") + "}]"));
    EXPECT_EQ(reading.rows.size(), counts ? 2u : 0u) << rights;
    EXPECT_EQ(reading.report.left_out.size(), counts ? 0u : 2u) << rights;
  }
}

TEST(GooglePlus, accounts_by_number_else_by_alias_else_by_a_name_that_is_marked) {
  struct Case {
    std::string person;
    std::string account;
  };
  const Case cases[] = {{R"({"resourceName":"users/77","displayName":"A"})", "77"},
                        {R"({"profilePageUrl":"https://plus.google.com/+AnnB","displayName":"A"})", "+AnnB"},
                        {R"({"displayName":"77"})", "name:77"}};
  for (const auto& [person_json, account] : cases) {
    const Reading reading = read(post(std::string(kPublic) + R"(,"plusOnes":[{"plusOner":)" + person_json + "}]"));
    ASSERT_EQ(reading.rows.size(), 2u);
    EXPECT_EQ(reading.rows[1],
              "1539029962 like googleplus " + account + " -> 1 post=https://plus.google.com/1/posts/P");
  }
}

TEST(GooglePlus, a_bad_part_costs_itself_and_is_shown_with_its_place) {
  const std::string json = post(std::string(kPublic) + R"(,"comments":[{"creationTime":"soon","author":)" +
                                person("2") + R"(},7],"plusOnes":[{},{"plusOner":)" + person("3") + "}]");
  const Reading reading = read(json);
  EXPECT_EQ(reading.rows.size(), 2u);
  EXPECT_EQ(reading.report.bad, 3u);
  ASSERT_EQ(reading.report.first_bad.size(), 3u);
  EXPECT_EQ(reading.report.first_bad[0].place, std::string("a: ") + kPath + " record 2");
  EXPECT_EQ(reading.report.first_bad[0].reason, "the time 'soon' is in no form that archives have");
  EXPECT_EQ(reading.report.first_bad[1].reason, "the comment names no author");
  EXPECT_EQ(reading.report.first_bad[2].reason, "the +1 names nobody");
  const Reading strict = read(json, {.strict = true});
  ASSERT_TRUE(strict.error);
  EXPECT_EQ(strict.error->message,
            std::string("a: ") + kPath + " record 2: the time 'soon' is in no form that archives have");
}

TEST(GooglePlus, a_broken_file_is_one_bad_record_among_others) {
  const TestFolder folder;
  const Reading reading =
      read_network(folder.pack(Form::zip, {{"Google+ Stream/Posts/a.json", "{"},
                                           {"Google+ Stream/Posts/b.json", "\xef\xbb\xbf" + post(kPublic)},
                                           {"Google+ Stream/Posts/c.json", "[]"}}),
                   make_network());
  EXPECT_EQ(reading.rows, Rows{kOwnPost});
  EXPECT_EQ(reading.report.bad, 2u);
  EXPECT_FALSE(reading.error);
}

TEST(GooglePlus, nothing_else_of_a_takeout_is_opened) {
  const TestFolder folder;
  const Files files = {{"Takeout/Hangouts/Hangouts.json", kUnreadable},
                       {"Takeout/Mail/All mail.mbox", kUnreadable},
                       {"Takeout/Google+ Stream/ActivityLog/Comments.json", kUnreadable},
                       {"Takeout/Google+ Stream/Posts/archive_browser.html", kUnreadable},
                       {kPath, post(kPublic)}};
  for (const Form form : kForms) {
    const Reading reading = read_network(folder.pack(form, files), make_network());
    EXPECT_EQ(reading.rows, Rows{kOwnPost});
    EXPECT_EQ(reading.report.bad, 0u);
    EXPECT_EQ(reading.report.notices,
              Rows{"a: 1 of 5 files are read; messages, media and whatever else is there stay closed"});
  }
}

TEST(GooglePlus, markup_that_is_broken_gives_what_it_can) {
  EXPECT_EQ(tags_in(R"(<a class="ot-hashtag">#One</a><a class="ot-hashtag">#Tw)"), "one tw");
  EXPECT_EQ(tags_in("<a class=\"ot-hashtag"), "");
  EXPECT_TRUE(accounts_in(R"(<a class="proflink" href="https://plus.google.com/">x</a>)").empty());
  EXPECT_TRUE(accounts_in(R"(<a class="proflink" href="https://evil.example/1">x</a>)").empty());
  EXPECT_EQ(
      accounts_in(
          R"(<a class="proflink" href="https://plus.google.com/+Ann">x</a><a class="proflink" href="https://plus.google.com/+Ann">)"),
      std::vector<std::string>{"+Ann"});
}

}  // namespace
}  // namespace renown::ingest::archive::googleplus
