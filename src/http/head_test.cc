#include "http/head.h"

#include <gtest/gtest.h>

namespace renown::http {
namespace {

struct Case {
  const char* name;
  std::string head;
  int status;
};

std::string get(std::string_view headers, std::string_view target = "/") {
  return "GET " + std::string(target) + " HTTP/1.1\r\nHost: a\r\n" + std::string(headers) + "\r\n";
}

std::vector<Case> refused() {
  using namespace std::string_literals;
  return {
      {"nothing", "\r\n", 400},
      {"a word", "GET\r\n\r\n", 400},
      {"no version", "GET /\r\n\r\n", 400},
      {"HTTP/0.9", "GET / HTTP/0.9\r\nHost: a\r\n\r\n", 505},
      {"HTTP/2", "PRI * HTTP/2.0\r\n\r\n", 505},
      {"HTTP/2 with a path", "GET / HTTP/2.0\r\nHost: a\r\n\r\n", 505},
      {"HTTP/1.1 in small letters", "GET / http/1.1\r\nHost: a\r\n\r\n", 400},
      {"HTTP/1.2", "GET / HTTP/1.2\r\nHost: a\r\n\r\n", 505},
      {"HTTP/1.10", "GET / HTTP/1.10\r\nHost: a\r\n\r\n", 400},
      {"two blanks", "GET  / HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"a tab", "GET\t/ HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"a blank before the method", " GET / HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"a method that is no word", "G(T / HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"a blank in the target", "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"bytes beyond ASCII in the target", "GET /\xc3\xa4 HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"NUL in the target", "GET /\0 HTTP/1.1\r\nHost: a\r\n\r\n"s, 400},
      {"a fragment", get("", "/a#b"), 400},
      {"a target without a slash", get("", "a"), 400},
      {"a star for GET", get("", "*"), 400},
      {"another scheme", get("", "ftp://a/"), 400},
      {"an absolute target without a host", get("", "http:///a"), 400},
      {"CONNECT", "CONNECT a:80 HTTP/1.1\r\nHost: a:80\r\n\r\n", 400},
      {"a long target", get("", "/" + std::string(8 << 10, 'a')), 414},
      {"bare LF", "GET / HTTP/1.1\nHost: a\n\n", 400},
      {"bare LF within", "GET / HTTP/1.1\r\nHost: a\nX: b\r\n\r\n", 400},
      {"bare CR", "GET / HTTP/1.1\r\nHost: a\rX: b\r\n\r\n", 400},
      {"no Host", "GET / HTTP/1.1\r\n\r\n", 400},
      {"two Hosts", get("Host: b\r\n"), 400},
      {"a Host with a path", "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", 400},
      {"two Hosts in HTTP/1.0", "GET / HTTP/1.0\r\nHost: a\r\nHost: b\r\n\r\n", 400},
      {"a folded header", get("X: a\r\n b\r\n"), 400},
      {"a folded first header", "GET / HTTP/1.1\r\n Host: a\r\n\r\n", 400},
      {"a blank before the colon", get("Content-Length : 5\r\n"), 400},
      {"a header without a colon", get("X\r\n"), 400},
      {"a header without a name", get(": a\r\n"), 400},
      {"a header's name in quotes", get("\"X\": a\r\n"), 400},
      {"NUL in a value", get("X: a\0b\r\n"s), 400},
      {"a bell in a value", get("X: \a\r\n"), 400},
      {"both lengths", get("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n"), 400},
      {"both, the other way round", get("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n"), 400},
      {"two equal lengths", get("Content-Length: 5\r\nContent-Length: 5\r\n"), 400},
      {"two lengths", get("Content-Length: 5\r\nContent-Length: 6\r\n"), 400},
      {"a list of lengths", get("Content-Length: 5, 5\r\n"), 400},
      {"a length with a sign", get("Content-Length: +5\r\n"), 400},
      {"a negative length", get("Content-Length: -1\r\n"), 400},
      {"a hexadecimal length", get("Content-Length: 0x5\r\n"), 400},
      {"an empty length", get("Content-Length: \r\n"), 400},
      {"a length beyond 64 bits", get("Content-Length: 18446744073709551617\r\n"), 400},
      {"two transfer codings", get("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n"), 400},
      {"chunked twice", get("Transfer-Encoding: chunked, chunked\r\n"), 501},
      {"gzip and chunked", get("Transfer-Encoding: gzip, chunked\r\n"), 501},
      {"identity", get("Transfer-Encoding: identity\r\n"), 501},
      {"xchunked", get("Transfer-Encoding: xchunked\r\n"), 501},
      {"chunked with a vertical tab",
       get("Transfer-Encoding: \x0b"
           "chunked\r\n"),
       400},
      {"chunked in HTTP/1.0", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n", 400},
      {"another expectation", get("Expect: 200-ok\r\n"), 417},
      {"long headers", get("X: " + std::string(16 << 10, 'a') + "\r\n"), 431},
      {"bytes behind the end", get("") + "x", 400},
  };
}

TEST(Head, WhatTwoProgramsCouldReadAsTwoThingsIsRefused) {
  for (const Case& each : refused()) {
    const auto head = parse_head(each.head);
    ASSERT_FALSE(head) << each.name;
    EXPECT_EQ(head.error().status, each.status) << each.name << ": " << head.error().sentence;
    EXPECT_FALSE(head.error().sentence.empty()) << each.name;
  }
}

TEST(Head, TooManyHeadersAreRefused) {
  std::string headers;
  for (int i = 0; i < 99; ++i) headers += "X: a\r\n";
  EXPECT_TRUE(parse_head(get(headers)));
  EXPECT_EQ(parse_head(get(headers + "X: a\r\n")).error().status, 431);
}

TEST(Head, TargetsOfEveryFormAreRead) {
  struct Target {
    const char *target, *path, *query, *host;
  };
  for (const Target& each :
       std::vector<Target>{{"/", "/", "", "a"},
                           {"/a/b?c=d&e", "/a/b", "c=d&e", "a"},
                           {"/a?b?c", "/a", "b?c", "a"},
                           {"/?", "/", "", "a"},
                           {"//a", "//a", "", "a"},
                           {"/%2e%2E/", "/%2e%2E/", "", "a"},
                           {"http://b", "/", "", "b"},
                           {"HTTP://b:80?x", "/", "x", "b:80"},
                           {"http://api.example/v2/user.json/1?key=k", "/v2/user.json/1", "key=k", "api.example"}}) {
    const auto head = parse_head(get("", each.target));
    ASSERT_TRUE(head) << each.target << ": " << head.error().sentence;
    EXPECT_EQ(head->request.path, each.path);
    EXPECT_EQ(head->request.query, each.query);
    EXPECT_EQ(head->request.headers.find("host"), each.host) << each.target;
  }
  EXPECT_EQ(parse_head("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n")->request.path, "*");
}

TEST(Head, FramingFollowsVersionAndHeaders) {
  EXPECT_TRUE(parse_head(get(""))->framing.keep_alive);
  EXPECT_FALSE(parse_head(get("Connection: x, Close\r\n"))->framing.keep_alive);
  EXPECT_FALSE(parse_head("GET / HTTP/1.0\r\n\r\n")->framing.keep_alive);
  EXPECT_TRUE(parse_head("GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n")->framing.keep_alive);
  EXPECT_EQ(parse_head(get("Content-Length: 0005\r\n"))->framing.content_length, 5u);
  EXPECT_TRUE(parse_head(get("Transfer-Encoding: Chunked\r\n"))->framing.is_chunked);
  EXPECT_TRUE(parse_head(get("Expect: 100-Continue\r\n"))->framing.expects_continue);
  EXPECT_FALSE(parse_head("GET / HTTP/1.0\r\nExpect: 100-continue\r\n\r\n")->framing.expects_continue);
  EXPECT_EQ(parse_head(get("X:\t a b\t \r\n"))->request.headers.find("x"), "a b");
  EXPECT_EQ(parse_head(get("X: \xff\r\n"))->request.headers.find("x"), "\xff");
  EXPECT_EQ(parse_head("\r\n\r\n" + get(""))->request.method, "GET");
}

TEST(Head, ItsEndIsFoundHoweverItsBytesCome) {
  const std::string head = "\r\n" + get("X: a\r\n"), all = head + "behind";
  for (std::size_t size = 0; size <= all.size(); ++size) {
    for (std::size_t searched = 0; searched <= std::min(size, head.size() - 1); ++searched) {
      const auto end = find_head_end(std::string_view(all).substr(0, size), searched);
      EXPECT_EQ(end, size < head.size() ? std::nullopt : std::optional(head.size())) << size << " " << searched;
    }
  }
}

}  // namespace
}  // namespace renown::http
