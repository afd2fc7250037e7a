#include "push/encryption.h"

#include <memory>
#include <stdexcept>

#include <fmt/format.h>
#include <openssl/evp.h>
#include <sodium.h>

#include "base/encoding.h"
#include "base/freed_by.h"

namespace renown::push {
namespace {

constexpr std::size_t kAuthBytes = 16;
constexpr std::size_t kPointBytes = 65;
constexpr std::size_t kKeyBytes = 16, kNonceBytes = 12, kTagBytes = 16;
constexpr std::string_view kRecordSize{"\0\0\x10\0", 4};  ///< 4,096, big-endian: one record holds every message
constexpr std::string_view kLastRecord = "\x02";          ///< ends the text of the last record

using Cipher = std::unique_ptr<EVP_CIPHER_CTX, base::FreedBy<EVP_CIPHER_CTX_free>>;

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* bytes_of(std::string& text) {
  return reinterpret_cast<unsigned char*>(text.data());
}

std::string hmac(std::string_view key, std::string_view text) {
  crypto_auth_hmacsha256_state state;
  crypto_auth_hmacsha256_init(&state, bytes_of(key), key.size());
  crypto_auth_hmacsha256_update(&state, bytes_of(text), text.size());
  std::string mac(crypto_auth_hmacsha256_BYTES, '\0');
  crypto_auth_hmacsha256_final(&state, bytes_of(mac));
  return mac;
}

/// HKDF (RFC 5869) with SHA-256, for at most 32 bytes: one block.
std::string derive(std::string_view salt, std::string_view secret, std::string_view info, std::size_t bytes) {
  return hmac(hmac(salt, secret), std::string(info) + '\x01').substr(0, bytes);
}

/// AES-128-GCM, the tag at the end.
std::string seal(std::string_view key, std::string_view nonce, std::string_view text) {
  const Cipher cipher(EVP_CIPHER_CTX_new());
  std::string sealed(text.size() + kTagBytes, '\0');
  int size = 0, rest = 0;
  const bool done =
      cipher != nullptr &&
      EVP_EncryptInit_ex(cipher.get(), EVP_aes_128_gcm(), nullptr, bytes_of(key), bytes_of(nonce)) == 1 &&
      EVP_EncryptUpdate(cipher.get(), bytes_of(sealed), &size, bytes_of(text), static_cast<int>(text.size())) == 1 &&
      EVP_EncryptFinal_ex(cipher.get(), bytes_of(sealed) + size, &rest) == 1 &&
      EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_GET_TAG, kTagBytes, bytes_of(sealed) + text.size()) == 1;
  if (!done) throw std::runtime_error("OpenSSL cannot encrypt");  // without memory, or where its library is broken
  return sealed;
}

}  // namespace

Result<BrowserKeys> BrowserKeys::parse(std::string_view p256dh, std::string_view auth) {
  auto point = base::from_base64url(p256dh);
  auto secret = base::from_base64url(auth);
  if (!point || point->size() != kPointBytes || (*point)[0] != 4)
    return bad_input("keys.p256dh of a push subscription is a point of P-256: 65 bytes as base64url");
  if (!secret || secret->size() != kAuthBytes)
    return bad_input("keys.auth of a push subscription is 16 bytes as base64url");
  return BrowserKeys{std::move(*point), std::move(*secret)};
}

Result<std::string> encrypt(std::string_view message, const BrowserKeys& browser, const oauth::P256Key& our_key,
                            std::string_view salt) {
  if (message.size() > kMostMessageBytes)
    return bad_input(fmt::format("a push message of {} bytes: at most {}", message.size(), kMostMessageBytes));
  if (salt.size() != kSaltBytes) return bad_input("the salt of a push message is 16 bytes");
  const auto shared = our_key.shared_secret(browser.point);
  if (!shared) return shared.error();
  const std::string our_point = our_key.point();
  const std::string key_info = std::string("WebPush: info\0", 14) + browser.point + our_point;
  const std::string secret = derive(browser.auth, *shared, key_info, 32);
  const std::string key = derive(salt, secret, std::string_view("Content-Encoding: aes128gcm\0", 28), kKeyBytes);
  const std::string nonce = derive(salt, secret, std::string_view("Content-Encoding: nonce\0", 24), kNonceBytes);
  std::string body(salt);
  body.append(kRecordSize).append(1, static_cast<char>(our_point.size())).append(our_point);
  return body += seal(key, nonce, std::string(message).append(kLastRecord));
}

}  // namespace renown::push
