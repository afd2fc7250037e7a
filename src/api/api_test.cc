/// The resources together, on one small instance: who sees what, and that what is told adds up.

#include <cmath>
#include <set>

#include <gtest/gtest.h>

#include "api/testing.h"
#include "score/explain.h"

namespace renown::api {
namespace {

using test::Answer;
using test::Who;

class ApiTest : public ::testing::Test {
 protected:
  test::TestInstance world_;

  double number(io::JsonValue value) const { return std::stod(std::string(value.number())); }
};

TEST_F(ApiTest, a_person_sees_the_card_and_others_see_nobody) {
  const Answer own = world_.get("/v1/people/me/score", world_.ada);
  ASSERT_EQ(own.status, 200) << own.body;
  EXPECT_EQ(own.json()["state"].text(), "scored");
  EXPECT_EQ(own.json()["protection"].text(), "verified");
  EXPECT_EQ(own.json()["reach"].number(), "12");
  EXPECT_GT(number(own.json()["bound_score"]), number(own.json()["score"]));
  const std::string path = "/v1/people/" + world_.id_of("Ada");
  EXPECT_EQ(world_.get(path + "/score", world_.ada).body, own.body);
  for (const Who& stranger : {Who{}, world_.iris}) {
    EXPECT_EQ(world_.get(path, stranger).status, 404);
    EXPECT_EQ(world_.get(path + "/score", stranger).body, R"({"state":"unscored"})");
    EXPECT_EQ(world_.get(path + "/history", stranger).status, 404);
  }
  EXPECT_EQ(world_.get("/v1/people/me/score").status, 404);
  EXPECT_EQ(world_.get(path, world_.operator_).status, 200);
}

/// Unknown, without enough data, opted out and private are one answer, to the byte.
TEST_F(ApiTest, whoever_is_not_shown_is_unscored) {
  const std::string unknown = world_.get("/v1/people/999/score").body;
  for (const char* name : {"Ada", "Iris", "Odo"})
    EXPECT_EQ(world_.get("/v1/people/" + world_.id_of(name) + "/score").body, unknown);
  const Answer few = world_.get("/v1/people/me/score", world_.iris);
  EXPECT_EQ(few.json()["state"].text(), "not_enough_data");
  EXPECT_TRUE(few.json()["score"].is_null());
  EXPECT_EQ(few.json()["missing"].number(), "1");
}

TEST_F(ApiTest, a_card_is_shown_to_whom_the_person_says) {
  const std::string path = "/v1/people/" + world_.id_of("Ada") + "/score";
  const auto set = [&](const char* body) {
    return world_.ask("PATCH", "/v1/people/me/preferences", world_.ada, body).status;
  };
  EXPECT_EQ(set(R"({"audience":"members"})"), 200);
  EXPECT_EQ(world_.get(path, world_.iris).json()["state"].text(), "scored");
  EXPECT_EQ(world_.get(path).json()["state"].text(), "unscored");
  EXPECT_EQ(set(R"({"is_public":true,"on_board":true})"), 200);
  const Answer shown = world_.get(path);
  EXPECT_EQ(shown.json()["state"].text(), "scored");
  EXPECT_TRUE(shown.json()["hidden"].is_missing());  // what is the person's own stays so
  EXPECT_EQ(world_.get("/v1/board").json()["items"].elements().begin() ==
                world_.get("/v1/board").json()["items"].elements().end(),
            false);
  EXPECT_EQ(set(R"({"audience":"moon"})"), 400);
  EXPECT_EQ(world_.ask("POST", "/v1/people/me/opt-out", world_.ada, "{}").status, 200);
  EXPECT_EQ(world_.get(path).json()["state"].text(), "unscored");
  EXPECT_EQ(world_.get(path, world_.ada).json()["state"].text(), "unscored");
  EXPECT_EQ(world_.ask("POST", "/v1/people/me/opt-out", world_.ada, R"({"opted_out":false})").status, 200);
  world_.wait_for_run();
  EXPECT_EQ(world_.get(path, world_.ada).json()["state"].text(), "scored");
}

TEST_F(ApiTest, the_ledger_adds_up_page_by_page_and_is_the_persons_alone) {
  const double raw = number(world_.get("/v1/people/me/score", world_.ada).json()["raw"]);
  double sum = 0.0;
  std::set<std::string> engagers;
  std::string cursor;
  for (int pages = 0; pages < 10; ++pages) {
    const Answer page =
        world_.get("/v1/people/me/ledger?limit=5" + (cursor.empty() ? "" : "&cursor=" + cursor), world_.ada);
    ASSERT_EQ(page.status, 200) << page.body;
    for (const io::JsonValue line : page.json()["items"].elements()) {
      sum += number(line["part"]);
      engagers.emplace(line["engager"].text());
    }
    if (page.json()["next"].is_null()) break;
    cursor = page.json()["next"].text();
  }
  EXPECT_EQ(engagers.size(), 12U);
  EXPECT_NEAR(sum, raw, raw * 1e-9);
  for (const Who& other : {world_.iris, world_.operator_})
    EXPECT_EQ(world_.get("/v1/people/" + world_.id_of("Ada") + "/ledger", other).status, 404);
  EXPECT_EQ(world_.get("/v1/people/me/ledger").status, 401);
  EXPECT_EQ(world_.get("/v1/people/me/ledger?cursor=abc", world_.ada).status, 400);
}

TEST_F(ApiTest, a_key_opens_what_it_was_made_for) {
  const Who reads = world_.key_of(world_.ada_login, "score:read");
  EXPECT_EQ(world_.get("/v1/people/me/score", reads).json()["state"].text(), "scored");
  EXPECT_EQ(world_.get("/v1/people/me/ledger", reads).status, 403);
  EXPECT_EQ(world_.get("/v1/keys", reads).status, 403);
  EXPECT_EQ(world_.get("/v1/people/me/ledger", world_.key_of(world_.ada_login, "ledger:read")).status, 200);
  EXPECT_EQ(world_.get("/v1/people/me/score", Who{.key = "rnk_12345678_none"}).status, 401);
  EXPECT_EQ(world_.get("/v1/people/" + world_.id_of("Odo"), reads).status, 404);
}

TEST_F(ApiTest, a_session_needs_its_csrf_token_to_change_anything) {
  const Who forged{world_.ada.cookie, "", ""};
  const Who of_another{world_.ada.cookie, world_.iris.csrf, ""};
  for (const Who& who : {forged, of_another}) {
    EXPECT_EQ(world_.ask("PATCH", "/v1/people/me/preferences", who, "{}").status, 403);
    EXPECT_EQ(world_.ask("DELETE", "/v1/people/me", who, R"({"name":"Ada"})").status, 403);
  }
  EXPECT_EQ(world_.get("/v1/people/me", forged).status, 200);
}

TEST_F(ApiTest, logs_in_by_link_once_and_by_password) {
  const auto link = world_.access().links().make_log_in(world_.ada_login, test::kNow);
  ASSERT_TRUE(link);
  const std::string body = fmt::format(R"({{"link":"{}"}})", link->token);
  const Answer in = world_.ask("POST", "/v1/session", {}, body);
  ASSERT_EQ(in.status, 200) << in.body;
  const std::string cookie(in.headers.find("Set-Cookie").value_or(""));
  EXPECT_NE(cookie.find("HttpOnly"), std::string::npos);
  EXPECT_NE(cookie.find("SameSite=Lax"), std::string::npos);
  const std::string token = cookie.substr(cookie.find('=') + 1, cookie.find(';') - cookie.find('=') - 1);
  EXPECT_EQ(world_.get("/v1/session", {token, "", ""}).json()["name"].text(), "Ada");
  EXPECT_EQ(world_.ask("POST", "/v1/session", {}, body).status, 401);
  EXPECT_EQ(world_.get("/v1/session").json()["role"].text(), "anonymous");
  const Who session{token, std::string(in.json()["csrf"].text()), ""};
  EXPECT_EQ(world_.ask("DELETE", "/v1/session", session).status, 204);
  EXPECT_EQ(world_.get("/v1/people/me", {token, "", ""}).status, 404);
}

TEST_F(ApiTest, ten_tries_a_minute) {
  for (int i = 0; i < 10; ++i)
    EXPECT_EQ(world_.ask("POST", "/v1/session", {}, R"({"link":"no such token"})").status, 401);
  const Answer late = world_.ask("POST", "/v1/session", {}, R"({"link":"no such token"})");
  EXPECT_EQ(late.status, 429);
  EXPECT_TRUE(late.headers.find("Retry-After"));
  world_.steady() = 61.0;
  EXPECT_EQ(world_.ask("POST", "/v1/session", {}, R"({"link":"no such token"})").status, 401);
}

TEST_F(ApiTest, an_invitation_makes_a_person_for_whom_a_verified_inviter_vouches) {
  const Answer made = world_.ask("POST", "/v1/invitations", world_.iris, R"({"name":"Nell"})");
  ASSERT_EQ(made.status, 201) << made.body;
  const std::string url(made.json()["url"].text());
  ASSERT_TRUE(url.starts_with("https://renown.example/join/"));
  const std::string token = url.substr(url.rfind('/') + 1);
  EXPECT_EQ(world_.get("/v1/invitations/open/" + token).json()["from"].text(), "Iris");
  const std::string body = fmt::format(R"({{"invitation":"{}","name":"Nell","password":"a long password"}})", token);
  const Answer in = world_.ask("POST", "/v1/enrolments", {}, body);
  ASSERT_EQ(in.status, 201) << in.body;
  const auto directory = world_.instance().directory();
  const auto* nell = directory->named("Nell");
  ASSERT_NE(nell, nullptr);
  EXPECT_EQ(nell->verified, people::VerifiedBy::invitation);
  EXPECT_EQ(world_.ask("POST", "/v1/enrolments", {}, body).status, 404);
  const Answer by_name = world_.ask("POST", "/v1/session", {}, R"({"name":"nell","password":"a long password"})");
  EXPECT_EQ(by_name.status, 200) << by_name.body;
}

TEST_F(ApiTest, a_name_that_is_taken_uses_up_no_invitation) {
  const Answer made = world_.ask("POST", "/v1/invitations", world_.iris, "{}");
  const std::string url(made.json()["url"].text());
  const std::string token = url.substr(url.rfind('/') + 1);
  const auto body = [&](const char* name) {
    return fmt::format(R"({{"invitation":"{}","name":"{}","password":"a long password"}})", token, name);
  };
  EXPECT_EQ(world_.ask("POST", "/v1/enrolments", {}, body("Ada")).status, 400);
  EXPECT_EQ(world_.ask("POST", "/v1/enrolments", {}, body("Nell")).status, 201);
}

TEST_F(ApiTest, a_look_up_needs_consent_and_is_written_down) {
  const Who asker = world_.key_of(world_.operator_login, "lookup", "Hotel");
  const std::string path = "/v1/lookup?network=forum&account=ada&purpose=support";
  const std::string unscored = R"({"outcome":"unscored","card":null,"stale_since":null})";
  EXPECT_EQ(world_.get(path, asker).body, unscored);
  EXPECT_EQ(world_.get("/v1/lookup?network=forum&account=nobody&purpose=support", asker).body, unscored);
  EXPECT_EQ(world_.get("/v1/lookup?network=forum&account=ada&purpose=credit", asker).status, 400);
  EXPECT_EQ(world_.get("/v1/lookup?purpose=support", asker).status, 400);
  ASSERT_EQ(world_.ask("POST", "/v1/people/me/consents", world_.ada, R"({"asker":"Hotel","purpose":"support"})").status,
            201);
  const Answer told = world_.get(path, asker);
  EXPECT_EQ(told.json()["outcome"].text(), "score");
  EXPECT_EQ(told.json()["card"]["state"].text(), "scored");
  EXPECT_EQ(world_.get("/v1/lookup?network=forum&account=ada&purpose=marketing", asker).body, unscored);
  const Answer many = world_.ask("POST", "/v1/lookups", asker,
                                 R"({"purpose":"support","ids":["forum:nobody","forum:ada","forum:odo"]})");
  ASSERT_EQ(many.status, 200) << many.body;
  std::string outcomes;
  for (const io::JsonValue each : many.json()["items"].elements())
    outcomes += std::string(each["outcome"].text()) + " ";
  EXPECT_EQ(outcomes, "unscored score unscored ");
  std::size_t seen = 0;
  const Answer log = world_.get("/v1/people/me/lookups", world_.ada);
  for (const io::JsonValue line : log.json()["items"].elements()) {
    EXPECT_EQ(line["asker"].text(), "Hotel");
    ++seen;
  }
  EXPECT_EQ(seen, 4U);  // one refused for its purpose was none
}

TEST_F(ApiTest, a_what_if_is_exact_and_the_reasons_are_the_persons) {
  const Answer nothing = world_.ask("POST", "/v1/people/me/what-if", world_.ada, R"({"without":{}})");
  ASSERT_EQ(nothing.status, 200) << nothing.body;
  EXPECT_EQ(number(nothing.json()["before"]["raw"]), number(nothing.json()["after"]["raw"]));
  const Answer less =
      world_.ask("POST", "/v1/people/me/what-if", world_.ada, R"({"without":{"engagers":["forum:iris"]}})");
  EXPECT_EQ(less.json()["after"]["reach"].number(), "11");
  EXPECT_LT(number(less.json()["after"]["raw"]), number(less.json()["before"]["raw"]));
  for (const char* bad : {R"({})", R"({"without":{"posts":7}})", R"([])", "{"})
    EXPECT_EQ(world_.ask("POST", "/v1/people/me/what-if", world_.ada, bad).status, 400) << bad;
  EXPECT_EQ(world_.get("/v1/people/" + world_.id_of("Ada") + "/reasons", world_.operator_).status, 404);
  const Answer reasons = world_.get("/v1/people/me/reasons", world_.ada);
  EXPECT_EQ(reasons.status, 200);
  EXPECT_NE(reasons.body.find("\"verified_people\""), std::string::npos);
}

TEST_F(ApiTest, engagers_who_do_not_show_themselves_have_a_pseudonym_for_each_viewer) {
  const auto names = [&](const Who& who) {
    std::set<std::string> ids;
    const Answer answer = world_.get("/v1/people/" + world_.id_of("Ada") + "/influence", who);
    for (const io::JsonValue peer : answer.json()["influenced"].elements()) {
      ids.emplace(peer["id"].text());
      EXPECT_TRUE(peer["name"].is_null()) << answer.body;
    }
    EXPECT_EQ(answer.body.find("reader"), std::string::npos);
    return ids;
  };
  ASSERT_EQ(world_.ask("PATCH", "/v1/people/me/preferences", world_.ada, R"({"is_public":true})").status, 200);
  const auto to_ada = names(world_.ada);
  EXPECT_EQ(to_ada.size(), 12U);
  EXPECT_EQ(names(world_.ada), to_ada);
  EXPECT_NE(names(world_.odo), to_ada);
  ASSERT_EQ(world_.ask("PATCH", "/v1/people/me/preferences", world_.iris, R"({"audience":"members"})").status, 200);
  const Answer after = world_.get("/v1/people/me/influence", world_.ada);
  EXPECT_NE(after.body.find("\"Iris\""), std::string::npos);
}

TEST_F(ApiTest, an_erased_person_is_gone_and_cannot_come_back) {
  EXPECT_EQ(world_.ask("DELETE", "/v1/people/me", world_.ada, R"({"name":"ada"})").status, 400);  // a slip
  const Answer gone = world_.ask("DELETE", "/v1/people/me", world_.ada, R"({"name":"Ada"})");
  ASSERT_EQ(gone.status, 200) << gone.body;
  EXPECT_EQ(gone.json()["accounts"].number(), "1");
  EXPECT_EQ(world_.get("/v1/session", world_.ada).json()["role"].text(), "anonymous");
  const auto directory = world_.instance().directory();
  EXPECT_EQ(directory->named("Ada"), nullptr);
  world_.wait_for_run();
  const auto reasons = world_.instance().reasons();
  EXPECT_EQ(score::find_person(reasons->run(), {"forum", "ada"}), std::nullopt);
  for (const char* file : {"/people.sqlite", "/points.sqlite", "/service.sqlite", "/interactions.duckdb"})
    EXPECT_EQ(io::testing::read_file(world_.folder() + file).find("Ada"), std::string::npos) << file;
}

TEST_F(ApiTest, operators_run_the_instance_and_read_nobodys_ledger) {
  EXPECT_EQ(world_.get("/v1/admin/state", world_.ada).status, 403);
  const Answer state = world_.get("/v1/admin/state", world_.operator_);
  ASSERT_EQ(state.status, 200) << state.body;
  EXPECT_EQ(state.json()["people"].number(), "3");
  EXPECT_EQ(state.json()["run"]["scored"].number(), "2");  // Ada and Odo
  const std::string path = "/v1/admin/people/" + world_.id_of("Odo") + "/verified";
  EXPECT_EQ(world_.ask("POST", path, world_.operator_, R"({"verified":true})").status, 204);
  const auto directory = world_.instance().directory();
  EXPECT_TRUE(directory->named("Odo")->verified);
  EXPECT_EQ(world_.ask("POST", path, world_.operator_, R"({"verified":1})").status, 400);
  for (const char* list : {"sources", "runs", "people", "findings", "pardons", "logins", "audit"})
    EXPECT_EQ(world_.get(std::string("/v1/admin/") + list, world_.operator_).status, 200) << list;
}

/// Every route against who may not: told by the routes themselves, so that a new one is in it.
TEST_F(ApiTest, every_route_that_names_scopes_refuses_who_has_none) {
  const Who powerless = world_.key_of(world_.operator_login, "perks:write");
  std::size_t closed = 0;
  for (const http::Route& route : world_.router().routes()) {
    if (route.scopes.empty()) continue;
    std::string path = route.path;
    for (std::size_t at = path.find('{'); at != std::string::npos; at = path.find('{'))
      path.replace(at, path.find('}') - at + 1, "1");
    ++closed;
    const int without_key = route.takes_key_in_query ? 403 : 401;  // as Klout's clients know it
    EXPECT_EQ(world_.ask(route.method, path).status, without_key) << route.id;
    EXPECT_EQ(world_.ask(route.method, path, powerless).status, 403) << route.id;
    if (route.scopes.front() == "admin") {
      EXPECT_EQ(world_.ask(route.method, path, world_.ada).status, 403) << route.id;
    }
  }
  EXPECT_GT(closed, 30U);
}

TEST_F(ApiTest, what_did_not_change_is_not_sent_again) {
  const Answer first = world_.get("/v1/people/me/score", world_.ada);
  const std::string tag(first.headers.find("ETag").value_or(""));
  ASSERT_FALSE(tag.empty());
  EXPECT_EQ(world_.ask("GET", "/v1/people/me/score", world_.ada, "", {{"If-None-Match", tag}}).status, 304);
}

}  // namespace
}  // namespace renown::api
