#include "people/consent.h"

#include <gtest/gtest.h>

#include "people/robots.h"

namespace renown::people {
namespace {

std::string answer(const Consent& consent) {
  return std::string(consent.may_profile ? "profile" : "-") + " " + (consent.may_show ? "show" : "-");
}

TEST(Consent, EachSignalTakesWhatItSays) {
  using enum SignalKind;
  struct Case {
    std::vector<Signal> signals;
    const char *stranger, *enrolled, *why;
  };
  const Case cases[] = {
      {{}, "- -", "profile show", "nothing is known"},
      {{{discoverable, true, ""}, {indexable, true, ""}}, "profile show", "profile show", ""},
      {{{discoverable, false, ""}, {indexable, true, ""}}, "- -", "profile -", "discovered"},
      {{{discoverable, true, ""}, {indexable, false, ""}}, "- -", "profile show", "searched"},
      {{{noindex, true, ""}}, "- -", "profile -", "search engines"},
      {{{noindex, false, ""}}, "profile show", "profile show", ""},
      {{{nobot, true, "the bio"}}, "- -", "- -", "#nobot (the bio)"},
      {{{noindex_tag, true, ""}}, "- -", "profile -", "#noindex"},
      {{{no_unauthenticated, true, ""}}, "- -", "profile -", "logged in"},
      {{{no_unauthenticated, false, ""}}, "profile show", "profile show", ""},
      {{{robots, true, ""}}, "- -", "- -", "robots.txt"},
      {{{discoverable, true, ""}, {indexable, true, ""}, {nobot, true, ""}}, "- -", "- -", "#nobot"},  // refusal wins
  };
  for (const Case& each : cases) {
    const Consent stranger = resolve_consent(each.signals, false);
    EXPECT_EQ(answer(stranger), each.stranger) << each.why;
    EXPECT_NE(stranger.why_not.find(each.why), std::string::npos) << stranger.why_not;
    EXPECT_EQ(stranger.why_not.empty(), stranger.may_profile && stranger.may_show);
    EXPECT_EQ(answer(resolve_consent(each.signals, true)), each.enrolled) << each.why;
  }
}

TEST(Consent, TagsAreWordsInAnyCase) {
  struct Case {
    const char* text;
    std::size_t signals;
  };
  const Case cases[] = {{"", 0},
                        {"#nobot", 1},
                        {"I am #NoBot, really", 1},
                        {"#nobots please", 1},
                        {"#nobottle", 0},
                        {"#nobot_", 0},
                        {"x#nobot", 0},
                        {"nobot", 0},
                        {"#noindex #nobot", 2},
                        {"#noindexing", 0},
                        {"<p>Hi</p><p><a href=\"/tags/nobot\" rel=\"tag\">#<span>nobot</span></a></p>", 1},
                        {"<p title=\"#nobot\">Hi</p>", 0},
                        {"\xC3\xA9#nobot", 0},
                        {"#nobot<br>#noindex", 2}};
  for (const Case& each : cases) EXPECT_EQ(tag_signals(each.text, "").size(), each.signals) << each.text;
}

TEST(Consent, TheFediverseAsksForConsent) {
  const auto of = [](const char* json) { return answer(resolve_consent(*fediverse_signals(json), false)); };
  EXPECT_EQ(of(R"({})"), "- -") << "silence is not consent";
  EXPECT_EQ(of(R"({"discoverable":true})"), "- -");
  EXPECT_EQ(of(R"({"discoverable":null,"indexable":true})"), "- -");
  EXPECT_EQ(of(R"({"discoverable":"true","indexable":true})"), "- -") << "a text is no truth value";
  EXPECT_EQ(of(R"({"discoverable":true,"indexable":true})"), "profile show");
  EXPECT_EQ(of(R"({"discoverable":true,"indexable":true,"noindex":true})"), "- -");
  EXPECT_EQ(of(R"({"discoverable":true,"indexable":true,"note":"<p>#nobot</p>"})"), "- -");
  EXPECT_EQ(of(R"({"discoverable":true,"indexable":true,"summary":"#noindex"})"), "- -");
  EXPECT_EQ(of(R"({"discoverable":true,"indexable":true,"fields":[{"name":"x","value":"#nobot"}]})"), "- -");
  EXPECT_EQ(of(R"({"discoverable":true,"indexable":true,"attachment":[{"name":"#nobot","value":""}]})"), "- -");
  EXPECT_FALSE(fediverse_signals("[]"));
  EXPECT_FALSE(fediverse_signals("{"));
}

TEST(Consent, BlueskyAsksForRefusal) {
  const auto of = [](const char* json) { return answer(resolve_consent(*bluesky_signals(json), false)); };
  EXPECT_EQ(of(R"({"did":"did:x:a"})"), "profile show");
  EXPECT_EQ(of(R"({"did":"did:x:a","labels":[{"src":"did:x:a","val":"!no-unauthenticated"}]})"), "- -");
  EXPECT_EQ(of(R"({"did":"did:x:a","labels":[{"src":"did:x:eve","val":"!no-unauthenticated"}]})"), "profile show");
  EXPECT_EQ(
      of(R"({"did":"did:x:a","labels":[{"src":"did:x:a","val":"!no-unauthenticated"},{"src":"did:x:a","val":"!no-unauthenticated","neg":true}]})"),
      "profile show");
  EXPECT_EQ(of(R"({"labels":{"$type":"com.atproto.label.defs#selfLabels","values":[{"val":"!no-unauthenticated"}]}})"),
            "- -");
  EXPECT_EQ(of(R"({"uri":"at://x","value":{"labels":{"values":[{"val":"!no-unauthenticated"}]}}})"), "- -");
  EXPECT_EQ(of(R"({"did":"did:x:a","description":"hello #nobot"})"), "- -");
}

TEST(Robots, FollowTheRfc) {
  struct Case {
    const char *text, *path;
    bool may;
  };
  const Case cases[] = {
      {"", "/", true},
      {"User-agent: *\nDisallow: /", "/", false},
      {"User-agent: *\nDisallow: /", "/robots.txt", true},
      {"User-agent: *\nDisallow:", "/", true},
      {"User-agent: other\nDisallow: /", "/", true},
      {"User-Agent: RENOWN\nDisallow: /a", "/a/b", false},
      {"user-agent: renown/1.0\ndisallow: /a", "/a", false},
      {"user-agent: renowned\ndisallow: /a", "/a", true},                            // another agent
      {"user-agent: *\ndisallow: /\nuser-agent: renown\ndisallow: /x", "/a", true},  // our group alone
      {"user-agent: renown\nuser-agent: b\ndisallow: /", "/a", false},
      {"user-agent: renown\ndisallow: /a\nuser-agent: b\nuser-agent: renown\ndisallow: /b", "/b", false},  // combined
      {"user-agent: renown\ndisallow: /a\nuser-agent: b\nuser-agent: renown\ndisallow: /b", "/a", false},
      {"user-agent: renown\n\n# words\ndisallow: /a # more", "/a", false},
      {"user-agent: *\ndisallow: /a\nallow: /a/b", "/a/b", true},
      {"user-agent: *\nallow: /a\ndisallow: /a/b", "/a/b", false},
      {"user-agent: *\nallow: /a\ndisallow: /a", "/a", true},  // equally long: allowed
      {"user-agent: *\ndisallow: /*.gif$", "/x/y.gif", false},
      {"user-agent: *\ndisallow: /*.gif$", "/x/y.gif?z", true},
      {"user-agent: *\ndisallow: /a$", "/ab", true},
      {"user-agent: *\ndisallow: /*/b/*/c", "/x/b/y/z/c/d", false},
      {"user-agent: *\ndisallow: /a%7Eb", "/a~b", false},
      {"user-agent: *\ndisallow: /a%2Fb", "/a/b", true},
      {"user-agent: *\ndisallow: /\xC3\xA9", "/%c3%a9", false},
      {"user-agent: *\ndisallow: /A", "/a", true},
      {"disallow: /\nuser-agent: *\nallow: /", "/", true},  // a rule before any group
      {"\xEF\xBB\xBFuser-agent: *\r\ndisallow: /a\r\n", "/a", false},
      {"user-agent: *\rdisallow: /a\r", "/a", false},
      {"user-agent: *\nsitemap: x\ncrawl-delay: 5\ndisallow: /a", "/a", false},
      {"nonsense\nuser-agent *\ndisallow: /a", "/a", true},
  };
  for (const Case& each : cases)
    EXPECT_EQ(Robots::parse(each.text).may_fetch(each.path), each.may) << each.text << " " << each.path;
  const std::string stars(2000, '*');
  EXPECT_FALSE(Robots::parse("user-agent: *\ndisallow: /" + stars).may_fetch("/" + std::string(2000, 'a')))
      << "in bounded time";
}

TEST(Robots, TheStatusSpeaksWhereThereIsNoFile) {
  EXPECT_TRUE(may_fetch_without_robots(404));
  EXPECT_TRUE(may_fetch_without_robots(403));
  EXPECT_FALSE(may_fetch_without_robots(500));
  EXPECT_FALSE(may_fetch_without_robots(0));
}

}  // namespace
}  // namespace renown::people
