#include "oauth/dpop_key.h"

#include <array>
#include <stdexcept>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

#include "base/encoding.h"
#include "base/freed_by.h"
#include "io/json_escape.h"
#include "oauth/encoding.h"

namespace renown::oauth {
namespace {

constexpr std::size_t kCoordinateBytes = 32;  ///< of a number on P-256

using Signature = std::unique_ptr<ECDSA_SIG, base::FreedBy<ECDSA_SIG_free>>;
using Digest = std::unique_ptr<EVP_MD_CTX, base::FreedBy<EVP_MD_CTX_free>>;
using PrivateKeyInfo = std::unique_ptr<PKCS8_PRIV_KEY_INFO, base::FreedBy<PKCS8_PRIV_KEY_INFO_free>>;

/// OpenSSL fails here only without memory, or where its library is broken.
void must(bool done, const char* what) {
  if (!done) throw std::runtime_error(fmt::format("OpenSSL cannot {}", what));
}

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

std::string_view without_query(std::string_view url) {
  return url.substr(0, url.find_first_of("?#"));
}

}  // namespace

struct DpopKey::Key {
  explicit Key(EVP_PKEY* of) : pkey(of) { must(pkey != nullptr, "make a key"); }
  ~Key() { EVP_PKEY_free(pkey); }
  Key(const Key&) = delete;
  Key& operator=(const Key&) = delete;

  /// r and s of the signature, 32 bytes each (RFC 7518, section 3.4).
  std::array<unsigned char, 2 * kCoordinateBytes> sign(std::string_view text) const {
    const Digest digest(EVP_MD_CTX_new());
    must(EVP_DigestSignInit(digest.get(), nullptr, EVP_sha256(), nullptr, pkey) == 1, "begin a signature");
    std::array<unsigned char, 128> der;
    std::size_t size = der.size();
    must(EVP_DigestSign(digest.get(), der.data(), &size, bytes_of(text), text.size()) == 1, "sign");
    const unsigned char* at = der.data();
    const Signature signature(d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(size)));
    must(signature != nullptr, "read its own signature");
    std::array<unsigned char, 2 * kCoordinateBytes> numbers;
    BN_bn2binpad(ECDSA_SIG_get0_r(signature.get()), numbers.data(), kCoordinateBytes);
    BN_bn2binpad(ECDSA_SIG_get0_s(signature.get()), numbers.data() + kCoordinateBytes, kCoordinateBytes);
    return numbers;
  }

  /// 4, x and y.
  std::array<unsigned char, 1 + 2 * kCoordinateBytes> point() const {
    std::array<unsigned char, 1 + 2 * kCoordinateBytes> bytes;
    std::size_t size = 0;
    must(EVP_PKEY_get_octet_string_param(pkey, OSSL_PKEY_PARAM_PUB_KEY, bytes.data(), bytes.size(), &size) == 1 &&
             size == bytes.size(),
         "give a public key");
    return bytes;
  }

  EVP_PKEY* pkey;
};

DpopKey DpopKey::generate() {
  return DpopKey(std::make_shared<Key>(EVP_EC_gen("P-256")));
}

Result<DpopKey> DpopKey::from_text(std::string_view text) {
  const auto refused = [] { return bad_input("a stored DPoP key is damaged"); };
  const auto der = base::from_base64url(text);
  if (!der) return refused();
  const unsigned char* at = bytes_of(*der);
  EVP_PKEY* const pkey = d2i_AutoPrivateKey(nullptr, &at, static_cast<long>(der->size()));
  if (pkey == nullptr) return refused();
  auto key = std::make_shared<Key>(pkey);
  std::array<char, 32> group{};
  std::size_t size = 0;
  const bool named =
      EVP_PKEY_get_utf8_string_param(pkey, OSSL_PKEY_PARAM_GROUP_NAME, group.data(), group.size(), &size);
  if (!named || std::string_view(group.data(), size) != "prime256v1") return refused();
  return DpopKey(std::move(key));
}

std::string DpopKey::text() const {
  const PrivateKeyInfo info(EVP_PKEY2PKCS8(key_->pkey));
  unsigned char* der = nullptr;
  const int size = i2d_PKCS8_PRIV_KEY_INFO(info.get(), &der);
  must(size > 0, "write a key");
  std::string text = base::base64url({der, static_cast<std::size_t>(size)});
  OPENSSL_clear_free(der, static_cast<std::size_t>(size));
  return text;
}

std::string DpopKey::public_jwk() const {
  const auto point = key_->point();
  return fmt::format(R"({{"crv":"P-256","kty":"EC","x":"{}","y":"{}"}})",
                     base::base64url({point.data() + 1, kCoordinateBytes}),
                     base::base64url({point.data() + 1 + kCoordinateBytes, kCoordinateBytes}));
}

std::string DpopKey::thumbprint() const {
  return sha256_text(public_jwk());
}

std::string DpopKey::proof(const DpopUse& use, const base::RandomBytes& random) const {
  const std::string header = fmt::format(R"({{"typ":"dpop+jwt","alg":"ES256","jwk":{}}})", public_jwk());
  std::string claims = fmt::format(R"({{"jti":"{}","htm":"{}","htu":{},"iat":{})", base::random_text(random, 16),
                                   use.method, io::json_string(without_query(use.url)), use.now);
  if (!use.nonce.empty()) claims += ",\"nonce\":" + io::json_string(use.nonce);
  if (!use.access_token.empty()) claims += ",\"ath\":\"" + sha256_text(use.access_token) + '"';
  claims += '}';
  const std::string signed_part = base::base64url(header) + '.' + base::base64url(claims);
  return signed_part + '.' + base::base64url(key_->sign(signed_part));
}

}  // namespace renown::oauth
