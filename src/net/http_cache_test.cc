#include "net/http_cache.h"

#include <atomic>
#include <filesystem>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "io/testing.h"
#include "net/fetch_testing.h"
#include "net/stored_response.h"

namespace renown::net {
namespace {

using test::Connection;
using test::reply;
using test::Seen;
using test::TestServer;

/// A server whose pages have an ETag, which is also the number of times their content changed.
class HttpCacheTest : public ::testing::Test {
 protected:
  void SetUp() override { open(); }
  void open(std::uint64_t max_bytes = HttpCache::kMaxBytes) {
    cache_.reset();
    cache_ = std::make_unique<HttpCache>(fetcher_, folder_ / "cache", max_bytes);
  }
  Fetched get(std::string_view target, Headers headers = {}) {
    return cache_->fetch({.url = server_.url(target), .headers = std::move(headers)});
  }
  Seen last() const { return server_.seen().back(); }
  std::vector<std::string> files() const {
    std::vector<std::string> paths;
    for (const auto& entry : std::filesystem::directory_iterator(folder_ / "cache"))
      paths.push_back(entry.path().string());
    return paths;
  }

  void answer(const Seen& seen, Connection& connection) {
    const std::string tag = fmt::format("\"v{}\"", version_.load());
    if (seen.has("If-None-Match: " + tag)) {
      ++not_modified_;
      connection.send(fmt::format("HTTP/1.1 304 Not Modified\r\nETag: {}\r\nX-Fresh: yes\r\n\r\n", tag));
      return;
    }
    connection.send(reply(fmt::format("{} v{} {}", seen.target, version_.load(), std::string(size_, 'x')),
                          fmt::format("ETag: {}\r\nSet-Cookie: hunter2\r\n{}", tag, extra_), status_));
  }

