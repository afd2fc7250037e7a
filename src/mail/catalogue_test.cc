#include "mail/catalogue.h"

#include <set>

#include <gtest/gtest.h>

#include "mail/digest_letter.h"

namespace renown::mail {
namespace {

TEST(MessageFormat, writes_what_the_catalogues_use) {
  const struct {
    const char* language;
    const char* message;
    std::uint64_t count;
    const char* wanted;  ///< null: no message
  } rows[] = {
      {"en", "", 0, ""},
      {"en", "plain", 0, "plain"},
      {"en", "{n} of them", 3, "3 of them"},
      {"en", "{n, plural, one {# person} other {# people}} took part", 1, "1 person took part"},
      {"en", "{n, plural, one {# person} other {# people}} took part", 0, "0 people took part"},
      {"es", "{n, plural, one {uno} many {muchos} other {otros}}", 2'000'000, "muchos"},
      {"ar", "{n, plural, zero {0} one {1} two {2} few {few #} many {many #} other {other #}}", 2, "2"},
      {"ar", "{n, plural, zero {0} one {1} two {2} few {few #} many {many #} other {other #}}", 103, "few 103"},
      {"ar", "{n, plural, zero {0} one {1} two {2} few {few #} many {many #} other {other #}}", 11, "many 11"},
      {"ar", "{n, plural, zero {0} one {1} two {2} few {few #} many {many #} other {other #}}", 100, "other 100"},
      {"ja", "{n, plural, other {#人}}", 1, "1人"},
      {"en", "it''s # '{n}'", 1, "it's # {n}"},
      {"en", "it's {n}", 1, "it's 1"},
      {"en", "{m}", 1, nullptr},
      {"en", "{n", 1, nullptr},
      {"en", "n}", 1, nullptr},
      {"en", "{n, plural, one {#}}", 2, nullptr},
      {"en", "{n, select, a {b} other {c}}", 2, nullptr},
      {"en", "{n, plural, other {#}", 2, nullptr},
  };
  for (const auto& row : rows) {
    const auto text = format_message(row.language, row.message, {{"n", std::to_string(row.count), row.count}});
    EXPECT_EQ(text.has_value(), row.wanted != nullptr) << row.message;
    if (text && row.wanted != nullptr) {
      EXPECT_EQ(*text, row.wanted);
    }
  }
}

TEST(Catalogue, is_of_the_language_of_a_locale) {
  for (const auto& [locale, language] :
       {std::pair{"en", "en"}, {"de-AT", "de"}, {"ES", "es"}, {"ar", "ar"}, {"ja_JP", "ja"}, {"fr", "en"}, {"", "en"}})
    EXPECT_EQ(Catalogue::of(locale).language(), language) << locale;
}

/// What Intl writes on the page (Node.js 20).
TEST(Catalogue, writes_numbers_and_days_as_the_page_does) {
  const struct {
    const char* language;
    const char *number, *more, *up, *down, *thousand, *four, *day;
  } rows[] = {
      {"en", "42.3", "1,234,567.9", "+1.2", "-1.2", "12,345", "1,234", "November 29, 2026"},
      {"de", "42,3", "1.234.567,9", "+1,2", "-1,2", "12.345", "1.234", "29. November 2026"},
      {"es", "42,3", "1.234.567,9", "+1,2", "-1,2", "12.345", "1234", "29 de noviembre de 2026"},
      {"ar", "42.3", "1,234,567.9", "\u200E+1.2", "\u200E-1.2", "12,345", "1,234", "29 نوفمبر 2026"},
      {"ja", "42.3", "1,234,567.9", "+1.2", "-1.2", "12,345", "1,234", "2026年11月29日"},
  };
  for (const auto& row : rows) {
    const Catalogue& texts = Catalogue::of(row.language);
    EXPECT_EQ(texts.number(42.3, 1), row.number);
    EXPECT_EQ(texts.number(1'234'567.89, 1), row.more);
    EXPECT_EQ(texts.signed_number(1.2, 1), row.up);
    EXPECT_EQ(texts.signed_number(-1.2, 1), row.down);
    EXPECT_EQ(texts.count("n", 12'345).text, row.thousand);
    EXPECT_EQ(texts.count("n", 1'234).text, row.four);
    EXPECT_EQ(texts.day("2026-11-29"), row.day);
    EXPECT_EQ(texts.signed_number(-0.04, 1), texts.number(0, 1)) << "no sign before what is shown as zero";
    EXPECT_EQ(texts.day("soon"), "soon");
  }
}

TEST(Catalogue, knows_networks_by_the_names_that_the_page_has) {
  EXPECT_EQ(Catalogue::network_name("github"), "GitHub");
  EXPECT_EQ(Catalogue::network_name("forum"), "Forum");
  EXPECT_EQ(Catalogue::network_name(""), "");
}

const DigestFacts kFacts = {.day = "2026-11-28",
                            .model = "renown-0.1",
                            .score = 42.3,
                            .low = 38.1,
                            .high = 45.0,
                            .moved_day = 0.4,
                            .moved_week = -1.2,
                            .movers = {{.code = "new_engager", .part = 1.5},
                                       {.code = "faded", .part = -2.75},
                                       {.part = 0.8, .engagers = 14, .about = "A <post> & \"more\""},
                                       {.code = "renewed", .part = 0.1}},
                            .stale = {"mastodon"}};

DigestFrame frame(std::string_view locale, DigestCause cause = DigestCause::weekly) {
  return {.locale = std::string(locale),
          .server = "renown.example",
          .public_url = "https://renown.example",
          .stop_url = "https://renown.example/unsubscribe/7-x",
          .cause = cause};
}

/// Every text of every letter is there: what is not, would stand in it as its key.
TEST(DigestLetter, says_it_in_every_language) {
  DigestFacts none{.day = "2026-11-28", .model = "renown-0.1", .missing = 2};
  DigestFacts hidden = kFacts;
  hidden.is_hidden = true;
  for (const std::string_view language : kLanguages) {
    std::set<std::string> texts;
    for (const DigestFacts& facts : {kFacts, none, hidden}) {
      for (const DigestCause cause : {DigestCause::weekly, DigestCause::daily, DigestCause::now}) {
        const Letter letter = digest_letter(facts, frame(language, cause));
        const std::string text = letter.subject + letter_text(letter) + letter_html(letter);
        for (const char* key : {"mail.", "change.", "moment.", "reason.", "home.", "unit."})
          EXPECT_EQ(text.find(key), std::string::npos) << language << ": " << text.substr(text.find(key), 60);
        EXPECT_NE(text.find("https://renown.example/unsubscribe/7-x"), std::string::npos);
        EXPECT_EQ(letter.is_right_to_left, language == "ar");
        texts.insert(text);
      }
    }
    EXPECT_GE(texts.size(), 9U) << "each case says something of its own";
  }
}

TEST(DigestLetter, says_what_the_page_says) {
  const Letter letter = digest_letter(kFacts, frame("en"));
  EXPECT_EQ(letter.subject, "Your score: 42.3 (-1.2)");
  EXPECT_EQ(letter.figure, "42.3");
  EXPECT_EQ(letter.figure_words[0], "between 38.1 and 45.0");
  EXPECT_EQ(letter.figure_words[1], "-1.2 in seven days");
  EXPECT_EQ(letter.figure_words[2], "As of November 28, 2026, by renown-0.1.");
  ASSERT_EQ(letter.lines.size(), kMostMovers);
  EXPECT_EQ(letter.lines[0].words, "New people engaged with you");
  EXPECT_EQ(letter.lines[1].value, "-2.75");
  EXPECT_EQ(letter.lines[2].words, "14 people took part: A <post> & \"more\"");
  EXPECT_EQ(letter.notes[0], "Mastodon could not be read to its end lately.");
  EXPECT_EQ(letter.notes[1], "Nobody is verified on this server, so nothing can be vouched for.");
  EXPECT_NE(letter_html(letter).find("A &lt;post&gt; &amp; &quot;more&quot;"), std::string::npos);
  EXPECT_EQ(digest_letter(kFacts, frame("en", DigestCause::daily)).subject, "Your score: 42.3 (+0.4)");
}

TEST(DigestLetter, shows_no_number_that_is_not_there_or_not_wanted) {
  DigestFacts hidden = kFacts;
  hidden.is_hidden = true;
  const Letter quiet = digest_letter(hidden, frame("en"));
  const std::string text = quiet.subject + letter_text(quiet) + letter_html(quiet);
  for (const char* number : {"42.3", "38.1", "-1.2"}) EXPECT_EQ(text.find(number), std::string::npos) << number;
  const DigestFacts none{.day = "2026-11-28", .model = "renown-0.1", .missing = 1};
  const Letter missing = digest_letter(none, frame("en"));
  EXPECT_EQ(missing.subject, "Your score: not enough data yet");
  EXPECT_EQ(missing.paragraphs[0], "Not enough data for a score: one more person needed.");
  EXPECT_EQ(missing.figure, "");
  EXPECT_EQ(missing.lines_unit, "Nothing moved your score in this time.");
}

}  // namespace
}  // namespace renown::mail
