#include "api/klout_names.h"

#include <gtest/gtest.h>

namespace renown::api {
namespace {

people::Person person_with(std::vector<Account> accounts) {
  people::Person person;
  person.id = 7;
  person.name = "Ada Lovelace";
  for (Account& account : accounts) person.accounts.push_back({std::move(account), {}});
  return person;
}

TEST(KloutNames, ABucketIsTenPoints) {
  struct Case {
    double score;
    const char* wanted;
  };
  for (const auto& [score, wanted] : std::vector<Case>{{1.0, "0-9"},
                                                       {9.999, "0-9"},
                                                       {10.0, "10-19"},
                                                       {69.9999, "60-69"},
                                                       {84.18012106681964, "80-89"},
                                                       {89.99, "80-89"},
                                                       {90.0, "90-100"},
                                                       {92.8064108888354, "90-100"},
                                                       {100.0, "90-100"}})
    EXPECT_EQ(klout_bucket(score), wanted) << score;
}

TEST(KloutNames, ATagIsATopic) {
  struct Case {
    const char *tag, *slug, *name;
  };
  for (const auto& [tag, slug, name] : std::vector<Case>{{"music", "music", "Music"},
                                                         {"machine-learning", "machine-learning", "Machine Learning"},
                                                         {"Barn_Owls", "barn-owls", "Barn Owls"},
                                                         {"c++", "c-plus-plus", "C++"},
                                                         {"c#", "c-sharp", "C#"},
                                                         {"#1", "1", "#1"},
                                                         {"--a--b--", "a-b", "A B"},
                                                         {"br\xC3\xB6t", "br\xC3\xB6t", "Br\xC3\xB6t"},
                                                         {"\xC3\xB6l", "\xC3\xB6l", "\xC3\xB6l"}}) {
    const KloutTopic topic = klout_topic(tag);
    EXPECT_EQ(topic.slug, slug) << tag;
    EXPECT_EQ(topic.name, name) << tag;
    EXPECT_TRUE(topic.id.size() >= 1 && topic.id.size() <= 18) << topic.id;
    EXPECT_EQ(topic.id.find_first_not_of("0123456789"), std::string::npos) << topic.id;
  }
}

TEST(KloutNames, ATopicIsNeverNameless) {
  for (const char* tag : {"-", "...", "!?", "__"}) {
    const KloutTopic topic = klout_topic(tag);
    EXPECT_FALSE(topic.name.empty()) << tag;
    EXPECT_EQ(topic.slug, topic.id) << tag;
  }
}

TEST(KloutNames, AnIdOfATopicStaysForEver) {
  EXPECT_EQ(klout_topic("music").id, "715746544505912836");  // clients keep it: this line is never to be changed
  EXPECT_EQ(klout_topic("Music").id, klout_topic("music").id);
  EXPECT_NE(klout_topic("c").id, klout_topic("c++").id);
}

TEST(KloutNames, TopicsAreTheFirstTagsEachOnce) {
  const std::vector<score::Part> tags = {{"", 9.0, 5},     {"Bread", 3.0, 2}, {"bread", 2.0, 2},
                                         {"owls", 1.0, 1}, {"tea", 0.5, 1},   {"gone", 0.0, 0}};
  const auto names = [&](std::size_t most) {
    std::vector<std::string> result;
    for (const KloutTopic& topic : klout_topics(tags, most)) result.push_back(topic.name);
    return result;
  };
  EXPECT_EQ(names(0), std::vector<std::string>{});
  EXPECT_EQ(names(2), (std::vector<std::string>{"Bread", "Owls"}));
  EXPECT_EQ(names(9), (std::vector<std::string>{"Bread", "Owls", "Tea"}));
  EXPECT_TRUE(klout_topics({}, 5).empty());
}

TEST(KloutNames, NetworksGoByKloutsNamesAndByOurs) {
  KloutNetworks networks;
  struct Case {
    const char *klouts, *short_name;
    std::vector<std::string> ours;
  };
  for (const auto& [klouts, short_name, ours] : std::vector<Case>{{"tw", "tw", {"x", "twitter"}},
                                                                  {"Twitter", "tw", {"x", "twitter"}},
                                                                  {"gp", "gp", {"googleplus"}},
                                                                  {"googleplus", "gp", {"googleplus"}},
                                                                  {"IG", "ig", {"instagram"}},
                                                                  {"facebook", "fb", {"facebook"}},
                                                                  {"ks", "ks", {"ks"}},
                                                                  {"forum", "forum", {"forum"}},
                                                                  {"", "", {""}}}) {
    EXPECT_EQ(networks.ours(klouts), ours) << klouts;
    EXPECT_EQ(networks.short_name(klouts), short_name) << klouts;
  }
}

TEST(KloutNames, AnOperatorAddsNetworks) {
  KloutNetworks networks;
  ASSERT_TRUE(networks.add("twitter=chirp"));
  ASSERT_TRUE(networks.add("TW=chirp"));  // again
  ASSERT_TRUE(networks.add("bs=bluesky"));
  EXPECT_EQ(networks.ours("tw"), (std::vector<std::string>{"x", "twitter", "chirp"}));
  EXPECT_EQ(networks.ours("bs"), std::vector<std::string>{"bluesky"});
  for (const char* rule : {"", "tw", "tw=", "=chirp", "ks=forum", "Klout=forum"}) {
    const auto added = networks.add(rule);
    ASSERT_FALSE(added) << rule;
    EXPECT_EQ(added.error().code, ErrorCode::usage) << rule;
  }
}

TEST(KloutNames, AnAccountIsANumberOrAName) {
  const std::vector<std::string> twitter = {"x", "twitter"};
  const auto both = person_with({{"forum", "ada"}, {"x", "ada_l"}, {"twitter", "26565946"}});
  EXPECT_EQ(klout_account(both, twitter), "26565946");
  EXPECT_EQ(klout_screen_name(both, twitter), "ada_l");
  const auto named = person_with({{"twitter", "ada_t"}, {"x", "ada_l"}});
  EXPECT_EQ(klout_account(named, twitter), "ada_l");
  EXPECT_EQ(klout_screen_name(named, twitter), "ada_l");
  const auto numbered = person_with({{"twitter", "42"}});
  EXPECT_EQ(klout_account(numbered, twitter), "42");
  EXPECT_EQ(klout_screen_name(numbered, twitter), "");
  EXPECT_EQ(klout_account(person_with({{"forum", "ada"}}), twitter), "");
}

}  // namespace
}  // namespace renown::api
