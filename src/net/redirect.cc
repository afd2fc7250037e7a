#include "net/redirect.h"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

namespace renown::net {
namespace {

bool becomes_get(int status, const std::string& method) {
  if (method == "HEAD") return false;
  return status == 303 || ((status == 301 || status == 302) && method == "POST");
}

void make_get(Request& request) {
  request.method = "GET";
  request.body.clear();
  for (const char* name : {"Content-Type", "Content-Length", "Content-Encoding"}) request.headers.remove(name);
}

void drop_credentials(Headers& headers) {
  Headers kept;
  for (const Header& header : headers) {
    if (!is_credential_header(header.name)) kept.add(header.name, header.value);
  }
  headers = std::move(kept);
}

std::unexpected<Failure> refused(const Hop& hop, const Url& to, std::string_view why) {
  return std::unexpected(
      Failure{FailureKind::refused_redirect,
              fmt::format("{} redirects to {}, which is not followed: {}", hop.url.shown(), to.shown(), why)});
}

}  // namespace

bool is_redirect(const Response& response) {
  const int status = response.status;
  return (status == 301 || status == 302 || status == 303 || status == 307 || status == 308) &&
         response.headers.find("location").has_value();
}

std::expected<Hop, Failure> next_hop(const Hop& hop, const Response& response) {
  auto to = hop.url.resolve(response.headers.find("location").value_or(""));
  if (!to) {
    return std::unexpected(
        Failure{FailureKind::bad_url, fmt::format("{} redirects to what is {}", hop.url.shown(), to.error().message)});
  }
  if (to->scheme() != "http" && to->scheme() != "https") return refused(hop, *to, "it is not a web page");
  if (hop.url.is_secure() && !to->is_secure()) return refused(hop, *to, "it would leave the secure connection");
  Hop next{std::move(*to), hop.request};
  if (becomes_get(response.status, next.request.method)) make_get(next.request);
  if (next.url.origin() == hop.url.origin()) return next;
  if (!next.request.body.empty()) return refused(hop, next.url, "what is sent was meant for the first server alone");
  drop_credentials(next.request.headers);
  return next;
}

}  // namespace renown::net
