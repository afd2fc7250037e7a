/// What the tests of the API share: a small instance with people in it, asked without sockets.
#pragma once

#include <atomic>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <thread>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "access/access_store.h"
#include "api/caller.h"
#include "api/context.h"
#include "api/guard.h"
#include "api/routes.h"
#include "http/rate_limit.h"
#include "http/service.h"
#include "instance/instance.h"
#include "io/json.h"
#include "io/testing.h"
#include "log/interaction_log.h"
#include "pipeline/people_folder.h"

namespace renown::api::test {

inline constexpr std::int64_t kNow = 1'750'000'000;  // 2025-06-15T15:06:40Z

/// An answer, parsed.
struct Answer {
  int status = 0;
  std::string body;
  http::Headers headers;
  std::shared_ptr<io::JsonParser> parser = std::make_shared<io::JsonParser>();

  io::JsonValue json() const {
    auto root = parser->parse(body);
    return root ? *root : io::JsonValue();
  }
};

/// Who asks, and by what.
struct Who {
  std::string cookie = {}, csrf = {}, key = {};
};

/// A folder in which Ada (verified, logged in, 12 engagers of whom Iris is a member), Iris (2 engagers), Odo (opted in
/// to nothing) and an operator are.
class TestInstance {
 public:
  /// network  how other servers are reached; github  the app that people log in by there
  /// mail     how letters are sent; nothing: they are not
  explicit TestInstance(const pipeline::NetworkOptions& network = {}, const GithubApp& github = {},
                        std::optional<MailOptions> mail = {})
      : mail_(std::move(mail)) {
    write_log();
    add_people();
    auto opened = instance::Instance::open({.data_folder = folder_,
                                            .token_key_file = scratch_ / "token.key",
                                            .sync_every_seconds = 0,
                                            .clock = [this] { return now_.load(); },
                                            .is_left_out =
                                                [this](instance::PersonId person) {
                                                  const auto preferences = access_->preferences().of(person);
                                                  return !preferences || preferences->opted_out;
                                                }});
    EXPECT_TRUE(opened) << (opened ? "" : opened.error().message);
    access_ = std::move(*access::AccessStore::open(folder_ + "/service.sqlite"));
    instance_ = std::move(*opened);
    auto outlets = Outlets::open({.service_file = folder_ + "/service.sqlite",
                                  .secrets = scratch_ / "secrets",
                                  .key_file = scratch_ / "token.key",
                                  .network = {},
                                  .public_url = "https://renown.example",
                                  .clock = [this] { return now_.load(); },
                                  .report = {},
                                  .mail = mail_,
                                  .mail_secret = "test"});
    EXPECT_TRUE(outlets) << (outlets ? "" : outlets.error().message);
    outlets_ = std::move(*outlets);
    network_logins_.emplace(
        outlets_->vault(),
        NetworkLoginOptions{.network = network, .github = github, .public_url = "https://renown.example"});
    std::filesystem::create_directory(backup_folder());
    backups_ = std::move(*Backups::open(*instance_, {.folder = backup_folder()}));
    context_.emplace(Context{.instance = *instance_,
                             .access = *access_,
                             .tries = tries_,
                             .outlets = *outlets_,
                             .network_logins = *network_logins_,
                             .backups = *backups_,
                             .public_url = "https://renown.example",
                             .pseudonym_secret = instance_->secret("test"),
                             .steady_seconds = [this] { return steady_.load(); }});
    service_.emplace(*http::Router::make(api_routes(*context_)),
                     http::ServiceOptions{.guard = make_guard(*context_, limiter_)});
    instance_->start();
    wait_for_run();
    log_in_everybody();
  }

  ~TestInstance() { outlets_.reset(); }  // what it sends with is still there

  Answer ask(std::string_view method, std::string_view target, const Who& who = {}, std::string_view body = "",
             http::Headers headers = {}) {
    http::Request request{.method = std::string(method), .client = "192.0.2.7"};
    const std::size_t mark = std::min(target.find('?'), target.size());
    request.path = target.substr(0, mark);
    request.query = mark < target.size() ? target.substr(mark + 1) : "";
    request.headers = std::move(headers);
    if (!who.cookie.empty()) request.headers.add("Cookie", "renown_session=" + who.cookie);
    if (!who.csrf.empty()) request.headers.add(std::string(kCsrfHeader), who.csrf);
    if (!who.key.empty()) request.headers.add("Authorization", "Bearer " + who.key);
    if (!body.empty()) request.headers.add("Content-Type", "application/json");
    request.body = body;
    http::Framing framing;
    framing.content_length = body.size();
    auto admission = service_->admit(request, framing);
    http::Response response =
        admission.refusal ? std::move(*admission.refusal) : service_->answer(request, *admission.route);
    service_->finish(request, admission.headers, response);
    return {response.status, std::string(response.body.bytes()), response.headers};
  }
  Answer get(std::string_view target, const Who& who = {}) { return ask("GET", target, who); }

