#include "net/transfer.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <sys/socket.h>

#include "base/ascii.h"
#include "net/curl_failure.h"

namespace renown::net {
namespace {

bool has_control_character(std::string_view text) {
  return std::ranges::any_of(text,
                             [](char c) { return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f; });
}

}  // namespace

Transfer::Transfer(const FetchOptions& options, Hop hop, long spent_ms)
    : options_(options), hop_(std::move(hop)), spent_before_ms_(spent_ms) {
  set_up();
  set_up_request();
  set_up_caps();
}

void Transfer::set_up() {
  CURL* easy = easy_.get();
  curl_easy_setopt(easy, CURLOPT_PRIVATE, this);
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);  // a stop does not wait for a name server
  curl_easy_setopt(easy, CURLOPT_PROXY, "");       // not even from the environment
  curl_easy_setopt(easy, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
  curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS));
  curl_easy_setopt(easy, CURLOPT_HTTP_CONTENT_DECODING, 0L);  // Unpacker does
  curl_easy_setopt(easy, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  if (!options_.ca_file.empty()) curl_easy_setopt(easy, CURLOPT_CAINFO, options_.ca_file.c_str());
  for (const std::string& entry : options_.pinned) {
    pinned_.reset(curl_slist_append(pinned_.release(), entry.c_str()));
  }
  if (pinned_) curl_easy_setopt(easy, CURLOPT_RESOLVE, pinned_.get());

  curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, &Transfer::open_socket);
  curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, this);
  curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, &Transfer::on_header);
  curl_easy_setopt(easy, CURLOPT_HEADERDATA, this);
  curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &Transfer::on_body);
  curl_easy_setopt(easy, CURLOPT_WRITEDATA, this);
}

void Transfer::set_up_request() {
  CURL* easy = easy_.get();
  const Request& request = hop_.request;
  curl_easy_setopt(easy, CURLOPT_URL, hop_.url.text().c_str());
  curl_easy_setopt(easy, CURLOPT_USERAGENT, options_.user_agent.c_str());
  if (request.method == "HEAD") {
    curl_easy_setopt(easy, CURLOPT_NOBODY, 1L);
  } else if (!request.body.empty() || request.method == "POST") {
    curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
    curl_easy_setopt(easy, CURLOPT_POSTFIELDS, request.body.data());
    headers_.reset(curl_slist_append(headers_.release(), "Expect:"));  // no round trip before a small body
  }
  if (request.method != "HEAD") curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, request.method.c_str());
  headers_.reset(curl_slist_append(headers_.release(), "Accept-Encoding: gzip, deflate"));
  for (const Header& header : request.headers) {
    // libcurl writes an empty value as "Name;".
    const std::string line = header.value.empty() ? header.name + ";" : header.name + ": " + header.value;
    headers_.reset(curl_slist_append(headers_.release(), line.c_str()));
  }
  if (headers_) curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers_.get());
}

void Transfer::set_up_caps() {
  CURL* easy = easy_.get();
  const FetchLimits& limits = options_.limits;
  curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, limits.connect_ms);
  curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, std::max(1L, limits.whole_ms - spent_before_ms_));
  curl_easy_setopt(easy, CURLOPT_LOW_SPEED_LIMIT, limits.slow_bytes_per_second);
  curl_easy_setopt(easy, CURLOPT_LOW_SPEED_TIME, limits.slow_seconds);
  curl_easy_setopt(easy, CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(body_cap()));
}

std::size_t Transfer::body_cap() const {
  return hop_.request.max_body_bytes.value_or(options_.limits.body_bytes);
}

