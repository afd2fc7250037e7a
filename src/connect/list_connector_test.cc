#include "connect/list_connector.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <gtest/gtest-spi.h>
#include <gtest/gtest.h>

#include "connect/canned.h"
#include "connect/members.h"

namespace renown::connect {
namespace {

using test::CannedNetwork;
using test::CannedTransport;
using test::read_whole;

/// A network of things with fans: a list of things on pages, and the fans of each, undated.
Result<void> take_account(const Errand&, io::JsonValue, Page& page) {
  page.ask({.list = "things", .of = "ann"});
  return {};
}

Result<void> take_thing(const Errand&, io::JsonValue item, Page& page) {
  Members of(item);
  const std::string id(of.text("id"));
  const std::int64_t fans = of.number("fans");
  if (!of.all_good()) return of.error();
  page.ask_if_changed({.list = "fans", .of = id, .whom = "ann", .count = fans, .since = 1000});
  return {};
}

Result<void> take_fan(const Errand& errand, io::JsonValue item, Page& page) {
  page.record.add(
      {errand.since, Kind::like, "town", page.record.keep(std::string(item.text())), errand.whom, errand.of, {}, {}});
  return {};
}

constexpr std::array kLists = {
    List{"account", "the account", [](const Errand&) { return std::string("/ann"); }, List::kOne, true, take_account},
    List{"things", "the things", [](const Errand&) { return std::string("/things"); }, List::kRoot, true, take_thing},
    List{"fans", "the fans", [](const Errand& e) { return "/fans/" + in_address(e.of); }, "of.fans", false, take_fan},
};

constexpr std::int64_t kNow = 1'800'000'000;

class Town : public testing::Test {
 protected:
  test::ReadWhole read(std::int64_t now = kNow) {
    http.asked.clear();
    ListConnector connector({"town", "ann"}, std::string(CannedTransport::kBase), {.http = http, .now = now}, kLists,
                            {{.list = "account"}});
    return read_whole(connector, place);
  }

  CannedTransport http{{{"/ann", {"{}"}},
                        {"/things", {R"([{"id":"a","fans":2}])", "</things?p=2>; rel=next"}},
                        {"/things?p=2", {R"([{"id":"b","fans":0},{"id":"c","fans":1}])"}},
                        {"/fans/a", {R"({"of":{"fans":["bob","cy"]}})"}},
                        {"/fans/c", {R"({"of":{"fans":["dan"]}})"}}}};
  Place place;
};

TEST_F(Town, lists_of_a_thing_come_before_the_next_page_of_things) {
  EXPECT_EQ(read().undated, (std::vector<std::string>{"1000 like bob ann 'a' '' ''", "1000 like cy ann 'a' '' ''",
                                                      "1000 like dan ann 'c' '' ''"}));
  EXPECT_EQ(http.asked, (std::vector<std::string>{"/ann", "/things", "/fans/a", "/things?p=2", "/fans/c"}));
}

TEST_F(Town, only_a_count_that_changed_is_asked_about) {
  static_cast<void>(read());
  http.network["/things?p=2"].body = R"([{"id":"b","fans":1},{"id":"c","fans":1}])";
  http.network["/fans/b"].body = R"({"of":{"fans":["eve"]}})";
  EXPECT_EQ(read(kNow + 60).undated, std::vector<std::string>{"1000 like eve ann 'b' '' ''"});
  http.network["/things?p=2"].body = R"([{"id":"b","fans":2},{"id":"c","fans":1}])";
  EXPECT_EQ(read(kNow + 120).undated, std::vector<std::string>{"1800000060 like eve ann 'b' '' ''"})
      << "whoever is new came after the last reading";
}

TEST_F(Town, a_part_that_fails_is_said_and_asked_for_again) {
  http.network["/fans/a"].status = 403;
  const auto first = read();
  ASSERT_EQ(first.problems.size(), 1U);
  EXPECT_EQ(first.problems[0].kind, ProblemKind::forbidden);
  EXPECT_EQ(first.problems[0].sentence, "the fans of a: the server answered with status 403");
  EXPECT_EQ(first.undated, std::vector<std::string>{"1000 like dan ann 'c' '' ''"});
  http.network["/fans/a"].status = 200;
  const auto second = read();
  EXPECT_TRUE(second.problems.empty());
  EXPECT_EQ(second.undated.size(), 2U);
  EXPECT_EQ(http.asked, (std::vector<std::string>{"/ann", "/things", "/fans/a", "/things?p=2"})) << "once, not twice";
}

TEST_F(Town, however_many_parts_fail_the_others_are_read) {
  std::string things = "[";
  for (int i = 0; i < 300; ++i) things += fmt::format(R"({{"id":"x{}","fans":1}},)", i);
  http.network["/things"].body = things + R"({"id":"a","fans":2}])";
  const auto first = read();
  EXPECT_EQ(first.problems.size(), 300U) << "the network knows no fans of them";
  EXPECT_TRUE(first.problems.back().sentence.ends_with("read the source from its start for it"));
  EXPECT_EQ(first.undated.size(), 3U);
  EXPECT_EQ(read().problems.size(), 300U) << "and all come again, for their number still is another";
}

TEST_F(Town, what_is_missed_never_makes_the_cursor_too_long) {
  for (int page = 0; page < 150; ++page) {
    http.network[fmt::format("/things?q={}", page)] = {fmt::format(R"([{{"id":"{}{:0600}","fans":1}}])", page, 0),
                                                       fmt::format("</things?q={}>; rel=next", page + 1)};
  }
  http.network["/things"] = {"[]", "</things?q=0>; rel=next"};
  http.network["/things?q=150"] = {R"([{"id":"a","fans":2}])"};
  const auto first = read();
  EXPECT_EQ(first.problems.size(), 150U) << "the network knows no fans of them";
  for (const Problem& problem : first.problems) EXPECT_NE(problem.kind, ProblemKind::internal) << problem.sentence;
  EXPECT_EQ(first.undated.size(), 2U);
  EXPECT_LE(place.cursor.size(), Reading::kMostCursorBytes);
}

/// The town where each list of fans may cost ten, and costs one for each fan.
class PaidTown final : public ListConnector {
 public:
  using ListConnector::ListConnector;

