#include "http/conditional.h"

#include <gtest/gtest.h>

#include "http/compress.h"

namespace renown::http {
namespace {

int status_with(const char* name, const char* value, std::string method = "GET") {
  const Request request{.method = std::move(method), .path = "/", .headers = {{name, value}}};
  Response response{.body = "body", .headers = {{"ETag", "\"a\""}}};
  apply_conditions(request, response);
  if (response.status == 304) {
    EXPECT_EQ(response.body.size(), 0u);
    EXPECT_EQ(response.headers.find("ETag"), "\"a\"");
  }
  return response.status;
}

TEST(Conditional, WhatDidNotChangeIsNotSentAgain) {
  for (const char* same : {"\"a\"", "W/\"a\"", "\"b\", \"a\"", "\"b\" ,W/\"a\"", "*", "\"a-gzip\"", "\"a-br\""}) {
    EXPECT_EQ(status_with("If-None-Match", same), 304) << same;
  }
  for (const char* other : {"\"b\"", "a", "\"a", "\"\"", "", "W/", "\"b, a\"", ", ,"}) {
    EXPECT_EQ(status_with("If-None-Match", other), 200) << other;
  }
  EXPECT_EQ(status_with("If-None-Match", "\"a\"", "HEAD"), 304);
  EXPECT_EQ(status_with("If-None-Match", "\"a\"", "POST"), 200);
}

TEST(Conditional, WhatChangedMeanwhileIs412) {
  EXPECT_EQ(status_with("If-Match", "\"a\""), 200);
  EXPECT_EQ(status_with("If-Match", "\"b\""), 412);
  EXPECT_EQ(status_with("If-Match", "W/\"a\""), 412) << "a weak tag does not say that nothing changed";
}

TEST(Conditional, AWriteNamesTheStateItStartsFrom) {
  const auto refused = [](const char* name, const char* value, const char* etag) {
    const Request request{.method = "PUT", .path = "/", .headers = {{name, value}}};
    return failed_condition(request, etag).has_value();
  };
  EXPECT_FALSE(refused("If-Match", "\"a\"", "\"a\""));
  EXPECT_FALSE(refused("If-Match", "*", "\"a\""));
  EXPECT_TRUE(refused("If-Match", "\"b\"", "\"a\""));
  EXPECT_TRUE(refused("If-Match", "*", "")) << "there is none";
  EXPECT_TRUE(refused("If-None-Match", "*", "\"a\"")) << "there is one already";
  EXPECT_FALSE(refused("If-None-Match", "*", ""));
  EXPECT_FALSE(refused("X", "", "\"a\""));
}

TEST(Conditional, TheSameBytesHaveTheSameTag) {
  EXPECT_EQ(strong_etag("a"), strong_etag("a"));
  EXPECT_NE(strong_etag("a"), strong_etag("b"));
  EXPECT_EQ(strong_etag("").size(), 34u);
}

}  // namespace
}  // namespace renown::http
