#include "net/failure.h"

#include <array>

namespace renown::net {
namespace {

constexpr std::array<std::string_view, 16> kNames{"bad_url",          "bad_request",
                                                  "refused_address",  "dns",
                                                  "connect",          "tls",
                                                  "timeout",          "reset",
                                                  "too_large",        "too_many_redirects",
                                                  "refused_redirect", "malformed",
                                                  "try_later",        "not_recorded",
                                                  "cancelled",        "internal"};
static_assert(kNames.size() == static_cast<std::size_t>(FailureKind::internal) + 1);

ErrorCode code_of(FailureKind kind) {
  switch (kind) {
    case FailureKind::bad_url:
    case FailureKind::bad_request:
      return ErrorCode::bad_input;
    case FailureKind::not_recorded:
      return ErrorCode::not_found;
    case FailureKind::try_later:
      return ErrorCode::busy;
    case FailureKind::cancelled:
      return ErrorCode::cancelled;
    case FailureKind::internal:
      return ErrorCode::internal;
    default:
      return ErrorCode::io;
  }
}

}  // namespace

std::string_view failure_kind_name(FailureKind kind) {
  return kNames[static_cast<std::size_t>(kind)];
}

std::optional<FailureKind> failure_kind_named(std::string_view name) {
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    if (kNames[i] == name) return static_cast<FailureKind>(i);
  }
  return std::nullopt;
}

Error to_error(const Failure& failure) {
  return {code_of(failure.kind), failure.message};
}

StatusClass status_class(int status) {
  if (status >= 200 && status < 300) return StatusClass::ok;
  if (status == 304) return StatusClass::not_modified;
  if (status >= 300 && status < 400) return StatusClass::redirected;
  if (status == 401) return StatusClass::unauthorized;
  if (status == 403) return StatusClass::forbidden;
  if (status == 404) return StatusClass::not_found;
  if (status == 410) return StatusClass::gone;
  if (status == 429) return StatusClass::rate_limited;
  if (status >= 400 && status < 500) return StatusClass::client_error;
  return StatusClass::server_error;
}

}  // namespace renown::net
