#include "net/tape_line.h"

#include <fmt/format.h>

#include "base/encoding.h"
#include "base/utf8.h"
#include "io/json_escape.h"
#include "net/secrets.h"

namespace renown::net {
namespace {

std::string key_of(std::string_view method, std::string_view url, std::string_view body) {
  return fmt::format("{} {}\n{}", method, url, body);
}

/// As text where it is text, so that a tape can be read and changed by hand.
std::string body_member(std::string_view name, const std::string& body) {
  if (base::is_utf8(body)) return fmt::format("\"{}\":{}", name, io::json_string(body));
  return fmt::format("\"{}_base64\":\"{}\"", name, base::base64(body));
}

Result<std::string> read_body(io::JsonValue object, std::string_view name) {
  const std::string base64_name = std::string(name) + "_base64";
  if (object[base64_name].is_missing()) return std::string(object[name].text());
  auto body = base::from_base64(object[base64_name].text());
  if (!body) return bad_input(fmt::format("\"{}\" is not base64", base64_name));
  return std::move(*body);
}

std::string clean(std::string_view text, const std::vector<std::string>& secrets) {
  return without(without_query_secrets(text), secrets);
}

std::string request_members(const Request& request, const std::vector<std::string>& secrets) {
  return fmt::format("\"method\":{},\"url\":{},{}", io::json_string(request.method),
                     io::json_string(clean(request.url, secrets)), body_member("body", clean(request.body, secrets)));
}

std::string header_list(const Headers& headers, const std::vector<std::string>& secrets) {
  std::string list;
  for (const Header& header : headers) {
    if (same_name(header.name, "set-cookie") || is_credential_header(header.name)) continue;
    list += fmt::format("{}[{},{}]", list.empty() ? "" : ",", io::json_string(header.name),
                        io::json_string(clean(header.value, secrets)));
  }
  return list;
}

std::string answer_member(const Fetched& fetched, const std::vector<std::string>& secrets) {
  if (!fetched) {
    const Failure& failure = fetched.error();
    const std::string retry_at = failure.retry_at ? fmt::format(",\"retry_at\":{}", *failure.retry_at) : "";
    return fmt::format("\"failure\":{{\"kind\":\"{}\",\"message\":{}{}}}", failure_kind_name(failure.kind),
                       io::json_string(clean(failure.message, secrets)), retry_at);
  }
  return fmt::format("\"response\":{{\"status\":{},\"url\":{},\"redirects\":{},\"headers\":[{}],{}}}", fetched->status,
                     io::json_string(clean(fetched->url, secrets)), fetched->redirects,
                     header_list(fetched->headers, secrets), body_member("body", without(fetched->body, secrets)));
}

Result<Fetched> read_failure(io::JsonValue value) {
  const auto kind = failure_kind_named(value["kind"].text());
  if (!kind) return bad_input("\"kind\" is no kind of failure");
  return Fetched(std::unexpected(Failure{*kind, std::string(value["message"].text()), value["retry_at"].integer()}));
}

Result<Fetched> read_response(io::JsonValue value) {
  Response response;
  const auto status = value["status"].integer();
  if (!status || *status < 100 || *status > 999) return bad_input("\"status\" is no HTTP status");
  response.status = static_cast<int>(*status);
  response.url = std::string(value["url"].text());
  response.redirects = static_cast<int>(value["redirects"].integer().value_or(0));
  for (const io::JsonValue pair : value["headers"].elements()) {
    std::vector<std::string> parts;
    for (const io::JsonValue part : pair.elements()) parts.emplace_back(part.text());
    if (parts.size() != 2) return bad_input("\"headers\" is not a list of pairs");
    response.headers.add(parts[0], parts[1]);
  }
  auto body = read_body(value, "body");
  if (!body) return body.error();
  response.body = std::move(*body);
  return Fetched(std::move(response));
}

}  // namespace

std::string tape_key(const Request& request) {
  const auto secrets = secrets_of(request);
  return key_of(request.method, clean(request.url, secrets), clean(request.body, secrets));
}

std::string write_tape_line(const Request& request, const Fetched& fetched) {
  const auto secrets = secrets_of(request);
  return fmt::format("{{\"request\":{{{}}},{}}}", request_members(request, secrets), answer_member(fetched, secrets));
}

Result<TapeLine> read_tape_line(io::JsonParser& parser, std::string_view line) {
  auto root = parser.parse(line);
  if (!root) return root.error();
  const io::JsonValue request = (*root)["request"], response = (*root)["response"], failure = (*root)["failure"];
  if (!request["method"].is_string() || !request["url"].is_string())
    return bad_input("\"request\" has no method or url");
  if (response.is_object() == failure.is_object()) return bad_input("it has not one of \"response\" and \"failure\"");
  auto body = read_body(request, "body");
  if (!body) return body.error();
  auto fetched = response.is_object() ? read_response(response) : read_failure(failure);
  if (!fetched) return fetched.error();
  return TapeLine{key_of(request["method"].text(), request["url"].text(), *body), std::move(*fetched)};
}

}  // namespace renown::net
