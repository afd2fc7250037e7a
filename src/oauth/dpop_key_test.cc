#include "oauth/dpop_key.h"

#include <set>
#include <vector>

#include <gtest/gtest.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>

#include "base/encoding.h"
#include "io/json.h"
#include "oauth/encoding.h"
#include "oauth/pkce.h"

namespace renown::oauth {
namespace {

const DpopUse kUse = {.method = "POST",
                      .url = "https://pds.example/oauth/token?a=1#b",
                      .now = 1'700'000'000,
                      .nonce = "n\"1",
                      .access_token = "token"};

std::vector<std::string> parts_of(const std::string& proof) {
  std::vector<std::string> parts(1);
  for (const char c : proof) {
    if (c == '.') parts.emplace_back();
    if (c != '.') parts.back() += c;
  }
  return parts;
}

/// Checks a signature as a server would: from the public key in the header alone.
bool verifies(const std::string& proof) {
  const auto parts = parts_of(proof);
  io::JsonParser parser;
  const std::string header = *base::from_base64url(parts.at(0));
  const auto jwk = (*parser.parse(header))["jwk"];
  const std::string point = "\x04" + *base::from_base64url(jwk["x"].text()) + *base::from_base64url(jwk["y"].text());
  OSSL_PARAM_BLD* const build = OSSL_PARAM_BLD_new();
  OSSL_PARAM_BLD_push_utf8_string(build, OSSL_PKEY_PARAM_GROUP_NAME, "P-256", 0);
  OSSL_PARAM_BLD_push_octet_string(build, OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size());
  OSSL_PARAM* const parameters = OSSL_PARAM_BLD_to_param(build);
  EVP_PKEY_CTX* const context = EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr);
  EVP_PKEY* key = nullptr;
  EVP_PKEY_fromdata_init(context);
  EVP_PKEY_fromdata(context, &key, EVP_PKEY_PUBLIC_KEY, parameters);

  const std::string numbers = *base::from_base64url(parts.at(2));
  const auto half = [&](std::size_t from) {
    return BN_bin2bn(reinterpret_cast<const unsigned char*>(numbers.data()) + from, 32, nullptr);
  };
  ECDSA_SIG* const signature = ECDSA_SIG_new();
  ECDSA_SIG_set0(signature, half(0), half(32));
  unsigned char* der = nullptr;
  const int size = i2d_ECDSA_SIG(signature, &der);
  const std::string text = parts[0] + "." + parts[1];
  EVP_MD_CTX* const digest = EVP_MD_CTX_new();
  EVP_DigestVerifyInit(digest, nullptr, EVP_sha256(), nullptr, key);
  const bool good = EVP_DigestVerify(digest, der, static_cast<std::size_t>(size),
                                     reinterpret_cast<const unsigned char*>(text.data()), text.size()) == 1;
  EVP_MD_CTX_free(digest);
  OPENSSL_free(der);
  ECDSA_SIG_free(signature);
  EVP_PKEY_free(key);
  EVP_PKEY_CTX_free(context);
  OSSL_PARAM_free(parameters);
  OSSL_PARAM_BLD_free(build);
  return good;
}

TEST(DpopKey, proves_one_request_to_who_has_the_public_key) {
  const DpopKey key = DpopKey::generate();
  const std::string proof = key.proof(kUse, base::system_random());
  EXPECT_TRUE(verifies(proof));
  io::JsonParser parser;
  const std::string header = *base::from_base64url(parts_of(proof)[0]);
  auto root = *parser.parse(header);
  EXPECT_EQ(root["typ"].text(), "dpop+jwt");
  EXPECT_EQ(root["alg"].text(), "ES256");
  EXPECT_TRUE(root["jwk"]["d"].is_missing());  // the private number stays here
  const std::string claims = *base::from_base64url(parts_of(proof)[1]);
  root = *parser.parse(claims);
  EXPECT_EQ(root["htm"].text(), "POST");
  EXPECT_EQ(root["htu"].text(), "https://pds.example/oauth/token");
  EXPECT_EQ(root["iat"].integer(), 1'700'000'000);
  EXPECT_EQ(root["nonce"].text(), "n\"1");
  EXPECT_EQ(root["ath"].text(), pkce_challenge("token"));
}

TEST(DpopKey, a_changed_proof_does_not_verify) {
  std::string proof = DpopKey::generate().proof(kUse, base::system_random());
  auto parts = parts_of(proof);
  std::string claims = *base::from_base64url(parts[1]);
  claims.replace(claims.find("POST"), 4, "HEAD");
  EXPECT_FALSE(verifies(parts[0] + "." + base::base64url(std::string_view(claims)) + "." + parts[2]));
}

TEST(DpopKey, leaves_out_what_there_is_not) {
  const std::string proof = DpopKey::generate().proof(
      {.method = "GET", .url = "https://a.b", .now = 1, .nonce = {}, .access_token = {}}, base::system_random());
  const std::string claims = *base::from_base64url(parts_of(proof)[1]);
  EXPECT_EQ(claims.find("nonce"), std::string::npos);
  EXPECT_EQ(claims.find("ath"), std::string::npos);
}

TEST(DpopKey, no_proof_is_like_another) {
  const DpopKey key = DpopKey::generate();
  std::set<std::string> proofs;
  for (int i = 0; i < 50; ++i) proofs.insert(parts_of(key.proof(kUse, base::system_random()))[1]);
  EXPECT_EQ(proofs.size(), 50);
}

TEST(DpopKey, comes_back_from_its_text) {
  for (int i = 0; i < 20; ++i) {  // numbers that begin with zeros keep their length
    const DpopKey key = DpopKey::generate();
    const auto again = DpopKey::from_text(key.text());
    ASSERT_TRUE(again);
    EXPECT_EQ(again->public_jwk(), key.public_jwk());
    EXPECT_EQ(again->thumbprint(), pkce_challenge(key.public_jwk()));
    EXPECT_TRUE(verifies(again->proof(kUse, base::system_random())));
  }
  for (const std::string_view text :
       {"", "!", "AAAA", "MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp-K06_nwoy_HU--CXqI9EdVhC"})
    EXPECT_FALSE(DpopKey::from_text(text)) << text;  // the last one is a key on another curve
}

// RFC 7636, appendix B.
TEST(Pkce, challenges_as_its_rfc_does) {
  EXPECT_EQ(pkce_challenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"),
            "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
  EXPECT_EQ(pkce_verifier(base::system_random()).size(), 43);
  EXPECT_NE(pkce_verifier(base::system_random()), pkce_verifier(base::system_random()));
}

}  // namespace
}  // namespace renown::oauth
