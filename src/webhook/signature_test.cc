#include "webhook/signature.h"

#include <random>
#include <vector>

#include <gtest/gtest.h>

namespace renown::webhook {
namespace {

// The test vector that the reference libraries of Standard Webhooks share.
constexpr std::string_view kSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
constexpr std::string_view kId = "msg_p5jXN8AQM9LWM0D4loKWxJek";
constexpr std::int64_t kTime = 1'614'265'330;
constexpr std::string_view kBody = R"({"test": 2432232314})";
constexpr std::string_view kSignature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

Secret secret(std::string_view text = kSecret) {
  return *Secret::parse(text);
}

Result<void> verify_with(const std::vector<Secret>& secrets, std::string_view signatures, std::string_view body = kBody,
                         std::int64_t now = kTime, std::string_view timestamp = "1614265330",
                         std::string_view id = kId) {
  return verify(secrets, {.id = id, .timestamp = timestamp, .signatures = signatures}, body, now);
}

TEST(Signature, is_that_of_the_reference_libraries) {
  EXPECT_EQ(secret().sign(kId, kTime, kBody), kSignature);
  EXPECT_EQ(secret(kSecret.substr(6)).sign(kId, kTime, kBody), kSignature) << "the prefix may be left away";
  EXPECT_TRUE(verify_with({secret()}, kSignature));
}

TEST(Signature, one_of_several_is_enough) {
  const Secret other = Secret::draw(base::system_random());
  const std::string theirs = other.sign(kId, kTime, kBody);
  EXPECT_TRUE(verify_with({secret()}, theirs + " " + std::string(kSignature)));
  EXPECT_TRUE(verify_with({secret()}, "v1a,xyz  v2 " + std::string(kSignature))) << "what is not known is passed over";
  EXPECT_TRUE(verify_with({other, secret()}, kSignature));
  EXPECT_FALSE(verify_with({other}, kSignature));
  EXPECT_FALSE(verify_with({secret()}, theirs));
  EXPECT_FALSE(verify_with({}, kSignature));
  EXPECT_FALSE(verify_with({secret()}, ""));
  EXPECT_FALSE(verify_with({secret()}, kSignature.substr(3))) << "without its version";
}

TEST(Signature, holds_for_five_minutes_and_no_longer) {
  for (const std::int64_t away : {-300, -1, 0, 300})
    EXPECT_TRUE(verify_with({secret()}, kSignature, kBody, kTime + away));
  for (const std::int64_t away : {-301, 301, 86'400}) {
    const auto refused = verify_with({secret()}, kSignature, kBody, kTime + away);
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().message.find("webhook-timestamp"), std::string::npos);
  }
}

TEST(Signature, of_no_time_or_no_id_is_none) {
  for (const char* timestamp : {"", "x", "1614265330 ", "1614265330.0", "-1", "99999999999999999999", "0x1"})
    EXPECT_FALSE(verify_with({secret()}, kSignature, kBody, kTime, timestamp)) << timestamp;
  EXPECT_FALSE(verify_with({secret()}, kSignature, kBody, kTime, "1614265330", ""));
  // A full stop in an id would let two different messages have one text to sign.
  const std::string moved = secret().sign("a.5", kTime, kBody);
  EXPECT_FALSE(verify_with({secret()}, moved, kBody, kTime, "1614265330", "a.5"));
}

TEST(Signature, notices_each_of_a_thousand_changes) {
  std::mt19937 random(7);
  int refused = 0;
  for (int i = 0; i < 1000; ++i) {
    std::string body(kBody), signature(kSignature), id(kId);
    std::string* const changed[] = {&body, &signature, &id};
    std::string& text = *changed[random() % 3];
    text[random() % text.size()] ^= static_cast<char>(1 + random() % 127);
    refused += !verify_with({secret()}, signature, body, kTime, "1614265330", id);
  }
  EXPECT_EQ(refused, 1000);
}

TEST(Secret, is_at_least_24_bytes_and_written_as_base64) {
  const Secret drawn = Secret::draw(base::system_random());
  EXPECT_TRUE(drawn.text().starts_with("whsec_"));
  EXPECT_EQ(drawn.text().size(), 6 + 32U);
  EXPECT_EQ(secret(drawn.text()).sign("a", 1, "b"), drawn.sign("a", 1, "b"));
  EXPECT_NE(Secret::draw(base::system_random()).text(), drawn.text());
  for (const std::string& text :
       {std::string(), std::string("whsec_"), std::string("whsec_MfKQ9r8GKYqrTwjUPD8I"),
        "whsec_" + std::string(88, 'A'), std::string("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS-")}) {
    const auto none = Secret::parse(text);
    ASSERT_FALSE(none) << text;
    EXPECT_EQ(none.error().message.find("MfKQ"), std::string::npos) << "not shown";
  }
}

}  // namespace
}  // namespace renown::webhook
