#include "instance/finding_match.h"

#include <algorithm>
#include <iterator>
#include <set>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace renown::instance {
namespace {

/// "abc" is a group of three.
Members group(std::string_view letters) {
  Members members;
  for (const char letter : letters) members.emplace_back(1, letter);
  return members;
}

struct Known {
  FindingId finding;
  std::string_view letters;
  std::int64_t latest = 1;
};

TEST(FindingMatch, continues_what_is_mostly_the_same) {
  struct Case {
    const char* what;
    std::vector<Known> known;
    std::vector<std::string_view> found;
    std::vector<FindingId> wanted;
  };
  const Case cases[] = {
      {"nothing at all", {}, {}, {}},
      {"the first ever", {}, {"abc"}, {0}},
      {"gone", {{1, "abc"}}, {}, {}},
      {"the same", {{1, "abc"}}, {"abc"}, {1}},
      {"another", {{1, "abc"}}, {"xyz"}, {0}},
      {"one came, one left", {{1, "abcd"}}, {"bcde"}, {1}},
      {"half is not most", {{1, "abcd"}}, {"abxy"}, {0}},
      {"one more than half is", {{1, "abcde"}}, {"abcxy"}, {1}},
      {"grown to less than double", {{1, "abcd"}}, {"abcdefg"}, {1}},
      {"grown to double is another", {{1, "abcd"}}, {"abcdefgh"}, {0}},
      {"shrunk by more than half is another", {{1, "abcdefgh"}}, {"abcd"}, {0}},
      {"in two: the larger half goes on", {{1, "abcdefg"}}, {"efg", "abcd"}, {0, 1}},
      {"two in one: the larger goes on", {{1, "abc"}, {2, "defgh"}}, {"abcdefgh"}, {2}},
      {"each its own, in any order", {{1, "abc"}, {2, "xyz"}}, {"xyz", "abc"}, {2, 1}},
      {"of two that fit the one that shares most", {{1, "abcd"}, {2, "abcde"}}, {"abcde"}, {2}},
      {"of equals the one found latest", {{1, "abc", 5}, {2, "abd", 6}}, {"abcd"}, {2}},
      {"of those the lower number", {{3, "abc"}, {2, "abd"}}, {"abcd"}, {2}},
      {"two groups do not continue one", {{1, "abcde"}}, {"abcd", "abce"}, {1, 0}},
      {"the second takes what the first left", {{1, "abcde"}, {2, "abcx"}}, {"abcde", "abcx"}, {1, 2}},
      {"nobody in it", {{1, ""}}, {""}, {0}},
  };
  for (const auto& [what, known, found, wanted] : cases) {
    std::vector<KnownMembers> before;
    for (const auto& [finding, letters, latest] : known) before.push_back({finding, latest, group(letters)});
    std::vector<Members> now;
    for (const std::string_view letters : found) now.push_back(group(letters));
    EXPECT_EQ(match_findings(before, now), wanted) << what;
  }
}

RC_GTEST_PROP(FindingMatch, every_continued_pair_shares_more_than_half_and_no_finding_is_continued_twice, ()) {
  // Groups of up to ten accounts, a bit each.
  const auto groups = *rc::gen::container<std::vector<int>>(rc::gen::inRange(1, 1 << 10));
  const std::size_t half = groups.size() / 2;
  const auto members = [&](std::size_t i) {
    std::string letters;
    for (int bit = 0; bit < 10; ++bit) {
      if ((groups[i] >> bit & 1) != 0) letters += static_cast<char>('a' + bit);
    }
    return group(letters);
  };
  std::vector<KnownMembers> known;
  for (std::size_t i = 0; i < half; ++i) known.push_back({static_cast<FindingId>(i) + 1, 1, members(i)});
  std::vector<Members> found;
  for (std::size_t i = half; i < groups.size(); ++i) found.push_back(members(i));
  const auto continues = match_findings(known, found);
  std::set<FindingId> taken;
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (continues[i] == 0) continue;
    RC_ASSERT(taken.insert(continues[i]).second);
    const Members& before = known[static_cast<std::size_t>(continues[i]) - 1].members;
    Members shared;
    std::ranges::set_intersection(before, found[i], std::back_inserter(shared));
    RC_ASSERT(2 * shared.size() > before.size() && 2 * shared.size() > found[i].size());
  }
}

}  // namespace
}  // namespace renown::instance