 protected:
  std::int64_t price(const Errand& errand) const override { return errand.list == "fans" ? 10 : 0; }
  std::int64_t cost(const Errand& errand, std::uint64_t items) const override {
    return errand.list == "fans" ? static_cast<std::int64_t>(items) : 0;
  }
  Budget budget() const override {
    return {.most = 25,
            .window_seconds = 1'000,
            .shown = [](std::int64_t amount) { return fmt::format("{}", amount); },
            .setting = "most"};
  }
};

TEST_F(Town, an_answer_that_is_none_was_paid_too) {
  for (const char* body : {R"({"of":{"fans":7}})", "no JSON"}) {
    http.network["/fans/a"].body = body;
    place = {};
    int asked = 0;
    for (int reading = 0; reading < 4; ++reading) {
      http.asked.clear();
      PaidTown connector({"town", "ann"}, std::string(CannedTransport::kBase), {.http = http, .now = kNow}, kLists,
                         {{.list = "account"}});
      static_cast<void>(read_whole(connector, place));
      asked += static_cast<int>(std::ranges::count(http.asked, "/fans/a"));
    }
    EXPECT_EQ(asked, 2) << body << ": 10, 1 for the fan of c, 10 again; another 10 would be more than 25";
  }
}

TEST_F(Town, what_concerns_all_ends_the_reading_where_it_stands) {
  http.network["/things?p=2"].status = 401;
  const auto first = read();
  ASSERT_EQ(first.problems.size(), 1U);
  EXPECT_EQ(first.problems[0].kind, ProblemKind::unauthorized);
  EXPECT_EQ(first.undated.size(), 2U);
  http.network["/things?p=2"].status = 200;
  EXPECT_EQ(read().undated.size(), 1U);
  EXPECT_EQ(http.asked, (std::vector<std::string>{"/things?p=2", "/fans/c"})) << "it goes on";
}

TEST_F(Town, what_a_reading_missed_before_it_was_broken_off_is_asked_for_by_the_one_that_goes_on) {
  http.network["/fans/a"].status = 403;
  http.network["/things?p=2"].status = 401;
  EXPECT_EQ(read().problems.size(), 2U);
  http.network["/fans/a"].status = 200;
  http.network["/things?p=2"].status = 200;
  const auto second = read();
  EXPECT_TRUE(second.problems.empty());
  EXPECT_EQ(second.undated.size(), 3U) << "it ends as a whole one, so it must be one";
  EXPECT_EQ(http.asked, (std::vector<std::string>{"/things?p=2", "/fans/c", "/fans/a"}));
  http.network["/fans/a"].status = 403;
  http.network["/things"].body = R"([{"id":"a","fans":3}])";
  EXPECT_EQ(read().problems.size(), 1U) << "and what is still missing is said once";
}

TEST_F(Town, a_list_that_comes_empty_against_its_count_is_believed_the_second_time) {
  http.network["/fans/a"].body = R"({"of":{"fans":[]}})";
  const auto first = read();
  ASSERT_EQ(first.problems.size(), 1U);
  EXPECT_EQ(first.problems[0].sentence, "the fans of a: the network says there are 2, and gives none");
  EXPECT_TRUE(read().problems.empty());
  static_cast<void>(read());
  EXPECT_EQ(http.asked, (std::vector<std::string>{"/ann", "/things", "/things?p=2"}));
}

TEST_F(Town, a_cursor_of_another_making_is_refused) {
  for (const char* cursor :
       {"x", "lists\t1\t2\n", "lists\t1\t0\t0\ntodo\tthings\n", "lists\t1\t0\t0\nmark\ta\tb\tc\td\n",
        "lists\t1\t0\t0\nnews\ta\n", "lists\t1\t0\t0\ntodo\tfoes\ta\t\t1\t0\t\t0\n",
        "lists\t1\t0\t0\nmissed\tfoes\ta\t\t1\t0\t\t0\n", "lists\t1\t0\t0"}) {
    place.cursor = cursor;
    const auto whole = read();
    ASSERT_EQ(whole.problems.size(), 1U) << cursor;
    EXPECT_EQ(whole.problems[0].kind, ProblemKind::malformed) << cursor;
    EXPECT_TRUE(http.asked.empty());
    EXPECT_EQ(place.cursor, "") << "the next reading begins anew";
  }
}

TEST_F(Town, a_name_with_control_characters_is_bad) {
  http.network["/things"].body = R"([{"id":"a\tb","fans":2}])";
  EXPECT_NONFATAL_FAILURE(EXPECT_EQ(read().bad, 1U), "control characters");
}

TEST(ListProgress, a_cursor_says_everything_again) {
  ListProgress progress;
  progress.started = 7;
  progress.spent = 8;
  progress.spent_from = 9;
  progress.marks["fans a"] = {.count = 2, .time = 3, .in_doubt = true};
  progress.todo = {{.list = "things", .of = "ann", .whom = "w", .count = 4, .since = 5, .page = "p2", .items = 6},
                   {.list = "account"}};
  progress.missed = {{.list = "fans", .of = "ü", .count = 1}};
  EXPECT_EQ(read_cursor(write_cursor(progress)), progress);
  EXPECT_EQ(read_cursor(""), ListProgress{});
}

TEST(ListProgress, a_long_cursor_loses_the_oldest_marks) {
  ListProgress progress;
  for (int i = 0; i < 5'000; ++i) progress.marks[fmt::format("fans {}", i)] = {.count = 1, .time = i};
  const std::string cursor = write_cursor(progress);
  EXPECT_LE(cursor.size(), ListProgress::kCursorBytes);
  const auto read = read_cursor(cursor);
  EXPECT_TRUE(read->marks.contains("fans 4999"));
  EXPECT_FALSE(read->marks.contains("fans 0"));
}

TEST(Members, says_what_is_wrong_with_the_first) {
  io::JsonParser parser;
  const auto root = parser.parse(R"({"a":"","b":"12","c":1.5,"d":"2020-01-01T00:00:00Z","e":1282768580.0,"f":[]})");
  Members good(*root);
  EXPECT_EQ(good.number("b"), 12);
  EXPECT_EQ(good.time("d"), 1577836800);
  EXPECT_EQ(good.time("e"), 1282768580);
  EXPECT_TRUE(good.all_good());
  for (const auto& [member, sentence] : {std::pair("a", "'a' is empty"), std::pair("f", "'f' is an array"),
                                         std::pair("z", "'z' is missing"), std::pair("c", "'c' is no whole number")}) {
    Members bad(*root);
    static_cast<void>(bad.number(member));
    static_cast<void>(bad.number("zz"));
    EXPECT_EQ(bad.error().message, sentence);
  }
}

TEST(Members, texts_for_addresses_and_posts) {
  EXPECT_EQ(in_address("ann/to ol#1?ü"), "ann/to%20ol%231%3F%C3%BC");
  EXPECT_EQ(beginning(" one\ntwo\x7f "), "one two");
  EXPECT_EQ(beginning(std::string(400, 'x')).size(), 300U);
  EXPECT_EQ(whole_number("12a"), std::nullopt);
  EXPECT_EQ(whole_number(""), std::nullopt);
}

}  // namespace
}  // namespace renown::connect
