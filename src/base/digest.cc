#include "base/digest.h"

#include <array>
#include <new>

#include <openssl/evp.h>

#include "base/encoding.h"
#include "base/freed_by.h"

namespace renown::base {

// OpenSSL's and not libsodium's, which stands beside it: it uses the processor's own instructions for SHA-256 and is
// four times as fast (1.8 GB/s). Hashing a log by the other took a third of the time of scoring it.
struct Sha256::State {
  std::unique_ptr<EVP_MD_CTX, FreedBy<EVP_MD_CTX_free>> context{EVP_MD_CTX_new()};
};

namespace {

/// Looked up once: by EVP_sha256() OpenSSL looks for its implementation at each digest, which takes longer than a
/// digest of an answer's bytes does.
const EVP_MD* sha256() {
  static const std::unique_ptr<EVP_MD, FreedBy<EVP_MD_free>> kept{EVP_MD_fetch(nullptr, "SHA2-256", nullptr)};
  return kept ? kept.get() : EVP_sha256();
}

}  // namespace

Sha256::Sha256() : state_(std::make_unique<State>()) {
  // Fails for want of memory only.
  if (!state_->context || EVP_DigestInit_ex(state_->context.get(), sha256(), nullptr) != 1) throw std::bad_alloc();
}
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;
Sha256::~Sha256() = default;

void Sha256::add(std::span<const char> bytes) {
  EVP_DigestUpdate(state_->context.get(), bytes.data(), bytes.size());
}

std::string Sha256::hex() {
  std::array<unsigned char, 32> digest{};
  EVP_DigestFinal_ex(state_->context.get(), digest.data(), nullptr);
  return base::hex(digest);
}

}  // namespace renown::base