curl_socket_t Transfer::open_socket(void* self, curlsocktype purpose, curl_sockaddr* address) {
  auto& transfer = *static_cast<Transfer*>(self);
  const Url& url = transfer.hop_.url;
  const auto target = Address::from(&address->addr, address->addrlen);
  if (purpose != CURLSOCKTYPE_IPCXN || !target) return CURL_SOCKET_BAD;
  if (const auto network = transfer.options_.guard.refusal(url, *target); !network.empty()) {
    transfer.refused_ = Failure{
        FailureKind::refused_address,
        fmt::format("{} leads to the {} address {}, from which Renown does not fetch; if that is a server of yours, "
                    "allow {}",
                    url.shown(), network, target->text(), url.host_and_port()),
    };
    return CURL_SOCKET_BAD;
  }
  return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

std::size_t Transfer::on_header(char* bytes, std::size_t size, std::size_t count, void* self) {
  const std::size_t length = size * count;
  return static_cast<Transfer*>(self)->take_header({bytes, length}) ? length : CURL_WRITEFUNC_ERROR;
}

std::size_t Transfer::on_body(char* bytes, std::size_t size, std::size_t count, void* self) {
  const std::size_t length = size * count;
  return static_cast<Transfer*>(self)->take_body({bytes, length}) ? length : CURL_WRITEFUNC_ERROR;
}

bool Transfer::take_header(std::string_view line) {
  header_bytes_ += line.size();
  if (header_bytes_ > options_.limits.header_bytes) {
    return give_up(FailureKind::too_large, fmt::format("the headers of {} are longer than {} bytes", hop_.url.shown(),
                                                       options_.limits.header_bytes));
  }
  while (line.ends_with('\n') || line.ends_with('\r')) line.remove_suffix(1);
  if (unpacker_ || line.empty()) return true;  // trailers say nothing that we use
  return take_header_line(line);
}

bool Transfer::take_header_line(std::string_view line) {
  if (line.starts_with("HTTP/") && line.find(':') == std::string_view::npos) {
    response_.headers = {};  // what came before belongs to an interim response (100, 103)
    return true;
  }
  const std::size_t colon = line.find(':');
  const auto name = line.substr(0, colon);
  if (colon == std::string_view::npos || colon == 0 || name.find_first_of(" \t") != std::string_view::npos ||
      has_control_character(line)) {
    return give_up(
        FailureKind::malformed,
        fmt::format("{} sent a header that is none; the server, or something before it, is broken", hop_.url.shown()));
  }
  response_.headers.add(std::string(name), std::string(base::trim(line.substr(colon + 1))));
  return true;
}

bool Transfer::take_body(std::string_view packed) {
  if (!unpacker_) unpacker_ = Unpacker::of(response_.headers.all("content-encoding"));
  if (!unpacker_) return give_up_unpacking();
  packed_bytes_ += packed.size();
  const auto state = unpacker_->take(packed, [this](std::string_view bytes) { return take_unpacked(bytes); });
  return state == Unpacker::State::broken ? give_up_unpacking() : state == Unpacker::State::ok;
}

bool Transfer::take_unpacked(std::string_view bytes) {
  const FetchLimits& limits = options_.limits;
  const std::size_t size = response_.body.size() + bytes.size();
  if (size > body_cap()) {
    return give_up(FailureKind::too_large,
                   fmt::format("the answer of {} is longer than {} bytes", hop_.url.shown(), body_cap()));
  }
  if (size > limits.ratio_free_bytes && size / limits.unpack_ratio > packed_bytes_) {
    return give_up(FailureKind::too_large, fmt::format("the answer of {} unpacks to more than {} times its size",
                                                       hop_.url.shown(), limits.unpack_ratio));
  }
  response_.body.append(bytes);
  return true;
}

bool Transfer::give_up_unpacking() {
  return give_up(
      FailureKind::malformed,
      fmt::format("the answer of {} is not packed as it says (gzip and deflate are read)", hop_.url.shown()));
}

bool Transfer::give_up(FailureKind kind, std::string message) {
  given_up_ = Failure{kind, std::move(message)};
  return false;
}

long Transfer::spent_ms() const {
  curl_off_t microseconds = 0;
  curl_easy_getinfo(easy_.get(), CURLINFO_TOTAL_TIME_T, &microseconds);
  return spent_before_ms_ + static_cast<long>(microseconds / 1000);
}

Fetched Transfer::outcome(CURLcode code) {
  if (code == CURLE_OK && unpacker_ && !unpacker_->is_whole()) give_up_unpacking();
  if (code != CURLE_OK || given_up_) return std::unexpected(failure_of(code));
  long status = 0;
  curl_easy_getinfo(easy_.get(), CURLINFO_RESPONSE_CODE, &status);
  response_.status = static_cast<int>(status);
  response_.url = hop_.url.text();
  return std::move(response_);
}

Failure Transfer::failure_of(CURLcode code) const {
  if (given_up_) return *given_up_;
  if (code == CURLE_COULDNT_CONNECT && refused_) return *refused_;
  if (code == CURLE_FILESIZE_EXCEEDED) {
    return {FailureKind::too_large,
            fmt::format("the answer of {} is longer than {} bytes", hop_.url.shown(), body_cap())};
  }
  return curl_failure(code, hop_.url, options_.limits);
}

}  // namespace renown::net
