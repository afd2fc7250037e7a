#include "ingest/archive/reddit/reddit.h"

#include <gtest/gtest.h>

#include "ingest/archive/testing.h"

namespace renown::ingest::archive::reddit {
namespace {

constexpr const char* kStatistics =
    "statistic,value\naccount name,ann_cross\nexport time,2023-05-02 06:57:14 UTC\nis_deleted,False\n"
    "email address,a@b.example\n";
constexpr const char* kPosts = "id,permalink,date,ip,subreddit,gildings,title,url,body\n";
constexpr const char* kComments = "id,permalink,date,ip,subreddit,gildings,link,parent,body,media\n";
constexpr const char* kReceived = "content_link,gold_received,gilder_username,date\n";
constexpr const char* kGiven = "content_link,award,amount,date\n";
constexpr const char* kTime = "2023-05-02 06:57:14 UTC";  // 1683010634

Reading read(const Files& more, model::ReadOptions options = {}) {
  const TestFolder folder;
  Files files = more;
  files.emplace_back("statistics.csv", kStatistics);
  return read_network(folder.pack(Form::zip, files), make_network(), options);
}

/// A comment: the address of the post below which it is, and what it answers.
std::string comment(std::string_view link, std::string_view parent) {
  return std::string(kComments) + "c9,https://www.reddit.com/x," + kTime + ",,s,0," + std::string(link) + "," +
         std::string(parent) + ",\"one\ntwo\",\n";
}

TEST(RedditArchive, posts_have_the_ids_that_the_connector_gives_them) {
  EXPECT_EQ(read({{"posts.csv", std::string(kPosts) + "1abcd2,https://www.reddit.com/r/owls/comments/1abcd2/t/," +
                                    kTime + ",1.2.3.4,owls,0,Title,,\"a, \"\"b\"\"\"\n"}})
                .rows,
            Rows{"1683010634 post reddit ann_cross post=t3_1abcd2 id=t3_1abcd2"});
}

TEST(RedditArchive, a_comment_names_somebody_where_it_is_on_their_own_page) {
  struct Case {
    std::string link;
    std::string parent;
    std::string target;  ///< empty: left out
  };
  const Case cases[] = {
      {"https://www.reddit.com/r/u_bob-ray/comments/1abcd2/title/", "", "bob-ray"},
      {"https://www.reddit.com/user/bob/comments/1abcd2/title/", "t3_1abcd2", "bob"},
      {"/r/u_bob/comments/1abcd2/", "", "bob"},
      {"https://www.reddit.com/r/u_bob/comments/1abcd2/title/", "t1_lq79zz1", ""},  // an answer: to whom is not said
      {"https://www.reddit.com/r/u_bob/comments/1abcd2/title/", "lq79zz1", ""},
      {"https://www.reddit.com/r/owls/comments/1abcd2/title/", "", ""},
      {"https://www.reddit.com/r/u_Ann_Cross/comments/1abcd2/title/", "", ""},  // one's own
      {"https://www.reddit.com/r/u_/comments/1abcd2/title/", "", ""},
      {"https://www.reddit.com/r/u_bob/wiki/1abcd2/", "", ""},
      {"https://www.reddit.com/r/u_bob/comments/", "", ""},
      {"", "", ""},
  };
  for (const auto& [link, parent, target] : cases) {
    const Reading reading = read({{"comments.csv", comment(link, parent)}});
    EXPECT_EQ(reading.rows, target.empty()
                                ? Rows{}
                                : Rows{"1683010634 comment reddit ann_cross -> " + target + " post=t3_1abcd2 id=t1_c9"})
        << link << ' ' << parent;
    EXPECT_EQ(reading.report.bad, 0u) << link;
  }
}

TEST(RedditArchive, awards_with_a_giver_are_tips_received) {
  const Reading reading =
      read({{"gold_received.csv", std::string(kReceived) + "https://www.reddit.com/r/owls/comments/p1/t/,1,bob," +
                                      kTime + "\nhttps://www.reddit.com/r/owls/comments/p1/t/c1/,1,cy," + kTime +
                                      "\nhttps://www.reddit.com/r/owls/comments/p1/t/,1,," + kTime +
                                      "\nhttps://www.reddit.com/r/owls/comments/p1/t/,1,[deleted]," + kTime +
                                      "\nhttps://www.reddit.com/r/owls/comments/p1/t/,1,None," + kTime +
                                      "\nhttps://www.reddit.com/r/owls/comments/p1/t/,1,ANN_cross," + kTime + "\n"}});
  EXPECT_EQ(reading.rows, (Rows{"1683010634 tip reddit bob -> ann_cross post=t3_p1",
                                "1683010634 tip reddit cy -> ann_cross post=t1_c1"}));
  EXPECT_EQ(reading.report.left_out.at("an award without a giver"), 3u);
  EXPECT_EQ(reading.report.left_out.at("an award to oneself"), 1u);
}

TEST(RedditArchive, awards_given_to_a_post_on_somebodys_page) {
  const Reading reading =
      read({{"gilded_content.csv", std::string(kGiven) + "https://www.reddit.com/r/u_bob/comments/p1/t/,gold,1," +
                                       kTime + "\nhttps://www.reddit.com/r/u_bob/comments/p1/t/c1/,gold,1," + kTime +
                                       "\nhttps://www.reddit.com/r/owls/comments/p1/t/,gold,1," + kTime + "\n"}});
  EXPECT_EQ(reading.rows, Rows{"1683010634 tip reddit ann_cross -> bob post=t3_p1"});
  EXPECT_EQ(reading.report.left_out.at("an award given: the copy does not say to whom"), 2u);
}

TEST(RedditArchive, totals_without_names_are_shown_and_never_counted) {
  const Reading reading = read({{"posts.csv", std::string(kPosts) + "a,p," + kTime + ",,s,2,t,,\nb,p," + kTime +
                                                  ",,s,,t,,\nc,p," + kTime + ",,s,-1,t,,\n"},
                                {"comments.csv", std::string(kComments) + "c,p," + kTime + ",,s,3,l,,b,\n"}});
  EXPECT_EQ(reading.rows.size(), 3u);
  ASSERT_EQ(reading.report.notices.size(), 1u);
  EXPECT_EQ(reading.report.notices[0], "a: 5 awards without names: shown, never counted");
}

TEST(RedditArchive, votes_in_parts_are_left_out_by_count) {
  const Reading reading = read({{"post_votes_1.csv", "id,permalink,direction\na,https://r/1,up\nb,https://r/2,down\n"},
                                {"comment_votes.csv", "id,permalink,direction\nc,https://r/3,up\n"}});
  EXPECT_TRUE(reading.rows.empty());
  EXPECT_EQ(reading.report.left_out.at("a vote: the copy says neither when, nor on whose post or comment"), 3u);
}

TEST(RedditArchive, messages_and_chats_are_never_opened) {
  const TestFolder folder;
  Files files = {{"statistics.csv", kStatistics}, {"posts.csv", std::string(kPosts) + "a,p," + kTime + ",,s,0,t,,\n"}};
  for (const char* name : {"messages.csv", "messages_archive.csv", "message_headers.csv", "chat_history.csv",
                           "ip_logs.csv", "friends.csv", "drafts.csv", "user_preferences.csv", "posts_old.csv"}) {
    files.emplace_back(name, kUnreadable);
  }
  for (const Form form : kForms) {
    const Reading reading = read_network(folder.pack(form, files), make_network());
    EXPECT_FALSE(reading.error);
    EXPECT_EQ(reading.report.bad, 0u);
    EXPECT_EQ(reading.rows.size(), 1u);
  }
}

TEST(RedditArchive, bad_rows_and_a_copy_of_nobody) {
  const Reading reading =
      read({{"posts.csv", std::string(kPosts) + ",p," + kTime + ",,s,0,t,,\na,p,soon,,s,0,t,,\nx\n"}});
  EXPECT_EQ(reading.report.bad, 3u);
  EXPECT_EQ(reading.report.first_bad.at(0).place, "a: posts.csv line 2");
  EXPECT_EQ(reading.report.first_bad.at(0).reason, "the post has no id");
  const TestFolder folder;
  const Reading nobody = read_network(folder.pack(Form::zip, {{"posts.csv", kPosts}}), make_network());
  ASSERT_TRUE(nobody.error);
  EXPECT_EQ(nobody.error->message,
            "a: posts.csv: whose data this is is not known: statistics.csv is missing or has no account name");
  EXPECT_TRUE(read({{"posts.csv", "Datum,Titel\n"}}).error);
}

TEST(RedditArchive, is_told_by_the_names_of_its_files) {
  struct Case {
    Files files;
    bool is_it;
  };
  const Case cases[] = {{{{"statistics.csv", ""}, {"post_votes_2.csv", ""}}, true},
                        {{{"export/statistics.csv", ""}, {"export/comments.csv", ""}}, true},
                        {{{"statistics.csv", ""}}, false},
                        {{{"comments.csv", ""}, {"posts.csv", ""}}, false},
                        {{{"Profile.csv", ""}, {"Comments.csv", ""}}, false}};
  for (const auto& [files, is_it] : cases) {
    const TestFolder folder;
    const auto archive = open_archive(folder.pack(Form::zip, files));
    ASSERT_TRUE(archive);
    EXPECT_EQ(looks_like_reddit(**archive), is_it) << files[0].first;
  }
}

}  // namespace
}  // namespace renown::ingest::archive::reddit
