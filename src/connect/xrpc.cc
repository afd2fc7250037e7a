#include "connect/xrpc.h"

#include <array>
#include <utility>

#include <fmt/format.h>

#include "base/ascii.h"
#include "base/text.h"
#include "io/json.h"

namespace renown::connect {
namespace {

struct NamedError {
  std::string_view name;
  ProblemKind kind;
};

constexpr std::array kNamedErrors = {NamedError{"RepoNotFound", ProblemKind::not_found},
                                     NamedError{"AccountNotFound", ProblemKind::not_found},
                                     NamedError{"RepoTakendown", ProblemKind::forbidden},
                                     NamedError{"RepoSuspended", ProblemKind::forbidden},
                                     NamedError{"RepoDeactivated", ProblemKind::forbidden},
                                     NamedError{"AccountTakedown", ProblemKind::forbidden},
                                     NamedError{"AccountDeactivated", ProblemKind::forbidden},
                                     NamedError{"BlockedActor", ProblemKind::forbidden},
                                     NamedError{"BlockedByActor", ProblemKind::forbidden},
                                     NamedError{"ExpiredToken", ProblemKind::unauthorized},
                                     NamedError{"InvalidToken", ProblemKind::unauthorized},
                                     NamedError{"AuthMissing", ProblemKind::unauthorized},
                                     NamedError{"NotFound", ProblemKind::not_found}};

/// What some servers say in words alone.
bool says_not_found(std::string_view message) {
  return message.starts_with("Could not find repo") || message.starts_with("Profile not found") ||
         message.starts_with("Actor not found") || message.starts_with("Post not found");
}

Problem refused(const net::Response& response, std::string_view what) {
  Problem problem = problem_of(response, what);
  io::JsonParser parser;
  const auto body = parser.parse(response.body);
  if (!body || response.status != 400) return problem;
  const std::string_view name = (*body)["error"].text();
  const std::string_view message = (*body)["message"].text();
  for (const NamedError& each : kNamedErrors) {
    if (each.name == name) problem.kind = each.kind;
  }
  if (name == "InvalidRequest" && says_not_found(message)) problem.kind = ProblemKind::not_found;
  if (!name.empty()) {
    problem.sentence +=
        fmt::format(", {}: {}", base::shorten(base::printable(name), 40), base::shorten(base::printable(message), 120));
  }
  return problem;
}

}  // namespace

std::string percent_encoded(std::string_view text) {
  std::string encoded;
  for (const char byte : text) {
    if (base::is_letter_or_digit(byte) || byte == '-' || byte == '.' || byte == '_' || byte == '~') {
      encoded += byte;
    } else {
      encoded += fmt::format("%{:02X}", static_cast<unsigned char>(byte));
    }
  }
  return encoded;
}

std::string xrpc_url(std::string_view server, std::string_view method, std::initializer_list<XrpcParameter> query) {
  std::string url = fmt::format("{}/xrpc/{}", server, method);
  char before = '?';
  for (const auto& [name, value] : query) {
    if (value.empty()) continue;
    url += std::exchange(before, '&');
    url += name;
    url += '=';
    url += percent_encoded(value);
  }
  return url;
}

std::expected<JsonAnswer, Problem> ask_xrpc(net::Transport& http, const std::string& url, std::string_view what,
                                            std::stop_token stop) {
  return ask_xrpc(http, net::Request{.url = url}, what, std::move(stop));
}

std::expected<JsonAnswer, Problem> ask_xrpc(net::Transport& http, const net::Request& request, std::string_view what,
                                            std::stop_token stop) {
  net::Fetched fetched = http.fetch(request, std::move(stop));
  if (!fetched) return std::unexpected(problem_of(fetched.error()));
  if (net::status_class(fetched->status) != net::StatusClass::ok) return std::unexpected(refused(*fetched, what));
  return read_json(std::move(*fetched), io::JsonType::object, what);
}

}  // namespace renown::connect
