#include "connect/paged.h"

#include <gtest/gtest.h>

namespace renown::connect {
namespace {

net::Response response(std::string_view link) {
  net::Response response{.status = 200, .url = "https://a.example/list?token=s3cret"};
  response.headers.add("Link", std::string(link));
  return response;
}

TEST(NextPage, is_on_the_same_server_or_none) {
  EXPECT_EQ(next_page(net::Response{.status = 200, .url = "https://a.example/list"}).value(), "");
  EXPECT_EQ(next_page(response("</list?p=2>; rel=next")).value(), "https://a.example/list?p=2");
  for (const char* link : {"<https://b.example/list?p=2>; rel=next", "<http://a.example/list>; rel=next",
                           "<https://a.example:444/list>; rel=next"}) {
    const auto next = next_page(response(link));
    ASSERT_FALSE(next) << link;
    EXPECT_EQ(next.error().kind, ProblemKind::malformed);
    EXPECT_EQ(next.error().sentence, "https://a.example/list names a next page on another server");
  }
}

}  // namespace
}  // namespace renown::connect
