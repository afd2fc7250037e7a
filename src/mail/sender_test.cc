#include "mail/sender.h"

#include <map>

#include "mail/testing.h"
#include "net/fake_pacer.h"
#include "net/killed_sender.h"
#include "net/test_smtp_server.h"

namespace renown::mail {
namespace {

using net::test::FakePacer;
using net::test::SmtpReplies;
using net::test::TestSmtpServer;
using test::kDay;
using test::kHazel;
using test::kNow;
using test::World;

net::SmtpOptions options_for(const TestSmtpServer& server) {
  return {.server = server.server(), .own_name = "renown.example", .connect_ms = 2'000, .whole_ms = 5'000};
}

struct Post {
  explicit Post(SmtpReplies replies = {}) : server(std::move(replies)), client(options_for(server)) {
    pacer.time = kNow;
    pacer.next_chance = 0;
  }
  SendReport send() {
    auto report = sender.send_due();
    EXPECT_TRUE(report) << report.error().message;
    return *report;
  }

  World world;
  TestSmtpServer server;
  net::SmtpClient client;
  FakePacer pacer;
  Sender sender{*world.store, client, "score@renown.example", pacer};
};

TEST(MailSender, sends_what_is_due_once) {
  Post post;
  post.world.ask("hazel@example.com");
  EXPECT_EQ(post.send().taken, 1);
  EXPECT_EQ(post.send().taken, 0);
  ASSERT_EQ(post.server.messages().size(), 1U);
  EXPECT_EQ(post.server.messages()[0].to, "<hazel@example.com>");
  EXPECT_EQ(post.server.messages()[0].from, "<score@renown.example>");
}

TEST(MailSender, comes_again_after_4xx_and_not_after_5xx) {
  Post post(SmtpReplies{{"RCPT", {"451 greylisted", "550 nobody"}}});
  post.world.ask("hazel@example.com");
  EXPECT_EQ(post.send().failed, 1);
  EXPECT_EQ(post.send().failed, 0) << "not yet";
  post.pacer.time += 60;
  EXPECT_EQ(post.send().refused, 1);
  post.pacer.time += kDay / 2;
  EXPECT_EQ(post.send().taken, 0);
  EXPECT_TRUE(post.server.messages().empty());
}

TEST(MailSender, leaves_a_server_alone_that_is_down) {
  Post post(SmtpReplies{{"", {"421 busy", "421 busy"}}});
  post.world.ask("a@example.com");
  post.world.ask("b@example.com");
  const SendReport report = post.send();
  EXPECT_EQ(report.failed, 1);
  ASSERT_EQ(report.problems.size(), 1U);
  EXPECT_EQ(report.problems.begin()->find("example.com"), std::string::npos);
  EXPECT_EQ(post.server.accepted(), 1) << "one knock, not one for each letter";
  post.pacer.time += 60;
  post.send();
  EXPECT_EQ(post.server.accepted(), 2);
  post.pacer.time += 59;
  post.send();
  EXPECT_EQ(post.server.accepted(), 2) << "longer each time";
  post.pacer.time += 3'600;
  EXPECT_EQ(post.send().taken, 2);
}

TEST(MailSender, sends_again_what_was_cut_off_and_not_what_may_have_been_taken) {
  Post cut(SmtpReplies{{"RCPT", {""}}});
  cut.world.ask("hazel@example.com");
  EXPECT_EQ(cut.send().failed, 1);
  cut.pacer.time += 60;
  EXPECT_EQ(cut.send().taken, 1);
  EXPECT_EQ(cut.server.messages().size(), 1U);

  Post taken(SmtpReplies{{".", {std::string(TestSmtpServer::kTakenThenCut)}}});
  taken.world.ask("hazel@example.com");
  EXPECT_EQ(taken.send().not_known, 1);
  taken.pacer.time += 3'600;
  EXPECT_EQ(taken.send().taken, 0);
  EXPECT_EQ(taken.server.messages().size(), 1U);
}

TEST(MailSender, ends_no_letter_that_is_not_wanted_any_more) {
  Post post;
  post.world.ask("hazel@example.com");
  const std::vector<Due> due = post.world.due();
  ASSERT_TRUE(post.world.store->remove(kHazel, post.world.addresses()[0].name));
  const auto before_end = [&] { return post.world.store->hand_over(due[0].id, kNow).has_value(); };
  EXPECT_EQ(post.client.send("a@b.example", due[0].to, due[0].message, before_end).kind,
            net::SmtpOutcome::Kind::not_handed);
  EXPECT_TRUE(post.server.messages().empty());
}

/// returns  whether it came to its end
bool sends_until_killed(World& world, const TestSmtpServer& server, unsigned microseconds) {
  world.store.reset();  // its file is the child's now
  return net::test::sends_until_killed(microseconds, [&] {
    world.reopen();
    net::SmtpClient client(options_for(server));
    FakePacer pacer;
    pacer.time = kNow;
    return Sender(*world.store, client, "score@renown.example", pacer).send_due().has_value();
  });
}

TEST(MailSender, killed_at_any_moment_sends_no_letter_twice) {
  constexpr int kLetters = 40;
  TestSmtpServer server;
  World world;
  for (int i = 0; i < kLetters; ++i) world.ask(fmt::format("{}@example.com", i), 100 + i);
  int kills = 0, unsettled = 0;
  for (unsigned round = 0; !sends_until_killed(world, server, 3'000 + 4'000 * round); ++round) {
    ++kills;
    world.reopen();
    unsettled += static_cast<int>(world.store->unsettled());
  }
  EXPECT_GT(kills, 0) << "the fault fired";
  std::map<std::string, int> received;
  for (const auto& message : server.messages()) ++received[message.to];
  for (const auto& [to, count] : received) EXPECT_EQ(count, 1) << to;
  EXPECT_LE(received.size(), static_cast<std::size_t>(kLetters));
  EXPECT_GE(received.size() + static_cast<std::size_t>(unsettled), static_cast<std::size_t>(kLetters))
      << "and nothing is lost but what may have been taken";
  RecordProperty("kills", kills);
  RecordProperty("unsettled", unsettled);
}

}  // namespace
}  // namespace renown::mail
