#include "connect/activitypub/http_signature.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cstdlib>
#include <map>
#include <optional>

#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

#include "base/ascii.h"
#include "base/freed_by.h"
#include "base/text.h"
#include "net/http_date.h"
#include "net/url.h"

namespace renown::connect::activitypub {
namespace {

constexpr int kLeastKeyBits = 2048;
constexpr std::int64_t kMostSkewSeconds = 3600;  ///< clocks of servers differ, queues hold requests back
constexpr std::string_view kRequestTarget = "(request-target)";

using KeyPointer = std::unique_ptr<EVP_PKEY, base::FreedBy<EVP_PKEY_free>>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, base::FreedBy<EVP_MD_CTX_free>>;
using Source = std::unique_ptr<BIO, base::FreedBy<BIO_free>>;

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

int no_password(char*, int, int, void*) {
  return 0;  // instead of asking on the terminal
}

KeyPointer read_key(std::string_view pem, bool is_private) {
  const Source source(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  KeyPointer key(is_private ? PEM_read_bio_PrivateKey(source.get(), nullptr, no_password, nullptr)
                            : PEM_read_bio_PUBKEY(source.get(), nullptr, no_password, nullptr));
  const bool good = key && EVP_PKEY_is_a(key.get(), "RSA") && EVP_PKEY_get_bits(key.get()) >= kLeastKeyBits;
  return good ? std::move(key) : nullptr;
}

/// What `write` puts into memory.
template <class Write>
std::string written(const Write& write) {
  const Source sink(BIO_new(BIO_s_mem()));
  write(sink.get());
  char* bytes = nullptr;
  const long size = BIO_get_mem_data(sink.get(), &bytes);
  return {bytes, static_cast<std::size_t>(std::max(size, 0L))};
}

std::string base64(std::string_view bytes) {
  std::string text((bytes.size() + 2) / 3 * 4 + 1, '\0');
  const int size =
      EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()), bytes_of(bytes), static_cast<int>(bytes.size()));
  text.resize(static_cast<std::size_t>(size));
  return text;
}

std::optional<std::string> from_base64(std::string_view text) {
  if (text.empty() || text.size() % 4 != 0) return std::nullopt;
  std::string bytes(text.size() / 4 * 3, '\0');
  const int size =
      EVP_DecodeBlock(reinterpret_cast<unsigned char*>(bytes.data()), bytes_of(text), static_cast<int>(text.size()));
  if (size < 0) return std::nullopt;
  bytes.resize(bytes.size() - (text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0));
  return bytes;
}

std::string digest_of(std::string_view body) {
  std::array<unsigned char, 32> digest;
  EVP_Digest(body.data(), body.size(), digest.data(), nullptr, EVP_sha256(), nullptr);
  return "SHA-256=" + base64({reinterpret_cast<const char*>(digest.data()), digest.size()});
}

/// "Sun, 06 Nov 1994 08:49:37 GMT"
std::string http_date(std::int64_t seconds) {
  using namespace std::chrono;
  constexpr std::array kDays = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const sys_seconds at{std::chrono::seconds(seconds)};
  const auto day = floor<days>(at);
  const year_month_day date(day);
  const hh_mm_ss time(at - day);
  return fmt::format("{}, {:02} {} {} {:02}:{:02}:{:02} GMT", kDays[weekday(day).c_encoding()],
                     static_cast<unsigned>(date.day()), kMonths[static_cast<unsigned>(date.month()) - 1],
                     static_cast<int>(date.year()), time.hours().count(), time.minutes().count(),
                     time.seconds().count());
}

/// The parameters of a Signature header: name="value", name=value ...; nothing where it is none.
std::optional<std::map<std::string, std::string>> parameters_of(std::string_view header) {
  std::map<std::string, std::string> parameters;
  while (!base::trim(header).empty()) {
    const std::size_t equals = header.find('=');
    if (equals == std::string_view::npos) return std::nullopt;
    const std::string name(base::trim(header.substr(0, equals)));
    header.remove_prefix(equals + 1);
    const bool is_quoted = header.starts_with('"');
    if (is_quoted) header.remove_prefix(1);
    const std::size_t end = header.find(is_quoted ? '"' : ',');
    if (is_quoted && end == std::string_view::npos) return std::nullopt;
    if (!parameters.emplace(name, header.substr(0, end)).second) return std::nullopt;
    header.remove_prefix(std::min(end, header.size()));
    header.remove_prefix(
        std::min(header.find(',') == std::string_view::npos ? header.size() : header.find(',') + 1, header.size()));
  }
  return parameters;
}

/// What is signed: a line for each name. Nothing where a header is missing.
std::optional<std::string> signed_text(std::string_view names, std::string_view method, std::string_view target,
                                       const net::Headers& headers) {
  std::string text;
  for (const std::string_view name : base::split_words(names)) {
    if (!text.empty()) text += '\n';
    if (name == kRequestTarget) {
      text += fmt::format("{}: {} {}", name, base::lower(method), target);
    } else if (headers.find(name)) {
      text += fmt::format("{}: {}", base::lower(name), headers.all(name));
    } else {
      return std::nullopt;
    }
  }
  return text;
}

std::string_view path_of(std::string_view target) {
  return target.substr(0, target.find('?'));
}

bool covers(std::string_view names, std::string_view name) {
  const auto all = base::split_words(names);
  return std::ranges::any_of(all, [&](std::string_view each) { return base::same_but_for_case(each, name); });
}

bool is_signature_of(std::string_view text, std::string_view signature, EVP_PKEY* key) {
  const DigestContext context(EVP_MD_CTX_new());
  return EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, key) == 1 &&
         EVP_DigestVerify(context.get(), bytes_of(signature), signature.size(), bytes_of(text), text.size()) == 1;
}

