#include "net/url.h"

#include <algorithm>
#include <array>
#include <memory>
#include <optional>

#include <arpa/inet.h>
#include <curl/curl.h>
#include <fmt/format.h>
#include <idn2.h>

#include "base/ascii.h"

namespace renown::net {
namespace {

constexpr std::size_t kLongestName = 253;  ///< RFC 1035
constexpr std::size_t kLongestLabel = 63;
constexpr std::size_t kShownSegment = 40;  ///< bytes; ids of networks are shorter, tokens often longer
constexpr std::size_t kShownOfLong = 8;
constexpr unsigned kFlags = CURLU_NON_SUPPORT_SCHEME | CURLU_URLENCODE | CURLU_DISALLOW_USER;

struct Scheme {
  std::string_view name;
  std::uint16_t port;
};
constexpr std::array<Scheme, 4> kSchemes{{{"http", 80}, {"https", 443}, {"ws", 80}, {"wss", 443}}};

using Handle = std::unique_ptr<CURLU, decltype(&curl_url_cleanup)>;

std::optional<std::string> part(CURLU* handle, CURLUPart which) {
  char* text = nullptr;
  if (curl_url_get(handle, which, &text, 0) != CURLUE_OK) return std::nullopt;
  std::string copy(text);
  curl_free(text);
  return copy;
}

Error refused(std::string_view why) {
  return bad_input(fmt::format("not a URL that Renown fetches: {}", why));
}

std::optional<std::uint16_t> default_port(std::string_view scheme) {
  for (const Scheme& known : kSchemes) {
    if (known.name == scheme) return known.port;
  }
  return std::nullopt;
}

/// What no URL holds, and what programs read differently: the classic way to make two of them see two hosts.
std::string_view bad_character(std::string_view text) {
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7f) return "it holds a control character";
    if (c == ' ') return "it holds a blank";
    if (c == '\\') return "it holds a backslash";
  }
  return {};
}

/// The scheme in front of "://"; empty for anything else, "http:/x" and "http:///x" included.
std::string scheme_of(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos || !text.substr(colon).starts_with("://")) return {};
  if (text.substr(colon + 3).starts_with('/')) return {};
  return base::lower(text.substr(0, colon));
}

bool has_scheme(std::string_view reference) {
  const std::size_t colon = reference.find_first_of(":/?#");
  return colon != std::string_view::npos && colon != 0 && reference[colon] == ':';
}

bool is_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

bool is_ipv4(const std::string& host) {
  in_addr address{};
  return ::inet_pton(AF_INET, host.c_str(), &address) == 1;
}

/// A name is labels of letters, digits and hyphens. One that ends in a number is an IPv4 address or nothing.
std::string_view problem_of_name(const std::string& host) {
  if (host.size() > kLongestName) return "its host is too long";
  std::size_t begin = 0;
  std::string_view last;
  while (begin <= host.size()) {
    const std::size_t end = std::min(host.find('.', begin), host.size());
    last = std::string_view(host).substr(begin, end - begin);
    if (last.empty() || last.size() > kLongestLabel) return "its host is not a name";
    if (!std::ranges::all_of(last, is_name_character)) return "its host is not a name";
    begin = end + 1;
  }
  const bool number = std::ranges::all_of(last, base::is_digit) || last.starts_with("0x");
  if (number && !is_ipv4(host)) return "its host is neither a name nor an address";
  return {};
}

Result<std::string> short_ipv6(const std::string& bracketed) {
  in6_addr address{};
  const std::string inside = bracketed.substr(1, bracketed.size() - 2);
  if (!bracketed.ends_with(']') || ::inet_pton(AF_INET6, inside.c_str(), &address) != 1) {
    return refused("its host is not an IPv6 address");
  }
  std::array<char, INET6_ADDRSTRLEN> text{};
  ::inet_ntop(AF_INET6, &address, text.data(), text.size());
  return fmt::format("[{}]", text.data());
}

/// "xn--..." of an international name. Not left to libcurl, which reads names in the locale's character set.
Result<std::string> ascii_name(std::string name) {
  if (std::ranges::all_of(name, [](char c) { return static_cast<unsigned char>(c) < 0x80; })) return name;
  std::uint8_t* ascii = nullptr;
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(name.c_str());
  if (idn2_lookup_u8(bytes, &ascii, IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL | IDN2_USE_STD3_ASCII_RULES) != IDN2_OK) {
    return refused("its host is not a name");
  }
  std::string result(reinterpret_cast<const char*>(ascii));
  idn2_free(ascii);
  return result;
}

/// One pass of normalising. The caller repeats it: what was percent-encoded or in wide digits may be a number now.
Result<std::string> normal_host(CURLU* handle) {
  if (part(handle, CURLUPART_ZONEID)) return refused("a zone id names an interface of this machine");
  const auto raw = part(handle, CURLUPART_HOST);
  if (!raw || raw->empty()) return refused("its host is not a name");
  if (raw->starts_with('[')) return short_ipv6(*raw);
  auto ascii = ascii_name(*raw);
  if (!ascii) return ascii;
  std::string host = base::lower(*ascii);
  if (host.ends_with('.')) host.pop_back();
  if (auto problem = problem_of_name(host); !problem.empty()) return refused(problem);
  return host;
}

