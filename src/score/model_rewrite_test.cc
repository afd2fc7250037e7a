#include "score/model_rewrite.h"

#include <algorithm>
#include <string>

#include <gtest/gtest.h>

#include "score/model_file.h"

namespace renown::score {
namespace {

std::string lines_with(std::string_view text, std::string_view word) {
  std::string found;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    if (text.substr(0, end).find(word) != std::string_view::npos) found += text.substr(0, end);
    text.remove_prefix(end);
  }
  return found;
}

ConstantChange change(std::string section, std::string key, double value) {
  return {std::move(section), std::move(key), value, "days", "because", "measured"};
}

TEST(ModelRewrite, NothingChangedButTheNameKeepsEveryConstant) {
  const std::string_view base = shipped_model(kDefaultModel);
  const auto text =
      rewrite_model(base, "base", {.name = "other", .comments = {}, .changes = {}, .unprotected = {}, .verified = {}});
  ASSERT_TRUE(text) << text.error().message;
  const auto before = parse_model(base, "base");
  const auto after = parse_model(*text, "after");
  ASSERT_TRUE(after);
  EXPECT_EQ(after->name, "other");
  EXPECT_EQ(constants(*after), constants(*before));
  EXPECT_TRUE(after->quantiles_unprotected.empty());
  EXPECT_TRUE(after->quantiles_verified.empty());
}

TEST(ModelRewrite, ReplacesConstantsNetworksAndQuantiles) {
  ModelRewrite rewrite;
  rewrite.name = "fitted";
  rewrite.comments = {"Fitted.", "Twice."};
  rewrite.changes = {change("fading", "half_life_fast", 0.25), change("networks", "twitter", 0.5),
                     change("networks", "a.b", 0.75)};
  rewrite.unprotected = {.source = "a log", .percent = {0, 100}, .raw = {1, 2.5}};
  const auto text = rewrite_model(shipped_model(kDefaultModel), "base", rewrite);
  ASSERT_TRUE(text) << text.error().message;
  EXPECT_TRUE(text->starts_with("# Fitted.\n# Twice.\n"));
  const auto model = parse_model(*text, "after");
  ASSERT_TRUE(model);
  EXPECT_EQ(model->half_life_fast_days, 0.25);
  EXPECT_EQ(model->half_life_slow_days, 30.0);
  EXPECT_EQ(model->network_weight, (std::map<std::string, double>{{"a.b", 0.75}, {"twitter", 0.5}}));
  EXPECT_EQ(model->quantiles_unprotected.raw, (std::vector<double>{1, 2.5}));
  EXPECT_EQ(lines_with(*text, "half_life_fast"),
            "half_life_fast = { value = 0.25, unit = \"days\", reason = \"because\", source = \"measured\" }\n");
}

TEST(ModelRewrite, OldNetworksGo) {
  const std::string base = std::string(shipped_model(kDefaultModel));
  ModelRewrite first{.name = "one",
                     .comments = {},
                     .changes = {change("networks", "twitter", 0.5)},
                     .unprotected = {},
                     .verified = {}};
  const auto one = rewrite_model(base, "base", first);
  ASSERT_TRUE(one);
  const auto two =
      rewrite_model(*one, "one", {.name = "two", .comments = {}, .changes = {}, .unprotected = {}, .verified = {}});
  ASSERT_TRUE(two);
  EXPECT_TRUE(parse_model(*two, "two")->network_weight.empty());
}

TEST(ModelRewrite, SaysWhatItCannotReplace) {
  std::string base(shipped_model(kDefaultModel));
  const std::size_t line = base.find("half_life_fast");
  base.insert(line, "\"");  // a quoted key is the same key to TOML
  base.insert(line + 15, "\"");
  const auto text = rewrite_model(base, "mine.toml",
                                  {.name = "x",
                                   .comments = {},
                                   .changes = {change("fading", "half_life_fast", 0.25)},
                                   .unprotected = {},
                                   .verified = {}});
  ASSERT_FALSE(text);
  EXPECT_EQ(text.error().message,
            "model file mine.toml: fading.half_life_fast must stand on one line under [fading], as half_life_fast = { "
            "value = ... }; write it so that a fitted value can take its place");
}

}  // namespace
}  // namespace renown::score
