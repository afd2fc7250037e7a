/// Hostile URLs against a server that listens on every address of this machine and counts who connects.
#include "net/hostile_urls.h"

#include <set>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "net/fetcher.h"
#include "net/test_server.h"

namespace renown::net {
namespace {

using test::Connection;
using test::hostile_urls;
using test::Seen;
using test::TestServer;
using test::with_port;

FetchOptions careful() {
  FetchOptions options;
  options.limits.connect_ms = 2000;
  options.limits.whole_ms = 3000;
  options.limits.at_once = 64;
  options.limits.at_once_per_host = 64;
  return options;
}

/// What may become of a hostile URL: it is refused as it stands, or at the socket, or the name does not exist.
bool is_refusal(const Fetched& fetched) {
  return !fetched &&
         (fetched.error().kind == FailureKind::bad_url || fetched.error().kind == FailureKind::refused_address ||
          fetched.error().kind == FailureKind::dns || fetched.error().kind == FailureKind::refused_redirect);
}

std::string outcome(const Fetched& fetched) {
  if (fetched) return "status " + std::to_string(fetched->status);
  return std::string(failure_kind_name(fetched.error().kind)) + ": " + fetched.error().message;
}

TEST(HostileUrls, are_at_least_two_hundred_different_ones) {
  const auto urls = hostile_urls(8080);
  EXPECT_GE((std::set<std::string>(urls.begin(), urls.end()).size()), 200U);
}

TEST(HostileUrls, reach_no_server_of_this_machine) {
  TestServer canary([](const Seen&, Connection& connection) { connection.send(test::reply("secret")); }, nullptr, true);
  Fetcher fetcher(careful());
  for (const std::string& url : hostile_urls(canary.port())) {
    const Fetched fetched = fetcher.fetch({.url = url});
    EXPECT_TRUE(is_refusal(fetched)) << url << " gave " << outcome(fetched);
    ASSERT_EQ(canary.accepted(), 0) << url;
  }
}

TEST(HostileUrls, reach_no_server_of_this_machine_through_a_redirect) {
  TestServer canary([](const Seen&, Connection& connection) { connection.send(test::reply("secret")); }, nullptr, true);
  const auto urls = hostile_urls(canary.port());
  TestServer friendly([&urls](const Seen& seen, Connection& connection) {
    // What is no URL may be taken for a page of this server.
    const std::size_t digits = seen.target.find_first_not_of("0123456789", 1);
    const bool is_number = digits == std::string::npos && seen.target.size() > 1 && seen.target.size() < 5;
    const std::size_t index = is_number ? std::stoul(seen.target.substr(1)) : urls.size();
    connection.send(index < urls.size() ? test::redirect_to(urls[index]) : test::reply("a page"));
  });
  FetchOptions options = careful();
  options.guard = *AddressGuard::allowing({friendly.at()});
  Fetcher fetcher(std::move(options));
  int refused = 0;
  for (std::size_t i = 0; i < urls.size(); ++i) {
    const Fetched fetched = fetcher.fetch({.url = friendly.url("/" + std::to_string(i))});
    refused += is_refusal(fetched);
    ASSERT_EQ(canary.accepted(), 0) << urls[i] << " gave " << outcome(fetched);
  }
  EXPECT_GE(friendly.seen().size(), urls.size()) << "each redirect was asked for";
  EXPECT_GE(refused, 200);
}

TEST(HostileUrls, reach_no_server_of_this_machine_through_a_name_that_dns_lies_about) {
  TestServer canary([](const Seen&, Connection& connection) { connection.send(test::reply("secret")); }, nullptr, true);
  for (const std::string_view address :
       {"127.0.0.1", "0.0.0.0", "10.0.0.1", "169.254.169.254", "[::1]", "[::ffff:127.0.0.1]", "[64:ff9b::7f00:1]",
        "[fd00::1]", "192.168.0.1,127.0.0.1", "[::1],127.0.0.1"}) {
    FetchOptions options = careful();
    options.pinned = {fmt::format("harmless.example:{}:{}", canary.port(), address)};
    const Fetched fetched =
        Fetcher(std::move(options)).fetch({.url = fmt::format("http://harmless.example:{}/", canary.port())});
    ASSERT_FALSE(fetched);
    EXPECT_EQ(fetched.error().kind, FailureKind::refused_address) << address << ": " << fetched.error().message;
    ASSERT_EQ(canary.accepted(), 0) << address;
  }
}

TEST(HostileUrls, the_same_server_is_reached_once_its_operator_allows_it) {
  TestServer canary([](const Seen&, Connection& connection) { connection.send(test::reply("secret")); }, nullptr, true);
  FetchOptions options = careful();
  options.guard = *AddressGuard::allowing({canary.at()});
  Fetcher fetcher(std::move(options));
  const Fetched fetched = fetcher.fetch({.url = canary.url()});
  ASSERT_TRUE(fetched) << fetched.error().message;
  EXPECT_EQ(fetched->body, "secret");
  EXPECT_EQ(canary.accepted(), 1);
  // One name is one name: another spelling of the host is the same, another host or port is not.
  EXPECT_TRUE(fetcher.fetch({.url = with_port("http://0x7f.1:{}/", canary.port())}));
  for (const char* other :
       {"http://127.0.0.2:{}/", "http://localhost:{}/", "http://127.0.0.1:1{}/", "http://[::1]:{}/"}) {
    EXPECT_FALSE(fetcher.fetch({.url = with_port(other, canary.port())})) << other;
  }
  EXPECT_EQ(canary.accepted(), 1) << "and the connection was kept";
}

TEST(HostileUrls, a_proxy_in_the_environment_is_not_asked) {
  TestServer canary([](const Seen&, Connection& connection) { connection.send(test::reply("proxied")); }, nullptr,
                    true);
  ::setenv("http_proxy", canary.url().c_str(), 1);
  FetchOptions options = careful();
  options.pinned = {"harmless.example:80:10.0.0.1"};
  const Fetched fetched = Fetcher(std::move(options)).fetch({.url = "http://harmless.example/"});
  ::unsetenv("http_proxy");
  ASSERT_FALSE(fetched);
  EXPECT_EQ(fetched.error().kind, FailureKind::refused_address);
  EXPECT_EQ(canary.accepted(), 0);
}

}  // namespace
}  // namespace renown::net
