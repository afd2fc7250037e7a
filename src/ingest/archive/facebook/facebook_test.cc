#include "ingest/archive/facebook/facebook.h"

#include <gtest/gtest.h>

#include "ingest/archive/testing.h"

namespace renown::ingest::archive::facebook {
namespace {

constexpr const char* kProfile = "personal_information/profile_information/profile_information.json";
constexpr const char* kOwner =
    R"({"profile_v2":{"name":{"full_name":"Ann Cross","first_name":"Ann"},"emails":{"emails":["a@b.example"]},)"
    R"("username":"ann.cross","profile_uri":"https://www.facebook.com/ann.cross"}})";
constexpr const char* kComments = "your_facebook_activity/comments_and_reactions/comments.json";
constexpr const char* kReactions = "your_facebook_activity/comments_and_reactions/likes_and_reactions_1.json";
constexpr const char* kWall = "your_facebook_activity/posts/other_people's_posts_to_your_timeline.json";
constexpr const char* kPosts = "your_facebook_activity/posts/your_posts__check_ins__photos_and_videos_1.json";

Reading read(const Files& more, model::ReadOptions options = {}) {
  const TestFolder folder;
  Files files = more;
  files.emplace_back(kProfile, kOwner);
  return read_network(folder.pack(Form::zip, files), make_network(), options);
}

TEST(Facebook, comments_on_somebody_who_is_named) {
  EXPECT_EQ(read({{kComments,
                   R"({"comments_v2":[
             {"timestamp":1239798000,"data":[{"comment":{"timestamp":1239798000,"comment":"so #Owls!","author":"Ann Cross"}}],
              "title":"Ann Cross commented on Bob Ray's post."},
             {"timestamp":1457387286,"attachments":[],"data":[{"comment":{"comment":"","author":"Ann Cross"}}],
              "title":"Ann Cross replied to Tobias L\u00c3\u00b8ye's comment."}]})"}})
                .rows,
            (Rows{"1239798000 comment facebook name:Ann Cross -> name:Bob Ray tags=owls",
                  "1457387286 reply facebook name:Ann Cross -> name:Tobias L\xc3\xb8ye"}));
}

TEST(Facebook, comments_in_groups_and_of_the_first_exports) {
  const Rows wanted = {"1 comment facebook name:Ann Cross -> name:Bob Ray"};
  const std::string comment =
      R"({"timestamp":1,"data":[{"comment":{"comment":"x","author":"Ann Cross","group":"Owls"}}],)"
      R"("title":"Ann Cross commented on Bob Ray's post."})";
  EXPECT_EQ(read({{"your_facebook_activity/groups/your_comments_in_groups.json",
                   R"({"group_comments_v2":[)" + comment + "]}"}})
                .rows,
            wanted);
  EXPECT_EQ(read({{"comments/comments.json", R"({"comments":[)" + comment + "]}"}}).rows, wanted);
}

TEST(Facebook, reactions_of_any_sort_are_likes) {
  EXPECT_EQ(
      read(
          {{kReactions,
            R"([{"timestamp":10,"data":[{"reaction":{"reaction":"WOW","actor":"Ann Cross"}}],"title":"Ann Cross reacted to Bob's photo."},
                 {"timestamp":11,"data":[{"reaction":{"reaction":"LIKE","actor":"Ann Cross"}}],"title":"Ann Cross likes Owls's post."}])"},
           {"your_facebook_activity/comments_and_reactions/likes_and_reactions.json",
            R"([{"timestamp":12,"fbid":"1","label_values":[{"label":"Reaction","value":"LIKE"},{"label":"Name","value":"Ann Cross"},
                  {"dict":[{"label":"Name","value":"Cy"},{"label":"URL","value":""}],"title":"Author"}]}])"}})
          .rows,
      (Rows{"10 like facebook name:Ann Cross -> name:Bob", "11 like facebook name:Ann Cross -> name:Owls",
            "12 like facebook name:Ann Cross -> name:Cy"}));
}

