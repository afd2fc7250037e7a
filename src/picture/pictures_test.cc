/// Every picture: as docs/ shows it, well-formed, and silent about what is nobody's business.
#include <functional>
#include <regex>

#include <fmt/format.h>

#include "picture/badge.h"
#include "picture/card.h"
#include "picture/dial.h"
#include "picture/ego_graph.h"
#include "picture/png.h"
#include "picture/svg.h"
#include "picture/testing.h"

/// Fontconfig keeps the list of fonts to the end of the process and does not free it: no leak of ours. LeakSanitizer
/// calls this by its name, and without it nobody does.
extern "C" const char* __lsan_default_suppressions();
extern "C" const char* __lsan_default_suppressions() {
  return "leak:libfontconfig\n";
}

namespace renown::picture {
namespace {

using test::has;

CardView card(std::string name = "Hazel Nováková") {
  return {.name = std::move(name),
          .accounts = {"hazel@forum.example", "hazel.bsky.example", "github: hazel"},
          .host = "renown.example.org",
          .score = test::scored()};
}

/// Sixty people, some of them with long names, on all sides.
std::vector<EgoNode> crowd() {
  const std::vector<std::string> names = {"iris",       "noor", "max_power",     "Ωmega", "a very long name indeed",
                                          "李小龍",     "sven", "ana-maría",     "pat",   "dr.strange.love@example.org",
                                          "Чайковский", "zoë",  "the_quiet_one", "kim",   "bo"};
  std::vector<EgoNode> nodes;
  for (int i = 0; i < 60; ++i) {
    const auto direction = static_cast<Direction>(i % 7 == 0 ? 2 : i % 3 == 0 ? 1 : 0);
    nodes.push_back(
        {fmt::format("{}{}", names[static_cast<std::size_t>(i) % names.size()], i / 15), 60.0 / (i + 1), direction});
  }
  return nodes;
}

std::vector<EgoNode> few() {
  return {{"iris", 9, Direction::in},     {"noor", 4, Direction::both}, {"max_power", 3, Direction::in},
          {"sven", 2.5, Direction::out},  {"", 2, Direction::in},       {"ana-maría", 1, Direction::out},
          {"李小龍", 0.5, Direction::in}, {"pat", 0.2, Direction::both}};
}

TEST(Pictures, are_those_of_the_documentation) {
  test::expect_picture("badge.svg", badge(test::scored(), "influence"));
  test::expect_picture("badge-unscored.svg", badge({}, "influence"));
  test::expect_picture("dial.svg", dial(test::scored()));
  test::expect_picture("dial-not-enough-data.svg", dial(test::not_enough()));
  test::expect_picture("dial-unscored.svg", dial({}));
  test::expect_picture("card.svg", open_graph_card(card()));
  test::expect_picture("ego.svg", ego_graph("Hazel", few()));
  test::expect_picture("ego-60.svg", ego_graph("Hazel", crowd()));
}

/// Opening and closing tags match, and nothing but ours is in it.
void expect_well_formed(const std::string& svg) {
  std::vector<std::string> open;
  const std::regex tag("<(/?)([a-zA-Z!?]+)[^<>]*?(/?)>");
  for (std::sregex_iterator at(svg.begin(), svg.end(), tag), end; at != end; ++at) {
    const std::string name = (*at)[2];
    EXPECT_TRUE(has(" svg title desc style rect circle path text ", " " + name + " ")) << name;
    if ((*at)[1].length() > 0) {
      ASSERT_FALSE(open.empty());
      EXPECT_EQ(open.back(), name);
      open.pop_back();
    } else if ((*at)[3].length() == 0) {
      open.push_back(name);
    }
  }
  EXPECT_TRUE(open.empty());
  for (const char* never : {"<script", "href", "url(", "@import", "@font-face", "onload", "nan", "inf"})
    EXPECT_FALSE(has(svg, never)) << never;
  EXPECT_TRUE(has(svg, "role=\"img\"")) << "and read aloud as one picture";
  EXPECT_TRUE(has(svg, "<title>"));
  EXPECT_TRUE(has(svg, "<desc>"));
}

const std::vector<std::function<std::string(const std::string&)>> kPictures = {
    [](const std::string& text) { return badge(test::scored(), text); },
    [](const std::string& text) { return open_graph_card(card(text)); },
    [](const std::string& text) { return ego_graph(text, {{text, 1, Direction::in}}); },
    [](const std::string& text) { return dial(test::scored(), {.score = text, .between = text + " {} {}"}); },
};

TEST(Pictures, hold_any_text) {
  const std::string texts[] = {"",
                               "<script>alert(1)</script>",
                               "\"/><image href='x' onload=y>",
                               "]]>&amp;&#0;<!--",
                               std::string("\0\x01\x1b[31m\xff\xfe\xc3", 9),
                               "\xef\xbf\xbe\xef\xbf\xbf",
                               "\xe2\x80\xae reversed",
                               std::string(100'000, 'w'),
                               std::string(5000, '<')};
  for (const std::string& text : texts) {
    for (const auto& picture : kPictures) {
      const std::string svg = picture(text);
      if (!has(text, "onload")) expect_well_formed(svg);
      EXPECT_FALSE(has(svg, "<script") || has(svg, "<image")) << svg;
      EXPECT_LE(svg.size(), 40'000U + 6 * text.size());
      const auto png = png_of(svg, 64, 64);
      EXPECT_TRUE(png) << png.error().message << "\n" << svg;
    }
  }
}

TEST(Pictures, hold_any_number) {
  for (const double value : {-1e300, -1.0, 0.0, 0.49, 1.0, 99.99, 100.0, 1e300, std::nan(""), HUGE_VAL}) {
    ScoreView view = test::scored();
    view.score = view.low = view.high = value;
    view.percentile = value;
    expect_well_formed(dial(view));
    expect_well_formed(badge(view, "score"));
    expect_well_formed(ego_graph("x", {{"y", value, Direction::out}, {"z", 1, Direction::in}}));
  }
}

TEST(Pictures, say_to_others_nothing_of_why_there_is_no_score) {
  for (const auto& draw : {+[](const ScoreView& view) { return badge(view, "influence"); },
                           +[](const ScoreView& view) { return shields_endpoint(view, "influence"); },
                           +[](const ScoreView& view) {
                             CardView one = card();
                             one.score = view;
                             return open_graph_card(one);
                           }}) {
    ScoreView reason = test::not_enough(7);
    reason.as_of = "2026-01-01";
    reason.model = "secret";
    EXPECT_EQ(draw(reason), draw(ScoreView{}));
  }
}

TEST(Badge, says_the_score_and_its_interval) {
  const std::string svg = badge(test::scored(), "influence");
  EXPECT_TRUE(has(svg, ">influence</text>"));
  EXPECT_TRUE(has(svg,
                  ">42 (38\xe2\x80\x93"
                  "45)</text>"));
}

TEST(Badge, for_shields_is_their_document) {
  EXPECT_EQ(shields_endpoint(test::scored(), "in\"fluence"),
            "{\"schemaVersion\":1,\"label\":\"in\\\"fluence\",\"message\":\"42 (38\xe2\x80\x93"
            "45)\",\"color\":\"0f766e\"}");
  EXPECT_EQ(shields_endpoint({}, "influence"),
            R"({"schemaVersion":1,"label":"influence","message":"Unscored","color":"4a5c58"})");
}

TEST(ScoreSentence, has_all_that_the_picture_has) {
  EXPECT_EQ(sentence(test::scored(), {}),
            "Influence score 42 of 100, likely between 38 and 45, above 87 % of the reference, as of 2026-11-29.");
  EXPECT_EQ(sentence(test::not_enough(2), {}), "Not enough data: 2 more people needed.");
  EXPECT_EQ(sentence(test::not_enough(0), {}), "Not enough data: more people must take part.");
  EXPECT_EQ(sentence({}, {}), "Unscored, never to be read as low.");
}

TEST(Filled, replaces_in_order_and_reads_no_value_as_a_pattern) {
  EXPECT_EQ(filled("{} and {}", {"1", "2"}), "1 and 2");
  EXPECT_EQ(filled("{} and {}", {"{}", "2"}), "{} and 2");
  EXPECT_EQ(filled("none", {"1"}), "none");
  EXPECT_EQ(filled("{} {}", {"1"}), "1 {}");
}

TEST(Number, has_at_most_two_decimals) {
  EXPECT_EQ(number(12.5), "12.5");
  EXPECT_EQ(number(12.0), "12");
  EXPECT_EQ(number(0.005), "0.01");
  EXPECT_EQ(number(-0.001), "0");
  EXPECT_EQ(number(-0.25), "-0.25");
  EXPECT_EQ(number(std::nan("")), "0");
  EXPECT_EQ(number(100.0), "100");
}

TEST(TextWidth, grows_with_the_text_and_fits_where_it_must) {
  EXPECT_EQ(text_width("", 13), 0);
  EXPECT_NEAR(text_width("mmm", 10), 28.05, 0.1);
  EXPECT_GT(text_width("李小龍", 13), text_width("abc", 13));
  EXPECT_EQ(fitted("short", 200, 13), "short");
  for (const char* text : {"a much longer text than there is room for", "李小龍李小龍李小龍李小龍李小龍"}) {
    const std::string shown = fitted(text, 100, 13);
    EXPECT_LE(text_width(shown, 13), 100);
    EXPECT_TRUE(shown.ends_with("\xe2\x80\xa6")) << shown;
  }
}

TEST(Png, is_a_picture_of_the_size_asked_for) {
  const auto png = png_of(open_graph_card(card()), kCardWidth, kCardHeight);
  ASSERT_TRUE(png) << png.error().message;
  EXPECT_TRUE(png->starts_with("\x89PNG\r\n\x1a\n"));
  EXPECT_EQ(png->substr(16, 8), std::string("\0\0\x04\xb0\0\0\x02\x76", 8)) << "1200 x 630";
  EXPECT_GT(png->size(), 10'000U) << "something is drawn";
}

TEST(Png, of_what_is_no_picture_is_an_error) {
  EXPECT_FALSE(png_of("", 10, 10));
  EXPECT_FALSE(png_of("<svg", 10, 10));
  EXPECT_FALSE(png_of(dial({}), 0, 10));
  EXPECT_FALSE(png_of(dial({}), 10, 4097));
}

}  // namespace
}  // namespace renown::picture
