/// Problems that the page can meet have a type each, which it has words for.

#include "access/links.h"
#include "api/problem_types.h"
#include "api/testing.h"

namespace renown::api {
namespace {

using test::Answer;
using test::Who;

class ProblemTest : public ::testing::Test {
 protected:
  std::string invitation() {
    const auto made = world_.access().links().make_invitation(world_.iris_login, "Nell", world_.now());
    EXPECT_TRUE(made);
    return made->token;
  }
  Answer enrol(const std::string& invitation, std::string_view name, std::string_view password) {
    return world_.ask("POST", "/v1/enrolments", {},
                      fmt::format(R"({{"invitation":"{}","name":"{}","password":"{}"}})", invitation, name, password));
  }
  static void expect(const Answer& answer, int status, std::string_view type, const char* what) {
    EXPECT_EQ(answer.status, status) << what << ": " << answer.body;
    EXPECT_EQ(answer.json()["type"].text(), type) << what << ": " << answer.body;
    EXPECT_FALSE(answer.json()["detail"].text().empty()) << what;
  }

  test::TestInstance world_;
};

TEST_F(ProblemTest, EachKindHasItsType) {
  struct Case {
    const char* what;
    const char* method;
    const char* path;
    const char* body;
    int status;
    const char* type;
  };
  for (const Case& one : {
           Case{"a member of another type", "PATCH", "/v1/people/me/preferences", R"({"score_hidden":1})", 400,
                kProblemBadInput},
           {"no object", "PATCH", "/v1/people/me/preferences", "[]", 400, kProblemBadInput},
           {"an account of nobody's", "DELETE", "/v1/people/me/accounts/forum/nobody", "", 404, kProblemNotFound},
           {"a network that nothing reads", "POST", "/v1/people/me/accounts/forum/ada/source", "", 400,
            kProblemNoReader},
           {"no mail server", "POST", "/v1/people/me/digest", "", 400, kProblemNoMail},
           {"another's name", "DELETE", "/v1/people/me", R"({"name":"Iris"})", 400, kProblemWrongName},
           {"a password that is too short", "PUT", "/v1/password", R"({"new":"short"})", 400, kProblemPasswordRule},
       })
    expect(world_.ask(one.method, one.path, world_.ada, one.body), one.status, one.type, one.what);
  expect(world_.get("/v1/nothing", world_.ada), 404, "about:blank", "nothing at this path: its status says it all");
}

TEST_F(ProblemTest, WhoEnrolsIsToldWhatIsWrong) {
  expect(enrol("none", "Nell", "a long password"), 404, kProblemInvitationVoid, "no invitation");
  expect(enrol(invitation(), "Nell", "short"), 400, kProblemPasswordRule, "a short password");
  expect(enrol(invitation(), "Iris", "a long password"), 400, kProblemNameTaken, "the name of somebody");
  const std::string once = invitation();
  ASSERT_EQ(enrol(once, "Nell", "a long password").status, 201);
  expect(enrol(once, "Neil", "a long password"), 404, kProblemInvitationVoid, "a used invitation");
}

TEST_F(ProblemTest, AsManyAsMayBeIsSaidSo) {
  for (std::int64_t i = 0; i < access::kMostInvitations; ++i) invitation();
  expect(world_.ask("POST", "/v1/invitations", world_.iris, R"({"name":"one more"})"), 400, kProblemFull, "full");
}

TEST_F(ProblemTest, ANameThatHasALogInIsTaken) {
  expect(world_.ask("POST", "/v1/admin/logins", world_.operator_, R"({"name":"Ada"})"), 400, kProblemNameTaken,
         "a second log-in of a person");
}

}  // namespace
}  // namespace renown::api