  std::atomic<int> version_{1};
  std::atomic<int> not_modified_{0};
  std::size_t size_ = 10;
  std::string extra_;
  std::string status_ = "200 OK";
  io::testing::TemporaryFolder folder_;
  TestServer server_{[this](const Seen& seen, Connection& connection) { answer(seen, connection); }};
  Fetcher fetcher_{test::allowing({server_.at()})};
  std::unique_ptr<HttpCache> cache_;
};

TEST_F(HttpCacheTest, gives_the_stored_body_while_it_holds) {
  const auto first = get("/a");
  const auto second = get("/a");
  ASSERT_TRUE(first && second);
  EXPECT_EQ(not_modified_, 1);
  EXPECT_FALSE(first->from_cache);
  EXPECT_TRUE(second->from_cache);
  EXPECT_EQ(second->status, 200);
  EXPECT_EQ(second->body, first->body);
  EXPECT_EQ(second->url, first->url);
  EXPECT_EQ(second->headers.find("x-fresh"), "yes");
  EXPECT_EQ(second->headers.find("content-length"), first->headers.find("content-length"));
}

TEST_F(HttpCacheTest, takes_the_new_body_when_it_changed) {
  ASSERT_TRUE(get("/a"));
  version_ = 2;
  EXPECT_EQ(get("/a")->body.substr(0, 5), "/a v2");
  EXPECT_TRUE(get("/a")->from_cache);
  EXPECT_EQ(files().size(), 1U);
}

TEST_F(HttpCacheTest, lasts_beyond_the_process) {
  ASSERT_TRUE(get("/a"));
  open();
  EXPECT_TRUE(get("/a")->from_cache);
}

TEST_F(HttpCacheTest, is_asked_by_date_where_there_is_no_tag) {
  TestServer dated([](const Seen& seen, Connection& connection) {
    const bool held = seen.has("If-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT");
    connection.send(held ? "HTTP/1.1 304 Not Modified\r\n\r\n"
                         : reply("old", "Last-Modified: Sun, 06 Nov 1994 08:49:37 GMT\r\n"));
  });
  Fetcher fetcher(test::allowing({dated.at()}));
  HttpCache cache(fetcher, folder_ / "dated");
  EXPECT_EQ(cache.fetch({.url = dated.url()})->body, "old");
  const auto again = cache.fetch({.url = dated.url()});
  EXPECT_TRUE(again->from_cache);
  EXPECT_EQ(again->body, "old");
}

TEST_F(HttpCacheTest, shows_nothing_to_another_credential) {
  ASSERT_TRUE(get("/a", {{"Authorization", "Bearer ann"}}));
  EXPECT_FALSE(get("/a", {{"Authorization", "Bearer bob"}})->from_cache);
  EXPECT_FALSE(last().has("If-None-Match"));
  EXPECT_FALSE(get("/a")->from_cache);
  EXPECT_TRUE(get("/a", {{"authorization", "Bearer ann"}})->from_cache);
}

TEST_F(HttpCacheTest, keeps_no_token_and_is_private) {
  ASSERT_TRUE(get("/a?token=hunter2", {{"Authorization", "Bearer hunter3"}}));
  ASSERT_EQ(files().size(), 1U);
  const std::string bytes = io::testing::read_file(files()[0]);
  EXPECT_EQ(bytes.find("Cookie"), std::string::npos);
  EXPECT_EQ(bytes.find("hunter3"), std::string::npos);
  struct stat status{};
  ::stat(files()[0].c_str(), &status);
  EXPECT_EQ(status.st_mode & 0777, 0600U);
  ::stat((folder_ / "cache").c_str(), &status);
  EXPECT_EQ(status.st_mode & 0777, 0700U);
}

TEST_F(HttpCacheTest, stores_nothing_that_must_not_be) {
  for (const char* extra : {"Cache-Control: no-store\r\n", "Cache-Control: private, No-Store\r\n", "Vary: *\r\n"}) {
    extra_ = extra;
    ASSERT_TRUE(get("/a"));
    EXPECT_TRUE(files().empty()) << extra;
  }
  extra_.clear();
  ASSERT_TRUE(get("/a", {{"Cache-Control", "no-store"}}));
  ASSERT_TRUE(cache_->fetch({.method = "POST", .url = server_.url("/a"), .body = "x"}));
  ASSERT_TRUE(get("/a", {{"If-None-Match", "\"other\""}}));
  status_ = "404 Not Found";
  ASSERT_TRUE(get("/a"));
  EXPECT_TRUE(files().empty());
}

TEST_F(HttpCacheTest, forgets_what_is_gone_and_keeps_it_through_an_outage) {
  ASSERT_TRUE(get("/a"));
  version_ = 2;
  status_ = "503 Busy";
  EXPECT_EQ(get("/a")->status, 503);
  EXPECT_EQ(files().size(), 1U);
  status_ = "410 Gone";
  EXPECT_EQ(get("/a")->status, 410);
  EXPECT_TRUE(files().empty());
}

TEST_F(HttpCacheTest, ignores_what_was_damaged) {
  ASSERT_TRUE(get("/a"));
  const std::string path = files().at(0);
  const std::string whole = io::testing::read_file(path);
  for (std::size_t at = 0; at < whole.size(); at += 7) {
    std::string damaged = whole;
    damaged[at] = static_cast<char>(damaged[at] ^ 1);
    EXPECT_FALSE(unpack_response(damaged)) << at;
    EXPECT_FALSE(unpack_response(whole.substr(0, at))) << at;
  }
  io::testing::write_file(path, whole.substr(0, whole.size() - 1));
  const auto again = get("/a");
  ASSERT_TRUE(again);
  EXPECT_FALSE(again->from_cache);
  EXPECT_FALSE(last().has("If-None-Match"));
  EXPECT_TRUE(get("/a")->from_cache) << "and it was written anew";
}

TEST_F(HttpCacheTest, drops_the_least_recently_used) {
  size_ = 1000;
  open(5500);
  for (const char* target : {"/1", "/2", "/3", "/4"}) ASSERT_TRUE(get(target));
  EXPECT_TRUE(get("/1")->from_cache);
  ASSERT_TRUE(get("/5"));
  EXPECT_LE(cache_->size_bytes(), 5500U);
  EXPECT_TRUE(get("/1")->from_cache) << "used a moment ago";
  EXPECT_FALSE(get("/2")->from_cache) << "the oldest";
  io::testing::write_file(folder_ / "cache/.renown-1-0.tmp", std::string(5000, 'x'));
  open(5500);
  EXPECT_LE(cache_->size_bytes(), 5500U) << "what a killed process left counts";
  size_ = 3000;
  ASSERT_TRUE(get("/large"));
  EXPECT_FALSE(get("/large")->from_cache) << "no page takes more than a quarter";
}

TEST_F(HttpCacheTest, a_folder_that_cannot_be_written_is_no_error) {
  io::testing::write_file(folder_ / "file", "");
  HttpCache cache(fetcher_, folder_ / "file/cache");
  EXPECT_TRUE(cache.fetch({.url = server_.url("/a")}));
  EXPECT_FALSE(cache.fetch({.url = server_.url("/a")})->from_cache);
}

}  // namespace
}  // namespace renown::net
