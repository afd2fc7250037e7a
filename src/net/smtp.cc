#include "net/smtp.h"

#include <algorithm>
#include <cstring>
#include <memory>
#include <optional>
#include <utility>

#include <curl/curl.h>
#include <fmt/format.h>

#include "net/address.h"
#include "net/libcurl.h"
#include "net/url.h"

namespace renown::net {
namespace {

constexpr std::string_view kPlain = "smtp://", kSecure = "smtps://";
constexpr std::uint16_t kPlainPort = 25, kSecurePort = 465;
constexpr std::size_t kLongestCommand = 8;  ///< "STARTTLS"

Error bad_server(std::string_view text) {
  return {ErrorCode::usage,
          fmt::format("'{}' is no mail server: write smtp://HOST, smtp://HOST:PORT or smtps://HOST", text)};
}

/// Hosts and ports are read as those of addresses of the web; a port that is written is the same for both schemes.
std::optional<std::pair<std::string, std::optional<std::uint16_t>>> host_and_port(std::string_view text) {
  if (text.ends_with('/')) text.remove_suffix(1);
  if (text.empty() || text.find_first_of("/?#@") != std::string_view::npos) return std::nullopt;
  const auto http = Url::parse(fmt::format("http://{}/", text)), https = Url::parse(fmt::format("https://{}/", text));
  if (!http || !https) return std::nullopt;
  std::optional<std::uint16_t> port;
  if (http->port() == https->port()) port = http->port();
  return std::pair(http->host(), port);
}

/// One message on its way. Stays where it is: libcurl points into it.
class Handing {
 public:
  Handing(const SmtpOptions& options, std::string_view message, const std::function<bool()>& before_end,
          std::stop_token stop)
      : options_(options), rest_(message), before_end_(before_end), stop_(std::move(stop)) {}

  SmtpOutcome run(const std::string& from, const std::string& to);

 private:
  void set_up(const std::string& from, const std::string& to);
  void set_up_security();
  SmtpOutcome outcome(CURLcode code) const;
  std::string sentence(CURLcode code, int status) const;

  static std::size_t read(char* room, std::size_t size, std::size_t count, void* self);
  static int look(CURL* handle, curl_infotype type, char* bytes, std::size_t size, void* self);
  static int progress(void* self, curl_off_t, curl_off_t, curl_off_t, curl_off_t);

