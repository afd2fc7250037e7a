#include "evaluate/exam.h"

#include <algorithm>
#include <cmath>
#include <string>

#include <gtest/gtest.h>

#include "base/hash.h"
#include "evaluate/exam_json.h"
#include "evaluate/testing.h"

namespace renown::evaluate {
namespace {

constexpr auto kReposters = static_cast<std::size_t>(Outcome::reposters);

/// Ten days in which person p of 20 is reposted by p different people a day, half of them the same ones every day.
std::vector<TestRow> steady_town() {
  std::vector<TestRow> rows;
  for (int day = 0; day < 10; ++day) {
    for (int person = 1; person <= 20; ++person) {
      for (int fan = 0; fan < person; ++fan) {
        const int number = fan % 2 == 0 ? fan : 100 * (day + 1) + fan;
        rows.push_back({"fan" + std::to_string(number), "p" + std::to_string(person), day + 0.04 * fan, Kind::repost});
      }
    }
  }
  return rows;
}

/// 600 reposts among 60 fans and 20 people, drawn once and for all.
std::vector<TestRow> busy_town() {
  std::vector<TestRow> rows;
  for (std::uint64_t i = 0; i < 600; ++i) {
    const std::uint64_t draw = base::mix64(i + 1);
    rows.push_back({"fan" + std::to_string(draw % 60), "p" + std::to_string((draw >> 8) % 20),
                    static_cast<double>(i) / 61.0, Kind::repost});
  }
  return rows;
}

ExamRequest small_request() {
  ExamRequest request;
  request.splits = {{"5", test_time(5), test_time(10)}};
  request.verified_shares = {0.5};
  request.draws = 2;
  request.baselines = {"engagers", "own-activity"};
  request.bootstrap = 10;
  request.move_days = 2;
  return request;
}

Result<ExamReport> exam(const std::vector<TestRow>& rows, const ExamRequest& request,
                        const pipeline::LoadedLists& lists = {}) {
  pipeline::NoProgress progress;
  return run_exam(test_events(rows), lists, test_model(), request, progress);
}

TEST(Exam, of_a_town_where_tomorrow_is_like_yesterday) {
  const auto report = exam(steady_town(), small_request());
  ASSERT_TRUE(report);
  ASSERT_EQ(report->models.size(), 2u);
  EXPECT_EQ(report->models[0].name, "50 % verified");
  EXPECT_EQ(report->models[0].model.verified_share, 0.5);
  EXPECT_EQ(report->models[1].name, "unprotected");
  ASSERT_EQ(report->splits.size(), 1u);
  const SplitReport& split = report->splits[0];
  EXPECT_EQ(split.people, 20u);
  EXPECT_EQ(split.with_outcome[kReposters], 20u);
  EXPECT_EQ(split.acts_before, 5u * 210u);
  EXPECT_EQ(split.acts_after, 5u * 210u);
  const auto& scores = split.comparison.candidates;
  ASSERT_EQ(scores.size(), 4u);
  EXPECT_EQ(scores[0].draws.size(), 2u);
  EXPECT_EQ(scores[1].draws.size(), 1u);
  EXPECT_NEAR(*scores[2].figures[kReposters][0].value, 1.0, 1e-12);  // distinct engagers
  EXPECT_GT(*scores[1].figures[kReposters][0].value, 0.98);
  EXPECT_FALSE(scores[3].figures[kReposters][0].value);  // nobody of the population ever acted: all equal
  EXPECT_EQ(split.comparison.differences.size(), 4u);
  ASSERT_EQ(report->moves.size(), 2u);
  EXPECT_EQ(report->moves[0].days, 2u);
  EXPECT_EQ(report->moves[0].from, test_time(3));
  EXPECT_TRUE(report->networks.empty());
  EXPECT_FALSE(split.r2_followers[0]);
}

TEST(Exam, examines_the_list_of_the_operator_first) {
  // p1, who is engaged with by one fan a day, is all that the verified people care for: by the list p1 leads.
  std::vector<TestRow> rows = steady_town();
  pipeline::LoadedLists lists;
  lists.verified = AccountSet{};
  for (const char* name : {"v1", "v2", "v3", "v4", "v5"}) {
    rows.push_back({name, "p1", 4});
    lists.verified->insert({"n", name});
  }
  ExamRequest request = small_request();
  request.verified_shares = {};
  const auto report = exam(rows, request, lists);
  ASSERT_TRUE(report);
  ASSERT_EQ(report->models.size(), 2u);
  EXPECT_EQ(report->models[0].name, "verified list");
  EXPECT_EQ(report->models[1].name, "unprotected");
  const auto& scores = report->splits[0].comparison.candidates;
  EXPECT_LT(*scores[0].figures[kReposters][0].value, 0.95);
  EXPECT_GT(*scores[1].figures[kReposters][0].value, 0.98);
}

TEST(Exam, draws_other_people_for_each_draw) {
  ExamRequest request = small_request();
  request.verified_shares = {0.1};
  const auto report = exam(busy_town(), request);
  const auto& draws = report->splits[0].comparison.candidates[0].draws;
  ASSERT_EQ(draws.size(), 2u);
  EXPECT_NE(draws[0][kReposters][0], draws[1][kReposters][0]);
}

TEST(Exam, draws_verified_people_from_what_was_known_at_the_split) {
  std::vector<TestRow> rows = busy_town();
  ExamRequest request = small_request();
  request.enrolment = Enrolment::spread;
  request.verified_shares = {0.2};
  request.move_days = 0;
  const auto figures = [&] {
    const auto report = exam(rows, request);
    std::vector<std::optional<double>> result;
    for (const auto& measures : report->splits[0].comparison.candidates[0].figures) {
      for (const Estimate& estimate : measures) result.push_back(estimate.value);
    }
    return result;
  };
  const auto wanted = figures();
  for (int i = 0; i < 300; ++i) rows.push_back({"late" + std::to_string(i), "newcomer" + std::to_string(i % 7), 5.5});
  EXPECT_EQ(figures(), wanted);
}

TEST(Exam, says_how_far_followers_explain_points) {
  std::vector<TestRow> rows = steady_town();
  for (int person = 1; person <= 20; ++person) {
    for (int fan = 0; fan < person * person; ++fan)
      rows.push_back({"f" + std::to_string(fan), "p" + std::to_string(person), 1, Kind::follow});
  }
  const auto report = exam(rows, small_request());
  ASSERT_TRUE(report);
  const score::ScoreRun run = pipeline::score_events(test_events(rows), {}, test_model(), test_time(5), 1);
  std::vector<double> points, log_followers;
  for (int person = 1; person <= 20; ++person) {
    const auto& score = run.cards[test_person(run.log, "p" + std::to_string(person))].score;
    if (!score) continue;
    points.push_back(*score);
    log_followers.push_back(std::log(1.0 + person * person));
  }
  EXPECT_GE(points.size(), 18u);
  ASSERT_EQ(report->splits[0].r2_followers.size(), 2u);
  EXPECT_NEAR(*report->splits[0].r2_followers[1], *r_squared(points, log_followers), 1e-9);
}

TEST(Exam, needs_somebody_before_and_something_after_a_split) {
  ExamRequest request = small_request();
  const auto nobody = exam({{"a", "x", 0, Kind::post}, {"b", "x", 6}}, request);
  ASSERT_FALSE(nobody);
  EXPECT_EQ(nobody.error().code, ErrorCode::not_enough_data);
  EXPECT_NE(nobody.error().message.find("split 5"), std::string::npos) << nobody.error().message;
  const auto nothing = exam({{"a", "x", 0}, {"b", "y", 6}}, request);
  ASSERT_FALSE(nothing);
  EXPECT_EQ(nothing.error().code, ErrorCode::not_enough_data);
  EXPECT_NE(nothing.error().message.find("none of the 1 people"), std::string::npos) << nothing.error().message;
}

TEST(Exam, has_the_same_report_for_any_number_of_threads_and_order_of_rows) {
  std::vector<TestRow> rows = steady_town();
  ExamRequest request = small_request();
  const auto text = [&] {
    const auto report = exam(rows, request);
    return report ? exam_json(*report, request, {}, {}, "test") : "no report";
  };
  const std::string wanted = text();
  EXPECT_GT(wanted.size(), 1000u);
  std::ranges::reverse(rows);
  request.threads = 3;
  EXPECT_EQ(text(), wanted);
  request.seed = 2;
  EXPECT_NE(text(), wanted);
}

TEST(NetworkAgreement, compares_people_on_both_networks) {
  // Person k has k fans on n and k, or 4 - k, on m.
  const auto rows = [](bool alike) {
    std::vector<TestRow> result;
    for (int person = 1; person <= 3; ++person) {
      for (int fan = 0; fan < person; ++fan)
        result.push_back({"f" + std::to_string(fan), "p" + std::to_string(person), 1});
      for (int fan = 0; fan < (alike ? person : 4 - person); ++fan)
        result.push_back({"f" + std::to_string(fan), "q" + std::to_string(person), 1, Kind::like, "", "m"});
    }
    return result;
  };
  pipeline::LoadedLists lists;
  for (const char* number : {"1", "2", "3"}) {
    lists.people[{"n", std::string("p") + number}] = std::string("Person ") + number;
    lists.people[{"m", std::string("q") + number}] = std::string("Person ") + number;
  }
  lists.people[{"n", "f0"}] = lists.people[{"m", "f0"}] = "Fan";  // acts on both, and is engaged with on neither
  for (const bool alike : {true, false}) {
    const auto agreement = network_agreement(test_events(rows(alike)), lists, test_model(), test_time(2), 1);
    ASSERT_EQ(agreement.size(), 1u);
    EXPECT_EQ(agreement[0].first, "m");
    EXPECT_EQ(agreement[0].second, "n");
    EXPECT_EQ(agreement[0].people, 3u);
    EXPECT_NEAR(*agreement[0].spearman, alike ? 1.0 : -1.0, 1e-12);
  }
  EXPECT_TRUE(network_agreement(test_events(rows(true)), {}, test_model(), test_time(2), 1).empty());
}

TEST(NetworkAgreement, a_person_verified_on_one_network_is_verified_on_all) {
  // On both networks x1 is engaged with by Ada, whom only n verifies, and x2 by two unverified people: without Ada's
  // verification on m, x2 would lead there.
  std::vector<TestRow> rows;
  for (const char* network : {"n", "m"}) {
    rows.push_back({"ada", "x1", 1, Kind::like, "", network});
    for (const char* other : {"b", "c"}) rows.push_back({other, "x2", 1, Kind::like, "", network});
    for (const char* other : {"b", "c"}) rows.push_back({other, "x1", 1, Kind::like, "", network});
    rows.push_back({"d", "x2", 1, Kind::like, "", network});
    rows.push_back({"e", "x2", 1, Kind::like, "", network});
  }
  pipeline::LoadedLists lists;
  for (const char* network : {"n", "m"}) {
    lists.people[{network, "ada"}] = "Ada";
    lists.people[{network, "x1"}] = "First";
    lists.people[{network, "x2"}] = "Second";
  }
  lists.verified = AccountSet{{"n", "ada"}};
  const auto agreement = network_agreement(test_events(rows), lists, test_model(), test_time(2), 1);
  ASSERT_EQ(agreement.size(), 1u);
  EXPECT_NEAR(*agreement[0].spearman, 1.0, 1e-12);
}

}  // namespace
}  // namespace renown::evaluate
