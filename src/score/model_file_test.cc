#include "score/model_file.h"

#include <string>

#include <gtest/gtest.h>

namespace renown::score {
namespace {

std::string shipped() {
  return std::string(shipped_model(kDefaultModel));
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

TEST(ModelFile, ships_renown_0_1_with_the_constants_of_its_page) {
  const auto model = parse_model(shipped(), "renown-0.1");
  ASSERT_TRUE(model) << model.error().message;
  EXPECT_EQ(model->name, "renown-0.1");
  EXPECT_EQ(model->window_days, 180);
  EXPECT_EQ(model->kappa(), 10);
  EXPECT_EQ(model->room_base(), 1);
  EXPECT_EQ(model->standing_weight, 0.5);
  EXPECT_EQ(model->kind_weight[0], 1);
  EXPECT_FALSE(model->quantiles_unprotected.empty());
  EXPECT_FALSE(model->quantiles_verified.empty());
}

struct Bad {
  const char* from;
  const char* to;
  const char* says;
};

class BadModels : public testing::TestWithParam<Bad> {};

TEST_P(BadModels, are_refused_by_the_name_of_the_constant) {
  const auto model = parse_model(replaced(shipped(), GetParam().from, GetParam().to), "mine.toml");
  ASSERT_FALSE(model);
  EXPECT_NE(model.error().message.find(GetParam().says), std::string::npos) << model.error().message;
}

INSTANTIATE_TEST_SUITE_P(
    table, BadModels,
    testing::Values(
        Bad{"days = { value = 180", "days = { value = 0", "window.days is 0; it must be above 0"},
        Bad{"days = { value = 180", "days = { value = nan", "window.days is nan"},
        Bad{"days = { value = 180", "days = { value = \"long\"", "window.days is missing"},
        Bad{"half_life_fast =", "half_life_quick =", "fading.half_life_fast is missing"},
        Bad{"[window]", "[window]\nmonths = 6", "'window.months' is not known"},
        Bad{"[window]", "[extra]\n[window]", "section 'extra' is not known"},
        Bad{"[quantiles.verified]", "[quantiles.verified]\nmode = 1", "'quantiles.verified.mode' is not known"},
        Bad{"[window]", "colour = \"red\"\n[window]", "'colour' is not known"},
        Bad{"fast_share = { value = 0.5", "fast_share = { value = 0.6", "three shares sum to 1.1"},
        Bad{"verified_share = { value = 0.10", "verified_share = { value = 1.5", "vouching.verified_share is 1.5"},
        Bad{"like = { value = 1", "like = { value = 0", "kinds.like is 0"},
        Bad{"endorse = { value = 1", "endorse = { value = 0.5", "kinds.tip is 1, more than kinds.endorse (0.5)"},
        Bad{"unit = \"days\", reason", "reason", "has no unit"},
        Bad{"name = \"renown-0.1\"", "name = \"\"", "name must be a text"}, Bad{"[window]", "[window", "line "}));

TEST(ModelFile, weighs_networks_that_are_listed) {
  const auto model = parse_model(
      replaced(shipped(), "[networks]",
               "[networks]\nforum = { value = 0.5, unit = \"none\", reason = \"small\", source = \"test\" }\n#"),
      "mine");
  ASSERT_TRUE(model) << model.error().message;
  EXPECT_EQ(model->network_weight.at("forum"), 0.5);
}

TEST(ModelFile, changed_constants_show_in_the_name) {
  const ScoreModel model = *parse_model(shipped(), "renown-0.1");
  const auto slower = with_half_life(model, 60);
  ASSERT_TRUE(slower);
  EXPECT_EQ(slower->name, "renown-0.1~h=60");
  EXPECT_EQ(slower->half_life_slow_days, 60);
  EXPECT_EQ(slower->half_life_fast_days, 14);
  EXPECT_EQ(with_verified_share(*slower, 0.2)->name, "renown-0.1~h=60~rho=0.2");
  EXPECT_EQ(with_verified_share(model, 0.2)->kappa(), 5);
  EXPECT_FALSE(with_half_life(model, 0));
  EXPECT_FALSE(with_verified_share(model, 0));
  EXPECT_FALSE(with_verified_share(model, 1.01));
}

}  // namespace
}  // namespace renown::score