  const SmtpOptions& options_;
  std::string_view rest_;  ///< of the message
  const std::function<bool()>& before_end_;
  std::stop_token stop_;
  std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> easy_{curl_easy_init(), &curl_easy_cleanup};
  std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> recipients_{nullptr, &curl_slist_free_all};
  std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> pinned_{nullptr, &curl_slist_free_all};
  std::string last_command_;  ///< the word alone: what follows it may be a mailbox or a password
  bool is_ended_ = false;     ///< the end of the message may have been sent
};

std::size_t Handing::read(char* room, std::size_t size, std::size_t count, void* self) {
  auto& handing = *static_cast<Handing*>(self);
  const std::size_t taken = std::min(size * count, handing.rest_.size());
  if (taken == 0) {
    if (handing.is_ended_) return 0;
    if (handing.stop_.stop_requested() || !handing.before_end_()) return CURL_READFUNC_ABORT;
    handing.is_ended_ = true;
    return 0;
  }
  std::memcpy(room, handing.rest_.data(), taken);
  handing.rest_.remove_prefix(taken);
  return taken;
}

int Handing::look(CURL*, curl_infotype type, char* bytes, std::size_t size, void* self) {
  if (type != CURLINFO_HEADER_OUT) return 0;
  const std::string_view line(bytes, size);
  // An answer to AUTH is a line of its own, and no command: of what is none, nothing is kept.
  const std::string_view word = line.substr(0, std::min(line.find_first_of(" \r\n"), line.size()));
  if (word == "QUIT") return 0;  // said after whatever went wrong
  static_cast<Handing*>(self)->last_command_ = word.size() <= kLongestCommand ? word : std::string_view();
  return 0;
}

int Handing::progress(void* self, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  const auto& handing = *static_cast<Handing*>(self);
  // Whoever has all of it is waited for: otherwise nobody would know what became of it.
  return handing.stop_.stop_requested() && !handing.is_ended_ ? 1 : 0;
}

void Handing::set_up(const std::string& from, const std::string& to) {
  CURL* easy = easy_.get();
  const SmtpServer& server = options_.server;
  const std::string url = fmt::format("{}/{}", server.text(), options_.own_name);
  curl_easy_setopt(easy, CURLOPT_URL, url.c_str());
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);
  curl_easy_setopt(easy, CURLOPT_PROXY, "");
  curl_easy_setopt(easy, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
  curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, options_.connect_ms);
  curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, options_.whole_ms);
  // What follows the end, QUIT and its answer, is not part of that time.
  curl_easy_setopt(easy, CURLOPT_SERVER_RESPONSE_TIMEOUT, std::max(1L, options_.whole_ms / 1000));
  curl_easy_setopt(easy, CURLOPT_MAIL_FROM, fmt::format("<{}>", from).c_str());
  recipients_.reset(curl_slist_append(nullptr, fmt::format("<{}>", to).c_str()));
  curl_easy_setopt(easy, CURLOPT_MAIL_RCPT, recipients_.get());
  curl_easy_setopt(easy, CURLOPT_UPLOAD, 1L);
  curl_easy_setopt(easy, CURLOPT_READFUNCTION, &Handing::read);
  curl_easy_setopt(easy, CURLOPT_READDATA, this);
  curl_easy_setopt(easy, CURLOPT_VERBOSE, 1L);  // for look() alone, which takes the place of printing
  curl_easy_setopt(easy, CURLOPT_DEBUGFUNCTION, &Handing::look);
  curl_easy_setopt(easy, CURLOPT_DEBUGDATA, this);
  curl_easy_setopt(easy, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt(easy, CURLOPT_XFERINFOFUNCTION, &Handing::progress);
  curl_easy_setopt(easy, CURLOPT_XFERINFODATA, this);
  for (const std::string& entry : options_.pinned) {
    pinned_.reset(curl_slist_append(pinned_.release(), entry.c_str()));
  }
  if (pinned_) curl_easy_setopt(easy, CURLOPT_RESOLVE, pinned_.get());
  set_up_security();
}

void Handing::set_up_security() {
  CURL* easy = easy_.get();
  const bool may_be_plain = options_.server.is_loopback() && !options_.server.is_tls_from_start;
  curl_easy_setopt(easy, CURLOPT_USE_SSL, static_cast<long>(may_be_plain ? CURLUSESSL_NONE : CURLUSESSL_ALL));
  curl_easy_setopt(easy, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  if (!options_.ca_file.empty()) curl_easy_setopt(easy, CURLOPT_CAINFO, options_.ca_file.c_str());
  if (options_.user.empty()) return;
  curl_easy_setopt(easy, CURLOPT_USERNAME, options_.user.c_str());
  curl_easy_setopt(easy, CURLOPT_PASSWORD, options_.password.c_str());
}

SmtpOutcome Handing::run(const std::string& from, const std::string& to) {
  set_up(from, to);
  return outcome(curl_easy_perform(easy_.get()));
}

/// Whether the server's last word was about this message, and not about us or itself.
bool is_about_message(std::string_view command, int status) {
  if (status == 421) return false;  // "closing the connection"
  return command == "MAIL" || command == "RCPT" || command == "DATA";
}

SmtpOutcome Handing::outcome(CURLcode code) const {
  if (code == CURLE_OK) return {.kind = SmtpOutcome::Kind::taken, .status = 250};
  long answered = 0;
  curl_easy_getinfo(easy_.get(), CURLINFO_RESPONSE_CODE, &answered);
  const bool is_no = answered >= 400 && answered <= 599;
  SmtpOutcome outcome{.status = is_no ? static_cast<int>(answered) : 0};
  outcome.problem = sentence(code, outcome.status);
  if (is_no && (is_ended_ || is_about_message(last_command_, outcome.status))) {
    outcome.kind = SmtpOutcome::Kind::refused;
  } else if (is_ended_) {
    outcome.kind = SmtpOutcome::Kind::not_known;
  } else if (stop_.stop_requested()) {
    outcome.kind = SmtpOutcome::Kind::cancelled;
  }
  return outcome;
}

std::string Handing::sentence(CURLcode code, int status) const {
  const std::string server = options_.server.text();
  if (status != 0 && code != CURLE_LOGIN_DENIED)
    return fmt::format("the mail server {} answered with {}", server, status);
  switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
      return fmt::format("the name of the mail server {} has no address", server);
    case CURLE_COULDNT_CONNECT:
      return fmt::format("nobody answers at the mail server {}", server);
    case CURLE_OPERATION_TIMEDOUT:
      return fmt::format("the mail server {} did not answer in time", server);
    case CURLE_LOGIN_DENIED:
      return fmt::format("the mail server {} refuses the log-in: look at the user and the password", server);
    case CURLE_USE_SSL_FAILED:
      return fmt::format("the mail server {} offers no STARTTLS: nothing is sent in plain", server);
    case CURLE_PEER_FAILED_VERIFICATION:
      return fmt::format(
          "the certificate of the mail server {} is not trusted (unknown issuer, other name, or expired); if it is "
          "yours, give its CA file",
          server);
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CACERT_BADFILE:
      return fmt::format("no secure connection to the mail server {} could be made", server);
    default:
      return fmt::format("the connection to the mail server {} broke", server);
  }
}

}  // namespace

Result<SmtpServer> SmtpServer::parse(std::string_view text) {
  SmtpServer server;
  server.is_tls_from_start = text.starts_with(kSecure);
  if (!server.is_tls_from_start && !text.starts_with(kPlain)) return bad_server(text);
  const auto place = host_and_port(text.substr((server.is_tls_from_start ? kSecure : kPlain).size()));
  if (!place) return bad_server(text);
  server.host = place->first;
  server.port = place->second.value_or(server.is_tls_from_start ? kSecurePort : kPlainPort);
  return server;
}

std::string SmtpServer::text() const {
  return fmt::format("{}{}:{}", is_tls_from_start ? kSecure : kPlain, host, port);
}

bool SmtpServer::is_loopback() const {
  if (host == "localhost") return true;
  const auto address = Address::from(host.starts_with('[') ? host.substr(1, host.size() - 2) : host);
  return address && special_network(*address) == "loopback";
}

SmtpClient::SmtpClient(SmtpOptions options) : options_(std::move(options)) {
  set_up_libcurl();
}

SmtpOutcome SmtpClient::send(const std::string& from, const std::string& to, std::string_view message,
                             const std::function<bool()>& before_end, std::stop_token stop) {
  const NoBrokenPipes quiet;
  return Handing(options_, message, before_end, std::move(stop)).run(from, to);
}

}  // namespace renown::net
