/// The fetcher over TLS: what it trusts.
#include <memory>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "io/testing.h"
#include "net/fetch_testing.h"
#include "net/test_certificate.h"

namespace renown::net {
namespace {

using test::allowing;
using test::always;
using test::fetch;
using test::kind;
using test::redirect_to;
using test::reply;
using test::TestServer;

TEST(Tls, a_self_signed_certificate_is_refused_until_its_ca_is_given) {
  io::testing::TemporaryFolder folder;
  test::TestCertificate certificate(folder / "ca.pem");
  TestServer server(always(reply("secret")), certificate.context());
  const auto fetched = fetch(server, {.url = "/"});
  EXPECT_EQ(kind(fetched), FailureKind::tls);
  EXPECT_EQ(
      fetched.error().message,
      fmt::format("the certificate of {} is not trusted (unknown issuer, other name, or expired); if that is a server "
                  "of yours, give its CA file",
                  server.at()));
  EXPECT_EQ(server.accepted(), 1);
  EXPECT_TRUE(server.seen().empty()) << "nothing was sent";

  FetchOptions options = allowing({server.at()});
  options.ca_file = folder / "ca.pem";
  const auto trusted = Fetcher(std::move(options)).fetch({.url = server.url()});
  ASSERT_TRUE(trusted) << trusted.error().message;
  EXPECT_EQ(trusted->body, "secret");
}

TEST(Tls, a_certificate_for_another_name_is_refused) {
  io::testing::TemporaryFolder folder;
  test::TestCertificate certificate(folder / "ca.pem");
  TestServer server(always(reply("secret")), certificate.context());
  for (const auto& [name, trusted] : {std::pair{"tls.test", true}, {"other.test", false}}) {
    FetchOptions options = allowing({fmt::format("{}:{}", name, server.port())});
    options.ca_file = folder / "ca.pem";
    options.pinned = {fmt::format("{}:{}:127.0.0.1", name, server.port())};
    const auto fetched = Fetcher(std::move(options)).fetch({.url = fmt::format("https://{}:{}/", name, server.port())});
    EXPECT_EQ(fetched.has_value(), trusted) << name;
  }
}

TEST(Tls, a_reset_while_we_send) {
  io::testing::TemporaryFolder folder;
  test::TestCertificate certificate(folder / "ca.pem");
  TestServer server([](const test::Seen&, test::Connection& connection) { connection.reset(); }, certificate.context());
  FetchOptions options = allowing({server.at()});
  options.ca_file = folder / "ca.pem";
  Fetcher fetcher(std::move(options));
  const Request large{.method = "PUT",
                      .url = server.url(),
                      .headers = {{"X-Hang-Up", "1"}},
                      .body = std::string(std::size_t{16} << 20, 'x')};
  for (int i = 0; i < 5; ++i) EXPECT_EQ(kind(fetcher.fetch(large)), FailureKind::reset);
  EXPECT_GE(server.seen().size(), 5U);
}

TEST(Tls, is_never_left_by_a_redirect) {
  io::testing::TemporaryFolder folder;
  test::TestCertificate certificate(folder / "ca.pem");
  TestServer plain(always(reply("plain")));
  TestServer secure(always(redirect_to(plain.url())), certificate.context());
  FetchOptions options = allowing({secure.at(), plain.at()});
  options.ca_file = folder / "ca.pem";
  const auto fetched = Fetcher(std::move(options)).fetch({.url = secure.url()});
  EXPECT_EQ(kind(fetched), FailureKind::refused_redirect);
  EXPECT_EQ(secure.seen().size(), 1U);
  EXPECT_EQ(plain.accepted(), 0);
}

TEST(Tls, a_server_without_a_certificate) {
  const std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> bare(SSL_CTX_new(TLS_server_method()), &SSL_CTX_free);
  TestServer server(always(reply("x")), bare.get());
  const auto fetched = fetch(server, {.url = "/"});
  EXPECT_EQ(kind(fetched), FailureKind::tls);
  EXPECT_EQ(fetched.error().message, fmt::format("no secure connection to {} could be made", server.at()));
  EXPECT_EQ(server.accepted(), 1);
}

TEST(Tls, a_missing_ca_file_is_named_as_such) {
  TestServer plain(always(reply("plain")));
  FetchOptions options = allowing({plain.at()});
  options.ca_file = "/nowhere/ca.pem";
  const auto fetched = Fetcher(std::move(options)).fetch({.url = "https://" + plain.at() + "/"});
  EXPECT_EQ(kind(fetched), FailureKind::tls);
  EXPECT_EQ(fetched.error().message, "the file of trusted certificates cannot be read");
}

}  // namespace
}  // namespace renown::net
