/// Findings, from the run that makes one to the run that goes by its pardon.
///
/// A class of twelve pupils and Ada go through one list together: eight authors, Odo among them, one a day, within
/// seconds of each other. They are no farm. The pupils also read Ada, each at a time of their own.

#include <cmath>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "api/testing.h"
#include "pipeline/people_folder.h"

namespace renown::api {
namespace {

using test::Answer;
using test::Who;

constexpr int kPupils = 12, kAuthors = 8;
constexpr std::int64_t kDay = 86'400;
constexpr const char* kClass = "We are a class. Ada reads along with us.";

class FindingTest : public ::testing::Test {
 protected:
  FindingTest() {
    write([&] {
      for (int author = 0; author < kAuthors; ++author) {
        for (int pupil = 0; pupil < kPupils; ++pupil) read_together(fmt::format("pupil{}", pupil), author, pupil);
        read_together("ada", author, kPupils);
      }
      for (int pupil = 0; pupil < kPupils; ++pupil)
        act(fmt::format("pupil{}", pupil), "ada", "p3", test::kNow - (pupil + 1) * kDay - pupil * 4'000);
    });
  }

  void read_together(std::string_view actor, int author, int second) {
    act(actor, author == 0 ? "odo" : fmt::format("author{}", author), "list",
        test::kNow - (20 + author) * kDay - author * 977 + second);
  }

  void act(std::string_view actor, std::string_view target, std::string_view post, std::int64_t time) {
    block_.push({.time = time,
                 .kind = Kind::like,
                 .network = "forum",
                 .actor = actor,
                 .target = target,
                 .post = post,
                 .id = "",
                 .tags = ""});
  }

  /// Adds to the log what `rows` writes, and waits for the run that reads it.
  template <class Rows>
  void write(const Rows& rows) {
    block_.clear();
    rows();
    auto log = log::InteractionLog::create(world_.folder(), log::TombstoneKey::random());
    ASSERT_TRUE(log) << log.error().message;
    ++imports_;
    auto import = log->begin_import({.name = "more", .digest = fmt::format("d{}", imports_), .time = test::kNow});
    ASSERT_TRUE(import) << import.error().message;
    ASSERT_TRUE(import->add(block_));
    ASSERT_TRUE(import->finish());
    run();
  }

  void run() {
    world_.instance().request_score();
    world_.wait_for_run();
  }

  static double number(io::JsonValue value) { return std::stod(std::string(value.number())); }

  double score_of(const Who& who) { return number(world_.get("/v1/people/me/score", who).json()["score"]); }

  static std::vector<io::JsonValue> items(const Answer& answer, std::string_view key = "items") {
    std::vector<io::JsonValue> all;
    for (const io::JsonValue each : answer.json()[key].elements()) all.push_back(each);
    return all;
  }

  Answer findings_of(const Who& who) { return world_.get("/v1/people/me/findings", who); }

  /// The first member of the first finding about Ada.
  std::string told_ada(std::string_view member) {
    const Answer answer = findings_of(world_.ada);
    const auto all = items(answer);
    return all.empty() ? "none" : std::string(all[0][member].text());
  }

  Answer appeal(const Who& who, std::string_view text = kClass, std::string_view finding = "1") {
    return world_.ask("POST", "/v1/people/me/appeals", who,
                      fmt::format(R"({{"finding":"{}","text":"{}"}})", finding, text));
  }

  std::string appeal_of_ada() {
    const Answer made = appeal(world_.ada);
    EXPECT_EQ(made.status, 201) << made.body;
    return std::string(made.json()["id"].text());
  }

  int answer(const std::string& appeal, std::string_view body) {
    return world_.ask("POST", "/v1/admin/appeals/" + appeal + "/answer", world_.operator_, body).status;
  }

  /// What Ada reads of her newest appeal.
  std::string state_of_appeal() {
    const Answer told = findings_of(world_.ada);
    for (const io::JsonValue finding : items(told)) {
      for (const io::JsonValue each : finding["appeals"].elements())
        return std::string(each["state"].text()) + ": " +
               std::string(each["answer"].is_null() ? "" : each["answer"].text());
    }
    return "none";
  }

  std::string audit() { return world_.get("/v1/admin/audit", world_.operator_).body; }

  test::TestInstance world_;
  model::InteractionBlock block_;
  int imports_ = 0;
};

TEST_F(FindingTest, a_person_sees_which_why_and_since_when_and_nobody_elses_name) {
  const Answer answer = findings_of(world_.ada);
  ASSERT_EQ(answer.status, 200) << answer.body;
  const auto all = items(answer);
  ASSERT_EQ(all.size(), 1U) << answer.body;
  const io::JsonValue finding = all[0];
  EXPECT_EQ(finding["id"].text(), "1");
  EXPECT_EQ(finding["state"].text(), "found");
  EXPECT_EQ(finding["engagers"].number(), "13");
  EXPECT_EQ(finding["targets"].number(), "8");
  EXPECT_TRUE(finding["since"].text().starts_with("2025-06-15T15:0"));
  EXPECT_FALSE(finding["run"].is_null());
  EXPECT_NE(finding["words"].text().find("13 people, you among them"), std::string::npos);
  const auto accounts = finding["accounts"].elements();
  ASSERT_NE(accounts.begin(), accounts.end());
  EXPECT_EQ((*accounts.begin())["account"].text(), "forum:ada");
  EXPECT_EQ(answer.body.find("pupil"), std::string::npos) << answer.body;
  EXPECT_EQ(answer.body.find("author"), std::string::npos) << answer.body;
  EXPECT_EQ(findings_of(world_.iris).body, R"({"items":[]})");
  EXPECT_EQ(findings_of(world_.odo).body, R"({"items":[]})") << "it is about who engages, not with whom";
}

TEST_F(FindingTest, is_the_persons_alone) {
  const std::string path = "/v1/people/" + world_.id_of("Ada");
  for (const Who& other : {world_.iris, world_.operator_}) {
    EXPECT_EQ(world_.get(path + "/findings", other).status, 404);
    EXPECT_EQ(world_.ask("POST", path + "/appeals", other, R"({"finding":"1","text":"x"})").status, 404);
    EXPECT_EQ(world_.ask("DELETE", path + "/appeals/1", other).status, 404);
  }
  EXPECT_EQ(world_.get("/v1/people/me/findings").status, 401);
  EXPECT_EQ(world_.get("/v1/people/me/findings", world_.key_of(world_.ada_login, "score:read")).status, 200);
  EXPECT_EQ(world_.get("/v1/people/me/findings", world_.key_of(world_.ada_login, "ledger:read")).status, 403);
  const Who key = world_.key_of(world_.ada_login, "score:read");
  EXPECT_EQ(world_.ask("POST", "/v1/people/me/appeals", key, R"({"finding":"1","text":"x"})").status, 403);
  EXPECT_EQ(appeal(world_.iris).status, 404) << "not in it";
  EXPECT_EQ(world_.get("/v1/admin/findings", world_.ada).status, 403);
}

TEST_F(FindingTest, a_pardon_gives_back_what_the_finding_was_said_to_cost) {
  const Answer before = findings_of(world_.ada);
  const io::JsonValue finding = items(before)[0];
  const double points = number(finding["points"]), promised = number(finding["score_if_pardoned"]);
  const double ada = score_of(world_.ada), odo = score_of(world_.odo);
  EXPECT_EQ(number(finding["score"]), ada);
  ASSERT_GT(points, 0.5) << before.body;
  EXPECT_NE(world_.get("/v1/people/me/reasons", world_.odo).body.find(R"("code":"farm")"), std::string::npos);

  const std::string appeal = appeal_of_ada();
  EXPECT_EQ(state_of_appeal(), "open: ");
  run();
  EXPECT_EQ(score_of(world_.ada), ada) << "an appeal by itself moves nothing";
  ASSERT_EQ(answer(appeal, R"({"verdict":"pardon","covers":"all","answer":"You are a class."})"), 204);
  EXPECT_EQ(state_of_appeal(), "pardoned: You are a class.");
  world_.wait_for_run();
  EXPECT_EQ(score_of(world_.ada), promised);
  EXPECT_NEAR(score_of(world_.ada) - ada, points, 1e-9);
  EXPECT_GT(score_of(world_.odo), odo) << "what they gave to others counts again";
  EXPECT_EQ(told_ada("state"), "pardoned");
  EXPECT_EQ(world_.get("/v1/people/me/reasons", world_.odo).body.find(R"("code":"farm")"), std::string::npos);

  const Answer pardons = world_.get("/v1/admin/pardons", world_.operator_);
  ASSERT_EQ(items(pardons).size(), 1U) << pardons.body;
  EXPECT_EQ(items(pardons)[0]["accounts_count"].number(), "13");
  const std::string withdraw = "/v1/admin/pardons/" + std::string(items(pardons)[0]["id"].text()) + "/withdraw";
  EXPECT_EQ(world_.ask("POST", withdraw, world_.operator_, R"({"answer":"It was a hoax."})").status, 204);
  EXPECT_EQ(world_.ask("POST", withdraw, world_.operator_, R"({"answer":"Again."})").status, 404);
  world_.wait_for_run();
  EXPECT_EQ(score_of(world_.ada), ada);
  EXPECT_EQ(score_of(world_.odo), odo);
  EXPECT_EQ(told_ada("id"), "1") << "it is the finding that it was";
  EXPECT_EQ(told_ada("state"), "found");
  EXPECT_EQ(state_of_appeal(), "revoked: It was a hoax.");
  for (const char* line : {"appeal made", "appeal pardoned", "pardon withdrawn"})
    EXPECT_NE(audit().find(line), std::string::npos) << line;
}

TEST_F(FindingTest, the_command_line_goes_by_the_same_list) {
  ASSERT_EQ(answer(appeal_of_ada(), R"({"verdict":"pardon","covers":"all","answer":"You are a class."})"), 204);
  pipeline::ScoreRequest request;
  request.data_folder = world_.folder();
  const auto lists = pipeline::load_lists(request);
  ASSERT_TRUE(lists) << lists.error().message;
  EXPECT_EQ(lists->pardoned.size(), 13U);
  EXPECT_TRUE(lists->pardoned.contains({"forum", "ada"}));
  ASSERT_TRUE(lists->folder_pardon);
  EXPECT_EQ(lists->folder_pardon->entries, 13U);
}

TEST_F(FindingTest, a_pardon_may_cover_whoever_appealed_alone) {
  ASSERT_EQ(answer(appeal_of_ada(), R"({"verdict":"pardon","answer":"You are their teacher."})"), 204);
  world_.wait_for_run();
  EXPECT_EQ(told_ada("state"), "pardoned");
  const Answer left = world_.get("/v1/admin/findings", world_.operator_);
  ASSERT_EQ(items(left).size(), 1U) << left.body;
  EXPECT_EQ(items(left)[0]["id"].text(), "1");
  EXPECT_EQ(items(left)[0]["engagers"].number(), "12");
}

TEST_F(FindingTest, an_appeal_is_upheld_with_a_sentence_and_there_may_be_another) {
  const std::string first = appeal_of_ada();
  EXPECT_EQ(appeal(world_.ada).status, 400) << "one at a time";
  EXPECT_EQ(answer(first, R"({"verdict":"uphold"})"), 400);
  EXPECT_EQ(answer(first, R"({"verdict":"uphold","answer":"  "})"), 400);
  EXPECT_EQ(answer(first, R"({"verdict":"perhaps","answer":"Well."})"), 400);
  EXPECT_EQ(answer(first, R"({"verdict":"pardon","covers":"everybody","answer":"Well."})"), 400);
  EXPECT_EQ(answer("99", R"({"verdict":"uphold","answer":"No."})"), 404);
  EXPECT_EQ(state_of_appeal(), "open: ");
  EXPECT_EQ(answer(first, R"({"verdict":"uphold","answer":"The list is sold."})"), 204);
  EXPECT_EQ(answer(first, R"({"verdict":"pardon","answer":"Oh well."})"), 404) << "it was answered";
  EXPECT_EQ(state_of_appeal(), "upheld: The list is sold.");
  EXPECT_EQ(items(world_.get("/v1/admin/pardons", world_.operator_)).size(), 0U);
  const Answer second = appeal(world_.ada, "It is not.");
  ASSERT_EQ(second.status, 201) << second.body;
  const std::string path = "/v1/people/me/appeals/" + std::string(second.json()["id"].text());
  EXPECT_EQ(world_.ask("DELETE", path, world_.iris).status, 404);
  EXPECT_EQ(world_.ask("DELETE", path, world_.ada).status, 204);
  EXPECT_EQ(world_.ask("DELETE", path, world_.ada).status, 404);
  EXPECT_EQ(state_of_appeal(), "withdrawn: ");
}

TEST_F(FindingTest, an_appeal_has_a_bounded_text_and_a_finding_that_is_there) {
  EXPECT_EQ(appeal(world_.ada, "").status, 400);
  EXPECT_EQ(appeal(world_.ada, std::string(4001, 'a')).status, 400);
  EXPECT_EQ(appeal(world_.ada, "x", "2").status, 404);
  EXPECT_EQ(appeal(world_.ada, "x", "one").status, 404);
  EXPECT_EQ(world_.ask("POST", "/v1/people/me/appeals", world_.ada, R"({"text":"x"})").status, 400);
  EXPECT_EQ(world_.ask("POST", "/v1/people/me/appeals", world_.ada, "[]").status, 400);
  const http::Headers key = {{"Idempotency-Key", "k"}};
  const std::string body = fmt::format(R"({{"finding":"1","text":"{}"}})", kClass);
  const Answer once = world_.ask("POST", "/v1/people/me/appeals", world_.ada, body, key);
  EXPECT_EQ(once.status, 201) << once.body;
  EXPECT_EQ(world_.ask("POST", "/v1/people/me/appeals", world_.ada, body, key).body, once.body)
      << "sent twice, made once";
}

TEST_F(FindingTest, operators_see_whoever_waits_first_and_what_it_costs) {
  const Answer before = world_.get("/v1/admin/findings", world_.operator_);
  ASSERT_EQ(items(before).size(), 1U) << before.body;
  const io::JsonValue finding = items(before)[0];
  EXPECT_EQ(finding["accounts_count"].number(), "13");
  EXPECT_EQ((*finding["accounts"].elements().begin())["name"].text(), "Ada") << "people here come first";
  EXPECT_EQ(finding["cost"]["people"].number(), "3") << "Ada and Odo by the class, Iris by Ada";
  EXPECT_GT(number(finding["cost"]["most_points"]), 0.5);
  appeal_of_ada();
  const Answer after = world_.get("/v1/admin/findings", world_.operator_);
  const io::JsonValue waiting = *items(after)[0]["appeals"].elements().begin();
  EXPECT_EQ(waiting["name"].text(), "Ada");
  EXPECT_EQ(waiting["text"].text(), kClass);
  EXPECT_EQ(waiting["state"].text(), "open");
}

TEST_F(FindingTest, a_whole_finding_is_pardoned_with_whoever_appealed) {
  appeal_of_ada();
  EXPECT_EQ(world_.ask("POST", "/v1/admin/findings/9/pardon", world_.operator_, R"({"answer":"A class."})").status,
            404);
  EXPECT_EQ(world_.ask("POST", "/v1/admin/findings/1/pardon", world_.operator_, "{}").status, 400);
  EXPECT_EQ(world_.ask("POST", "/v1/admin/findings/1/pardon", world_.operator_, R"({"answer":"A class."})").status,
            204);
  EXPECT_EQ(state_of_appeal(), "pardoned: A class.");
  world_.wait_for_run();
  EXPECT_EQ(world_.get("/v1/admin/findings", world_.operator_).body, R"({"items":[]})");
  EXPECT_NE(audit().find("finding pardoned"), std::string::npos);
}

TEST_F(FindingTest, an_appeal_is_not_lost_when_the_group_changes_or_is_found_no_more) {
  const std::string appeal = appeal_of_ada();
  write([&] {
    for (int author = 0; author < kAuthors; ++author) {
      read_together("newcomer", author, 30);
      read_together("latecomer", author, 40);
    }
  });
  EXPECT_EQ(told_ada("id"), "1");
  EXPECT_EQ(state_of_appeal(), "open: ");
  write([&] {  // the authors answer: nobody is searched who is answered
    for (int author = 0; author < kAuthors; ++author) {
      for (const std::string& reader : {std::string("ada"), std::string("newcomer"), std::string("latecomer")})
        act(author == 0 ? "odo" : fmt::format("author{}", author), reader, "a", test::kNow - kDay - author);
      for (int pupil = 0; pupil < kPupils; ++pupil)
        act(author == 0 ? "odo" : fmt::format("author{}", author), fmt::format("pupil{}", pupil), "a",
            test::kNow - kDay - author);
    }
  });
  EXPECT_EQ(told_ada("state"), "gone");
  const Answer waiting = world_.get("/v1/admin/findings", world_.operator_);
  ASSERT_EQ(items(waiting).size(), 1U) << waiting.body;
  EXPECT_EQ(items(waiting)[0]["state"].text(), "gone");
  EXPECT_TRUE(items(waiting)[0]["engagers"].is_null());
  EXPECT_EQ(answer(appeal, R"({"verdict":"pardon","covers":"all","answer":"You are a class."})"), 404);
  EXPECT_EQ(answer(appeal, R"({"verdict":"pardon","answer":"You are a class."})"), 204);
  EXPECT_EQ(state_of_appeal(), "pardoned: You are a class.");
}

TEST_F(FindingTest, who_is_erased_leaves_no_appeal_and_no_pardon) {
  ASSERT_EQ(answer(appeal_of_ada(), R"({"verdict":"pardon","covers":"all","answer":"Ada teaches them."})"), 204);
  world_.wait_for_run();
  const Answer taken_along = world_.get("/v1/people/me/export", world_.ada);
  EXPECT_NE(taken_along.body.find(kClass), std::string::npos);
  const io::JsonValue pardon = *taken_along.json()["person"]["pardons"].elements().begin();
  for (const io::JsonValue account : pardon["accounts"].elements())
    EXPECT_EQ(account["account"].text(), "ada") << "of others in it nothing";
  ASSERT_EQ(world_.ask("DELETE", "/v1/people/me", world_.ada, R"({"name":"Ada"})").status, 200);
  world_.wait_for_run();
  for (const char* file : {"/people.sqlite", "/points.sqlite", "/service.sqlite"}) {
    for (const char* trace : {"We are a class", "Ada teaches"})
      EXPECT_EQ(io::testing::read_file(world_.folder() + file).find(trace), std::string::npos) << file << " " << trace;
  }
  const Answer pardons = world_.get("/v1/admin/pardons", world_.operator_);
  ASSERT_EQ(items(pardons).size(), 1U);
  EXPECT_EQ(items(pardons)[0]["accounts_count"].number(), "12");
}

}  // namespace
}  // namespace renown::api
