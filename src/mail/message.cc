#include "mail/message.h"

#include <string_view>

#include <fmt/format.h>

#include "base/digest.h"
#include "mail/mime.h"
#include "net/http_date.h"

namespace renown::mail {
namespace {

/// A name in front of a mailbox: encoded words stand bare, everything else in quotes.
std::string address(std::string_view name, std::string_view mailbox) {
  if (name.empty()) return fmt::format("<{}>", mailbox);
  std::string shown = header_text(name);
  if (shown.starts_with("=?")) return fmt::format("{}\r\n <{}>", shown, mailbox);
  std::string quoted;
  for (const char c : shown) quoted += c == '"' || c == '\\' ? std::string{'\\', c} : std::string(1, c);
  return fmt::format("\"{}\" <{}>", quoted, mailbox);
}

/// HTTP's date ends in a zone that mail calls obsolete.
std::string mail_date(std::int64_t time) {
  std::string date = net::http_date(time);
  return date.replace(date.rfind("GMT"), 3, "+0000");
}

/// Found in no part: quoted-printable has "=" before two digits or at the end of a line only, and never "=_".
std::string boundary(const Message& message) {
  base::Sha256 digest;
  digest.add(message.id);
  return "=_" + digest.hex().substr(0, 32);
}

std::string part(std::string_view boundary, std::string_view type, std::string_view content) {
  return fmt::format(
      "--{}\r\nContent-Type: {}; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n{}\r\n", boundary,
      type, quoted_printable(content));
}

}  // namespace

std::string message_text(const Message& message) {
  const std::string border = boundary(message);
  std::string text = fmt::format(
      "Date: {}\r\nMessage-ID: <{}>\r\nFrom: {}\r\nTo: {}\r\nSubject: {}\r\nMIME-Version: 1.0\r\n"
      "Content-Language: {}\r\nAuto-Submitted: auto-generated\r\n",
      mail_date(message.time), message.id, address(message.from_name, message.from),
      address(message.to_name, message.to), header_text(message.subject), message.language);
  if (!message.unsubscribe.empty())
    text += fmt::format("List-Unsubscribe: <{}>\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n",
                        message.unsubscribe);
  text += fmt::format("Content-Type: multipart/alternative;\r\n boundary=\"{}\"\r\n\r\n", border);
  text += part(border, "text/plain", message.text);
  text += part(border, "text/html", message.html);
  return text + fmt::format("--{}--\r\n", border);
}

}  // namespace renown::mail
