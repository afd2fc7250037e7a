#include "ingest/archive/instagram/instagram.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "ingest/archive/testing.h"

namespace renown::ingest::archive::instagram {
namespace {

constexpr const char* kOwner =
    R"({"profile_user":[{"title":"","string_map_data":{"Email":{"value":"a@b.example"},"Username":{"value":"ann"}}}]})";

Reading read(const Files& more, model::ReadOptions options = {}) {
  const TestFolder folder;
  Files files = more;
  files.emplace_back("personal_information/personal_information.json", kOwner);
  return read_network(folder.pack(Form::zip, files), make_network(), options);
}

TEST(Instagram, likes_name_the_account_in_title_or_value) {
  EXPECT_EQ(read({{"your_instagram_activity/likes/liked_posts.json",
                   R"({"likes_media_likes":[
                   {"title":"bob.ray","string_list_data":[{"href":"https://i/p/1/","value":"\u00f0\u009f\u0091\u008d","timestamp":1600000000}]},
                   {"title":"","string_list_data":[{"href":"https://i/p/2/","value":"cy","timestamp":1600000001}]}]})"}})
                .rows,
            (Rows{"1600000000 like instagram ann -> bob.ray post=https://i/p/1/",
                  "1600000001 like instagram ann -> cy post=https://i/p/2/"}));
}

TEST(Instagram, comments_with_hashtags_that_are_mended) {
  const char* const comment =
      R"({"string_map_data":{"Comment":{"value":"so #Bl\u00c3\u00a5, #owls!"},"Media Owner":{"value":"bob"},"Time":{"timestamp":1600000002}}})";
  const Rows wanted = {"1600000002 comment instagram ann -> bob tags=bl\xc3\xa5 owls"};
  EXPECT_EQ(read({{"comments/post_comments_1.json", fmt::format("[{}]", comment)}}).rows, wanted);
  EXPECT_EQ(read({{"comments/post_comments.json", fmt::format(R"({{"comments_media_comments":[{}]}})", comment)}}).rows,
            wanted);
}

TEST(Instagram, who_is_not_named_is_not_guessed) {
  const Reading reading = read(
      {{"likes/liked_posts.json",
        R"([{"title":"","string_list_data":[{"value":"\u00f0\u009f\u0091\u008d","timestamp":1}]}])"},
       {"comments/post_comments_1.json", R"([{"string_map_data":{"Comment":{"value":"x"},"Time":{"timestamp":1}}}])"}});
  EXPECT_TRUE(reading.rows.empty());
  EXPECT_EQ(reading.report.left_out.at("a like of an account that is not named"), 1u);
  EXPECT_EQ(reading.report.left_out.at("a comment on the post of an account that is not named"), 1u);
}

TEST(Instagram, messages_are_never_opened) {
  const TestFolder folder;
  const Files files = {{"personal_information/personal_information.json", kOwner},
                       {"messages/inbox/bob_1/message_1.json", kUnreadable},
                       {"your_instagram_activity/messages/inbox/bob_1/message_1.json", kUnreadable},
                       {"followers_and_following/close_friends.json", kUnreadable},
                       {"likes/liked_posts.json", "[]"}};
  for (const Form form : kForms) {
    const Reading reading = read_network(folder.pack(form, files), make_network());
    EXPECT_FALSE(reading.error);
    EXPECT_EQ(reading.report.bad, 0u);
  }
}

TEST(Instagram, bad_records_and_an_export_of_nobody) {
  const Reading reading =
      read({{"likes/liked_posts.json", R"([7,{"title":"bob"},{"title":"bob","string_list_data":[{"timestamp":"x"}]},)"
                                       R"({"title":"bob","string_list_data":[{"timestamp":1600000000000}]}])"}});
  EXPECT_EQ(reading.report.bad, 4u);
  EXPECT_EQ(reading.report.first_bad.at(0).place, "a: likes/liked_posts.json record 1");
  EXPECT_EQ(reading.report.first_bad.at(2).reason, "the time is missing");
  const TestFolder folder;
  EXPECT_TRUE(read_network(folder.pack(Form::zip, {{"likes/liked_posts.json", "[]"}}), make_network()).error);
  EXPECT_TRUE(read({{"likes/liked_posts.json", R"({"a":1})"}}).error);
}

}  // namespace
}  // namespace renown::ingest::archive::instagram
