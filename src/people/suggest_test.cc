#include "people/suggest.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <set>

#include <gtest/gtest.h>

namespace renown::people {
namespace {

std::vector<Suggestion> suggest(const std::vector<KnownPerson>& people, const std::vector<std::string>& handles,
                                SuggestRules rules = {}) {
  std::vector<UnlinkedAccount> accounts;
  for (const std::string& handle : handles) accounts.push_back({{"n", handle}, handle, ""});
  return suggest_owners(people, accounts, rules);
}

TEST(FoldName, KeepsLettersAndDigits) {
  EXPECT_EQ(fold_name(""), "");
  EXPECT_EQ(fold_name("Ren\xC3\xA9 O'Neil_42"), "reneoneil42");
  EXPECT_EQ(fold_name("\xEF\xBC\xA1\xEF\xBD\x84\xEF\xBD\x81"), "ada");  // full width
  EXPECT_NE(fold_name("\xD0\xB0"
                      "da"),
            "ada");  // a Cyrillic a
  EXPECT_EQ(fold_name("\xff"), "");
}

TEST(Suggest, Corners) {
  EXPECT_TRUE(suggest({}, {}).empty());
  EXPECT_TRUE(suggest({}, {"ada"}).empty());
  EXPECT_TRUE(suggest({{"Ada Lovelace", {}}}, {}).empty());
  EXPECT_TRUE(suggest({{"", {}}}, {"", "a", "ada"}).empty());
}

TEST(Suggest, SaysWhyAndOrdersByScore) {
  const std::vector<KnownPerson> people = {{"Ada Lovelace", {"official_ada_lovelace"}},
                                           {"Grace Hopper", {"official_ghopper"}}};
  const auto found = suggest(people, {"official_kurt", "hopper_grace", "AdaLovelace", "official"});
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].person, 1U);
  EXPECT_EQ(found[0].account, 1U);
  EXPECT_EQ(found[1].person, 0U);
  EXPECT_GE(found[0].score, found[1].score);
  EXPECT_NE(found[1].reason.find("'AdaLovelace' is like their 'official_ada_lovelace'"), std::string::npos)
      << found[1].reason;
  EXPECT_NE(found[0].reason.find("only a proof can link it"), std::string::npos);
}

TEST(Suggest, OfTwoAlikeNeither) {
  EXPECT_TRUE(suggest({{"Adam Smith", {}}, {"Jason Smith", {}}}, {"smith_office", "x"}).empty());
  EXPECT_EQ(suggest({{"Adam Smith", {}}, {"Jason Smith", {}}}, {"jasonsmith", "x"}).size(), 1U);
}

TEST(Suggest, LookAlikesOfAnotherScriptAreNotAlike) {
  EXPECT_TRUE(suggest({{"", {"paypa"}}, {"", {"xx"}}}, {"\xD1\x80\xD0\xB0\xD1\x83\xD1\x80\xD0\xB0"}).empty());
}

// -- the accounts of congress: each person's Twitter account is linked, for all other accounts owners are suggested

struct Member {
  std::string name, last, state, twitter;
  std::map<std::string, std::string> others;  // network to handle
};

std::string unquoted(std::string text) {
  std::erase(text, '\'');
  std::erase(text, '"');
  return text;
}

/// Just as much YAML as these two files have: "key: value" behind blanks and "- ".
template <class Use>
void each_line(const std::string& path, const Use& use) {
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    const std::size_t begin = line.find_first_not_of(" -");
    const std::size_t colon = line.find(": ");
    if (begin == std::string::npos || line[begin] == '#') continue;
    if (colon == std::string::npos) {
      use(line.substr(begin), std::string());
    } else {
      use(line.substr(begin, colon - begin), unquoted(line.substr(colon + 2)));
    }
  }
}

class Congress : public ::testing::Test {
 protected:
  void SetUp() override {
    const char* data = std::getenv("RENOWN_DATA");
    const std::string folder = std::string(data == nullptr ? "" : data) + "/congress/";
    if (!std::filesystem::exists(folder)) GTEST_SKIP() << "skipped: RENOWN_DATA has no congress";
    std::map<std::string, Member> all;
    std::string id;
    each_line(folder + "legislators-current.yaml", [&](const std::string& key, const std::string& value) {
      if (key == "bioguide") id = value;
      if (key == "first" && all[id].name.empty()) all[id].name = value;
      if (key == "last" && all[id].last.empty()) all[id].last = value;
      if (key == "official_full") all[id].name = value;
      if (key == "state") all[id].state = value;
    });
    each_line(folder + "legislators-social-media.yaml", [&](const std::string& key, const std::string& value) {
      if (key == "bioguide") {
        id = value;
        ++people_;
      }
      const bool handle =
          key == "twitter" || key == "facebook" || key == "youtube" || key == "instagram" || key == "mastodon";
      if (!handle) return;
      ++handles_;
      if (key == "twitter") {
        all[id].twitter = value;
      } else {
        all[id].others[key] = value;
      }
    });
    for (auto& [bioguide, member] : all) {
      if (!member.twitter.empty()) members_.push_back(std::move(member));
    }
  }

  std::vector<Member> members_;
  std::size_t people_ = 0, handles_ = 0;
};

TEST_F(Congress, SuggestionsAreRight) {
  EXPECT_EQ(people_, 519U);
  EXPECT_EQ(handles_, 1671U);
  std::vector<KnownPerson> people;
  std::vector<UnlinkedAccount> accounts;
  std::vector<std::size_t> owner;
  std::map<std::string, int> surnames;
  for (const Member& member : members_) {
    people.push_back({member.name, {member.twitter}});
    ++surnames[member.last];
    for (const auto& [network, handle] : member.others) {
      accounts.push_back({{network, handle}, handle, ""});
      owner.push_back(people.size() - 1);
    }
  }
  std::size_t right = 0, same_surname = 0, confused_surnames = 0, confused_states = 0;
  const auto suggestions = suggest_owners(people, accounts);
  for (const Suggestion& each : suggestions) {
    const Member &said = members_[each.person], &truth = members_[owner[each.account]];
    const bool good = each.person == owner[each.account];
    right += good ? 1 : 0;
    same_surname += surnames[truth.last] > 1 ? 1 : 0;
    confused_surnames += !good && said.last == truth.last ? 1 : 0;
    confused_states += !good && said.state == truth.state ? 1 : 0;
    if (!good)
      std::cout << "wrong: " << accounts[each.account].handle << " of " << truth.name << ": " << each.reason << "\n";
  }
  const double precision = static_cast<double>(right) / static_cast<double>(suggestions.size());
  const double recall = static_cast<double>(right) / static_cast<double>(accounts.size());
  std::cout << accounts.size() << " accounts, " << suggestions.size() << " suggestions, precision " << precision
            << ", recall " << recall << "; " << same_surname << " of them for people who share a surname, "
            << confused_surnames << " confuse a surname, " << confused_states << " a state\n";
  EXPECT_GE(precision, 0.99);
  EXPECT_GE(recall, 0.89);
  EXPECT_GT(same_surname, 50U) << "hard negatives are among them";
  EXPECT_EQ(confused_surnames, 0U);
  EXPECT_EQ(confused_states, 0U);
}

}  // namespace
}  // namespace renown::people
