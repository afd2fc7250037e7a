/// Encryption and VAPID, against the examples of RFC 8291 and RFC 8292.
#include "push/encryption.h"

#include <gtest/gtest.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

#include "base/encoding.h"
#include "io/json.h"
#include "push/notification.h"
#include "push/vapid.h"

namespace renown::push {
namespace {

std::string bytes(std::string_view text) {
  return *base::from_base64url(text);
}

// RFC 8291, section 5 and appendix A.
constexpr std::string_view kText = "When I grow up, I want to be a watermelon";
constexpr std::string_view kBrowserPoint =
    "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
constexpr std::string_view kAuth = "BTBZMqHH6r4Tts7J_aSIgg";
constexpr std::string_view kOurNumber = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw";
constexpr std::string_view kSalt = "DGv6ra1nlYgDCS1FRnbzlw";
constexpr std::string_view kBody =
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl"
    "7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN";

BrowserKeys browser() {
  return *BrowserKeys::parse(kBrowserPoint, kAuth);
}

TEST(Encryption, is_that_of_rfc_8291) {
  const auto body = encrypt(kText, browser(), *oauth::P256Key::from_number(bytes(kOurNumber)), bytes(kSalt));
  ASSERT_TRUE(body) << body.error().message;
  EXPECT_EQ(base::base64url(std::string_view(*body)), kBody);
}

TEST(Encryption, of_the_longest_message_fills_what_push_services_take) {
  const auto key = oauth::P256Key::generate();
  EXPECT_EQ(encrypt(std::string(kMostMessageBytes, 'x'), browser(), key, bytes(kSalt))->size(), 4096U);
  EXPECT_FALSE(encrypt(std::string(kMostMessageBytes + 1, 'x'), browser(), key, bytes(kSalt)));
  EXPECT_TRUE(encrypt("", browser(), key, bytes(kSalt)));
  EXPECT_FALSE(encrypt("", browser(), key, "short"));
}

TEST(Encryption, to_what_is_no_point_of_the_curve_is_an_error) {
  BrowserKeys wrong = browser();
  wrong.point[64] = static_cast<char>(wrong.point[64] ^ 1);
  EXPECT_FALSE(encrypt(kText, wrong, oauth::P256Key::generate(), bytes(kSalt)));
}

TEST(BrowserKeys, are_65_and_16_bytes) {
  for (const auto& [point, auth] : {std::pair<std::string_view, std::string_view>{"", kAuth},
                                    {kBrowserPoint, ""},
                                    {kBrowserPoint.substr(1), kAuth},
                                    {kBrowserPoint, kAuth.substr(2)},
                                    {kAuth, kBrowserPoint},
                                    {"no base64!", kAuth}})
    EXPECT_FALSE(BrowserKeys::parse(point, auth)) << point;
}

/// Whether OpenSSL finds that the public key signed the text.
bool is_signed(std::string_view point, std::string_view text, std::string_view numbers) {
  const std::string der_head = *base::from_base64("MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE");
  const std::string der = der_head + std::string(point.substr(1));
  const auto* at = reinterpret_cast<const unsigned char*>(der.data());
  EVP_PKEY* const key = d2i_PUBKEY(nullptr, &at, static_cast<long>(der.size()));
  ECDSA_SIG* const signature = ECDSA_SIG_new();
  const auto* const raw = reinterpret_cast<const unsigned char*>(numbers.data());
  ECDSA_SIG_set0(signature, BN_bin2bn(raw, 32, nullptr), BN_bin2bn(raw + 32, 32, nullptr));
  unsigned char* encoded = nullptr;
  const int size = i2d_ECDSA_SIG(signature, &encoded);
  EVP_MD_CTX* const digest = EVP_MD_CTX_new();
  const bool good = key != nullptr && EVP_DigestVerifyInit(digest, nullptr, EVP_sha256(), nullptr, key) == 1 &&
                    EVP_DigestVerify(digest, encoded, static_cast<std::size_t>(size),
                                     reinterpret_cast<const unsigned char*>(text.data()), text.size()) == 1;
  EVP_MD_CTX_free(digest);
  OPENSSL_free(encoded);
  ECDSA_SIG_free(signature);
  EVP_PKEY_free(key);
  return good;
}

struct Vapid {
  std::string signed_part, signature, key;
};

Vapid parts_of(const std::string& header) {
  const std::size_t comma = header.find(", k=");
  const std::string token = header.substr(8, comma - 8);
  const std::size_t dot = token.rfind('.');
  return {token.substr(0, dot), bytes(token.substr(dot + 1)), bytes(header.substr(comma + 4))};
}

// RFC 8292, section 2.4.
const std::string kExample =
    "vapid t=eyJ0eXAiOiJKV1QiLCJhbGciOiJFUzI1NiJ9.eyJhdWQiOiJodHRwczovL3B1c2guZXhhbXBsZS5uZXQiLCJleHAiOjE0NTM1MjM3Njgs"
    "InN1YiI6Im1haWx0bzpwdXNoQGV4YW1wbGUuY29tIn0.i3CYb7t4xfxCDquptFOepC9GAu_HLGkMlMuCGSK2rpiUfnK9ojFwDXb1JrErtmysazNjj"
    "vW2L9OkSSHzvoD1oA, k=BA1Hxzyi1RUM1b5wjxsn7nGxAszw2u61m164i3MrAIxHF6YK5h4SDYic-dRuU_RCPCfA5aq9ojSwk5Y2EmClBPs";

TEST(Vapid, signs_what_the_example_of_rfc_8292_signs) {
  const Vapid example = parts_of(kExample);
  EXPECT_TRUE(is_signed(example.key, example.signed_part, example.signature)) << "the verifier is sound";
  const auto key = oauth::P256Key::generate();
  const std::string header =
      vapid_authorization(key, *net::Url::parse("https://push.example.net/JzLQ3raZJfFBR0aqvOMsLrt54w4rJUsV"),
                          "mailto:push@example.com", 1'453'523'768 - kTokenSeconds);
  ASSERT_TRUE(header.starts_with("vapid t="));
  const Vapid ours = parts_of(header);
  EXPECT_EQ(ours.signed_part, example.signed_part);
  EXPECT_EQ(ours.key, key.point());
  EXPECT_TRUE(is_signed(ours.key, ours.signed_part, ours.signature));
  EXPECT_FALSE(is_signed(example.key, ours.signed_part, ours.signature));
}

TEST(Vapid, is_for_the_server_of_the_endpoint) {
  for (const auto& [url, audience] : {std::pair{"https://push.example/a?b", "https://push.example"},
                                      {"https://push.example:8443/a", "https://push.example:8443"},
                                      {"https://push.example:443/a", "https://push.example"},
                                      {"http://127.0.0.1:8080/a", "http://127.0.0.1:8080"}}) {
    const std::string signed_part =
        parts_of(vapid_authorization(oauth::P256Key::generate(), *net::Url::parse(url), "https://a.example", 1))
            .signed_part;
    const std::string claims = bytes(signed_part.substr(signed_part.find('.') + 1));
    EXPECT_EQ(claims, std::string(R"({"aud":")") + audience + R"(","exp":43201,"sub":"https://a.example"})");
  }
}

TEST(Notification, fits_one_message_whatever_it_says) {
  EXPECT_EQ(notification_json({"Up", "Your score went from 41 to 42", "/moments"}),
            R"({"title":"Up","body":"Your score went from 41 to 42","url":"/moments"})");
  io::JsonParser parser;
  for (const std::string& text : {std::string(10'000, 'x'), std::string(10'000, '\0'), std::string(10'000, '"'),
                                  std::string(10'000, '\xff'), "\xe6\x9d\x8e" + std::string(5000, '\n')}) {
    const std::string json = notification_json({text, text, text});
    EXPECT_LE(json.size(), kMostMessageBytes);
    const auto parsed = parser.parse(json);
    ASSERT_TRUE(parsed) << parsed.error().message;
    EXPECT_EQ((*parsed)["url"].text(), "/");
  }
}

}  // namespace
}  // namespace renown::push