  /// Until the run that was asked for has ended.
  void wait_for_run() {
    for (int i = 0; i < 10'000; ++i) {
      now_ += i == 0 ? 5 : 0;  // changes settle
      const auto standing = instance_->standing();
      if (!standing.needs_score && !standing.job && instance_->reasons() != nullptr) return;
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    FAIL() << "the run did not end";
  }

  Who key_of(access::LoginId login, std::string_view scopes, std::string organisation = "") {
    const auto made = access_->api_keys().make({.login = login,
                                                .name = "test",
                                                .scopes = *access::ScopeSet::parse(scopes),
                                                .organisation = organisation,
                                                .purpose = organisation.empty() ? "" : "tests"},
                                               0, kNow);
    EXPECT_TRUE(made) << (made ? "" : made.error().message);
    return {.key = made->text};
  }

  std::string id_of(std::string_view name) const {
    const auto directory = instance_->directory();
    return fmt::format("{}", directory->named(name)->id);
  }

  instance::Instance& instance() { return *instance_; }
  access::AccessStore& access() { return *access_; }
  Context& context() { return *context_; }
  const http::Router& router() const { return service_->router(); }
  std::atomic<std::int64_t>& now() { return now_; }
  std::atomic<double>& steady() { return steady_; }
  const std::string& folder() const { return folder_; }
  std::string backup_folder() const { return scratch_ / "backups"; }

  Who ada, iris, odo, operator_;
  access::LoginId ada_login = 0, iris_login = 0, operator_login = 0;

 private:
  void write_log() {
    auto log = log::InteractionLog::create(folder_, log::TombstoneKey::random());
    ASSERT_TRUE(log);
    auto import = log->begin_import({.name = "test", .digest = "d", .time = kNow});
    ASSERT_TRUE(import);
    model::InteractionBlock block;
    const auto act = [&](std::string_view actor, std::string_view target, std::string_view post, int days,
                         Kind kind = Kind::reply) {
      block.push({.time = kNow - days * 86'400,
                  .kind = kind,
                  .network = "forum",
                  .actor = actor,
                  .target = target,
                  .post = post,
                  .id = "",
                  .tags = "bread"});
    };
    for (int i = 0; i < 11; ++i) act(fmt::format("reader{}", i), "ada", i % 2 == 0 ? "p1" : "p2", i + 1);
    act("iris", "ada", "p1", 2);
    act("ada", "iris", "q1", 3, Kind::like);  // a reply would make that of Iris a provoked one
    act("odo", "iris", "q1", 4);
    for (int i = 0; i < 4; ++i) act(fmt::format("reader{}", i), "odo", "o1", 2);
    ASSERT_TRUE(import->add(block));
    ASSERT_TRUE(import->finish());
  }

  void add_people() {
    auto folder = pipeline::PeopleFolder::open_for_writing(folder_);
    ASSERT_TRUE(folder);
    people::Verdict word;
    word.proven = true;
    word.method = people::kOperatorsWord;
    word.reason = "a test";
    for (const auto& [name, account] : {std::pair{"Ada", "ada"}, {"Iris", "iris"}, {"Odo", "odo"}}) {
      ASSERT_TRUE(folder->registry().add(name, people::ConsentBasis::enrolled, kNow));
      ASSERT_TRUE(folder->link(name, {"forum", account}, word, kNow));
    }
    ASSERT_TRUE(folder->registry().verify("Iris", people::VerifiedBy::operator_list, kNow));
  }

  Who start(access::LoginId login) {
    const auto session = access_->sessions().start(login, "test", kNow);
    EXPECT_TRUE(session);
    return {session->token, access::Sessions::csrf_token(session->token), ""};
  }

  void log_in_everybody() {
    const auto login = [&](const char* name, access::Role role) {
      const auto directory = instance_->directory();
      const auto* person = directory->named(name);
      auto made = access_->logins().make(
          {.role = role, .person = person == nullptr ? 0 : person->id, .display_name = name}, 0, kNow);
      EXPECT_TRUE(made);
      return made->id;
    };
    operator_login = login("Operator", access::Role::operator_);
    ada_login = login("Ada", access::Role::person);
    iris_login = login("Iris", access::Role::person);
    ada = start(ada_login);
    iris = start(iris_login);
    odo = start(login("Odo", access::Role::person));
    operator_ = start(operator_login);
  }

  std::optional<MailOptions> mail_;
  io::testing::TemporaryFolder scratch_;
  std::string folder_ = scratch_ / "data";
  std::atomic<std::int64_t> now_{kNow};
  std::atomic<double> steady_{0.0};
  access::TryThrottle tries_{1};
  http::RateLimiter limiter_{{.quota = 100'000, .window_seconds = 60}, 1};
  std::unique_ptr<access::AccessStore> access_;
  std::unique_ptr<Outlets> outlets_;
  std::optional<NetworkLogins> network_logins_;
  std::unique_ptr<Backups> backups_;
  std::unique_ptr<instance::Instance> instance_;
  std::optional<Context> context_;
  std::optional<http::Service> service_;
};

}  // namespace renown::api::test
