#include "pipeline/seen_consent.h"

#include <gtest/gtest.h>

namespace renown::pipeline {
namespace {

SeenProfile seen(const std::string& network, std::optional<std::string> bio, std::string document) {
  SeenProfile profile;
  profile.profile.profile.account = {network, "ada"};
  profile.profile.profile.bio = std::move(bio);
  profile.profile.document = std::move(document);
  return profile;
}

TEST(SeenConsent, OfTheFediverseIsWhatTheAccountSays) {
  const auto open = seen_consent(seen("fediverse", "hi", R"({"discoverable":true,"indexable":true})"), false);
  ASSERT_TRUE(open);
  EXPECT_TRUE(open->may_profile && open->may_show) << open->why_not;
  const auto silent = seen_consent(seen("fediverse", "hi", "{}"), false);
  ASSERT_TRUE(silent);
  EXPECT_FALSE(silent->may_profile) << "silence is no consent";
  EXPECT_TRUE(seen_consent(seen("fediverse", "hi", "{}"), true)->may_profile) << "who enrolled has consented";
}

TEST(SeenConsent, OfBlueskyIsWhatTheAccountSays) {
  EXPECT_TRUE(seen_consent(seen("bluesky", "hi", R"({"did":"ada"})"), false)->may_show);
  EXPECT_FALSE(
      seen_consent(seen("bluesky", "hi", R"({"did":"ada","labels":[{"val":"!no-unauthenticated","src":"ada"}]})"), true)
          ->may_show);
}

TEST(SeenConsent, IsRefusedInAnyBio) {
  const auto refused = seen_consent(seen("github", "cpp #nobot", ""), true);
  ASSERT_TRUE(refused);
  EXPECT_FALSE(refused->may_profile);
  EXPECT_TRUE(seen_consent(seen("github", "cpp", ""), true)->may_show);
}

TEST(SeenConsent, IsUnknownWhereNothingWasSeen) {
  EXPECT_FALSE(seen_consent(seen("fediverse", "hi", ""), true));
  EXPECT_FALSE(seen_consent(seen("bluesky", {}, "[]"), true));
  EXPECT_FALSE(seen_consent(seen("github", {}, ""), true));
}

}  // namespace
}  // namespace renown::pipeline
