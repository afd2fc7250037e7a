#include "people/profile.h"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>
#include <unistd.h>

namespace renown::people {
namespace {

Profile of(const char* network, const char* account) {
  Profile profile;
  profile.account = {network, account};
  return profile;
}

std::string said(const std::vector<Profile>& profiles) {
  std::string text;
  for (const ProfileRemark& remark : check_profiles(profiles)) text += remark.sentence + "\n";
  return text;
}

TEST(CheckProfiles, UnknownIsNotDifferent) {
  EXPECT_EQ(said({}), "");
  EXPECT_EQ(said({of("github", "ada")}), "");
  EXPECT_EQ(said({of("github", "ada"), of("web", "ada.example")}), "");
}

TEST(CheckProfiles, SaysWhatDiffersInWords) {
  Profile a = of("github", "ada"), b = of("web", "ada.example"), c = of("chirp", "ada_l");
  a.name = "Ada Lovelace", b.name = "ada lov\xC3\xA9lace", c.name = "A. L.";
  a.bio = "I write programs for engines", b.bio = "I write programs, for engines!", c.bio = "Cats";
  a.picture = true, c.picture = false;
  a.links = {"http://ADA.example/"}, b.links = {"https://github.com/Ada", "mailto:x"}, c.links.emplace();
  EXPECT_EQ(said({a, b, c}),
            "the names differ: 'Ada Lovelace' on github:ada and web:ada.example and 'A. L.' on chirp:ada_l\n"
            "the bio of chirp:ada_l says something else than that of web:ada.example (0 % of the words are in both)\n"
            "chirp:ada_l has no picture\n"
            "chirp:ada_l does not link to github:ada and web:ada.example\n");
  EXPECT_EQ(said({a, b}), "");
}

TEST(CheckProfiles, EmptyIsSomethingElseThanUnknown) {
  Profile a = of("github", "ada"), b = of("web", "ada.example");
  a.name = "Ada", b.name = "", a.bio = "Hello", b.bio = "";
  EXPECT_EQ(said({a, b}), "web:ada.example shows no name\nweb:ada.example has no bio, github:ada has one\n");
}

TEST(ReadProfiles, NamesFileAndLineOfWhatIsWrong) {
  const auto path = std::filesystem::temp_directory_path() / ("renown-profiles-" + std::to_string(::getpid()));
  const auto read = [&](const char* text) {
    std::ofstream(path) << text;
    return read_profiles(path.string());
  };
  const auto good = read("{\"network\":\"n\",\"account\":\"a\",\"bio\":null,\"links\":[\"x\"],\"picture\":false}\n\n");
  ASSERT_TRUE(good) << good.error().message;
  ASSERT_EQ(good->size(), 1U);
  EXPECT_EQ((*good)[0].handle, "a");
  EXPECT_FALSE((*good)[0].bio);
  EXPECT_EQ((*good)[0].picture, false);
  for (const char* bad : {"\n{", "\n[]", "\n{\"network\":\"n\"}", "\n{\"network\":\"n\",\"account\":\"a\",\"name\":1}",
                          "\n{\"network\":\"n\",\"account\":\"a\",\"links\":\"x\"}",
                          "\n{\"network\":\"n\",\"account\":\"a\",\"picture\":1}"}) {
    const auto profiles = read(bad);
    ASSERT_FALSE(profiles) << bad;
    EXPECT_NE(profiles.error().message.find(path.string() + ":2: "), std::string::npos) << profiles.error().message;
  }
  std::filesystem::remove(path);
}

}  // namespace
}  // namespace renown::people