Result<std::string> settled_host(CURLU* handle) {
  constexpr int kMostPasses = 3;
  std::string before;
  for (int pass = 0; pass < kMostPasses; ++pass) {
    auto host = normal_host(handle);
    if (!host || *host == before) return host;
    const std::string alone = fmt::format("http://{}/", *host);
    if (curl_url_set(handle, CURLUPART_URL, alone.c_str(), kFlags) != CURLUE_OK) break;
    before = *host;
  }
  return refused("its host is not a name");
}

Result<std::uint16_t> port_of(CURLU* handle, std::uint16_t standard) {
  const auto text = part(handle, CURLUPART_PORT);
  if (!text) return standard;
  unsigned long port = 0;
  for (const char c : *text) port = port * 10 + static_cast<unsigned long>(c - '0');
  if (port == 0 || port > 65535) return refused("its port is not between 1 and 65535");
  return static_cast<std::uint16_t>(port);
}

std::string_view reason_of(CURLUcode code) {
  switch (code) {
    case CURLUE_USER_NOT_ALLOWED:
      return "it holds a user name or password; give these as an Authorization header";
    case CURLUE_BAD_PORT_NUMBER:
      return "its port is not between 1 and 65535";
    case CURLUE_BAD_HOSTNAME:
    case CURLUE_NO_HOST:
      return "its host is not a name";
    case CURLUE_BAD_IPV6:
      return "its host is not an IPv6 address";
    default:
      return "it cannot be read";
  }
}

}  // namespace

Result<Url> Url::parse(std::string_view text) {
  if (text.size() > kMaxBytes) return refused(fmt::format("it is longer than {} bytes", kMaxBytes));
  if (auto problem = bad_character(text); !problem.empty()) return refused(problem);
  Url url;
  url.scheme_ = scheme_of(text);
  const auto standard_port = default_port(url.scheme_);
  if (!standard_port) return refused("it does not begin with http://, https://, ws:// or wss:// and a host");

  const Handle handle(curl_url(), &curl_url_cleanup);
  const CURLUcode code = curl_url_set(handle.get(), CURLUPART_URL, std::string(text).c_str(), kFlags);
  if (code != CURLUE_OK) return refused(reason_of(code));
  auto port = port_of(handle.get(), *standard_port);
  if (!port) return port.error();
  url.port_ = *port;
  url.target_ = part(handle.get(), CURLUPART_PATH).value_or("/");
  if (auto query = part(handle.get(), CURLUPART_QUERY)) url.target_ += "?" + *query;
  auto host = settled_host(handle.get());  // last: it uses the handle up
  if (!host) return host.error();
  url.host_ = std::move(*host);
  // Encoding makes longer what was not ASCII.
  if (url.text().size() > kMaxBytes) return refused(fmt::format("it is longer than {} bytes", kMaxBytes));
  return url;
}

Result<Url> Url::resolve(std::string_view reference) const {
  if (reference.size() > kMaxBytes) return refused(fmt::format("it is longer than {} bytes", kMaxBytes));
  std::string encoded;
  for (const char c : reference.substr(0, reference.find('#')))
    encoded += c == ' ' ? std::string("%20") : std::string(1, c);  // servers do send them
  if (auto problem = bad_character(encoded); !problem.empty()) return refused(problem);
  if (has_scheme(encoded)) return parse(encoded);
  if (encoded.starts_with("//")) return parse(scheme_ + ":" + encoded);
  const Handle handle(curl_url(), &curl_url_cleanup);
  CURLUcode code = curl_url_set(handle.get(), CURLUPART_URL, text().c_str(), kFlags);
  if (code == CURLUE_OK && !encoded.empty()) code = curl_url_set(handle.get(), CURLUPART_URL, encoded.c_str(), kFlags);
  if (code != CURLUE_OK) return refused(reason_of(code));
  return parse(part(handle.get(), CURLUPART_URL).value_or(""));
}

std::string Url::text() const {
  if (default_port(scheme_) == port_) return fmt::format("{}://{}{}", scheme_, host_, target_);
  return fmt::format("{}://{}:{}{}", scheme_, host_, port_, target_);
}

std::string Url::host_and_port() const {
  return fmt::format("{}:{}", host_, port_);
}

std::string Url::origin() const {
  return fmt::format("{}://{}:{}", scheme_, host_, port_);
}

std::string Url::shown() const {
  Url bare = *this;
  const std::string path = target_.substr(0, target_.find('?'));
  bare.target_.clear();
  for (std::size_t begin = 0; begin < path.size();) {
    const std::size_t end = std::min(path.find('/', begin + 1), path.size());
    const std::string segment = path.substr(begin, end - begin);
    bare.target_ += segment.size() <= kShownSegment ? segment : segment.substr(0, kShownOfLong) + "...";
    begin = end;
  }
  return bare.text();
}

}  // namespace renown::net
