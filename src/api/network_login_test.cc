#include <map>
#include <mutex>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "api/testing.h"
#include "net/test_server.h"
#include "oauth/encoding.h"

namespace renown::api {
namespace {

using net::test::Connection;
using net::test::reply;
using net::test::Seen;

/// A server that logs people in as GitHub does and as a Mastodon server does: it gives a code for a challenge, and a
/// token for the code and the verifier of that challenge, once.
class Network {
 public:
  std::string origin() const { return fmt::format("http://127.0.0.1:{}", server_.port()); }
  std::string host() const { return fmt::format("127.0.0.1:{}", server_.port()); }

  GithubApp github() const {
    oauth::Server server = oauth::github_server();
    server.authorization_endpoint = origin() + "/login/oauth/authorize";
    server.token_endpoint = origin() + "/login/oauth/access_token";
    return {.client_id = "app-1", .client_secret = "app-secret", .server = server, .api = origin()};
  }

  /// What the browser of a person does who allows it: opens the address, and is sent back with this query.
  std::string allow(const std::string& address) {
    const auto asked = oauth::parse_form(address.substr(address.find('?') + 1));
    const std::string state(*oauth::only(*asked, "state"));
    const std::lock_guard lock(mutex_);
    const std::string code = fmt::format("code-{}", codes_.size());
    codes_[code] = *oauth::only(*asked, "code_challenge");
    return oauth::form({{"code", code}, {"state", state}});
  }

  std::string github_login = "ada";
  std::string id = "7";                      ///< of the account, at GitHub and at Mastodon alike; "null": it says none
  std::string mastodon_path = "/users/ada";  ///< or a whole address
  bool is_broken = false;                    ///< its token endpoint
  std::vector<std::string> tokens_asked;     ///< bodies

 private:
  std::string answer(const Seen& seen) {
    const std::lock_guard lock(mutex_);
    if (seen.target == "/api/v1/apps") return reply(R"({"client_id":"c","client_secret":"s"})");
    if (seen.target == "/oauth/token" || seen.target == "/login/oauth/access_token") return token_for(seen.body);
    const bool has_token = seen.has("Authorization: Bearer token-");
    if (!has_token) return reply("{}", "", "401 Unauthorized");
    if (seen.target == "/user") return reply(fmt::format(R"({{"login":"{}","id":{}}})", github_login, id));
    if (seen.target == "/api/v1/accounts/verify_credentials") {
      const bool is_whole = mastodon_path.starts_with("http");
      return reply(fmt::format(R"({{"uri":"{}","id":"{}"}})", is_whole ? mastodon_path : origin() + mastodon_path, id));
    }
    return reply("{}", "", "404 Not Found");
  }

  std::string token_for(const std::string& body) {
    tokens_asked.push_back(body);
    if (is_broken) return reply("oops", "", "500 Internal Server Error");
    const auto form = oauth::parse_form(body);
    const auto code = codes_.find(std::string(oauth::only(*form, "code").value_or("")));
    const auto verifier = oauth::only(*form, "code_verifier");
    if (code == codes_.end() || !verifier || oauth::sha256_text(*verifier) != code->second)
      return reply(R"({"error":"invalid_grant"})", "", "400 Bad Request");
    codes_.erase(code);
    return reply(R"({"access_token":"token-1","token_type":"bearer","scope":"read:user"})",
                 "Content-Type: application/json\r\n");
  }

  std::mutex mutex_;
  std::map<std::string, std::string> codes_;  ///< the challenge of each
  net::test::TestServer server_{[this](const Seen& seen, Connection& connection) { connection.send(answer(seen)); }};
};

class NetworkLoginTest : public ::testing::Test {
 protected:
  /// The address that one is sent to, and the cookie that the browser got.
  struct Begun {
    std::string address, cookie;
  };
  Begun begin(std::string_view body, const test::Who& who = {}) {
    const auto answer = world_.ask("POST", "/v1/logins", who, body);
    EXPECT_EQ(answer.status, 200) << answer.body;
    const std::string set(answer.headers.find("Set-Cookie").value_or(""));
    return {std::string(answer.json()["url"].text()), set.substr(0, set.find(';'))};
  }
  Begun begin_at_github(const test::Who& who = {}) { return begin(R"({"network":"github"})", who); }
  Begun begin_at_mastodon(const test::Who& who = {}) {
    return begin(fmt::format(R"({{"network":"mastodon","server":"{}"}})", network_.origin()), who);
  }
  std::size_t people_count() {
    directory_ = world_.instance().directory();
    return directory_->people().size();
  }

