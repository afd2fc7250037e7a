/// What the tests of this folder share: fetching from a test server in a word.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "net/fetcher.h"
#include "net/test_server.h"

namespace renown::net::test {

inline FetchOptions allowing(const std::vector<std::string>& hosts) {
  FetchOptions options;
  options.user_agent = "renown-test";
  options.guard = *AddressGuard::allowing(hosts);
  return options;
}

inline Fetched fetch(const TestServer& server, Request request, FetchLimits limits = {}) {
  FetchOptions options = allowing({server.at()});
  options.limits = limits;
  request.url = server.url(request.url);
  return Fetcher(std::move(options)).fetch(request);
}

/// Why there is no response, which there must not be.
inline FailureKind kind(const Fetched& fetched) {
  EXPECT_FALSE(fetched) << "status " << fetched->status;
  return fetched ? FailureKind::internal : fetched.error().kind;
}

inline TestServer::Handler always(std::string answer) {
  return [answer = std::move(answer)](const Seen&, Connection& connection) { connection.send(answer); };
}

}  // namespace renown::net::test
