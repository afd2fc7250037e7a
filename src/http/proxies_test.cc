#include "http/proxies.h"

#include <gtest/gtest.h>

namespace renown::http {
namespace {

const std::vector<std::string> kOurs{"127.0.0.1", "10.0.0.0/8", "fd00::/8"};

std::string client(const std::string& peer, net::Headers headers, ProxyHeader header = ProxyHeader::x_forwarded) {
  const Client found = Proxies::make(kOurs, header)->client_of(*net::Address::from(peer), headers);
  return found.address + (found.is_secure ? " secure" : "");
}

TEST(Proxies, OnlyTheWordOfTheOperatorsOwnIsTaken) {
  EXPECT_EQ(client("9.9.9.9", {{"X-Forwarded-For", "1.1.1.1"}, {"X-Forwarded-Proto", "https"}}), "9.9.9.9");
  EXPECT_EQ(client("127.0.0.1", {}), "127.0.0.1");
  EXPECT_EQ(client("127.0.0.1", {{"X-Forwarded-For", "1.1.1.1"}, {"X-Forwarded-Proto", "https"}}), "1.1.1.1 secure");
  EXPECT_EQ(client("::ffff:127.0.0.1", {{"X-Forwarded-For", "1.1.1.1"}}), "1.1.1.1");
  EXPECT_EQ(Proxies().client_of(*net::Address::from("127.0.0.1"), {{"X-Forwarded-For", "1.1.1.1"}}).address,
            "127.0.0.1");
}

TEST(Proxies, TheNearestStrangerIsTheClient) {
  EXPECT_EQ(client("127.0.0.1", {{"X-Forwarded-For", "6.6.6.6, 1.1.1.1, 10.1.2.3"}}), "1.1.1.1");
  EXPECT_EQ(client("127.0.0.1", {{"X-Forwarded-For", "6.6.6.6"}, {"X-Forwarded-For", "1.1.1.1"}}), "1.1.1.1");
  EXPECT_EQ(client("127.0.0.1", {{"X-Forwarded-For", "10.0.0.1, 10.0.0.2"}}), "10.0.0.1");
  EXPECT_EQ(client("127.0.0.1", {{"X-Forwarded-For", "6.6.6.6, unknown, 10.0.0.2"}}), "10.0.0.2");
  EXPECT_EQ(client("fd00::1", {{"X-Forwarded-For", "[2001:db8::1]:80"}}), "2001:db8::1");
}

TEST(Proxies, OnlyTheHeaderThatTheProxiesSetIsRead) {
  const net::Headers both = {{"Forwarded", "for=6.6.6.6;proto=https"}, {"X-Forwarded-For", "1.1.1.1"}};
  EXPECT_EQ(client("127.0.0.1", both), "1.1.1.1") << "a proxy that sets the one hands the other on";
  EXPECT_EQ(client("127.0.0.1", both, ProxyHeader::forwarded), "6.6.6.6 secure");
}

TEST(Proxies, ForwardedIsReadFromItsEnd) {
  const auto by_forwarded = [](const std::string& value) {
    return client("127.0.0.1", {{"Forwarded", value}}, ProxyHeader::forwarded);
  };
  EXPECT_EQ(by_forwarded("for=6.6.6.6, For=\"[2001:db8::1]:80\";proto=https;by=10.0.0.1"), "2001:db8::1 secure");
  EXPECT_EQ(by_forwarded("for=1.1.1.1:99;proto=http"), "1.1.1.1");
  EXPECT_EQ(by_forwarded("for=_hidden"), "127.0.0.1");
  EXPECT_EQ(by_forwarded(",;=,\"\",for"), "127.0.0.1");
}

TEST(Proxies, NetworksAreReadStrictly) {
  for (const std::string text : {"", "proxy", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/x", "10.0.0.0/-1", "::/129",
                                 "10.0.0", "::ffff:10.0.0.0/104"}) {
    EXPECT_FALSE(Proxies::make(std::vector{text})) << text;
  }
  EXPECT_TRUE(Proxies::make(std::vector<std::string>{"0.0.0.0/0"})->contains(*net::Address::from("9.9.9.9")));
  EXPECT_FALSE(Proxies::make(std::vector<std::string>{"10.0.0.0/9"})->contains(*net::Address::from("10.128.0.0")));
}

TEST(Proxies, ALimitIsForOneAddressOrOneNetworkOfIpv6) {
  EXPECT_EQ(limit_key(*net::Address::from("1.2.3.4")), "1.2.3.4");
  EXPECT_EQ(limit_key(*net::Address::from("::ffff:1.2.3.4")), "1.2.3.4");
  EXPECT_EQ(limit_key(*net::Address::from("2001:db8::1:2:3:4")), "2001:db8::");
}

}  // namespace
}  // namespace renown::http