  test::Answer come_back(const std::string& query, const std::string& cookie, const test::Who& who = {}) {
    http::Headers headers;
    std::string cookies = cookie;
    if (!who.cookie.empty()) cookies += "; renown_session=" + who.cookie;
    headers.add("Cookie", cookies);
    return world_.ask("GET", "/v1/logins/callback?" + query, {}, "", std::move(headers));
  }

  /// Where the browser ends.
  static std::string place(const test::Answer& answer) {
    std::string to(answer.headers.find("Location").value_or("nowhere"));
    EXPECT_EQ(answer.status, 303) << answer.body;
    EXPECT_TRUE(to.starts_with("https://renown.example/")) << to;
    return to.substr(std::string_view("https://renown.example").size());
  }
  static bool has_session(const test::Answer& answer) {
    return answer.headers.find("Set-Cookie").value_or("").starts_with("renown_session=");
  }
  const people::Person* owner(std::string_view network, const std::string& account) {
    directory_ = world_.instance().directory();
    return directory_->owner({std::string(network), account});
  }

  Network network_;
  test::TestInstance world_{{.user_agent = "renown-test", .allowed_hosts = {network_.host()}}, network_.github()};
  base::Held<instance::Directory> directory_;
};

TEST_F(NetworkLoginTest, WhoeverIsNewComesToBeHereByGithub) {
  const auto begun = begin_at_github();
  EXPECT_NE(begun.address.find("client_id=app-1"), std::string::npos);
  EXPECT_NE(begun.address.find("scope=read%3Auser"), std::string::npos) << begun.address;
  EXPECT_EQ(begun.address.find("app-secret"), std::string::npos);
  const auto answer = come_back(network_.allow(begun.address), begun.cookie);
  EXPECT_EQ(place(answer), "/");
  EXPECT_TRUE(has_session(answer));
  const people::Person* ada = owner("github", "ada");
  ASSERT_NE(ada, nullptr);
  EXPECT_EQ(ada->name, "ada");
  EXPECT_EQ(ada->basis, people::ConsentBasis::enrolled);
  EXPECT_EQ(ada->accounts.front().proofs.front().method, "log-in");
}

TEST_F(NetworkLoginTest, WhoeverIsNewComesToBeHereByMastodon) {
  const auto begun = begin_at_mastodon();
  const auto answer = come_back(network_.allow(begun.address), begun.cookie);
  EXPECT_EQ(place(answer), "/");
  EXPECT_TRUE(has_session(answer));
  ASSERT_NE(owner("fediverse", network_.origin() + "/users/ada"), nullptr);
}

TEST_F(NetworkLoginTest, WhoIsHereIsLoggedInAndNobodyIsAdded) {
  const auto first = begin_at_github();
  come_back(network_.allow(first.address), first.cookie);
  const auto people = people_count();
  const auto again = begin_at_github();
  const auto answer = come_back(network_.allow(again.address), again.cookie);
  EXPECT_EQ(place(answer), "/");
  EXPECT_TRUE(has_session(answer));
  EXPECT_EQ(people_count(), people);
}

TEST_F(NetworkLoginTest, WhoIsLoggedInGetsTheAccountAndAnothersIsRefused) {
  const auto mine = begin_at_github(world_.ada);
  EXPECT_EQ(place(come_back(network_.allow(mine.address), mine.cookie, world_.ada)), "/accounts");
  ASSERT_NE(owner("github", "ada"), nullptr);
  EXPECT_EQ(owner("github", "ada")->name, "Ada");
  const auto again = begin_at_github(world_.ada);
  EXPECT_EQ(place(come_back(network_.allow(again.address), again.cookie, world_.ada)), "/accounts");
  const auto others = begin_at_github(world_.odo);
  EXPECT_EQ(place(come_back(network_.allow(others.address), others.cookie, world_.odo)), "/accounts?taken");
  EXPECT_EQ(owner("github", "ada")->name, "Ada");
}

TEST_F(NetworkLoginTest, WhoeverTookANameIsNotWhoHadIt) {
  for (const bool is_github : {true, false}) {
    SCOPED_TRACE(is_github);
    const auto begin_at = [&](const test::Who& who = {}) {
      return is_github ? begin_at_github(who) : begin_at_mastodon(who);
    };
    network_.id = "7";
    const auto first = begin_at();
    ASSERT_EQ(place(come_back(network_.allow(first.address), first.cookie)), "/");
    const auto people = people_count();
    network_.id = "8";
    const auto taker = begin_at();
    const auto answer = come_back(network_.allow(taker.address), taker.cookie);
    EXPECT_EQ(place(answer), "/log-in?not-the-same");
    EXPECT_FALSE(has_session(answer));
    const auto own = begin_at(world_.iris);
    EXPECT_EQ(place(come_back(network_.allow(own.address), own.cookie, world_.iris)), "/accounts?not-the-same");
    EXPECT_EQ(people_count(), people);
    const std::string audit = world_.get("/v1/admin/audit", world_.operator_).body;
    EXPECT_NE(audit.find(fmt::format("{}: an account of another number has a name of person",
                                     is_github ? "github" : "fediverse")),
              std::string::npos)
        << audit;
  }
}

TEST_F(NetworkLoginTest, WhoeverWasRenamedIsStillThePersonAndKeepsTheOldName) {
  const auto first = begin_at_github();
  ASSERT_EQ(place(come_back(network_.allow(first.address), first.cookie)), "/");
  const auto people = people_count();
  network_.github_login = "lovelace";
  const auto again = begin_at_github();
  const auto answer = come_back(network_.allow(again.address), again.cookie);
  EXPECT_EQ(place(answer), "/");
  EXPECT_TRUE(has_session(answer));
  EXPECT_EQ(people_count(), people);
  ASSERT_NE(owner("github", "lovelace"), nullptr);
  EXPECT_EQ(owner("github", "lovelace")->name, "ada");
  EXPECT_EQ(owner("github", "ada")->name, "ada");
}

TEST_F(NetworkLoginTest, ANetworkThatSaysNoNumberLogsNobodyIn) {
  network_.id = "null";
  const auto begun = begin_at_github();
  EXPECT_EQ(place(come_back(network_.allow(begun.address), begun.cookie)), "/log-in?failed");
  EXPECT_EQ(owner("github", "ada"), nullptr);
}

TEST_F(NetworkLoginTest, ANumberThatWasNotKnownIsKeptFromTheFirstLogInOn) {
  people::Verdict word;
  word.proven = true;
  word.method = people::kOperatorsWord;
  word.reason = "a test";
  ASSERT_TRUE(world_.instance().change_people(
      [&](pipeline::PeopleFolder& folder) { return folder.link("Odo", {"github", "ada"}, word, test::kNow); }));
  const auto first = begin_at_github();
  ASSERT_EQ(place(come_back(network_.allow(first.address), first.cookie)), "/");
  EXPECT_EQ(owner("github", "ada")->accounts.back().stable_id, "7");
  network_.id = "8";
  const auto taker = begin_at_github();
  EXPECT_EQ(place(come_back(network_.allow(taker.address), taker.cookie)), "/log-in?not-the-same");
}

TEST_F(NetworkLoginTest, AnInstanceForInvitedPeopleTakesNobodyNew) {
  world_.context().is_open = false;
  const auto begun = begin_at_github();
  const auto answer = come_back(network_.allow(begun.address), begun.cookie);
  EXPECT_EQ(place(answer), "/log-in?invited-only");
  EXPECT_FALSE(has_session(answer));
  EXPECT_EQ(owner("github", "ada"), nullptr);
}

TEST_F(NetworkLoginTest, ALogInCountsInItsBrowserOnceAndInTime) {
  struct Case {
    const char* what;
    std::function<test::Answer(const Begun&)> come_back;
    const char* place;
  };
  const std::vector<Case> cases = {
      {"another browser", [&](const Begun& b) { return come_back(network_.allow(b.address), "renown_log_in=x"); },
       "/log-in?failed"},
      {"no cookie", [&](const Begun& b) { return come_back(network_.allow(b.address), "a=b"); }, "/log-in?failed"},
      {"a second time",
       [&](const Begun& b) {
         const auto query = network_.allow(b.address);
         come_back(query, b.cookie);
         return come_back(query, b.cookie);
       },
       "/log-in?failed"},
      {"another state", [&](const Begun& b) { return come_back("code=code-0&state=0123456789abcdef", b.cookie); },
       "/log-in?failed"},
      {"a code that the network never gave",
       [&](const Begun& b) {
         auto query = network_.allow(b.address);
         return come_back("code=stolen" + query.substr(query.find('&')), b.cookie);
       },
       "/log-in?failed"},
      {"refused by the person",
       [&](const Begun& b) {
         const auto query = network_.allow(b.address);
         return come_back("error=access_denied" + query.substr(query.find('&')), b.cookie);
       },
       "/log-in?refused"},
      {"after 15 minutes",
       [&](const Begun& b) {
         const auto query = network_.allow(b.address);
         world_.now() += 15 * 60 + 1;
         return come_back(query, b.cookie);
       },
       "/log-in?failed"},
      {"a network that fails",
       [&](const Begun& b) {
         network_.is_broken = true;
         auto answer = come_back(network_.allow(b.address), b.cookie);
         network_.is_broken = false;
         return answer;
       },
       "/log-in?failed"},
  };
  for (const Case& one : cases) {
    SCOPED_TRACE(one.what);
    const auto answer = one.come_back(begin_at_github());
    EXPECT_EQ(place(answer), one.place);
    EXPECT_FALSE(has_session(answer));
  }
}

TEST_F(NetworkLoginTest, AServerSpeaksForItsOwnAccountsAlone) {
  for (const char* named : {"https://mastodon.example/users/ada", "http://127.0.0.1:1/users/ada", ""}) {
    network_.mastodon_path = named;
    if (network_.mastodon_path.empty()) network_.mastodon_path = "http";  // no address at all
    const auto begun = begin_at_mastodon();
    const auto answer = come_back(network_.allow(begun.address), begun.cookie);
    EXPECT_EQ(place(answer), "/log-in?failed") << named;
    EXPECT_FALSE(has_session(answer));
  }
}

TEST_F(NetworkLoginTest, TheVerifierGoesToTheNetworkAndNoSecretToTheBrowser) {
  const auto begun = begin_at_github();
  come_back(network_.allow(begun.address), begun.cookie);
  ASSERT_EQ(network_.tokens_asked.size(), 1U);
  const auto form = oauth::parse_form(network_.tokens_asked.front());
  EXPECT_TRUE(oauth::only(*form, "code_verifier"));
  EXPECT_EQ(oauth::only(*form, "redirect_uri"), "https://renown.example/v1/logins/callback");
}

TEST(NetworkLoginListTest, GithubIsOfferedWhereThereIsAnApp) {
  const auto names = [](test::TestInstance& world) {
    std::string all;
    const auto answer = world.get("/v1/logins/networks");
    for (const auto item : answer.json()["items"].elements())
      all += fmt::format("{}:{} ", item["network"].text(), item["needs"].text());
    return all;
  };
  test::TestInstance without;
  EXPECT_EQ(names(without), "mastodon:server bluesky:handle ");
  EXPECT_EQ(without.ask("POST", "/v1/logins", {}, R"({"network":"github"})").status, 400);
  test::TestInstance with({}, {.client_id = "a", .client_secret = "b"});
  EXPECT_EQ(names(with), "mastodon:server bluesky:handle github:none ");
}

}  // namespace
}  // namespace renown::api
