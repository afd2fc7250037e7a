#include "oauth/token_keeper.h"

#include <csignal>
#include <cstdlib>
#include <map>
#include <random>

#include <gtest/gtest.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "io/testing.h"
#include "oauth/dpop_key.h"
#include "oauth/testing.h"

namespace renown::oauth {
namespace {

constexpr std::int64_t kNow = 1'700'000'000;
constexpr std::int64_t kHour = 3600;
constexpr std::string_view kAccount = "mastodon:ada@example.net";

enum class Fault {
  none,
  lost_question,    ///< the server never sees it
  lost_answer,      ///< the server has given new tokens, and nobody gets them
  error_before,     ///< status 500
  error_after,      ///< a proxy says 502 though the server has given new tokens
  garbage_after,    ///< an answer that is no JSON
  cut_after,        ///< an answer that is cut off
  limited,          ///< status 429
  wrong_refusal,    ///< the server says invalid_grant by mistake
  kill_before,      ///< we are killed before we ask
  kill_after,       ///< when the server has answered
  kill_at_the_end,  ///< when the token is stored, before it is used
  disk_full,        ///< nothing can be stored
  count
};

/// An AuthorizationServer with one fault in the way.
class FaultyServer final : public testing::AuthorizationServer {
 public:
  FaultyServer(testing::Grant& grant, Fault fault, std::uint64_t* fired)
      : AuthorizationServer(grant), fault_(fault), fired_(fired) {}

  net::Fetched answer_to(const net::Request& request) override {
    const bool counts = !nonce_wanted(request);  // the fault is kept for the question that does
    if (!counts || fault_ == Fault::none) return AuthorizationServer::answer_to(request);
    switch (fault_) {
      case Fault::lost_question:
        return fire(), lost();
      case Fault::error_before:
        return fire(), net::Response{.status = 500, .body = R"({"error":"invalid_grant"})"};
      case Fault::limited:
        return fire(), net::Response{.status = 429, .headers = {{"Retry-After", "60"}}};
      case Fault::wrong_refusal:
        return fire(), net::Response{.status = 400, .body = R"({"error":"invalid_grant"})"};
      case Fault::kill_before:
        fire();
        ::_exit(0);
      default:
        break;
    }
    auto answer = AuthorizationServer::answer_to(request);
    switch (fault_) {
      case Fault::lost_answer:
        return fire(), lost();
      case Fault::error_after:
        return fire(), net::Response{.status = 502, .body = "<html>"};
      case Fault::garbage_after:
        return fire(), net::Response{.status = 200, .body = "\x01\x02"};
      case Fault::cut_after:
        return fire(), net::Response{.status = 200, .body = answer->body.substr(0, answer->body.size() / 2)};
      case Fault::kill_after:
        fire();
        ::_exit(0);
      default:
        return answer;
    }
  }

 private:
  void fire() { ++fired_[static_cast<int>(fault_)]; }
  static net::Fetched lost() {
    return std::unexpected(net::Failure{net::FailureKind::reset, "the connection was reset"});
  }

