#include "access/links.h"

#include "access/testing.h"

namespace renown::access {
namespace {

using test::expect_failure;
using test::kDay;
using test::kNow;

class LinksTest : public test::StoreTest {
 protected:
  Links& links() { return store_->links(); }
};

TEST_F(LinksTest, ALogInLinkServesOnceAndForAQuarterOfAnHour) {
  const struct {
    const char* what;
    std::int64_t used;  ///< seconds after it was made
    bool wanted;
  } cases[] = {{"at once", 0, true},
               {"in its last second", 899, true},
               {"expired by no second", 900, false},
               {"expired by one", 901, false},
               {"the clock went back", -3600, true}};
  const LoginId ada = login();
  for (const auto& [what, used, wanted] : cases) {
    const auto link = links().make_log_in(ada, kNow);
    ASSERT_TRUE(link);
    const auto seen = links().look_at(link->token, kNow + used);
    ASSERT_TRUE(seen);
    EXPECT_EQ(seen->has_value(), wanted) << what;
    const auto who = links().use_log_in(link->token, kNow + used);
    ASSERT_EQ(who.has_value(), wanted) << what;
    if (!wanted) continue;
    EXPECT_EQ(*who, ada) << what;
    expect_failure(links().use_log_in(link->token, kNow + used), ErrorCode::not_found, "not valid any more");
  }
}

TEST_F(LinksTest, AnExpiredLinkStaysWorthNothingWhenTheClockGoesBackAfterwards) {
  const LoginId ada = login();
  const auto link = links().make_log_in(ada, kNow);
  ASSERT_TRUE(store_->tidy(kNow + 900));
  expect_failure(links().use_log_in(link->token, kNow), ErrorCode::not_found, "not valid any more");
}

TEST_F(LinksTest, OnlyTheNewestFewLogInLinksOfALoginAreGood) {
  const LoginId ada = login(), eve = login();
  const auto others = links().make_log_in(eve, kNow);
  std::vector<std::string> tokens;
  for (int i = 0; i < kMostLogInLinks + 1; ++i) tokens.push_back(links().make_log_in(ada, kNow)->token);
  EXPECT_FALSE(links().use_log_in(tokens.front(), kNow));
  EXPECT_TRUE(links().use_log_in(tokens[1], kNow));
  EXPECT_TRUE(links().use_log_in(others->token, kNow));
  expect_failure(links().make_log_in(99, kNow), ErrorCode::not_found, "no login 99");
}

TEST_F(LinksTest, AnInvitationMakesAPersonOnce) {
  const LoginId ada = login(Role::operator_, 7);
  const auto invitation = links().make_invitation(ada, "for Bob", kNow);
  ASSERT_TRUE(invitation);
  EXPECT_EQ((*links().look_at(invitation->token, kNow))->note, "for Bob");
  expect_failure(links().use_log_in(invitation->token, kNow), ErrorCode::not_found, "not valid");
  NewLogin bob;
  bob.role = Role::operator_;
  bob.person = 7;
  expect_failure(links().accept_invitation(invitation->token, bob, kNow), ErrorCode::usage, "has a login already");
  bob.person = 8;
  const auto accepted = links().accept_invitation(invitation->token, bob, kNow + 14 * kDay - 1);
  ASSERT_TRUE(accepted) << accepted.error().message << ": what failed did not use it up";
  EXPECT_EQ(accepted->inviter, ada);
  EXPECT_EQ(accepted->login.role, Role::person) << "nobody invites operators";
  bob.person = 9;
  expect_failure(links().accept_invitation(invitation->token, bob, kNow), ErrorCode::not_found, "not valid");
}

TEST_F(LinksTest, AnInvitationExpiresOrIsWithdrawn) {
  const LoginId ada = login(), eve = login();
  const auto late = links().make_invitation(ada, "late", kNow);
  expect_failure(links().accept_invitation(late->token, {}, kNow + 14 * kDay), ErrorCode::not_found, "not valid");
  const auto back = links().make_invitation(ada, "back", kNow);
  ASSERT_EQ(links().invitations(ada, kNow)->size(), 2U);
  EXPECT_EQ(links().invitations(ada, kNow)->at(0).note, "back");
  EXPECT_TRUE(links().invitations(ada, kNow + 14 * kDay)->empty());
  EXPECT_TRUE(links().invitations(eve, kNow)->empty());
  expect_failure(links().withdraw_invitation(eve, back->link.id), ErrorCode::not_found, "no such open invitation");
  ASSERT_TRUE(links().withdraw_invitation(ada, back->link.id));
  expect_failure(links().withdraw_invitation(ada, back->link.id), ErrorCode::not_found, "no such open invitation");
  expect_failure(links().accept_invitation(back->token, {}, kNow), ErrorCode::not_found, "not valid");
}

TEST_F(LinksTest, InvitationsAreBounded) {
  const LoginId ada = login();
  std::int64_t last = 0;
  for (int i = 0; i < kMostInvitations; ++i) last = links().make_invitation(ada, "", kNow)->link.id;
  expect_failure(links().make_invitation(ada, "", kNow), ErrorCode::usage, "withdraw one first");
  ASSERT_TRUE(links().withdraw_invitation(ada, last));
  EXPECT_TRUE(links().make_invitation(ada, "", kNow));
  EXPECT_TRUE(links().make_invitation(ada, "", kNow + 15 * kDay)) << "expired ones do not count";
  expect_failure(links().make_invitation(ada, std::string(201, 'a'), kNow), ErrorCode::bad_input, "the note has 201");
}

}  // namespace
}  // namespace renown::access
