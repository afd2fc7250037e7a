#include "net/smtp.h"

#include <gtest/gtest.h>

#include "net/test_smtp_server.h"

namespace renown::net {
namespace {

using Kind = SmtpOutcome::Kind;
using test::SmtpReplies;
using test::TestSmtpServer;

constexpr std::string_view kMessage = "Subject: a\r\n\r\n.dot\r\nlast\r\n";

struct Told {
  SmtpOutcome outcome;
  int ends = 0;  ///< how often the end was asked for
};

Told send_to(const TestSmtpServer& server, bool may_end = true, std::string_view message = kMessage) {
  SmtpClient client({.server = server.server(), .own_name = "renown.example", .connect_ms = 2000, .whole_ms = 5000});
  Told told;
  told.outcome = client.send("from@renown.example", "ada@example.com", message, [&] {
    ++told.ends;
    return may_end;
  });
  return told;
}

TEST(SmtpServer, is_written_in_few_ways) {
  const struct {
    const char* text;
    const char* read;
  } rows[] = {{"smtp://mail.example", "smtp://mail.example:25"},
              {"smtps://mail.example", "smtps://mail.example:465"},
              {"smtp://Mail.Example:587/", "smtp://mail.example:587"},
              {"smtp://mail.example:80", "smtp://mail.example:80"},
              {"smtp://mail.example:443", "smtp://mail.example:443"},
              {"smtp://[::1]:2525", "smtp://[::1]:2525"},
              {"", nullptr},
              {"mail.example", nullptr},
              {"http://mail.example", nullptr},
              {"smtp://", nullptr},
              {"smtp://a b", nullptr},
              {"smtp://user:pass@mail.example", nullptr},
              {"smtp://mail.example/x", nullptr},
              {"smtp://mail.example:0", nullptr},
              {"smtp://m\r\nQUIT", nullptr}};
  for (const auto& row : rows) {
    const auto server = SmtpServer::parse(row.text);
    EXPECT_EQ(server.has_value(), row.read != nullptr) << row.text;
    if (server) {
      EXPECT_EQ(server->text(), row.read == nullptr ? "" : row.read);
    }
  }
}

TEST(SmtpServer, knows_this_machine) {
  for (const char* here : {"smtp://localhost", "smtp://127.0.0.1", "smtp://127.9.9.9", "smtp://[::1]", "smtp://0x7f.1"})
    EXPECT_TRUE(SmtpServer::parse(here)->is_loopback()) << here;
  for (const char* there :
       {"smtp://127.example", "smtp://mail.localhost", "smtp://192.0.2.1", "smtp://localhost.example"})
    EXPECT_FALSE(SmtpServer::parse(there)->is_loopback()) << there;
}

TEST(Smtp, hands_over_what_it_was_given) {
  const TestSmtpServer server;
  const Told told = send_to(server);
  EXPECT_EQ(told.outcome.kind, Kind::taken) << told.outcome.problem;
  EXPECT_EQ(told.ends, 1);
  ASSERT_EQ(server.messages().size(), 1U);
  EXPECT_EQ(server.messages()[0].from, "<from@renown.example>");
  EXPECT_EQ(server.messages()[0].to, "<ada@example.com>");
  EXPECT_EQ(server.messages()[0].bytes, kMessage);
  EXPECT_EQ(server.lines()[0], "EHLO renown.example") << "and not the name of the machine";
}

TEST(Smtp, hands_over_long_messages) {
  const TestSmtpServer server;
  std::string message = "Subject: a\r\n\r\n";
  for (int i = 0; i < 20'000; ++i) message += "..a line\r\n";
  EXPECT_EQ(send_to(server, true, message).outcome.kind, Kind::taken);
  EXPECT_EQ(server.messages().at(0).bytes, message);
}

TEST(Smtp, tells_every_way_to_fail_apart) {
  const struct {
    const char* name;
    SmtpReplies replies;
    Kind kind;
    int status;
    int ends;
  } rows[] = {
      {"greeting 554", {{"", {"554 no"}}}, Kind::not_handed, 554, 0},
      {"greeting 421", {{"", {"421 busy"}}}, Kind::not_handed, 421, 0},
      {"cut at the greeting", {{"", {""}}}, Kind::not_handed, 0, 0},
      {"EHLO and HELO 502", {{"EHLO", {"502 no"}}, {"HELO", {"502 no"}}}, Kind::not_handed, 502, 0},
      {"MAIL 451", {{"MAIL", {"451 later"}}}, Kind::refused, 451, 0},
      {"MAIL 421", {{"MAIL", {"421 closing"}}}, Kind::not_handed, 421, 0},
      {"RCPT 550", {{"RCPT", {"550 nobody"}}}, Kind::refused, 550, 0},
      {"RCPT 452", {{"RCPT", {"452 full"}}}, Kind::refused, 452, 0},
      {"cut at RCPT", {{"RCPT", {""}}}, Kind::not_handed, 0, 0},
      {"DATA 554", {{"DATA", {"554 no"}}}, Kind::refused, 554, 0},
      {"cut in the middle", {{".", {std::string(TestSmtpServer::kCutInTheMiddle)}}}, Kind::not_known, 0, 1},
      {"end 452", {{".", {"452 later"}}}, Kind::refused, 452, 1},
      {"end 550", {{".", {"550 spam"}}}, Kind::refused, 550, 1},
      {"taken, then cut", {{".", {std::string(TestSmtpServer::kTakenThenCut)}}}, Kind::not_known, 0, 1},
  };
  for (const auto& row : rows) {
    const TestSmtpServer server(row.replies);
    const Told told = send_to(server);
    EXPECT_EQ(told.outcome.kind, row.kind) << row.name << ": " << told.outcome.problem;
    EXPECT_EQ(told.outcome.status, row.status) << row.name;
    EXPECT_EQ(told.ends, row.ends) << row.name;
    EXPECT_FALSE(told.outcome.problem.empty()) << row.name;
    EXPECT_EQ(told.outcome.problem.find("example.com"), std::string::npos) << told.outcome.problem;
    EXPECT_EQ(send_to(server).outcome.kind, Kind::taken) << row.name << ": the fault was one";
  }
}

TEST(Smtp, a_server_gets_no_end_that_was_not_allowed) {
  const TestSmtpServer server;
  const Told told = send_to(server, false);
  EXPECT_EQ(told.outcome.kind, Kind::not_handed) << told.outcome.problem;
  EXPECT_EQ(told.ends, 1);
  EXPECT_TRUE(server.messages().empty());
}

TEST(Smtp, what_breaks_off_before_the_end_was_not_handed) {
  const TestSmtpServer server({{".", {std::string(TestSmtpServer::kCutInTheMiddle)}}});
  const Told told = send_to(server, true, std::string(8u << 20, 'x') + "\r\n");
  EXPECT_EQ(told.outcome.kind, Kind::not_handed) << told.outcome.problem;
  EXPECT_EQ(told.ends, 0);
}

TEST(Smtp, sends_nothing_in_plain_but_to_this_machine) {
  const TestSmtpServer server;
  SmtpClient client({.server = {.host = "mail.localhost", .port = static_cast<std::uint16_t>(server.port())},
                     .user = "ada",
                     .password = "secret",
                     .own_name = "renown.example"});
  const SmtpOutcome outcome = client.send("a@b.example", "c@d.example", kMessage, [] { return true; });
  EXPECT_EQ(outcome.kind, Kind::not_handed);
  EXPECT_NE(outcome.problem.find("STARTTLS"), std::string::npos) << outcome.problem;
  EXPECT_TRUE(server.messages().empty());
  for (const std::string& line : server.lines())
    EXPECT_TRUE(line.starts_with("EHLO") || line.starts_with("STARTTLS") || line == "QUIT") << line;
}

TEST(Smtp, stops_before_it_begins_and_nowhere_else) {
  const TestSmtpServer server;
  SmtpClient client({.server = server.server(), .own_name = "renown.example"});
  std::stop_source stop;
  stop.request_stop();
  EXPECT_EQ(
      client.send("a@b.example", "c@d.example", kMessage, [] { return true; }, stop.get_token()).kind, Kind::cancelled);
  EXPECT_TRUE(server.messages().empty());
  std::stop_source late;
  const auto outcome = client.send(
      "a@b.example", "c@d.example", kMessage,
      [&] {
        late.request_stop();
        return true;
      },
      late.get_token());
  EXPECT_EQ(outcome.kind, Kind::taken) << outcome.problem;
}

TEST(Smtp, nobody_there_is_nothing_handed) {
  TestSmtpServer server;
  server.stop();
  EXPECT_EQ(send_to(server).outcome.kind, Kind::not_handed);
}

}  // namespace
}  // namespace renown::net