TEST(Facebook, what_others_wrote_on_the_owners_timeline_is_engagement_received) {
  const std::string list =
      R"([{"timestamp":20,"data":[{"post":"hi"}],"title":"Bob Ray wrote on your timeline."},
          {"timestamp":21,"data":[],"title":"Cy Twombly shared a link to Ann Cross's timeline."}])";
  const Rows wanted = {"20 mention facebook name:Bob Ray -> name:Ann Cross",
                       "21 mention facebook name:Cy Twombly -> name:Ann Cross"};
  EXPECT_EQ(read({{kWall, R"({"wall_posts_sent_to_you":)" + list + "}"}}).rows, wanted);
  EXPECT_EQ(read({{kWall, R"({"wall_posts_sent_to_you":{"activity_log_data":)" + list + "}}"}}).rows, wanted);
}

TEST(Facebook, posts_with_whom_they_tag_whose_timeline_they_are_on_and_whose_post_they_pass_on) {
  EXPECT_EQ(
      read(
          {{kPosts,
            R"([{"timestamp":30,"data":[{"post":"at #sea"},{"update_timestamp":31}],"title":"Ann Cross updated her status.",
                  "tags":[{"name":"Bob Ray"},{"name":"Ann Cross"},"Cy"]},
                 {"timestamp":32,"data":[],"title":"Ann Cross wrote on Dee's timeline."},
                 {"timestamp":33,"data":[],"title":"Ann Cross shared Eve's post."},
                 {"timestamp":34,"data":[],"title":"Ann Cross shared a link."}])"}})
          .rows,
      (Rows{"30 post facebook name:Ann Cross tags=sea", "30 mention facebook name:Ann Cross -> name:Bob Ray tags=sea",
            "30 mention facebook name:Ann Cross -> name:Cy tags=sea", "32 post facebook name:Ann Cross",
            "32 mention facebook name:Ann Cross -> name:Dee", "33 post facebook name:Ann Cross",
            "33 repost facebook name:Ann Cross -> name:Eve", "34 post facebook name:Ann Cross"}));
}

TEST(Facebook, a_post_that_was_not_public_is_left_out_with_whom_it_tags) {
  for (const char* shown_to : {"Friends", "Only me", "Custom"}) {
    const Reading reading = read({{kPosts, std::string(R"([{"timestamp":1,"data":[{"post":"x"}],"privacy":")") +
                                               shown_to + R"(","tags":[{"name":"Bob"}]}])"}});
    EXPECT_TRUE(reading.rows.empty()) << shown_to;
    EXPECT_EQ(reading.report.left_out.at("a post that was not public"), 1u) << shown_to;
  }
  EXPECT_EQ(read({{kPosts, R"([{"timestamp":1,"data":[],"privacy":"Public"}])"}}).rows.size(), 1u);
}