  Fault fault_;
  std::uint64_t* fired_;
};

/// What the processes of a test share.
struct Shared {
  testing::Grant grant;
  std::uint64_t fired[static_cast<int>(Fault::count)];
};

class KeeperTest : public ::testing::Test {
 protected:
  KeeperTest() {
    shared_ = static_cast<Shared*>(
        ::mmap(nullptr, sizeof(Shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0));
    *shared_ = {.grant = {.newest = 1, .before = 0, .newest_used = true, .last = 1}, .fired = {}};
    Credential credential;
    credential.account = kAccount;
    credential.issuer = "https://auth.example";
    credential.token_endpoint = "https://auth.example/token";
    credential.client.id = "renown";
    credential.dpop_key = DpopKey::generate().text();
    credential.tokens = {
        .access = "A1", .refresh = "R1", .scope = "read", .subject = "ada", .expires_at = kNow + kHour};
    EXPECT_TRUE(keeper().add(credential));
  }
  ~KeeperTest() override { ::munmap(shared_, sizeof(Shared)); }

  TokenKeeper& keeper(Fault fault = Fault::none) {
    server_ = std::make_unique<FaultyServer>(shared_->grant, fault, shared_->fired);
    keeper_ = std::make_unique<TokenKeeper>(vault_, *server_, random_);
    return *keeper_;
  }

  Credential stored() { return *parse_credential(**vault_.get("account:" + std::string(kAccount))); }

  /// A process of its own exchanges the token under a fault, as far as it gets, and uses what it is given.
  void run_faulted(Fault fault, std::int64_t now, bool is_last_chance) {
    const pid_t child = ::fork();
    if (child != 0) {
      int status = 0;
      ::waitpid(child, &status, 0);
      ASSERT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << "fault " << static_cast<int>(fault);
      return;
    }
    if (fault == Fault::disk_full) fill_disk();
    auto token = keeper(fault).access_token(kAccount, now);
    if (fault == Fault::disk_full && !token) ++shared_->fired[static_cast<int>(fault)];
    if (fault == Fault::kill_at_the_end) {
      ++shared_->fired[static_cast<int>(fault)];
      ::_exit(0);
    }
    if (!token && !is_last_chance) token = keeper_->access_token(kAccount, now);  // the same process tries again
    if (token) shared_->grant.use(testing::number_of(*token));
    ::_exit(0);
  }

  static void fill_disk() {
    ::signal(SIGXFSZ, SIG_IGN);
    const rlimit none = {0, 0};
    ::setrlimit(RLIMIT_FSIZE, &none);
  }

  io::testing::TemporaryFolder scratch_;
  TokenVault vault_ = std::move(*TokenVault::open(scratch_ / "tokens", scratch_ / "key"));
  base::RandomBytes random_ = base::system_random();
  Shared* shared_ = nullptr;
  std::unique_ptr<FaultyServer> server_;
  std::unique_ptr<TokenKeeper> keeper_;
};

TEST_F(KeeperTest, asks_the_server_only_when_it_must) {
  EXPECT_EQ(*keeper().access_token(kAccount, kNow), "A1");
  EXPECT_EQ(*keeper_->access_token(kAccount, kNow + kHour - TokenKeeper::kEarly - 1), "A1");
  EXPECT_EQ(server_->asked, 0);
  EXPECT_EQ(*keeper_->access_token(kAccount, kNow + kHour - TokenKeeper::kEarly), "A2");
  EXPECT_EQ(stored().tokens.refresh, "R2");
  EXPECT_EQ(stored().refresh_before, "R1");
  EXPECT_EQ(stored().tokens.scope, "atproto");
  EXPECT_EQ(stored().tokens.subject, "ada");  // what the answer leaves out stays
  EXPECT_EQ(keeper_->access_token("x:y", kNow).error().code, ErrorCode::not_found);
}

TEST_F(KeeperTest, exchanges_a_token_that_the_network_does_not_take) {
  EXPECT_EQ(*keeper().newer_token(kAccount, "A1", kNow), "A2");
  EXPECT_EQ(*keeper_->newer_token(kAccount, "A1", kNow), "A2");  // another has done it already
}

TEST_F(KeeperTest, never_tells_a_token) {
  for (int fault = 0; fault < static_cast<int>(Fault::kill_before); ++fault) {
    const auto token = keeper(static_cast<Fault>(fault)).access_token(kAccount, kNow + kHour);
    if (token) continue;
    for (const char* secret : {"A1", "R1", "A2", "R2"})
      EXPECT_EQ(token.error().message.find(secret), std::string::npos) << token.error().message;
  }
}

TEST_F(KeeperTest, a_fault_is_not_the_end_of_a_log_in) {
  for (const Fault fault : {Fault::lost_question, Fault::error_before, Fault::limited, Fault::garbage_after}) {
    EXPECT_EQ(keeper(fault).access_token(kAccount, kNow + kHour).error().code, ErrorCode::io);
    EXPECT_EQ(stored().needs_login, "");
  }
}

TEST_F(KeeperTest, the_end_of_a_log_in_is_said_and_nothing_deleted) {
  shared_->grant.newest = 7;  // the person revoked it at the server
  EXPECT_EQ(keeper().access_token(kAccount, kNow + kHour).error().code, ErrorCode::bad_input);
  EXPECT_NE(stored().needs_login.find("https://auth.example does not take the log-in any more"), std::string::npos);
  EXPECT_EQ(stored().tokens.refresh, "R1");
  shared_->grant.newest = 1;  // and it was a mistake of the server's
  EXPECT_EQ(keeper().access_token(kAccount, kNow + kHour).value_or(""), "A2");
  EXPECT_EQ(stored().needs_login, "");
}

TEST_F(KeeperTest, does_not_take_over_the_tokens_of_somebody_else) {
  Credential known = stored();
  known.tokens.subject = "did:plc:ada";
  ASSERT_TRUE(keeper().add(known));
  server_->subject = "did:plc:eve";
  const auto token = keeper_->access_token(kAccount, kNow + kHour);
  ASSERT_FALSE(token);
  EXPECT_NE(token.error().message.find("of another account"), std::string::npos) << token.error().message;
  EXPECT_EQ(stored().tokens.subject, "did:plc:ada");
  EXPECT_EQ(stored().tokens.refresh, known.tokens.refresh);
}

TEST_F(KeeperTest, forgets_when_it_is_asked_to) {
  ASSERT_TRUE(keeper().forget(kAccount));
  EXPECT_EQ(keeper_->access_token(kAccount, kNow).error().code, ErrorCode::not_found);
  EXPECT_EQ(vault_.names()->size(), 0);
}

// Not used, the newer token has not made the older one void: so it must not be used before it is durable.
TEST_F(KeeperTest, a_token_that_could_not_be_stored_is_not_handed_out) {
  const pid_t child = ::fork();
  if (child == 0) {
    fill_disk();
    const bool withheld =
        !keeper().access_token(kAccount, kNow + kHour) && !keeper_->access_token(kAccount, kNow + kHour);
    ::_exit(withheld && server_->asked <= 2 ? 0 : 1);  // it was held, and not asked for again
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_EQ(status, 0);
}

/// One to three faults one after the other, each in a process of its own, then a good day. RENOWN_REFRESHES: how many
/// refreshes are faulted (500 otherwise).
TEST_F(KeeperTest, faults_in_any_order_lose_no_log_in) {
  const char* wanted = std::getenv("RENOWN_REFRESHES");
  const int refreshes = wanted ? std::atoi(wanted) : 500;
  std::mt19937 random(20'241'124);
  std::int64_t now = kNow;
  for (int faulted = 0; faulted < refreshes;) {
    now += 2 * kHour;
    for (int faults = 1 + static_cast<int>(random() % 3); faults > 0; --faults, ++faulted) {
      const auto fault = static_cast<Fault>(1 + random() % (static_cast<int>(Fault::count) - 1));
      run_faulted(fault, now, random() % 2 == 0);
    }
    now += 2 * kHour;
    const auto token = keeper().access_token(kAccount, now);
    ASSERT_TRUE(token) << "lost after " << faulted << ": " << token.error().message;
    ASSERT_TRUE(shared_->grant.use(testing::number_of(*token))) << faulted;
  }
  for (int fault = 1; fault < static_cast<int>(Fault::count); ++fault)
    EXPECT_GT(shared_->fired[fault], refreshes / 100) << "fault " << fault << " hardly ever happened";
}

}  // namespace
}  // namespace renown::oauth
