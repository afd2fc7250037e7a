/// What every response tells browsers not to do.
#pragma once

#include <string_view>

namespace renown::http {

enum class Security {
  data,        ///< an answer for programs: nothing of it runs, no frame shows it, no other site embeds it
  page,        ///< a page: its own scripts, styles, pictures and addresses, nothing inline, in no frame
  embeddable,  ///< a picture that other sites show: as data, but that they may, and that it brings its colours
};

/// The headers as they are sent, each with its CR LF.
constexpr std::string_view security_headers(Security security) {
  switch (security) {
    case Security::page:
      return "Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
             "font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; "
             "form-action 'self'; frame-ancestors 'none'\r\n"
             "Cross-Origin-Opener-Policy: same-origin\r\n"
             "Cross-Origin-Resource-Policy: same-origin\r\n"
             "Permissions-Policy: camera=(), geolocation=(), microphone=(), payment=(), usb=()\r\n"
             "Referrer-Policy: no-referrer\r\n"
             "X-Content-Type-Options: nosniff\r\n";
    case Security::embeddable:
      return "Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'; sandbox\r\n"
             "Cross-Origin-Resource-Policy: cross-origin\r\n"
             "Referrer-Policy: no-referrer\r\n"
             "X-Content-Type-Options: nosniff\r\n";
    case Security::data:
      break;
  }
  return "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\n"
         "Cross-Origin-Resource-Policy: same-origin\r\n"
         "Referrer-Policy: no-referrer\r\n"
         "X-Content-Type-Options: nosniff\r\n";
}

}  // namespace renown::http
