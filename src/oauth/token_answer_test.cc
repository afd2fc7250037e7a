#include "oauth/token_answer.h"

#include <gtest/gtest.h>

namespace renown::oauth {
namespace {

TEST(TokenAnswer, has_tokens) {
  const auto tokens = parse_token_answer(
      {.status = 200,
       .body = R"({"access_token":"A","refresh_token":"R","expires_in":3600,"scope":"read","sub":"did:plc:x"})"},
      1000);
  ASSERT_TRUE(tokens);
  EXPECT_EQ(tokens->access, "A");
  EXPECT_EQ(tokens->refresh, "R");
  EXPECT_EQ(tokens->expires_at, 4600);
  EXPECT_EQ(tokens->subject, "did:plc:x");
}

// Not to know when a token ends is not to know that it has ended.
TEST(TokenAnswer, an_end_that_makes_no_sense_is_unknown) {
  for (const char* end :
       {"", ",\"expires_in\":0", ",\"expires_in\":-5", ",\"expires_in\":\"soon\"", ",\"expires_in\":1.5"})
    EXPECT_EQ(parse_token_answer({.status = 200, .body = std::string(R"({"access_token":"A")") + end + "}"}, 1000)
                  ->expires_at,
              0)
        << end;
  EXPECT_LT(
      parse_token_answer({.status = 200, .body = R"({"access_token":"A","expires_in":9223372036854775807})"}, 1000)
          ->expires_at,
      400'000'000);
}

TEST(TokenAnswer, says_what_is_to_be_done) {
  const struct {
    int status;
    const char* body;
    Refusal wanted;
  } kTable[] = {
      {400, R"({"error":"invalid_grant"})", Refusal::grant_refused},
      {401, R"({"error":"invalid_grant","error_description":"x"})", Refusal::grant_refused},
      {400, R"({"error":"use_dpop_nonce"})", Refusal::needs_nonce},
      {401, R"({"error":"invalid_client"})", Refusal::misconfigured},
      {400, R"({"error":"invalid_scope"})", Refusal::misconfigured},
      {200, R"({"error":"bad_verification_code"})", Refusal::misconfigured},  // GitHub
      {400, R"({"error":"temporarily_unavailable"})", Refusal::try_again},
      // Nothing of this is the word of the server about the grant.
      {400, "<html>proxy</html>", Refusal::try_again},
      {400, "{}", Refusal::try_again},
      {401, "[]", Refusal::try_again},
      {200, "", Refusal::try_again},
      {200, R"({"access_token":)", Refusal::try_again},
      {200, R"({"access_token":17})", Refusal::try_again},
      {404, R"({"error":"invalid_grant"})", Refusal::try_again},
      {429, R"({"error":"invalid_grant"})", Refusal::try_again},
      {500, R"({"error":"invalid_grant"})", Refusal::try_again},
      {502, "", Refusal::try_again},
      {302, "", Refusal::try_again},
  };
  for (const auto& [status, body, wanted] : kTable) {
    const auto tokens = parse_token_answer({.status = status, .body = body}, 0);
    ASSERT_FALSE(tokens) << status << body;
    EXPECT_EQ(tokens.error().refusal, wanted) << status << body;
    EXPECT_FALSE(tokens.error().reason.empty());
  }
}

}  // namespace
}  // namespace renown::oauth
