#include "net/address.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "net/address_guard.h"

namespace renown::net {
namespace {

struct Case {
  const char* address;
  const char* network;  ///< empty for the internet
};

class SpecialNetwork : public ::testing::TestWithParam<Case> {};

TEST_P(SpecialNetwork, is_told_from_the_address) {
  const auto address = Address::from(std::string(GetParam().address));
  ASSERT_TRUE(address) << GetParam().address;
  EXPECT_EQ(special_network(*address), GetParam().network) << GetParam().address;
  EXPECT_EQ(Address::from(address->text())->bytes, address->bytes);
}

// Every network with its first and last address and the neighbours outside.
INSTANTIATE_TEST_SUITE_P(
    Ipv4, SpecialNetwork,
    ::testing::Values(Case{"0.0.0.0", "unspecified"}, Case{"0.255.255.255", "unspecified"}, Case{"1.0.0.0", ""},
                      Case{"9.255.255.255", ""}, Case{"10.0.0.0", "private"}, Case{"10.255.255.255", "private"},
                      Case{"11.0.0.0", ""}, Case{"100.63.255.255", ""}, Case{"100.64.0.0", "carrier's private"},
                      Case{"100.127.255.255", "carrier's private"}, Case{"100.128.0.0", ""},
                      Case{"126.255.255.255", ""}, Case{"127.0.0.0", "loopback"}, Case{"127.255.255.255", "loopback"},
                      Case{"128.0.0.0", ""}, Case{"169.253.255.255", ""}, Case{"169.254.0.0", "link-local"},
                      Case{"169.254.255.255", "link-local"}, Case{"169.255.0.0", ""}, Case{"172.15.255.255", ""},
                      Case{"172.16.0.0", "private"}, Case{"172.31.255.255", "private"}, Case{"172.32.0.0", ""},
                      Case{"192.0.0.255", "reserved"}, Case{"192.0.1.0", ""}, Case{"192.0.2.0", "documentation"},
                      Case{"192.0.3.0", ""}, Case{"192.88.98.255", ""}, Case{"192.88.99.0", "reserved"},
                      Case{"192.167.255.255", ""}, Case{"192.168.0.0", "private"}, Case{"192.169.0.0", ""},
                      Case{"198.17.255.255", ""}, Case{"198.18.0.0", "benchmarking"},
                      Case{"198.19.255.255", "benchmarking"}, Case{"198.20.0.0", ""},
                      Case{"198.51.100.255", "documentation"}, Case{"203.0.113.0", "documentation"},
                      Case{"203.0.114.0", ""}, Case{"223.255.255.255", ""}, Case{"224.0.0.0", "multicast"},
                      Case{"239.255.255.255", "multicast"}, Case{"240.0.0.0", "reserved"},
                      Case{"255.255.255.255", "reserved"}));

INSTANTIATE_TEST_SUITE_P(
    Ipv6, SpecialNetwork,
    ::testing::Values(Case{"::", "unspecified"}, Case{"::1", "loopback"}, Case{"::2", "IPv4-compatible"},
                      Case{"::8.8.8.8", "IPv4-compatible"}, Case{"2000::1", ""}, Case{"2001:4860:4860::8888", ""},
                      Case{"3ffe:ffff::1", ""}, Case{"3fff::1", "documentation"}, Case{"3fff:1000::1", ""},
                      Case{"4000::1", "reserved"}, Case{"1fff::1", "reserved"}, Case{"fbff::1", "reserved"},
                      Case{"fc00::", "private"}, Case{"fdff:ffff::1", "private"}, Case{"fe00::1", "reserved"},
                      Case{"fe80::1", "link-local"}, Case{"febf:ffff::1", "link-local"}, Case{"fec0::1", "private"},
                      Case{"ff00::1", "multicast"}, Case{"ffff::1", "multicast"}, Case{"2001:db8::1", "documentation"},
                      Case{"2001:db9::1", ""}, Case{"2001:2::1", "benchmarking"}, Case{"2001:1ff::1", "reserved"},
                      Case{"2001:200::1", ""}));

INSTANTIATE_TEST_SUITE_P(
    CarriedIpv4, SpecialNetwork,
    ::testing::Values(Case{"::ffff:8.8.8.8", ""}, Case{"::ffff:127.0.0.1", "loopback"},
                      Case{"::ffff:10.0.0.1", "private"}, Case{"64:ff9b::8.8.8.8", ""},
                      Case{"64:ff9b::192.168.0.1", "private"}, Case{"64:ff9b:1::8.8.8.8", "reserved"},
                      Case{"2002:808:808::1", ""}, Case{"2002:7f00:1::1", "loopback"},
                      Case{"2002:a9fe:a9fe::1", "link-local"},
                      // Teredo: the server, then the client with every bit flipped
                      Case{"2001:0:808:808::f7f7:f7f7", ""}, Case{"2001:0:7f00:1::f7f7:f7f7", "loopback"},
                      Case{"2001:0:808:808::80ff:fffe", "loopback"}, Case{"2001:0:808:808::f5ff:fffe", "private"},
                      Case{"2001:4860::5efe:8.8.8.8", ""}, Case{"2001:4860::5efe:10.0.0.1", "private"},
                      Case{"2001:4860::200:5efe:10.0.0.1", "private"}));

TEST(AddressGuard, allows_what_the_operator_names_and_nothing_else) {
  const auto guard = AddressGuard::allowing({"127.0.0.1:8080", "DB.internal:443", "[0:0::1]:99"});
  ASSERT_TRUE(guard) << guard.error().message;
  const auto loopback = *Address::from("127.0.0.1");
  EXPECT_EQ(guard->refusal(*Url::parse("http://127.0.0.1:8080/x"), loopback), "");
  EXPECT_EQ(guard->refusal(*Url::parse("https://db.internal/"), loopback), "");
  EXPECT_EQ(guard->refusal(*Url::parse("http://[::1]:99/"), *Address::from("::1")), "");
  EXPECT_EQ(guard->refusal(*Url::parse("http://127.0.0.1:8081/"), loopback), "loopback");
  EXPECT_EQ(guard->refusal(*Url::parse("http://db.internal/"), loopback), "loopback");
  EXPECT_EQ(guard->refusal(*Url::parse("http://example.org/"), *Address::from("93.184.216.34")), "");
}

TEST(AddressGuard, says_what_is_no_host_and_port) {
  for (const char* entry : {"", ":80", "127.0.0.1", "127.0.0.1:", "127.0.0.1:0", "127.0.0.1:99999", "::1", "a b:80",
                            "http://x:80", "x:80/path", "user@x:80", "[::1]", "x?y:80"}) {
    const auto guard = AddressGuard::allowing({entry});
    ASSERT_FALSE(guard) << entry;
    EXPECT_EQ(guard.error().code, ErrorCode::usage);
    EXPECT_NE(guard.error().message.find(fmt::format("\"{}\" is not", entry)), std::string::npos);
  }
}

}  // namespace
}  // namespace renown::net
