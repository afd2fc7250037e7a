#include "connect/xrpc.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "net/fetcher.h"
#include "net/test_server.h"

namespace renown::connect {
namespace {

using net::test::reply;

TEST(Xrpc, an_address_holds_what_is_asked_and_nothing_empty) {
  EXPECT_EQ(xrpc_url("https://pds.example", "com.atproto.sync.listRepos", {}),
            "https://pds.example/xrpc/com.atproto.sync.listRepos");
  EXPECT_EQ(xrpc_url("https://a.example", "m", {{"cursor", ""}, {"uri", "at://did:plc:ann/c/k"}, {"limit", "100"}}),
            "https://a.example/xrpc/m?uri=at%3A%2F%2Fdid%3Aplc%3Aann%2Fc%2Fk&limit=100");
  EXPECT_EQ(percent_encoded("az AZ-._~09&=\xc3\xa4\n"), "az%20AZ-._~09%26%3D%C3%A4%0A");
}

Problem problem_with(std::string answer) {
  net::test::TestServer server(
      [&](const net::test::Seen&, net::test::Connection& connection) { connection.send(answer); });
  net::FetchOptions options;
  options.guard = *net::AddressGuard::allowing({server.at()});
  net::Fetcher http(options);
  const auto asked = ask_xrpc(http, server.url("/xrpc/m"), "the records", {});
  EXPECT_FALSE(asked);
  return asked ? Problem{} : asked.error();
}

TEST(Xrpc, what_a_refusal_means_is_in_its_body) {
  struct Case {
    std::string_view status, error, message;
    ProblemKind kind;
  };
  const Case cases[] = {{"400 Bad Request", "InvalidRequest", "cursor is no date", ProblemKind::malformed},
                        {"400 Bad Request", "InvalidRequest", "Could not find repo: did:plc:x", ProblemKind::not_found},
                        {"400 Bad Request", "InvalidRequest", "Profile not found", ProblemKind::not_found},
                        {"400 Bad Request", "RepoNotFound", "", ProblemKind::not_found},
                        {"400 Bad Request", "RepoTakendown", "", ProblemKind::forbidden},
                        {"400 Bad Request", "RepoDeactivated", "", ProblemKind::forbidden},
                        {"400 Bad Request", "BlockedByActor", "", ProblemKind::forbidden},
                        {"400 Bad Request", "ExpiredToken", "", ProblemKind::unauthorized},
                        {"401 Unauthorized", "AuthMissing", "", ProblemKind::unauthorized},
                        {"500 Internal Server Error", "RepoNotFound", "", ProblemKind::unavailable},
                        {"404 Not Found", "XRPCNotSupported", "", ProblemKind::not_found}};
  for (const auto& [status, error, message, kind] : cases) {
    EXPECT_EQ(problem_with(reply(fmt::format(R"({{"error":"{}","message":"{}"}})", error, message), "", status)).kind,
              kind)
        << error << " " << message;
  }
  EXPECT_EQ(problem_with(reply("<html>", "", "400 Bad Request")).kind, ProblemKind::malformed);
}

TEST(Xrpc, a_sentence_is_fit_for_a_terminal) {
  EXPECT_EQ(problem_with(reply(R"({"error":"BlockedActor","message":"no \u001b[2J"})", "", "400 Bad Request")).sentence,
            "the records: the server answered with status 400, BlockedActor: no \\x1b[2J");
}

TEST(Xrpc, an_answer_is_an_object) {
  EXPECT_EQ(problem_with(reply("[]")).kind, ProblemKind::malformed);
  EXPECT_EQ(problem_with(reply("{")).kind, ProblemKind::malformed);
}

}  // namespace
}  // namespace renown::connect
