#include "net/tape.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/utf8.h"
#include "io/testing.h"
#include "net/fetch_testing.h"
#include "net/secrets.h"
#include "net/tape_line.h"

namespace renown::net {
namespace {

using test::Connection;
using test::kind;
using test::reply;
using test::Seen;
using test::TestServer;

/// Plays what it was given, as a network would.
class Script final : public Transport {
 public:
  explicit Script(std::vector<Fetched> answers) : answers_(std::move(answers)) {}
  std::vector<Fetched> fetch_all(std::span<const Request> requests, std::stop_token) override {
    std::vector<Fetched> results;
    for (std::size_t i = 0; i < requests.size(); ++i) results.push_back(answers_.at(next_++));
    return results;
  }

 private:
  std::vector<Fetched> answers_;
  std::size_t next_ = 0;
};

class TapeTest : public ::testing::Test {
 protected:
  std::string record(const std::vector<Request>& requests, std::vector<Fetched> answers) {
    Script script(std::move(answers));
    auto recorder = Recorder::create(script, path_);
    EXPECT_TRUE(recorder) << recorder.error().message;
    for (const Request& request : requests) static_cast<void>((*recorder)->fetch(request));
    EXPECT_TRUE((*recorder)->commit());
    return io::testing::read_file(path_);
  }
  std::unique_ptr<Replayer> replay() {
    auto replayer = Replayer::open(path_);
    EXPECT_TRUE(replayer) << replayer.error().message;
    return replayer ? std::move(*replayer) : nullptr;
  }
  io::testing::TemporaryFolder folder_;
  std::string path_ = folder_ / "tape.ndjson";
};

TEST_F(TapeTest, plays_what_a_real_server_said_without_it) {
  std::vector<Fetched> heard;
  std::vector<Request> requests;
  {
    TestServer server([](const Seen& seen, Connection& connection) {
      if (seen.target == "/broken") return connection.reset();
      connection.send(
          reply("said " + seen.target + std::string("\xff\x00", 2) + "\"", "X-A: 1\r\nX-A: 2\r\n", "203 Other"));
    });
    Fetcher fetcher(test::allowing({server.at()}));
    auto recorder = Recorder::create(fetcher, path_);
    ASSERT_TRUE(recorder);
    for (const char* target : {"/a", "/b?x=1", "/a", "/broken"}) requests.push_back({.url = server.url(target)});
    requests.push_back({.method = "POST", .url = server.url("/a"), .body = "x"});
    heard = (*recorder)->fetch_all(requests);
    ASSERT_TRUE((*recorder)->commit());
  }
  const auto replayer = replay();
  EXPECT_EQ(replayer->left(), 5U);
  const auto played = replayer->fetch_all(requests);
  for (std::size_t i = 0; i < requests.size(); ++i) {
    ASSERT_EQ(played[i].has_value(), heard[i].has_value()) << i;
    if (!heard[i]) {
      EXPECT_EQ(played[i].error().kind, heard[i].error().kind);
      EXPECT_EQ(played[i].error().message, heard[i].error().message);
      continue;
    }
    EXPECT_EQ(played[i]->status, heard[i]->status);
    EXPECT_EQ(played[i]->headers, heard[i]->headers);
    EXPECT_EQ(played[i]->body, heard[i]->body);
    EXPECT_EQ(played[i]->url, heard[i]->url);
  }
  EXPECT_EQ(replayer->left(), 0U);
}

TEST_F(TapeTest, names_what_it_does_not_hold) {
  record({{.url = "https://example.org/a"}}, {Response{.status = 200}});
  const auto replayer = replay();
  const auto unknown = replayer->fetch({.url = "https://example.org/b?token=hunter2hunter2"});
  EXPECT_EQ(kind(unknown), FailureKind::not_recorded);
  EXPECT_EQ(unknown.error().message, "GET https://example.org/b?... is not on the tape " + path_);
  EXPECT_EQ(kind(replayer->fetch({.method = "POST", .url = "https://example.org/a"})), FailureKind::not_recorded);
  EXPECT_TRUE(replayer->fetch({.url = "https://example.org/a"}));
  const auto again = replayer->fetch({.url = "https://example.org/a"});
  EXPECT_EQ(kind(again), FailureKind::not_recorded);
  EXPECT_EQ(again.error().message, "GET https://example.org/a is on the tape " + path_ + " only 1 times");
}

TEST_F(TapeTest, holds_no_secret_wherever_it_stands) {
  const Request request{
      .method = "POST",
      .url = "https://example.org/a?access_token=hunter2-in-query&page=1",
      .headers = {{"Authorization", "Bearer hunter2-in-header"}, {"Cookie", "session=hunter2-in-cookie"}},
      .body = "client_secret=hunter2-in-body&grant=x"};
  Response response{
      .status = 200,
      .headers = {{"Set-Cookie", "x=hunter2-set-cookie"},
                  {"Link", "<https://example.org/a?access_token=hunter2-in-link>; rel=\"next\""},
                  {"Location", "https://example.org/?x=1&code=hunter2-in-location#y"}},
      .body = "{\"echo\":\"hunter2-in-header\",\"again\":\"hunter2-in-body\",\"session\":\"hunter2-in-cookie\"}",
      .url = "https://example.org/a?access_token=hunter2-in-query&page=1"};
  const std::string tape =
      record({request, request}, {response, std::unexpected(Failure{FailureKind::timeout, "hunter2-in-header"})});
  EXPECT_EQ(tape.find("hunter2"), std::string::npos) << tape;
  EXPECT_NE(tape.find("?access_token=REMOVED&page=1"), std::string::npos) << tape;

  Request other = request;  // somebody else, with tokens of their own
  other.url = "https://example.org/a?access_token=another-token&page=1";
  other.headers = {{"Authorization", "Bearer another-header"}};
  other.body = "client_secret=another-secret&grant=x";
  EXPECT_TRUE(replay()->fetch(other));
}

TEST_F(TapeTest, a_damaged_one_is_refused_by_line) {
  const std::string line = record({{.url = "https://example.org/a"}}, {Response{.status = 200}});
  const std::pair<std::string, const char*> cases[] = {
      {line + "nonsense\n", ":2 is no exchange of a tape: not valid JSON"},
      {line + line.substr(0, 30), ":2 is no exchange of a tape: not valid JSON"},
      {"{}\n", ":1 is no exchange of a tape: \"request\" has no method or url"},
      {R"({"request":{"method":"GET","url":"x"}})",
       ":1 is no exchange of a tape: it has not one of \"response\" and \"failure\""},
      {R"({"request":{"method":"GET","url":"x"},"response":{}})",
       ":1 is no exchange of a tape: \"status\" is no HTTP status"},
      {R"({"request":{"method":"GET","url":"x"},"failure":{"kind":"y"}})",
       ":1 is no exchange of a tape: \"kind\" is no kind of failure"},
      {R"({"request":{"method":"GET","url":"x"},"response":{"status":200,"body_base64":"*"}})",
       ":1 is no exchange of a tape: \"body_base64\" is not base64"}};
  for (const auto& [bytes, wanted] : cases) {
    io::testing::write_file(path_, bytes);
    const auto replayer = Replayer::open(path_);
    ASSERT_FALSE(replayer) << bytes;
    EXPECT_NE(replayer.error().message.find(path_ + wanted), std::string::npos) << replayer.error().message;
  }
  EXPECT_FALSE(Replayer::open(folder_ / "missing"));
}

TEST_F(TapeTest, is_not_there_until_it_is_whole) {
  Script script({Response{.status = 200}});
  {
    auto recorder = Recorder::create(script, path_);
    ASSERT_TRUE(recorder);
    EXPECT_TRUE((*recorder)->fetch({.url = "https://example.org/"}));
  }
  EXPECT_FALSE(std::filesystem::exists(path_));
}

TEST(Secrets, are_known_by_their_keys) {
  const std::pair<const char*, const char*> cases[] = {
      {"", ""},
      {"token=x", "token=REMOVED"},
      {"?TOKEN=x", "?TOKEN=REMOVED"},
      {"https://h/?a=1&key=x&b=2", "https://h/?a=1&key=REMOVED&b=2"},
      {"https://h/?monkey=x", "https://h/?monkey=x"},
      {"?token=", "?token="},
      {"?token", "?token"},
      {"?token&key=1", "?token&key=REMOVED"},
      {"<https://h/?code=a>; rel=next, <https://h/?code=b>",
       "<https://h/?code=REMOVED>; rel=next, <https://h/?code=REMOVED>"},
      {"a#access_token=x", "a#access_token=REMOVED"},
      {"?token=a=b&c", "?token=REMOVED&c"}};
  for (const auto& [text, wanted] : cases) EXPECT_EQ(without_query_secrets(text), wanted) << text;
}

RC_GTEST_PROP(TapeLine, is_read_back_as_it_was_written, (const std::string& body, const std::string& value)) {
  const Request request{.method = "POST", .url = "https://example.org/", .body = body};
  Response response{.status = 200, .body = body, .url = "https://example.org/"};
  if (base::is_utf8(value) && without_query_secrets(value) == value) response.headers.add("X", value);
  io::JsonParser parser;
  const auto line = read_tape_line(parser, write_tape_line(request, response));
  RC_ASSERT(line.has_value());
  RC_ASSERT(line->key == tape_key(request));
  RC_ASSERT(line->fetched->body == body);
  RC_ASSERT(line->fetched->headers == response.headers);
}

}  // namespace
}  // namespace renown::net
