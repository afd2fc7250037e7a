/// Smtp: hands messages to the operator's mail server (RFC 5321). Opens its sockets by libcurl, as Fetcher does.
///
/// No guard stands before it, unlike before Fetcher: the only address it ever goes to is the operator's own word.
#pragma once

#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "renown/result.h"

namespace renown::net {

struct SmtpServer {
  std::string host;  ///< IPv6 in brackets
  std::uint16_t port = 25;
  bool is_tls_from_start = false;  ///< smtps; else TLS begins with STARTTLS

  /// Reads "smtp://HOST[:PORT]" (25) or "smtps://HOST[:PORT]" (465). errors  usage, saying how to write it
  static Result<SmtpServer> parse(std::string_view text);

  /// "smtps://HOST:PORT"
  std::string text() const;

  /// This machine itself: what goes there passes no wire, and need not be secret on its way.
  bool is_loopback() const;
};

struct SmtpOptions {
  SmtpServer server;
  std::string user = {};  ///< empty: no log-in
  std::string password = {};
  std::string own_name = {};             ///< what we call ourselves in EHLO
  std::string ca_file = {};              ///< certificates (PEM) to trust beside the system's
  std::vector<std::string> pinned = {};  ///< as of FetchOptions
  long connect_ms = 10'000;
  long whole_ms = 180'000;  ///< servers that look at a message before they answer for it take their time
};

/// How handing over one message ended.
struct SmtpOutcome {
  enum class Kind : std::uint8_t {
    taken,       ///< the server answers for it from now on
    refused,     ///< the server said no to this message, its sender or its recipient: `status` is 4xx or 5xx
    not_handed,  ///< nothing was handed over: no connection, no TLS, no log-in, or it broke before the end
    not_known,   ///< all was sent, and then no answer came: it may have been taken
    cancelled,   ///< stopped before anything was handed over
  };
  Kind kind = Kind::not_handed;
  int status = 0;            ///< of the server's last answer; 0: there was none
  std::string problem = {};  ///< one sentence without any mailbox; empty where it was taken
};

/// TLS is not left out but on the way to this machine itself: a server without it, or with a certificate that is not
/// trusted, gets nothing. So does a log-in: user and password never go in plain over a wire.
class SmtpClient {
 public:
  explicit SmtpClient(SmtpOptions options);

  /// One message to one mailbox, over a connection of its own. Waits up to whole_ms, and as long again for a server
  /// that does not say goodbye.
  ///
  /// from, to      bare mailboxes of ASCII, without angle brackets
  /// message       with CRLF ends of lines
  /// before_end    called once when all but the end of the message has been sent. What it returns decides whether the
  ///               end is sent: before that no server may keep the message (RFC 5321, section 4.1.1.4), after it one
  ///               may have
  SmtpOutcome send(const std::string& from, const std::string& to, std::string_view message,
                   const std::function<bool()>& before_end, std::stop_token stop = {});

 private:
  SmtpOptions options_;
};

}  // namespace renown::net