TEST(Facebook, who_is_not_named_is_not_guessed) {
  const Reading reading = read(
      {{kComments,
        R"({"comments_v2":[{"timestamp":1,"data":[{"comment":{"author":"Ann Cross"}}],"title":"Ann Cross commented on a post."},
            {"timestamp":2,"data":[{"comment":{"author":"Ann Cross"}}],"title":"Ann Cross commented on her own post."},
            {"timestamp":3,"data":[{"comment":{"author":"Ann Cross"}}],"title":"Ann Cross hat Bobs Beitrag kommentiert."},
            {"timestamp":4,"data":[{"comment":{"author":"Bob"}}],"title":"Bob commented on Cy's post."},
            {"timestamp":5,"data":[{"comment":{"author":"Ann Cross"}}]}]})"},
       {kReactions, R"([{"timestamp":6,"label_values":[{"label":"URL","value":"https://f/bob/posts/1"}]}])"}});
  EXPECT_EQ(reading.rows, Rows{});
  EXPECT_EQ(reading.report.bad, 0u);
  EXPECT_EQ(reading.report.left_out.at("an act on the post of somebody who is not named"), 2u);
  EXPECT_EQ(reading.report.left_out.at("an act on one's own post"), 1u);
  EXPECT_EQ(reading.report.left_out.at("an act between others"), 1u);
  EXPECT_EQ(
      reading.report.left_out.at("a record whose title tells no act in words that are known (exports in English do)"),
      2u);
}

TEST(Facebook, messages_are_never_opened) {
  const TestFolder folder;
  const Files files = {{kProfile, kOwner},
                       {"your_facebook_activity/messages/inbox/bob_1/message_1.json", kUnreadable},
                       {"messages/inbox/bob_1/message_1.json", kUnreadable},
                       {"your_facebook_activity/messages/comments_1.json", kUnreadable},
                       {"connections/friends/your_friends.json", kUnreadable},
                       {"logged_information/search/your_search_history.json", kUnreadable},
                       {kComments, R"({"comments_v2":[]})"}};
  for (const Form form : kForms) {
    const Reading reading = read_network(folder.pack(form, files), make_network());
    EXPECT_FALSE(reading.error);
    EXPECT_EQ(reading.report.bad, 0u);
  }
}

TEST(Facebook, bad_records_and_an_export_of_nobody) {
  const Reading reading =
      read({{kComments, R"({"comments_v2":[7,{"title":"Ann Cross commented on Bob's post."},)"
                        R"({"timestamp":1600000000000,"title":"Ann Cross commented on Bob's post."}]})"}});
  EXPECT_EQ(reading.report.bad, 3u);
  EXPECT_EQ(reading.report.first_bad.at(1).place, std::string("a: ") + kComments + " record 2");
  EXPECT_EQ(reading.report.first_bad.at(1).reason, "the time is missing");
  const TestFolder folder;
  const Reading nobody = read_network(folder.pack(Form::zip, {{kComments, R"({"comments_v2":[]})"}}), make_network());
  ASSERT_TRUE(nobody.error);
  EXPECT_EQ(nobody.error->message, std::string("a: ") + kComments +
                                       ": whose export this is is not known: "
                                       "profile_information/profile_information.json is missing, or has no full_name");
  EXPECT_TRUE(read({{kComments, R"({"a":1})"}}).error);
}

TEST(Facebook, a_profile_of_the_first_exports_and_one_without_a_name) {
  const TestFolder folder;
  const Files files = {
      {"profile_information/profile_information.json", R"({"profile":{"name":"Ann L\u00c3\u00b8ye"}})"},
      {"posts/your_posts_1.json", R"([{"timestamp":1,"data":[]}])"}};
  EXPECT_EQ(read_network(folder.pack(Form::zip, files), make_network()).rows,
            Rows{"1 post facebook name:Ann L\xc3\xb8ye"});
  const Reading nameless =
      read_network(folder.pack(Form::folder, {{"profile_information/profile_information.json", "{}"}}), make_network());
  EXPECT_EQ(nameless.report.bad, 1u);
}

TEST(Facebook, is_told_by_the_names_of_its_files) {
  struct Case {
    Files files;
    bool is_it;
  };
  const Case cases[] = {
      {{{kProfile, ""}, {kComments, ""}}, true},
      {{{"facebook-ann/profile_information/profile_information.json", ""},
        {"facebook-ann/posts/your_posts_2.json", ""}},
       true},
      {{{kProfile, ""}}, false},
      {{{kComments, ""}}, false},
      {{{"personal_information/personal_information.json", ""}, {"likes/liked_posts.json", ""}}, false}};
  for (const auto& [files, is_it] : cases) {
    const TestFolder folder;
    const auto archive = open_archive(folder.pack(Form::zip, files));
    ASSERT_TRUE(archive);
    EXPECT_EQ(looks_like_facebook(**archive), is_it) << files[0].first;
  }
}

}  // namespace
}  // namespace renown::ingest::archive::facebook
