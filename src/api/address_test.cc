/// Addresses, letters and thresholds together, with a mail server beside the instance.

#include <chrono>
#include <thread>

#include <gtest/gtest.h>

#include "access/addresses.h"
#include "api/testing.h"
#include "net/test_smtp_server.h"

namespace renown::api {
namespace {

using net::test::TestSmtpServer;
using test::Answer;
using test::Who;

constexpr const char* kAddresses = "/v1/people/me/addresses";

class WithoutMailTest : public ::testing::Test {
 protected:
  test::TestInstance world_;
};

TEST_F(WithoutMailTest, every_route_that_needs_it_says_so_in_one_sentence) {
  EXPECT_EQ(world_.get(kAddresses, world_.ada).json()["available"].boolean(), false);
  for (const auto& [path, body] :
       {std::pair{kAddresses, R"({"address":"ada@example.com"})"}, {"/v1/people/me/digest", ""}}) {
    const Answer answer = world_.ask("POST", path, world_.ada, body);
    EXPECT_EQ(answer.status, 400) << path;
    EXPECT_EQ(answer.json()["detail"].text(), "this server sends no e-mail: its operator has set up no mail server");
  }
}

TEST_F(WithoutMailTest, a_person_says_from_where_on_a_move_is_told) {
  const auto set = [&](const char* body) { return world_.ask("PATCH", "/v1/people/me/preferences", world_.ada, body); };
  EXPECT_EQ(world_.get("/v1/people/me/preferences", world_.ada).json()["notify_move"].number(), "1");
  EXPECT_EQ(set(R"({"notify_move":2.5})").json()["notify_move"].number(), "2.5");
  EXPECT_EQ(set(R"({"score_hidden":true})").json()["notify_move"].number(), "2.5") << "others stay";
  EXPECT_TRUE(set(R"({"notify_move":null})").json()["notify_move"].is_null());
  for (const char* wrong : {R"({"notify_move":0})", R"({"notify_move":100})", R"({"notify_move":"1"})"})
    EXPECT_EQ(set(wrong).status, 400) << wrong;
}

class AddressTest : public ::testing::Test {
 protected:
  AddressTest()
      : world_({}, {},
               MailOptions{.smtp = {.server = server_.server(), .connect_ms = 2'000, .whole_ms = 5'000},
                           .from = "score@renown.example"}) {
    world_.context().outlets.start(world_.context());
  }

  Answer add(const Who& who, const std::string& body) { return world_.ask("POST", kAddresses, who, body); }

