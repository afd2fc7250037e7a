#include "push/vapid.h"

#include <fmt/format.h>

#include "base/encoding.h"
#include "io/json_escape.h"

namespace renown::push {
namespace {

constexpr std::string_view kHeader = R"({"typ":"JWT","alg":"ES256"})";

/// Scheme, host and port as browsers write an origin: without the port that the scheme has anyway.
std::string audience_of(const net::Url& url) {
  const bool is_default = url.port() == (url.is_secure() ? 443 : 80);
  return fmt::format("{}://{}{}", url.scheme(), url.host(), is_default ? "" : fmt::format(":{}", url.port()));
}

}  // namespace

std::string public_key_text(const oauth::P256Key& key) {
  return base::base64url(std::string_view(key.point()));
}

std::string vapid_authorization(const oauth::P256Key& key, const net::Url& endpoint, std::string_view contact,
                                std::int64_t now) {
  const std::string claims = fmt::format(R"({{"aud":{},"exp":{},"sub":{}}})", io::json_string(audience_of(endpoint)),
                                         now + kTokenSeconds, io::json_string(contact));
  const std::string signed_part = base::base64url(kHeader) + '.' + base::base64url(std::string_view(claims));
  return fmt::format("vapid t={}.{}, k={}", signed_part, base::base64url(std::string_view(key.sign(signed_part))),
                     public_key_text(key));
}

}  // namespace renown::push
