#include "access/logins.h"

#include "access/testing.h"

namespace renown::access {
namespace {

using test::expect_failure;
using test::kNow;

class LoginsTest : public test::StoreTest {
 protected:
  Logins& logins() { return store_->logins(); }
  static NewLogin named(const char* name, const char* password = "") {
    NewLogin login;
    login.name = name;
    login.display_name = "Ada";
    login.password = password;
    return login;
  }
};

TEST_F(LoginsTest, TheFirstOperatorNeedsTheTokenThatWasPrinted) {
  EXPECT_FALSE(*logins().has_operator());
  expect_failure(logins().make_first_operator("", named("ada"), kNow), ErrorCode::not_found, "not the set-up token");
  const std::string old = logins().new_set_up_token(), token = logins().new_set_up_token();
  for (const std::string& wrong : {std::string(), old, token + "a", token.substr(1), std::string(43, 'A')})
    expect_failure(logins().make_first_operator(wrong, named("ada"), kNow), ErrorCode::not_found, "set-up token");
  expect_failure(logins().make_first_operator(token, named("ada", "short"), kNow), ErrorCode::bad_input, "too short");
  const auto made = logins().make_first_operator(token, named(" Ada "), kNow);
  ASSERT_TRUE(made) << made.error().message << ": what failed did not use it up";
  EXPECT_EQ(made->role, Role::operator_);
  EXPECT_EQ(made->name, "ada");
  EXPECT_TRUE(*logins().has_operator());
  expect_failure(logins().make_first_operator(token, named("eve"), kNow), ErrorCode::not_found, "set-up token");
  expect_failure(logins().make_first_operator(logins().new_set_up_token(), named("eve"), kNow), ErrorCode::usage,
                 "there is an operator already");
  const std::string after = logins().new_set_up_token();
  reopen();
  expect_failure(logins().make_first_operator(after, named("eve"), kNow), ErrorCode::not_found, "set-up token");
}

TEST_F(LoginsTest, APasswordLetsInWhoHasIt) {
  const auto ada = logins().make(named("Ada", "correct horse"), 0, kNow);
  ASSERT_TRUE(ada);
  EXPECT_TRUE(ada->has_password);
  ASSERT_TRUE(logins().make(named("eve"), 0, kNow));
  ASSERT_TRUE(logins().make(named(""), 0, kNow));
  ASSERT_TRUE(logins().make(named(""), 0, kNow)) << "any number may have no name";
  const struct {
    const char *name, *password;
    LoginId wanted;
  } cases[] = {{"ada", "correct horse", ada->id},
               {" ADA ", "correct horse", ada->id},
               {"ada", "correct horsE", 0},
               {"ada", "", 0},
               {"eve", "", 0},  // has no password
               {"eve", "correct horse", 0},
               {"", "", 0},  // those without a name
               {"nobody", "correct horse", 0}};
  for (const auto& [name, password, wanted] : cases) {
    const auto let_in = logins().check_password(name, password);
    ASSERT_TRUE(let_in);
    EXPECT_EQ(*let_in ? (*let_in)->id : 0, wanted) << name << " " << password;
  }
}

TEST_F(LoginsTest, NamesAndPeopleHaveOneLoginEach) {
  ASSERT_TRUE(logins().make(named("ada"), 0, kNow));
  expect_failure(logins().make(named("ADA"), 0, kNow), ErrorCode::usage, "the name ada is taken");
  NewLogin of_person;
  of_person.person = 7;
  const auto seven = logins().make(of_person, 0, kNow);
  ASSERT_TRUE(seven);
  expect_failure(logins().make(of_person, 0, kNow), ErrorCode::usage, "person 7 has a login already");
  EXPECT_EQ((*logins().of_person(7))->id, seven->id);
  EXPECT_FALSE(*logins().of_person(8));
  EXPECT_FALSE(*logins().of_person(0)) << "nobody is no person";
  EXPECT_FALSE(*logins().find(99));
  const LoginId other = login();
  expect_failure(logins().set_person(other, 7, 0, kNow), ErrorCode::usage, "has a login already");
  ASSERT_TRUE(logins().set_person(other, 8, 0, kNow));
  ASSERT_TRUE(logins().set_person(other, 8, 0, kNow)) << "it is already";
  EXPECT_EQ((*logins().of_person(8))->id, other);
  expect_failure(logins().make(named("a\nb"), 0, kNow), ErrorCode::bad_input, "do not print");
  expect_failure(logins().make(named("", "correct horse"), 0, kNow), ErrorCode::bad_input, "needs a name");
  EXPECT_EQ(logins().all()->size(), 3U);
}

TEST_F(LoginsTest, AnotherPasswordEndsOtherSessions) {
  const LoginId ada = logins().make(named("ada", "correct horse"), 0, kNow)->id;
  const auto here = store_->sessions().start(ada, "here", kNow), there = store_->sessions().start(ada, "there", kNow);
  const LoginId eve = login();
  const auto others = store_->sessions().start(eve, "", kNow);
  const auto link = store_->links().make_log_in(ada, kNow);
  ASSERT_TRUE(here && there && others && link);
  ASSERT_TRUE(logins().set_password(ada, "battery staple", here->id, ada, kNow));
  EXPECT_TRUE(*store_->sessions().find(here->token, kNow));
  EXPECT_FALSE(*store_->sessions().find(there->token, kNow));
  EXPECT_TRUE(*store_->sessions().find(others->token, kNow));
  EXPECT_FALSE(store_->links().use_log_in(link->token, kNow));
  EXPECT_FALSE(*logins().check_password("ada", "correct horse"));
  EXPECT_TRUE(*logins().check_password("ada", "battery staple"));
  expect_failure(logins().set_password(99, "battery staple", 0, 0, kNow), ErrorCode::not_found, "no login 99");
  expect_failure(logins().set_password(eve, "battery staple", 0, 0, kNow), ErrorCode::bad_input, "needs a name");
}

TEST_F(LoginsTest, TheLastOperatorStays) {
  const LoginId ada = login(Role::operator_);
  expect_failure(logins().set_role(ada, Role::person, ada, kNow), ErrorCode::bad_input, "last operator");
  expect_failure(logins().remove(ada, ada, kNow), ErrorCode::bad_input, "last operator cannot be removed");
  const LoginId eve = login();
  ASSERT_TRUE(logins().set_role(eve, Role::operator_, ada, kNow));
  ASSERT_TRUE(logins().set_role(eve, Role::operator_, ada, kNow)) << "it is already";
  ASSERT_TRUE(logins().set_role(ada, Role::person, eve, kNow));
  ASSERT_TRUE(logins().remove(ada, eve, kNow));
  expect_failure(logins().remove(ada, eve, kNow), ErrorCode::not_found, "no login");
  expect_failure(logins().set_role(ada, Role::person, eve, kNow), ErrorCode::not_found, "no login");
  std::string log;
  const auto lines = *store_->audit().read();
  for (const AuditLine& line : lines.items)
    log += std::to_string(line.by) + " " + line.what + " " + std::to_string(line.login) + " " + line.detail + "\n";
  EXPECT_EQ(log,
            "2 login removed 1 \n2 role changed 1 person\n1 role changed 2 operator\n2 login made 2 person\n"
            "1 login made 1 operator\n");
}

TEST_F(LoginsTest, AChangedRoleHoldsFromTheNextRequestOn) {
  const LoginId ada = login(Role::operator_);
  login(Role::operator_);
  const auto session = store_->sessions().start(ada, "", kNow);
  EXPECT_EQ((*store_->sessions().find(session->token, kNow))->role, Role::operator_);
  ASSERT_TRUE(logins().set_role(ada, Role::person, 0, kNow));
  ASSERT_TRUE(logins().set_profile(ada, "Ada", "de"));
  const auto found = *store_->sessions().find(session->token, kNow);
  EXPECT_EQ(found->role, Role::person);
  EXPECT_EQ(found->display_name + found->locale, "Adade");
  ASSERT_TRUE(logins().remove(ada, 0, kNow));
  EXPECT_FALSE(*store_->sessions().find(session->token, kNow));
}

}  // namespace
}  // namespace renown::access
