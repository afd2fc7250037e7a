#include "connect/problem.h"

#include <array>

#include <fmt/format.h>

namespace renown::connect {
namespace {

constexpr std::array<std::string_view, 11> kNames = {"unauthorized", "forbidden",   "not_found", "gone",
                                                     "try_later",    "unavailable", "refused",   "too_large",
                                                     "malformed",    "cancelled",   "internal"};

ProblemKind kind_of(net::FailureKind kind) {
  switch (kind) {
    case net::FailureKind::dns:
    case net::FailureKind::connect:
    case net::FailureKind::timeout:
    case net::FailureKind::reset:
      return ProblemKind::unavailable;
    case net::FailureKind::bad_url:
    case net::FailureKind::refused_address:
    case net::FailureKind::tls:
    case net::FailureKind::too_many_redirects:
    case net::FailureKind::refused_redirect:
      return ProblemKind::refused;
    case net::FailureKind::too_large:
      return ProblemKind::too_large;
    case net::FailureKind::malformed:
      return ProblemKind::malformed;
    case net::FailureKind::try_later:
      return ProblemKind::try_later;
    case net::FailureKind::cancelled:
      return ProblemKind::cancelled;
    case net::FailureKind::bad_request:
    case net::FailureKind::not_recorded:
    case net::FailureKind::internal:
      return ProblemKind::internal;
  }
  return ProblemKind::internal;
}

ProblemKind kind_of(net::StatusClass status) {
  switch (status) {
    case net::StatusClass::unauthorized:
      return ProblemKind::unauthorized;
    case net::StatusClass::forbidden:
      return ProblemKind::forbidden;
    case net::StatusClass::not_found:
      return ProblemKind::not_found;
    case net::StatusClass::gone:
      return ProblemKind::gone;
    case net::StatusClass::rate_limited:
      return ProblemKind::try_later;
    case net::StatusClass::server_error:
      return ProblemKind::unavailable;
    case net::StatusClass::ok:
    case net::StatusClass::not_modified:
    case net::StatusClass::redirected:
    case net::StatusClass::client_error:
      return ProblemKind::malformed;
  }
  return ProblemKind::internal;
}

}  // namespace

std::string_view problem_name(ProblemKind kind) {
  return kNames[static_cast<std::size_t>(kind)];
}

bool concerns_part(ProblemKind kind) {
  return kind == ProblemKind::forbidden || kind == ProblemKind::not_found || kind == ProblemKind::gone ||
         kind == ProblemKind::too_large || kind == ProblemKind::malformed;
}

Problem problem_of(const net::Failure& failure) {
  return {kind_of(failure.kind), failure.message, failure.retry_at};
}

Problem problem_of(const net::Response& response, std::string_view what) {
  const ProblemKind kind = kind_of(net::status_class(response.status));
  return {kind, fmt::format("{}: the server answered with status {}", what, response.status)};
}

}  // namespace renown::connect