Result<void> check_time(const net::Headers& headers, std::int64_t now) {
  const auto date = net::parse_http_date(headers.find("date").value_or(""));
  if (!date) return bad_input("the signed Date is none");
  if (std::abs(*date - now) > kMostSkewSeconds) return bad_input("the signature is too old, or of the future");
  return {};
}

}  // namespace

struct SigningKey::Key {
  KeyPointer pkey;
};

Result<SigningKey> SigningKey::from_pem(std::string key_id, std::string_view pem) {
  KeyPointer pkey = read_key(pem, true);
  if (!pkey) {
    return bad_input(fmt::format("the key is no private RSA key in PEM of {} bits or more; openssl genrsa makes one",
                                 kLeastKeyBits));
  }
  return SigningKey(std::move(key_id), std::make_shared<Key>(std::move(pkey)));
}

Result<SigningKey> SigningKey::generate(std::string key_id) {
  KeyPointer pkey(EVP_RSA_gen(kLeastKeyBits));
  if (!pkey) return Error{ErrorCode::internal, "OpenSSL cannot make a key"};
  return SigningKey(std::move(key_id), std::make_shared<Key>(std::move(pkey)));
}

std::string SigningKey::private_pem() const {
  return written([&](BIO* sink) {
    return PEM_write_bio_PrivateKey(sink, key_->pkey.get(), nullptr, nullptr, 0, nullptr, nullptr);
  });
}

std::string SigningKey::public_pem() const {
  return written([&](BIO* sink) { return PEM_write_bio_PUBKEY(sink, key_->pkey.get()); });
}

Result<void> SigningKey::sign(net::Request& request, std::int64_t now, SignedTarget target) const {
  const auto url = net::Url::parse(request.url);
  if (!url) return url.error();
  const std::string_view whole = url->target();
  const std::string_view signed_part = target == SignedTarget::whole ? whole : path_of(whole);
  const bool is_default_port = url->port() == (url->is_secure() ? 443 : 80);
  request.headers.set("Host", is_default_port ? url->host() : fmt::format("{}:{}", url->host(), url->port()));
  request.headers.set("Date", http_date(now));
  std::string names = "(request-target) host date";
  if (!request.body.empty()) {
    request.headers.set("Digest", digest_of(request.body));
    names += " digest";
  }
  const std::string text = *signed_text(names, request.method, signed_part, request.headers);
  const DigestContext context(EVP_MD_CTX_new());
  std::string signature(static_cast<std::size_t>(EVP_PKEY_get_size(key_->pkey.get())), '\0');
  std::size_t size = signature.size();
  if (EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key_->pkey.get()) != 1 ||
      EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size, bytes_of(text),
                     text.size()) != 1) {
    return Error{ErrorCode::internal, "OpenSSL cannot sign"};
  }
  signature.resize(size);
  request.headers.set("Signature", fmt::format(R"(keyId="{}",algorithm="rsa-sha256",headers="{}",signature="{}")",
                                               key_id_, names, base64(signature)));
  return {};
}

std::vector<net::Fetched> Signer::fetch_all(std::span<const net::Request> requests, std::stop_token stop) {
  std::vector<net::Request> all(requests.begin(), requests.end());
  // A URL that is none is refused by the fetcher, in its words.
  for (net::Request& request : all) static_cast<void>(key_.sign(request, clock_()));
  auto fetched = inner_.fetch_all(all, stop);
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (!fetched[i] || fetched[i]->status != 401 || all[i].url.find('?') == std::string::npos) continue;
    static_cast<void>(key_.sign(all[i], clock_(), SignedTarget::path_alone));
    fetched[i] = inner_.fetch(all[i], stop);
  }
  return fetched;
}

Result<std::string> signing_key_id(const net::Headers& headers) {
  const auto header = headers.find("signature");
  if (!header) return bad_input("the request is not signed");
  const auto parameters = parameters_of(*header);
  if (!parameters || !parameters->contains("keyId") || !parameters->contains("signature")) {
    return bad_input("the Signature header cannot be read");
  }
  return parameters->at("keyId");
}

Result<void> verify_signature(const SignedRequest& request, std::string_view public_pem, std::int64_t now) {
  if (auto key_id = signing_key_id(request.headers); !key_id) return key_id.error();
  auto parameters = *parameters_of(*request.headers.find("signature"));
  const std::string algorithm = base::lower(parameters["algorithm"]);
  if (!algorithm.empty() && algorithm != "rsa-sha256" && algorithm != "hs2019") {
    return bad_input(fmt::format("the signature is by {}; rsa-sha256 is read", algorithm.substr(0, 40)));
  }
  const std::string& names = parameters["headers"];
  for (const std::string_view name : {kRequestTarget, std::string_view("host"), std::string_view("date")}) {
    if (!covers(names, name)) return bad_input(fmt::format("the signature does not cover {}", name));
  }
  if (!request.body.empty() && !covers(names, "digest")) return bad_input("the signature does not cover the body");
  if (covers(names, "digest") && request.headers.find("digest") != digest_of(request.body)) {
    return bad_input("the body is not the one whose SHA-256 was signed");
  }
  if (auto timely = check_time(request.headers, now); !timely) return timely;

  const KeyPointer key = read_key(public_pem, false);
  if (!key) return bad_input("the signer's key is no public RSA key of 2048 bits or more");
  const auto signature = from_base64(parameters["signature"]);
  for (const std::string_view target : {request.target, path_of(request.target)}) {
    const auto text = signed_text(names, request.method, target, request.headers);
    if (!text) return bad_input("the signature covers a header that the request does not have");
    if (signature && is_signature_of(*text, *signature, key.get())) return {};
  }
  return bad_input("the signature is not by that key, or something was changed since");
}

}  // namespace renown::connect::activitypub
