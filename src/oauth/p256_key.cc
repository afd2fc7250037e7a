#include "oauth/p256_key.h"

#include <stdexcept>
#include <utility>

#include <fmt/format.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/x509.h>

#include "base/encoding.h"
#include "base/freed_by.h"

namespace renown::oauth {
namespace {

constexpr std::size_t kPointBytes = 1 + 2 * kCoordinateBytes;

using Signature = std::unique_ptr<ECDSA_SIG, base::FreedBy<ECDSA_SIG_free>>;
using Digest = std::unique_ptr<EVP_MD_CTX, base::FreedBy<EVP_MD_CTX_free>>;
using PrivateKeyInfo = std::unique_ptr<PKCS8_PRIV_KEY_INFO, base::FreedBy<PKCS8_PRIV_KEY_INFO_free>>;
using AnyKey = std::unique_ptr<EVP_PKEY, base::FreedBy<EVP_PKEY_free>>;
using KeyWork = std::unique_ptr<EVP_PKEY_CTX, base::FreedBy<EVP_PKEY_CTX_free>>;
using Number = std::unique_ptr<BIGNUM, base::FreedBy<BN_clear_free>>;
using Group = std::unique_ptr<EC_GROUP, base::FreedBy<EC_GROUP_free>>;
using CurvePoint = std::unique_ptr<EC_POINT, base::FreedBy<EC_POINT_free>>;
using Builder = std::unique_ptr<OSSL_PARAM_BLD, base::FreedBy<OSSL_PARAM_BLD_free>>;
using Params = std::unique_ptr<OSSL_PARAM, base::FreedBy<OSSL_PARAM_free>>;

/// OpenSSL fails here only without memory, or where its library is broken.
void must(bool done, const char* what) {
  if (!done) throw std::runtime_error(fmt::format("OpenSSL cannot {}", what));
}

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* bytes_of(std::string& text) {
  return reinterpret_cast<unsigned char*>(text.data());
}

/// A key of these parts; nothing where OpenSSL finds that they are none (a point that is not on the curve).
AnyKey key_of(const BIGNUM* number, std::string_view point) {
  const Builder builder(OSSL_PARAM_BLD_new());
  must(OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "prime256v1", 0) == 1,
       "name a curve");
  must(OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size()) == 1,
       "hold a point");
  if (number != nullptr)
    must(OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_PRIV_KEY, number) == 1, "hold a number");
  const Params params(OSSL_PARAM_BLD_to_param(builder.get()));
  const KeyWork work(EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr));
  must(params != nullptr && work != nullptr && EVP_PKEY_fromdata_init(work.get()) == 1, "begin a key");
  EVP_PKEY* key = nullptr;
  const int selection = number != nullptr ? EVP_PKEY_KEYPAIR : EVP_PKEY_PUBLIC_KEY;
  if (EVP_PKEY_fromdata(work.get(), &key, selection, params.get()) != 1) return nullptr;
  return AnyKey(key);
}

/// number times the curve's base point.
std::string point_of(const EC_GROUP* group, const BIGNUM* number) {
  const CurvePoint point(EC_POINT_new(group));
  must(EC_POINT_mul(group, point.get(), number, nullptr, nullptr, nullptr) == 1, "multiply a point");
  std::string bytes(kPointBytes, '\0');
  must(EC_POINT_point2oct(group, point.get(), POINT_CONVERSION_UNCOMPRESSED, bytes_of(bytes), bytes.size(), nullptr) ==
           bytes.size(),
       "write a point");
  return bytes;
}

}  // namespace

struct P256Key::Key {
  explicit Key(EVP_PKEY* of) : pkey(of) { must(pkey != nullptr, "make a key"); }
  AnyKey pkey;
};

P256Key P256Key::generate() {
  return P256Key(std::make_shared<Key>(EVP_EC_gen("P-256")));
}

Result<P256Key> P256Key::from_text(std::string_view text) {
  const auto refused = [] { return bad_input("a stored key is damaged"); };
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
  return P256Key(std::move(key));
}

Result<P256Key> P256Key::from_number(std::string_view number) {
  const auto refused = [] { return bad_input("a private key on P-256 is 32 bytes, a number of the curve"); };
  if (number.size() != kCoordinateBytes) return refused();
  const Group group(EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1));
  const Number value(BN_bin2bn(bytes_of(number), static_cast<int>(number.size()), nullptr));
  must(group != nullptr && value != nullptr, "read a number");
  if (BN_is_zero(value.get()) || BN_cmp(value.get(), EC_GROUP_get0_order(group.get())) >= 0) return refused();
  AnyKey key = key_of(value.get(), point_of(group.get(), value.get()));
  if (!key) return refused();
  return P256Key(std::make_shared<Key>(key.release()));
}

std::string P256Key::text() const {
  const PrivateKeyInfo info(EVP_PKEY2PKCS8(key_->pkey.get()));
  unsigned char* der = nullptr;
  const int size = i2d_PKCS8_PRIV_KEY_INFO(info.get(), &der);
  must(size > 0, "write a key");
  std::string text = base::base64url({der, static_cast<std::size_t>(size)});
  OPENSSL_clear_free(der, static_cast<std::size_t>(size));
  return text;
}

std::string P256Key::point() const {
  std::string bytes(kPointBytes, '\0');
  std::size_t size = 0;
  must(EVP_PKEY_get_octet_string_param(key_->pkey.get(), OSSL_PKEY_PARAM_PUB_KEY, bytes_of(bytes), bytes.size(),
                                       &size) == 1 &&
           size == bytes.size(),
       "give a public key");
  return bytes;
}

std::string P256Key::sign(std::string_view text) const {
  const Digest digest(EVP_MD_CTX_new());
  must(EVP_DigestSignInit(digest.get(), nullptr, EVP_sha256(), nullptr, key_->pkey.get()) == 1, "begin a signature");
  std::array<unsigned char, 128> der;
  std::size_t size = der.size();
  must(EVP_DigestSign(digest.get(), der.data(), &size, bytes_of(text), text.size()) == 1, "sign");
  const unsigned char* at = der.data();
  const Signature signature(d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(size)));
  must(signature != nullptr, "read its own signature");
  std::string numbers(2 * kCoordinateBytes, '\0');
  BN_bn2binpad(ECDSA_SIG_get0_r(signature.get()), bytes_of(numbers), kCoordinateBytes);
  BN_bn2binpad(ECDSA_SIG_get0_s(signature.get()), bytes_of(numbers) + kCoordinateBytes, kCoordinateBytes);
  return numbers;
}

Result<std::string> P256Key::shared_secret(std::string_view point) const {
  const AnyKey other = point.size() == kPointBytes && point[0] == 4 ? key_of(nullptr, point) : nullptr;
  const KeyWork work(EVP_PKEY_CTX_new(key_->pkey.get(), nullptr));
  must(work != nullptr && EVP_PKEY_derive_init(work.get()) == 1, "begin a shared secret");
  // A point that is not on the curve would give away the private number, bit by bit; OpenSSL looks again here.
  if (!other || EVP_PKEY_derive_set_peer(work.get(), other.get()) != 1)
    return bad_input("a public key on P-256 is 65 bytes, a point of the curve");
  std::string secret(kCoordinateBytes, '\0');
  std::size_t size = secret.size();
  must(EVP_PKEY_derive(work.get(), bytes_of(secret), &size) == 1 && size == secret.size(), "share a secret");
  return secret;
}

}  // namespace renown::oauth
