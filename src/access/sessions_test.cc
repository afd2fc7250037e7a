#include "access/sessions.h"

#include "access/testing.h"

namespace renown::access {
namespace {

using test::expect_failure;
using test::kDay;
using test::kNow;

class SessionsTest : public test::StoreTest {
 protected:
  Sessions& sessions() { return store_->sessions(); }
  NewSession start(LoginId of, const char* device = "", std::int64_t now = kNow) {
    auto made = sessions().start(of, device, now);
    EXPECT_TRUE(made) << made.error().message;
    return *made;
  }
  bool is_open(const std::string& token, std::int64_t now) {
    const auto found = sessions().find(token, now);
    EXPECT_TRUE(found);
    return found->has_value();
  }
};

TEST_F(SessionsTest, ATokenIsItsSessionAndNoOther) {
  const LoginId ada = login(Role::operator_, 7), eve = login();
  const NewSession of_ada = start(ada, "Firefox"), of_eve = start(eve);
  const auto found = *sessions().find(of_ada.token, kNow);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->id, of_ada.id);
  EXPECT_EQ(found->login, ada);
  EXPECT_EQ(found->role, Role::operator_);
  EXPECT_EQ(found->person, 7);
  EXPECT_EQ(found->device, "Firefox");
  EXPECT_EQ((*sessions().find(of_eve.token, kNow))->login, eve);
  for (const std::string& none : {std::string(), of_ada.token + "a", of_ada.token.substr(1), std::string(43, 'A'),
                                  std::string(43, '\0'), std::string(100'000, 'a')})
    EXPECT_FALSE(is_open(none, kNow));
  expect_failure(sessions().start(99, "", kNow), ErrorCode::not_found, "no login 99");
}

TEST_F(SessionsTest, EndsWhenItWasLeftAloneOrIsOld) {
  const struct {
    const char* what;
    std::int64_t used, asked;  ///< seconds after it began
    bool wanted;
  } cases[] = {{"at once", 0, 0, true},
               {"a second before it is idle too long", 0, 30 * kDay - 1, true},
               {"idle too long by no second", 0, 30 * kDay, false},
               {"used since", 20 * kDay, 50 * kDay - 1, true},
               {"used since and left alone again", 20 * kDay, 50 * kDay, false},
               {"the clock went back", 0, -kDay, true},
               {"it went back and use is not unlearnt", -kDay, 30 * kDay - 1, true}};
  const LoginId ada = login();
  for (const auto& [what, used, asked, wanted] : cases) {
    const NewSession session = start(ada);
    ASSERT_TRUE(is_open(session.token, kNow + used)) << what;
    EXPECT_EQ(is_open(session.token, kNow + asked), wanted) << what;
  }
}

TEST_F(SessionsTest, EndsAfter90DaysHoweverOftenItIsUsed) {
  const LoginId ada = login();
  const NewSession session = start(ada);
  for (std::int64_t day = 1; day < 90; ++day) ASSERT_TRUE(is_open(session.token, kNow + day * kDay)) << day;
  EXPECT_TRUE(is_open(session.token, kNow + 90 * kDay - 1));
  EXPECT_FALSE(is_open(session.token, kNow + 90 * kDay));
}

TEST_F(SessionsTest, LastUseIsWrittenWhenItIsTidiedAndAMinuteHasPassed) {
  const LoginId ada = login();
  const NewSession session = start(ada);
  const auto last_used = [&] { return sessions().list(ada, kNow)->at(0).last_used; };
  ASSERT_TRUE(is_open(session.token, kNow + 59));
  EXPECT_EQ(last_used(), kNow) << "not worth a write";
  ASSERT_TRUE(is_open(session.token, kNow + 60));
  EXPECT_EQ(last_used(), kNow + 60) << "known at once";
  ASSERT_TRUE(store_->tidy(kNow + 60));
  reopen();
  EXPECT_EQ(last_used(), kNow + 60) << "and written";
  ASSERT_TRUE(is_open(session.token, kNow + 500));
  reopen();
  EXPECT_EQ(last_used(), kNow + 60) << "what was not written is lost, and that is all";
}

TEST_F(SessionsTest, AreListedAndEnded) {
  const LoginId ada = login(), eve = login();
  const NewSession phone = start(ada, "phone", kNow), desk = start(ada, "desk", kNow + 100),
                   old = start(ada, "old", kNow - 40 * kDay), evil = start(eve, "evil\x1b[2J\xff");
  ASSERT_TRUE(is_open(phone.token, kNow + 200));
  std::string devices;
  const auto listed = *sessions().list(ada, kNow + 200);
  for (const Session& each : listed) devices += each.device + " ";
  EXPECT_EQ(devices, "phone desk ");
  EXPECT_EQ(sessions().list(eve, kNow)->at(0).device, "evil\\x1b[2J\xef\xbf\xbd");
  expect_failure(sessions().end(ada, evil.id), ErrorCode::not_found, "no such session");
  EXPECT_TRUE(is_open(evil.token, kNow)) << "another's cannot be ended";
  ASSERT_TRUE(sessions().end(ada, phone.id));
  EXPECT_FALSE(is_open(phone.token, kNow + 200));
  EXPECT_TRUE(is_open(desk.token, kNow + 200));
  expect_failure(sessions().end(ada, phone.id), ErrorCode::not_found, "no such session");
  const NewSession third = start(ada);
  ASSERT_TRUE(sessions().end_all(ada, third.id));
  EXPECT_FALSE(is_open(desk.token, kNow));
  EXPECT_TRUE(is_open(third.token, kNow));
  ASSERT_TRUE(sessions().end_all(ada));
  EXPECT_FALSE(is_open(third.token, kNow));
  EXPECT_TRUE(is_open(evil.token, kNow));
}

TEST_F(SessionsTest, AreBoundedForEachLogin) {
  const LoginId ada = login(), eve = login();
  const NewSession others = start(eve);
  std::vector<NewSession> all;
  for (int i = 0; i < kMostSessionsOfLogin + 2; ++i) all.push_back(start(ada, "", kNow + i));
  EXPECT_EQ(sessions().list(ada, kNow + 200)->size(), static_cast<std::size_t>(kMostSessionsOfLogin));
  EXPECT_FALSE(is_open(all[0].token, kNow + 200));
  EXPECT_FALSE(is_open(all[1].token, kNow + 200));
  EXPECT_TRUE(is_open(all[2].token, kNow + 200));
  EXPECT_TRUE(is_open(others.token, kNow));
}

TEST_F(SessionsTest, TheCsrfTokenIsTheSessionsOwn) {
  const LoginId ada = login();
  const std::string one = start(ada).token, other = start(ada).token;
  const std::string token = Sessions::csrf_token(one);
  EXPECT_TRUE(Sessions::is_csrf_token(one, token));
  EXPECT_FALSE(Sessions::is_csrf_token(other, token));
  EXPECT_FALSE(Sessions::is_csrf_token(one, ""));
  EXPECT_FALSE(Sessions::is_csrf_token(one, one)) << "it is not the token itself";
  EXPECT_FALSE(Sessions::is_csrf_token(one, token + "a"));
  EXPECT_FALSE(is_open(token, kNow)) << "and opens nothing";
}

}  // namespace
}  // namespace renown::access
