#include "ingest/archive/x/x_archive.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "ingest/archive/testing.h"

namespace renown::ingest::archive::x {
namespace {

constexpr const char* kAccount =
    R"(window.YTD.account.part0 = [ {"account":{"accountId":"42","username":"ann","email":"a@b.example"}} ])";

std::string tweet(std::string_view id, const std::string& more) {
  return fmt::format(R"({{"tweet":{{"id_str":"{}","created_at":"Wed Oct 10 20:19:24 +0000 2018"{}{}}}}})", id,
                     more.empty() ? "" : ",", more);
}

std::string tweets(const std::string& list) {
  return "window.YTD.tweets.part0 = [" + list + "]";
}

Reading read(const std::string& list, model::ReadOptions options = {}) {
  const TestFolder folder;
  return read_network(folder.pack(Form::zip, {{"data/tweets.js", tweets(list)}, {"data/account.js", kAccount}}),
                      make_network(), options);
}

constexpr const char* kBob =
    R"("entities":{"user_mentions":[{"screen_name":"Bob","id_str":"7"}],"hashtags":[{"text":"Birds"}]})";
const std::string kOwnPost = "1539202764 post twitter 42 post=1 id=1";

TEST(X, a_post_alone) {
  EXPECT_EQ(read(tweet("1", R"("full_text":"hi")")).rows, Rows{kOwnPost});
}

TEST(X, replies_mentions_reposts_and_quotes_name_their_targets_by_number) {
  EXPECT_EQ(read(tweet("1", R"("full_text":"@Bob hi","in_reply_to_user_id_str":"7","in_reply_to_status_id_str":"9",)" +
                                std::string(kBob)))
                .rows,
            (Rows{kOwnPost + " tags=birds", "1539202764 reply twitter 42 -> 7 post=9 id=1 tags=birds"}));
  EXPECT_EQ(read(tweet("1", R"("full_text":"hi @Bob",)" + std::string(kBob))).rows,
            (Rows{kOwnPost + " tags=birds", "1539202764 mention twitter 42 -> 7 post=1 id=1 tags=birds"}));
  EXPECT_EQ(read(tweet("1", R"("full_text":"RT @bob: hello",)" + std::string(kBob))).rows,
            Rows{"1539202764 repost twitter 42 -> 7 id=1 tags=birds"});
  EXPECT_EQ(read(tweet("1", R"("full_text":"so true","entities":{"user_mentions":[{"screen_name":"Bob","id_str":"7"}],)"
                            R"("urls":[{"expanded_url":"https://x.com/bob/status/9"}]})"))
                .rows,
            (Rows{kOwnPost, "1539202764 quote twitter 42 -> 7 post=https://x.com/bob/status/9 id=1",
                  "1539202764 mention twitter 42 -> 7 post=1 id=1"}));
}

TEST(X, totals_without_names_are_shown_and_never_become_engagers) {
  const Reading reading =
      read(tweet("1", R"("full_text":"a","favorite_count":"12000","retweet_count":"600")") + "," +
           tweet("2", R"("full_text":"b","favorite_count":345,"retweet_count":"78")") + "," +
           tweet("3", R"("full_text":"RT @bob: c","favorite_count":"9","retweet_count":"9999",)" + std::string(kBob)));
  EXPECT_EQ(reading.report.notices, Rows{"a: 12345 likes and 678 reposts without names: shown, never counted"});
  EXPECT_EQ(reading.rows.size(), 3u);
  for (const std::string& row : reading.rows) EXPECT_NE(row.find(" twitter 42"), std::string::npos) << row;
}

TEST(X, what_is_known_by_a_name_only_is_not_guessed) {
  const Reading reading =
      read(tweet("1", R"("full_text":"RT @gone: x")") + "," +
           tweet("2", R"("full_text":"x","entities":{"urls":[{"expanded_url":"https://twitter.com/eve/status/1"}]})") +
           "," + tweet("3", R"("full_text":"@x","entities":{"user_mentions":[{"screen_name":"x","id_str":"-1"}]})"));
  EXPECT_EQ(reading.rows.size(), 2u);
  EXPECT_EQ(reading.report.left_out.at("a repost of an account without a number"), 1u);
  EXPECT_EQ(reading.report.notices,
            Rows{"a: 1 quotes of accounts that the archive tells by a changeable name only: not counted"});
}

TEST(X, parts_and_old_names_and_a_folder_around_them) {
  const TestFolder folder;
  const Files files = {{"twitter-2024/data/account.js", kAccount},
                       {"twitter-2024/data/tweet.js", "window.YTD.tweet.part0 = [" + tweet("1", "") + "];\n"},
                       {"twitter-2024/data/tweet-part1.js", "window.YTD.tweet.part1 = [" + tweet("2", "") + "]"},
                       {"twitter-2024/data/tweets-part1.js", "window.YTD.tweets.part1 = []"}};
  for (const Form form : kForms) EXPECT_EQ(read_network(folder.pack(form, files), make_network()).rows.size(), 2u);
}

TEST(X, messages_and_all_the_rest_are_never_opened) {
  const TestFolder folder;
  Files files = {{"data/account.js", kAccount}, {"data/tweets.js", tweets(tweet("1", ""))}};
  for (const char* name : {"data/direct-messages.js", "data/direct-messages-group.js", "data/deleted-tweets.js",
                           "data/tweet-headers.js", "data/tweetdeck.js", "data/ad-engagements.js", "data/like.json",
                           "data/tweets_media/tweets.js", "assets/tweets.js"}) {
    files.emplace_back(name, kUnreadable);
  }
  for (const Form form : kForms) {
    const Reading reading = read_network(folder.pack(form, files), make_network());
    EXPECT_FALSE(reading.error);
    EXPECT_EQ(reading.rows, Rows{kOwnPost});
    EXPECT_EQ(reading.report.bad, 0u);
  }
  files.emplace_back("data/like.js", kUnreadable);  // the same bytes in a member that is read: it would have shown
  EXPECT_TRUE(read_network(folder.pack(Form::zip, files), make_network()).error);
}

TEST(X, likes_have_neither_author_nor_time) {
  const TestFolder folder;
  const Reading reading = read_network(
      folder.pack(Form::zip, {{"data/account.js", kAccount},
                              {"data/tweets.js", tweets("")},
                              {"data/like.js", R"(window.YTD.like.part0 = [{"like":{"tweetId":"1"}},{"like":{}}])"}}),
      make_network());
  EXPECT_TRUE(reading.rows.empty());
  EXPECT_EQ(reading.report.left_out.at("a like of a post whose author and time the archive does not tell"), 2u);
}

TEST(X, bad_posts_are_counted_with_their_place) {
  const Reading reading = read(tweet("1", "") + R"(,7,{"tweet":{"id_str":"2","created_at":"today"}},{"tweet":{}})");
  EXPECT_EQ(reading.rows, Rows{kOwnPost});
  ASSERT_EQ(reading.report.bad, 3u);
  EXPECT_EQ(reading.report.first_bad[0].place, "a: data/tweets.js record 2");
  EXPECT_EQ(reading.report.first_bad[0].reason, "it is no post");
  EXPECT_EQ(reading.report.first_bad[1].reason, "the time 'today' is in no form that archives have");
  EXPECT_EQ(reading.report.first_bad[2].reason, "the post has no id");
  EXPECT_TRUE(read(tweet("1", "") + ",7", {.strict = true}).error);
}

TEST(X, counts_that_are_none_add_nothing) {
  for (const char* count : {R"("-5")", R"("lots")", "1e9", "null", R"("99999999999999999999")", "[]"}) {
    EXPECT_TRUE(read(tweet("1", fmt::format(R"("full_text":"a","favorite_count":{})", count))).report.notices.empty())
        << count;
  }
}

TEST(X, an_archive_of_nobody_is_an_error_with_a_sentence) {
  const TestFolder folder;
  const Reading reading =
      read_network(folder.pack(Form::zip, {{"data/tweets.js", tweets(tweet("1", ""))}}), make_network());
  ASSERT_TRUE(reading.error);
  EXPECT_EQ(reading.error->message,
            "a: data/tweets.js: whose posts these are is not known: data/account.js is missing or names no accountId");
}

TEST(X, a_script_without_a_list_is_an_error) {
  const TestFolder folder;
  for (const char* script : {"", "window.YTD.tweets.part0 = ", "[", "alert(1)", "window.YTD.tweets.part0 = [{]"}) {
    const Reading reading = read_network(
        folder.pack(Form::zip, {{"data/account.js", kAccount}, {"data/tweets.js", script}}), make_network());
    EXPECT_TRUE(reading.error) << script;
  }
}

}  // namespace
}  // namespace renown::ingest::archive::x