  /// The message of that number, once it has come.
  std::string message(std::size_t number) {
    for (int i = 0; i < 1'000 && server_.messages().size() <= number; ++i)
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    const auto messages = server_.messages();
    EXPECT_GT(messages.size(), number) << "no letter came";
    return messages.size() > number ? messages[number].bytes : "";
  }

  /// What stands behind an address of ours in a message, whose soft line ends are taken out.
  static std::string token_of(std::string message, std::string_view path) {
    for (std::size_t at = message.find("=\r\n"); at != std::string::npos; at = message.find("=\r\n"))
      message.erase(at, 3);
    const std::size_t begin = message.find(path);
    if (begin == std::string::npos) return "";
    const std::size_t end = message.find_first_not_of(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_", begin + path.size());
    return message.substr(begin + path.size(), end - begin - path.size());
  }

  std::string id_of_first(const Who& who) {
    const Answer list = world_.get(kAddresses, who);
    for (const io::JsonValue each : list.json()["items"].elements()) return std::string(each["id"].text());
    return "";
  }

  void note_run() {
    const auto published = world_.instance().published();
    world_.context().outlets.note_run(*published);
  }

  Answer confirm(const Who& who, const std::string& token) {
    return world_.ask("POST", "/v1/people/me/addresses/confirm", who, R"({"token":")" + token + R"("})");
  }

  TestSmtpServer server_;
  test::TestInstance world_;
};

TEST_F(AddressTest, an_address_is_added_confirmed_found_by_and_removed) {
  ASSERT_EQ(add(world_.ada, R"({"address":"Ada@example.com","findable":true})").status, 202);
  const std::string letter = message(0);
  EXPECT_EQ(server_.messages()[0].to, "<Ada@example.com>");
  EXPECT_EQ(letter.find("List-Unsubscribe"), std::string::npos);
  EXPECT_EQ(letter.find("Ada "), std::string::npos) << "nothing of who asks stands in it";
  const std::string token = token_of(letter, "/confirm-address/");
  ASSERT_EQ(token.size(), 43U) << letter;
  const std::string sha256 = *access::address_hash("ada@example.com");
  EXPECT_EQ(*world_.access().addresses().person_of(sha256), 0) << "not before it is confirmed";
  EXPECT_EQ(confirm(world_.iris, token).status, 404) << "in another's session";
  const Answer confirmed = confirm(world_.ada, token);
  ASSERT_EQ(confirmed.status, 204) << confirmed.body;
  EXPECT_NE(world_.get(kAddresses, world_.ada).body.find(R"("state":"confirmed")"), std::string::npos);
  EXPECT_EQ(confirm(world_.ada, token).status, 404) << "once";
  EXPECT_NE(*world_.access().addresses().person_of(sha256), 0);

  const std::string path = std::string(kAddresses) + "/" + id_of_first(world_.ada);
  EXPECT_EQ(world_.ask("DELETE", path, world_.iris).status, 404);
  EXPECT_EQ(world_.ask("PATCH", path, world_.ada, R"({"letters":false})").status, 204);
  const Answer hashed = world_.get(kAddresses, world_.ada);
  EXPECT_EQ(hashed.body.find("ada@example"), std::string::npos) << "the plain one is kept for letters alone";
  EXPECT_NE(hashed.body.find(R"("address":null)"), std::string::npos) << hashed.body;
  EXPECT_EQ(world_.ask("PATCH", path, world_.ada, R"({"letters":true})").status, 400);
  EXPECT_EQ(world_.ask("DELETE", path, world_.ada).status, 204);
  EXPECT_EQ(*world_.access().addresses().person_of(sha256), 0);
  EXPECT_EQ(id_of_first(world_.ada), "");
}

TEST_F(AddressTest, taken_unknown_and_bounded_are_one_answer) {
  const Answer first = add(world_.ada, R"({"address":"shared@example.com"})");
  ASSERT_EQ(confirm(world_.ada, token_of(message(0), "/confirm-address/")).status, 204);
  EXPECT_EQ(add(world_.ada, R"({"address":"shared@example.com"})").body, first.body);
  EXPECT_EQ(add(world_.iris, R"({"address":"shared@example.com"})").body, first.body);
  message(1);
  EXPECT_EQ(add(world_.odo, R"({"address":"shared@example.com"})").body, first.body);
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  EXPECT_EQ(server_.messages().size(), 2U) << "three were asked for it today: the last letter is withheld";
  for (const char* wrong : {R"({"address":"a b"})", R"({"address":"ada@example.com\r\nBcc: eve@example.com"})",
                            R"({"address":"ada@example.com","letters":false})", R"({})"})
    EXPECT_EQ(add(world_.ada, wrong).status, 400) << wrong;
}

TEST_F(AddressTest, a_person_asks_so_often_a_day) {
  for (int i = 0; i < 5; ++i)
    EXPECT_EQ(add(world_.ada, fmt::format(R"({{"address":"{}@example.com"}})", i)).status, 202);
  const Answer more = add(world_.ada, R"({"address":"more@example.com"})");
  EXPECT_EQ(more.status, 429);
  EXPECT_TRUE(more.headers.find("Retry-After"));
  EXPECT_EQ(add(world_.iris, R"({"address":"iris@example.com"})").status, 202) << "each for themselves";
}

TEST_F(AddressTest, a_digest_says_the_score_and_how_to_stop) {
  EXPECT_EQ(world_.ask("POST", "/v1/people/me/digest", world_.ada).status, 400) << "to where?";
  add(world_.ada, R"({"address":"ada@example.com","findable":true})");
  ASSERT_EQ(confirm(world_.ada, token_of(message(0), "/confirm-address/")).status, 204);
  const Answer sent = world_.ask("POST", "/v1/people/me/digest", world_.ada);
  ASSERT_EQ(sent.status, 202) << sent.body;
  const std::string letter = message(1);
  const Answer card = world_.get("/v1/people/me/score", world_.ada);
  const double score = std::stod(std::string(card.json()["score"].number()));
  EXPECT_NE(letter.find(fmt::format("Subject: Your score: {:.1f}", score)), std::string::npos) << letter;
  EXPECT_NE(letter.find("To: \"Ada\" <ada@example.com>"), std::string::npos);
  EXPECT_NE(letter.find("New people engaged with you"), std::string::npos) << letter;
  EXPECT_NE(letter.find("List-Unsubscribe-Post: List-Unsubscribe=One-Click"), std::string::npos);
  const std::string token = token_of(letter.substr(0, letter.find("\r\n\r\n")), "/unsubscribe/");
  http::Headers form;
  form.add("Content-Type", "application/x-www-form-urlencoded");
  // As a mail program does it: without a session, and with a body of a form.
  EXPECT_EQ(world_.ask("POST", "/unsubscribe/" + token + "x").status, 204) << "one answer for every token";
  EXPECT_NE(world_.get(kAddresses, world_.ada).body.find("ada@example.com"), std::string::npos);
  EXPECT_EQ(world_.ask("POST", "/unsubscribe/" + token, {}, "List-Unsubscribe=One-Click", form).status, 204);
  EXPECT_EQ(world_.get(kAddresses, world_.ada).body.find("ada@example.com"), std::string::npos);
  EXPECT_NE(*world_.access().addresses().person_of(*access::address_hash("ada@example.com")), 0)
      << "being found was another wish";
}

TEST_F(AddressTest, a_digest_asked_for_while_a_letter_is_under_way_is_told_so) {
  add(world_.ada, R"({"address":"ada@example.com"})");
  ASSERT_EQ(confirm(world_.ada, token_of(message(0), "/confirm-address/")).status, 204);
  mail::MailStore& store = world_.context().outlets.letters().store();
  const auto readers = store.readers();
  ASSERT_EQ(readers->size(), 1U);
  // One whose turn comes in an hour.
  ASSERT_EQ(*store.queue_digest(readers->front().id, "a letter", world_.now() + 3'600), mail::Queued::queued);
  const Answer refused = world_.ask("POST", "/v1/people/me/digest", world_.ada);
  EXPECT_EQ(refused.status, 409) << refused.body;
  EXPECT_EQ(refused.json()["type"].text(), "/problems/letter-under-way");
}

TEST_F(AddressTest, digests_come_by_the_week_and_in_the_readers_language) {
  world_.ask("PATCH", "/v1/people/me/preferences", world_.ada, R"({"locale":"de"})");
  add(world_.ada, R"({"address":"ada@example.com"})");
  ASSERT_EQ(confirm(world_.ada, token_of(message(0), "/confirm-address/")).status, 204);
  note_run();
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  EXPECT_EQ(server_.messages().size(), 1U) << "not at once";
  world_.now() += 7 * 86'400;
  note_run();
  EXPECT_NE(message(1).find("Deine Punktzahl"), std::string::npos) << message(1);
  note_run();
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  EXPECT_EQ(server_.messages().size(), 2U) << "once";
}

TEST_F(AddressTest, who_opts_out_or_is_erased_leaves_no_address) {
  for (const Who* who : {&world_.ada, &world_.iris}) {
    const std::size_t before = server_.messages().size();
    const std::string name = who == &world_.ada ? "ada" : "iris";
    add(*who, fmt::format(R"({{"address":"{}@example.com","findable":true}})", name));
    ASSERT_EQ(confirm(*who, token_of(message(before), "/confirm-address/")).status, 204);
  }
  EXPECT_NE(world_.get("/v1/people/me/export", world_.ada).body.find("ada@example.com"), std::string::npos);
  ASSERT_EQ(world_.ask("POST", "/v1/people/me/opt-out", world_.ada, "{}").status, 200);
  EXPECT_EQ(id_of_first(world_.ada), "");
  EXPECT_EQ(add(world_.ada, R"({"address":"ada@example.com"})").status, 400) << "nothing is sent to who opted out";
  ASSERT_EQ(world_.ask("DELETE", "/v1/people/me", world_.iris, R"({"name":"Iris"})").status, 200);
  for (const char* address : {"ada@example.com", "iris@example.com"})
    EXPECT_EQ(*world_.access().addresses().person_of(*access::address_hash(address)), 0) << address;
  EXPECT_TRUE(world_.context().outlets.letters().store().readers()->empty());
}

}  // namespace
}  // namespace renown::api
