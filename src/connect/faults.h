/// What the tests of connectors share: everything that a server can do instead of answering.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "connect/problem.h"
#include "net/test_server.h"

namespace renown::connect::test {

enum class Fault {
  timeout,
  reset,
  unauthorized,
  forbidden,
  not_found,
  gone,
  too_many_requests,
  too_many_requests_for_an_hour,
  internal_error,
  bad_gateway,
  unavailable,
  empty_array,
  empty_object,
  empty_body,
  malformed,
  cut_off,
  wrong_type,
  wrong_type_inside,
  huge_body,
  slow_body,
  pages_in_circles,
  pages_without_end,
};

inline constexpr std::array<std::string_view, 22> kFaultNames = {"a timeout",
                                                                 "a reset",
                                                                 "401",
                                                                 "403",
                                                                 "404",
                                                                 "410",
                                                                 "429",
                                                                 "429 for an hour",
                                                                 "500",
                                                                 "502",
                                                                 "503",
                                                                 "[]",
                                                                 "{}",
                                                                 "an empty body",
                                                                 "malformed JSON",
                                                                 "a document cut off",
                                                                 "another type",
                                                                 "other types inside",
                                                                 "a body of 64 MB",
                                                                 "a slow body",
                                                                 "pages in circles",
                                                                 "pages without end"};

std::string_view fault_name(Fault fault);

/// What a connector must call it; nothing where that depends on what was asked.
std::optional<ProblemKind> kind_of(Fault fault);

std::string body_of(std::string_view answer);

/// Every text and number that is a value becomes an array: no field is then of the type that it should have.
std::string with_wrong_types_inside(std::string_view json);

bool is_json(std::string_view body);

/// Does the fault instead of answering; `healthy` is what should have been answered. Pages are not for here.
void misbehave(Fault fault, std::string_view healthy, net::test::Connection& connection);

}  // namespace renown::connect::test
