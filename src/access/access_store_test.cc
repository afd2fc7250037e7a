// The whole store: threads, kills, secrets, expiry, a person's records and their end.
#include "access/access_store.h"

#include <atomic>
#include <chrono>
#include <csignal>
#include <iostream>
#include <set>
#include <thread>

#include <fmt/format.h>
#include <sys/wait.h>

#include "access/password.h"
#include "access/testing.h"

namespace renown::access {
namespace {

using test::expect_failure;
using test::kDay;
using test::kNow;

class AccessStoreTest : public test::StoreTest {
 protected:
  /// A person with something in every table; texts have `mark` in them.
  LoginId fill(PersonId person, const std::string& mark) {
    NewLogin of_person;
    of_person.person = person;
    of_person.name = mark + "-name";
    of_person.display_name = mark + "-display";
    const auto made = store_->logins().make(of_person, 0, kNow);
    EXPECT_TRUE(made);
    const LoginId id = made->id;
    EXPECT_TRUE(store_->sessions().start(id, mark + "-device", kNow));
    EXPECT_TRUE(store_->links().make_invitation(id, mark + "-note", kNow));
    const auto made_key = store_->api_keys().make({.login = id,
                                                   .name = mark + "-key",
                                                   .scopes = *ScopeSet::parse("score:read"),
                                                   .organisation = mark + "-org",
                                                   .purpose = mark + "-purpose"},
                                                  id, kNow);
    EXPECT_TRUE(made_key);
    EXPECT_TRUE(store_->preferences().set(person, {.zone = "Zone/" + mark}));
    EXPECT_TRUE(store_->addresses().add(person, mark + "@example.com", kNow));
    EXPECT_TRUE(store_->consents().give(person, {.organisation = mark + "-asker"}, kNow));
    EXPECT_TRUE(store_->lookup_log().add(std::vector<Lookup>{{.number = 0,
                                                              .time = kNow,
                                                              .key = 99,
                                                              .asker = mark + "-looked",
                                                              .purpose = Purpose::event,
                                                              .person = person,
                                                              .outcome = LookupOutcome::score}}));
    auto attempt = store_->idempotency().begin(caller_of_key(made_key->key.id), "r", "k", "x", kNow);
    EXPECT_TRUE(attempt->finish({.status = 200, .headers = {}, .body = mark + "-body"}, kNow));
    return id;
  }
};

TEST_F(AccessStoreTest, KnowsOfWhomItHoldsAnything) {
  using People = std::vector<PersonId>;
  EXPECT_EQ(*store_->people(), People());
  fill(7, "seven");
  ASSERT_TRUE(store_->preferences().set(3, {}));
  ASSERT_TRUE(store_->consents().give(5, {.organisation = "asker"}, kNow));
  ASSERT_TRUE(store_->addresses().add(4, "four@example.com", kNow));
  login(Role::person, 6);
  login(Role::operator_);  // no person
  std::vector<Lookup> lookups;
  for (const PersonId person : {9, 2, 9, 0, 2, 9})  // 0: of nobody
    lookups.push_back({.number = 0, .time = kNow, .key = 1, .asker = "a", .purpose = Purpose::event, .person = person});
  ASSERT_TRUE(store_->lookup_log().add(lookups));
  EXPECT_EQ(*store_->people(), People({2, 3, 4, 5, 6, 7, 9}));
  ASSERT_TRUE(store_->erase(7, 0, kNow));
  ASSERT_TRUE(store_->erase(9, 0, kNow));
  EXPECT_EQ(*store_->people(), People({2, 3, 4, 5, 6}));
}

TEST_F(AccessStoreTest, SaysWhatIsWrongWithAFile) {
  store_.reset();
  std::ofstream(path()) << std::string(5000, 'x');
  EXPECT_EQ(AccessStore::open(path()).error().code, ErrorCode::bad_input);
  EXPECT_EQ(AccessStore::open((folder_ / "no/where").string()).error().code, ErrorCode::io);
  const std::string other = (folder_ / "other.sqlite").string();
  ASSERT_TRUE(store::Database::open_for_writing(other)->execute_script("CREATE TABLE theirs(a)"));
  expect_failure(AccessStore::open(other), ErrorCode::bad_input, "is not the store of access");
}

TEST_F(AccessStoreTest, RecordsAreAllThatThereIsAboutAPerson) {
  fill(7, "zaphod");
  fill(8, "trillian");
  const auto records = store_->records_of(7, kNow);
  ASSERT_TRUE(records);
  EXPECT_EQ(records->login->display_name, "zaphod-display");
  EXPECT_EQ(records->sessions.at(0).device, "zaphod-device");
  EXPECT_EQ(records->invitations.at(0).note, "zaphod-note");
  EXPECT_EQ(records->keys.at(0).name, "zaphod-key");
  EXPECT_TRUE(records->has_preferences);
  EXPECT_EQ(records->preferences.zone, "Zone/zaphod");
  EXPECT_EQ(records->addresses.at(0).sha256, *address_hash("zaphod@example.com"));
  EXPECT_EQ(records->consents.at(0).terms.organisation, "zaphod-asker");
  EXPECT_EQ(records->lookups.at(0).asker, "zaphod-looked");
  EXPECT_EQ(records->audit.size(), 2U) << "login made, key made";
  for (const std::size_t size : {records->sessions.size(), records->invitations.size(), records->keys.size(),
                                 records->addresses.size(), records->consents.size(), records->lookups.size()})
    EXPECT_EQ(size, 1U);
  const auto none = store_->records_of(9, kNow);
  ASSERT_TRUE(none);
  EXPECT_FALSE(none->login);
  EXPECT_FALSE(none->has_preferences);
  EXPECT_TRUE(none->lookups.empty());
}

TEST_F(AccessStoreTest, ErasedIsGoneToTheLastByteAndNobodyElseIs) {
  const LoginId boss = login(Role::operator_);
  const LoginId zaphod = fill(7, "zaphod");
  fill(8, "trillian");
  auto others = store_->idempotency().begin(caller_of_login(boss), "show", "k", "x", kNow);
  ASSERT_TRUE(others->finish({.status = 200, .headers = {{"Link", "zaphod"}}, .body = "about zaphod"}, kNow));
  ASSERT_TRUE(store_->logins().set_role(boss, Role::operator_, zaphod, kNow));
  const std::string hash = *address_hash("zaphod@example.com");
  ASSERT_TRUE(holds("zaphod"));
  ASSERT_TRUE(holds(hash));
  const auto erased = store_->erase(7, boss, kNow);
  ASSERT_TRUE(erased) << erased.error().message;
  EXPECT_EQ(erased->logins + erased->addresses + erased->consents + erased->lookups, 4U);
  EXPECT_FALSE(holds("zaphod"));
  EXPECT_FALSE(holds(hash));
  const auto records = store_->records_of(7, kNow);
  EXPECT_FALSE(records->login);
  EXPECT_TRUE(records->addresses.empty() && records->consents.empty() && records->lookups.empty());
  EXPECT_FALSE(records->has_preferences);
  const auto stays = store_->records_of(8, kNow);
  EXPECT_EQ(stays->sessions.size() + stays->keys.size() + stays->addresses.size() + stays->lookups.size(), 4U);
  const auto replay = store_->idempotency().begin(caller_of_login(boss), "show", "k", "x", kNow);
  EXPECT_EQ(replay->state(), Attempt::State::replay) << "it was done, and is not done again";
  EXPECT_TRUE(replay->answer().is_withheld);
  EXPECT_TRUE(replay->answer().headers.empty());
  const auto lines = *store_->audit().read();
  for (const AuditLine& line : lines.items) {
    EXPECT_NE(line.by, zaphod);
    EXPECT_NE(line.login, zaphod);
  }
  EXPECT_EQ(store_->audit().read()->items.at(0).what, "person erased");
  const auto again = store_->erase(7, boss, kNow);
  ASSERT_TRUE(again) << "nothing is left, and that is no failure";
  EXPECT_EQ(again->logins, 0U);
  EXPECT_NE(login(Role::person, 7), zaphod) << "a number is never given twice";
  EXPECT_FALSE(store_->erase(0, boss, kNow));
}

TEST_F(AccessStoreTest, TheLastOperatorIsNotErased) {
  login(Role::operator_, 7);
  ASSERT_TRUE(store_->addresses().add(7, "ada@example.com", kNow));
  expect_failure(store_->erase(7, 0, kNow), ErrorCode::bad_input, "last operator cannot be erased");
  EXPECT_EQ(store_->addresses().of_person(7)->size(), 1U) << "and then nothing is";
}

TEST_F(AccessStoreTest, HoldsNoneOfAThousandSecrets) {
  std::set<std::string> secrets;
  const LoginId ada = login(Role::operator_);
  secrets.insert(store_->logins().new_set_up_token());
  for (int i = 0; i < 400; ++i) secrets.insert(store_->sessions().start(ada, "a browser", kNow)->token);
  for (int i = 0; i < 250; ++i) secrets.insert(store_->links().make_log_in(ada, kNow)->token);
  for (int i = 0; i < 100; ++i) secrets.insert(store_->links().make_invitation(ada, "", kNow)->token);
  for (int i = 0; i < 100; ++i) {
    const MadeApiKey made = key(ada, "score:read admin");
    secrets.insert(made.text.substr(13));
    ASSERT_TRUE(holds(made.key.prefix)) << "what is stored is found by this test";
  }
  for (int i = 0; i < 4; ++i) {
    NewLogin with_password;
    with_password.name = fmt::format("login{}", i);
    with_password.password = fmt::format("a planted password {}", i);
    secrets.insert(with_password.password);
    ASSERT_TRUE(store_->logins().make(with_password, 0, kNow));
  }
  for (int i = 0; i < 150; ++i) {
    const std::string idempotency_key = fmt::format("planted-key-{}", i),
                      request = fmt::format("planted-request-{}", i);
    const std::string address = fmt::format("planted-{}@example.com", i);
    auto attempt = store_->idempotency().begin("login 1", "r", idempotency_key, request, kNow);
    ASSERT_TRUE(attempt->finish({.status = 200, .headers = {}, .body = "{}"}, kNow));
    ASSERT_TRUE(store_->addresses().add(1000 + i, address, kNow));
    secrets.insert({idempotency_key, request, address});
  }
  ASSERT_GE(secrets.size(), 1000U);
  const auto look = [&](const std::string& all) {
    for (const std::string& secret : secrets) ASSERT_EQ(all.find(secret), std::string::npos) << secret;
  };
  ASSERT_TRUE(std::filesystem::exists(path() + "-wal") && std::filesystem::exists(path() + "-shm"));
  look(bytes());
  reopen();
  look(bytes());
}

TEST_F(AccessStoreTest, ServesSeveralThreadsAtOnce) {
  const LoginId ada = login(Role::operator_);
  const std::string token = store_->sessions().start(ada, "", kNow)->token, text = key(ada, "admin").text;
  std::atomic<int> failed = 0, found = 0;
  std::atomic<bool> is_over = false;
  const auto check = [&](bool good) { failed += good ? 0 : 1; };
  std::vector<std::thread> readers, writers;
  for (int i = 0; i < 2; ++i) {
    readers.emplace_back([&] {
      while (!is_over) {
        const auto session = store_->sessions().find(token, kNow + 100);
        const auto api_key = store_->api_keys().find(text, kNow + 100);
        check(session && *session && api_key && *api_key && (*session)->login == ada);
        check(store_->consents().allows(7, **api_key, Purpose::event).has_value());
        ++found;
      }
    });
    writers.emplace_back([&, i] {
      for (int j = 0; j < 60; ++j) {
        const auto session = store_->sessions().start(ada, "", kNow);
        check(session.has_value() && store_->sessions().find(session->token, kNow)->has_value());
        check(store_->sessions().end(ada, session->id).has_value());
        check(!store_->sessions().find(session->token, kNow)->has_value());
        check(store_->preferences().set(100 + i, {.opted_out = j % 2 == 0}).has_value());
        check(store_->preferences().of(100 + i)->opted_out == (j % 2 == 0));
        if (j % 20 == 0) check(store_->tidy(kNow + 100).has_value());
        if (j % 30 == 0) check(store_->erase(200 + i, 0, kNow).has_value());
      }
    });
  }
  for (std::thread& each : writers) each.join();
  is_over = true;
  for (std::thread& each : readers) each.join();
  EXPECT_EQ(failed, 0);
  EXPECT_GT(found, 100);
}

TEST_F(AccessStoreTest, ALinkThatTwoUseAtOnceServesOne) {
  const LoginId ada = login();
  for (int round = 0; round < 20; ++round) {
    const std::string token = store_->links().make_log_in(ada, kNow)->token;
    std::atomic<int> let_in = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 3; ++i)
      threads.emplace_back([&] { let_in += store_->links().use_log_in(token, kNow).has_value() ? 1 : 0; });
    for (std::thread& each : threads) each.join();
    EXPECT_EQ(let_in, 1);
  }
}

// Figures for docs/access.md: access_tests --gtest_also_run_disabled_tests --gtest_filter='*HowLongRequestsWait*'
TEST_F(AccessStoreTest, DISABLED_HowLongRequestsWait) {
  const LoginId boss = login(Role::operator_);
  std::vector<std::string> tokens, texts;
  for (int i = 0; i < 1000; ++i) {
    const LoginId each = login();
    for (int j = 0; j < 10; ++j) tokens.push_back(store_->sessions().start(each, "Firefox on Linux", kNow)->token);
    texts.push_back(key(each, "score:read").text);
  }
  ASSERT_TRUE(store_->consents().give(7, {.purpose = Purpose::event}, kNow));
  ApiKey asker;
  using Clock = std::chrono::steady_clock;
  const auto measure = [](const char* what, int rounds, auto work) {
    const auto begin = Clock::now();
    for (int i = 0; i < rounds; ++i) ASSERT_TRUE(work(static_cast<std::size_t>(i)));
    const double microseconds = std::chrono::duration<double, std::micro>(Clock::now() - begin).count() / rounds;
    std::cout << fmt::format("{}: {:.1f} us\n", what, microseconds);
  };
  measure("session, known", 100'000,
          [&](std::size_t i) { return store_->sessions().find(tokens[i * 7919 % tokens.size()], kNow)->has_value(); });
  measure("session, unknown", 100'000,
          [&](std::size_t) { return !store_->sessions().find(std::string(43, 'A'), kNow)->has_value(); });
  measure("key", 100'000,
          [&](std::size_t i) { return store_->api_keys().find(texts[i * 7919 % texts.size()], kNow)->has_value(); });
  measure("consent", 100'000, [&](std::size_t) { return *store_->consents().allows(7, asker, Purpose::event); });
  measure("preferences", 100'000, [&](std::size_t) { return store_->preferences().of(7).has_value(); });
  measure("new session (a synced write)", 200,
          [&](std::size_t) { return store_->sessions().start(boss, "", kNow).has_value(); });
  const auto hash = hash_password("correct horse");
  measure("password", 10, [&](std::size_t) { return is_password_of("correct horse", *hash); });
  std::atomic<bool> is_over = false;
  std::thread writer([&] {
    while (!is_over) static_cast<void>(store_->sessions().start(boss, "", kNow));
  });
  std::vector<double> waits;
  for (int i = 0; i < 100'000; ++i) {
    const auto begin = Clock::now();
    ASSERT_TRUE(store_->sessions().find(tokens[static_cast<std::size_t>(i) % tokens.size()], kNow)->has_value());
    waits.push_back(std::chrono::duration<double, std::micro>(Clock::now() - begin).count());
  }
  is_over = true;
  writer.join();
  std::ranges::sort(waits);
  std::cout << fmt::format("session beside a writer that never stops: {:.1f} us, of 1,000 the longest {:.0f} us\n",
                           waits[waits.size() / 2], waits[waits.size() * 999 / 1000]);
}

TEST_F(AccessStoreTest, AKillLosesNothingThatWasAcknowledged) {
  const LoginId ada = login(Role::operator_);
  store_.reset();
  std::set<std::string> acknowledged;
  std::size_t revoked = 0;
  for (int round = 0; round < 15; ++round) {
    int ends[2];
    ASSERT_EQ(::pipe(ends), 0);
    const pid_t child = ::fork();
    if (child == 0) {
      // Tells of each write once it has returned: a letter, and a token of 43. Fewer than a login may have sessions.
      auto store = AccessStore::open(path());
      const auto tell = [&](char what, const std::string& token) {
        const std::string line = what + token;
        static_cast<void>(!::write(ends[1], line.data(), line.size()));
      };
      for (int i = 0; i < kMostSessionsOfLogin; ++i) {
        const auto started = (*store)->sessions().start(ada, "", kNow + round * 1000 + i);
        if (!started) ::_exit(1);
        tell('+', started->token);
        if (i % 2 == 1 && (*store)->sessions().end(ada, started->id)) tell('-', started->token);
        if (i % 5 == 4 && !(*store)->tidy(kNow)) ::_exit(1);
        if (i % 11 == 10 && !(*store)->erase(1, 0, kNow)) ::_exit(1);
      }
      for (;;) ::pause();
    }
    ::close(ends[1]);
    std::string told;
    char buffer[440];
    // Kills it at another number of writes each round, somewhere within the next one.
    while (told.size() < static_cast<std::size_t>(44 * (3 + 4 * round))) {
      const ssize_t got = ::read(ends[0], buffer, sizeof(buffer));
      if (got <= 0) break;
      told.append(buffer, static_cast<std::size_t>(got));
    }
    ::usleep(static_cast<useconds_t>(round * 137));
    ASSERT_EQ(::kill(child, SIGKILL), 0);
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFSIGNALED(status)) << "the kill must have been what ended it";
    for (ssize_t got = 0; (got = ::read(ends[0], buffer, sizeof(buffer))) > 0;)
      told.append(buffer, static_cast<std::size_t>(got));
    ::close(ends[0]);
    ASSERT_GE(told.size(), 44U);
    for (std::size_t at = 0; at + 44 <= told.size(); at += 44) {
      const std::string token = told.substr(at + 1, 43);
      if (told[at] == '+') acknowledged.insert(token);
      if (told[at] == '-') revoked += acknowledged.erase(token);
    }
    // The last end may have happened without having been told of.
    const std::string last = told[told.size() - 44] == '+' ? told.substr(told.size() - 43) : "";
    store_ = open();
    ASSERT_NE(store_, nullptr);
    std::size_t lost = 0;
    for (const std::string& token : acknowledged)
      lost += store_->sessions().find(token, kNow)->has_value() || token == last ? 0 : 1;
    EXPECT_EQ(lost, 0U) << "round " << round;
    ASSERT_TRUE(store_->sessions().end_all(ada));
    acknowledged.clear();
    store_.reset();
  }
  EXPECT_GT(revoked, 0U);
  store_ = open();
}

}  // namespace
}  // namespace renown::access
