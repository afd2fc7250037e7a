#include "connect/activitypub/http_signature.h"

#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

#include "net/fetch_testing.h"
#include "net/fetcher.h"

namespace renown::connect::activitypub {
namespace {

constexpr std::int64_t kNow = 784'111'777;  // Sun, 06 Nov 1994 08:49:37 GMT

struct Pair {
  std::string secret, open;
};

Pair make_pair(unsigned bits = 2048) {
  EVP_PKEY* const key = EVP_RSA_gen(bits);
  const auto text = [](auto write) {
    BIO* const sink = BIO_new(BIO_s_mem());
    write(sink);
    char* bytes = nullptr;
    const long size = BIO_get_mem_data(sink, &bytes);
    std::string pem(bytes, static_cast<std::size_t>(size));
    BIO_free(sink);
    return pem;
  };
  Pair pair{text([&](BIO* sink) { PEM_write_bio_PrivateKey(sink, key, nullptr, nullptr, 0, nullptr, nullptr); }),
            text([&](BIO* sink) { PEM_write_bio_PUBKEY(sink, key); })};
  EVP_PKEY_free(key);
  return pair;
}

const Pair& ours() {
  static const Pair pair = make_pair();
  return pair;
}

net::Request signed_post(std::string body = R"({"type":"Like"})") {
  net::Request request{.method = "POST", .url = "https://b.example/inbox?x=1", .body = std::move(body)};
  request.headers.add("Content-Type", "application/activity+json");
  EXPECT_TRUE(SigningKey::from_pem("https://a.example/actor#main-key", ours().secret)->sign(request, kNow));
  return request;
}

Result<void> verify(const net::Request& request, std::string_view target = "/inbox?x=1", std::int64_t now = kNow,
                    std::string_view pem = ours().open) {
  return verify_signature({request.method, target, request.headers, request.body}, pem, now);
}

std::string complaint(const Result<void>& result) {
  return result ? "" : result.error().message;
}

TEST(HttpSignature, what_is_signed_is_verified) {
  for (const std::string body : {"", "{}", "\xFF\n"}) {
    const net::Request request = signed_post(body);
    EXPECT_EQ(complaint(verify(request)), "");
    EXPECT_EQ(signing_key_id(request.headers), "https://a.example/actor#main-key");
    EXPECT_EQ(request.headers.find("date"), "Sun, 06 Nov 1994 08:49:37 GMT");
    EXPECT_EQ(request.headers.find("host"), "b.example");
    EXPECT_EQ(request.headers.find("digest").has_value(), !body.empty());
  }
}

TEST(HttpSignature, whatever_is_changed_is_noticed) {
  net::Request request = signed_post();
  EXPECT_EQ(complaint(verify(request, "/inbox?x=2")),
            "the signature is not by that key, or something was changed since");
  EXPECT_FALSE(verify(request, "/inbox?x=1", kNow, make_pair().open));
  for (std::size_t i = 0; i < request.body.size(); ++i) {
    net::Request changed = request;
    changed.body[i] ^= 1;
    EXPECT_EQ(complaint(verify(changed)), "the body is not the one whose SHA-256 was signed");
  }
  const std::pair<std::string, std::string> headers[] = {
      {"Host", "c.example"}, {"Date", "Sun, 06 Nov 1994 08:49:38 GMT"}, {"Digest", "SHA-256=AAAA"}};
  for (const auto& [name, value] : headers) {
    net::Request changed = request;
    changed.headers.set(name, value);
    EXPECT_FALSE(verify(changed)) << name;
    changed.headers.remove(name);
    EXPECT_FALSE(verify(changed)) << name;
  }
  request.method = "PUT";
  EXPECT_FALSE(verify(request));
}

TEST(HttpSignature, must_cover_what_counts_and_be_of_now) {
  const net::Request request = signed_post();
  const std::string header(*request.headers.find("signature"));
  for (const std::string name : {"(request-target) ", "host ", "date ", " digest"}) {
    net::Request less = request;
    std::string shorter = header;
    shorter.erase(shorter.find(name), name.size());
    less.headers.set("Signature", shorter);
    EXPECT_TRUE(complaint(verify(less)).starts_with("the signature does not cover")) << name;
  }
  EXPECT_EQ(complaint(verify(request, "/inbox?x=1", kNow + 3600)), "");
  EXPECT_FALSE(verify(request, "/inbox?x=1", kNow + 3601));
  EXPECT_FALSE(verify(request, "/inbox?x=1", kNow - 3601));
  for (const std::string bad : {"", "x", "keyId=\"a\"", "keyId=\"a\",signature=\"b", "keyId=\"a\",keyId=\"b\"",
                                "keyId=\"a\",signature=\"!!!!\"", "keyId=a,signature=b,algorithm=hmac-sha256"}) {
    net::Request other = request;
    other.headers.set("Signature", bad);
    EXPECT_FALSE(verify(other)) << bad;
  }
}

TEST(HttpSignature, servers_that_leave_the_query_away) {
  net::Request request = signed_post();
  ASSERT_TRUE(SigningKey::from_pem("k", ours().secret)->sign(request, kNow, SignedTarget::path_alone));
  EXPECT_EQ(complaint(verify(request)), "");
  EXPECT_FALSE(verify(request, "/outbox?x=1"));
  net::test::TestServer server([](const net::test::Seen& seen, net::test::Connection& connection) {
    net::Headers headers;
    for (const char* name : {"Host", "Date", "Signature"}) {
      const std::size_t begin = seen.head.find(std::string(name) + ": ") + std::string(name).size() + 2;
      headers.add(name, seen.head.substr(begin, seen.head.find("\r\n", begin) - begin));
    }
    const bool good = verify_signature({"GET", "/a", headers, ""}, ours().open, kNow).has_value();
    connection.send(net::test::reply("{}", "", good ? "200 OK" : "401 Unauthorized"));
  });
  net::Fetcher fetcher(net::test::allowing({server.at()}));
  Signer signer(fetcher, *SigningKey::from_pem("k", ours().secret), [] { return kNow; });
  EXPECT_EQ(signer.fetch({.url = server.url("/a?page=1")})->status, 200);
  EXPECT_EQ(server.seen().size(), 2u);
  EXPECT_EQ(signer.fetch({.url = server.url("/b")})->status, 401);
  EXPECT_EQ(server.seen().size(), 3u) << "without a query there is nothing else to try";
}

TEST(HttpSignature, weak_or_other_keys_are_none) {
  EXPECT_FALSE(SigningKey::from_pem("k", make_pair(1024).secret));
  EXPECT_FALSE(SigningKey::from_pem("k", ours().open));
  EXPECT_FALSE(SigningKey::from_pem("k", ""));
  EXPECT_FALSE(verify(signed_post(), "/inbox?x=1", kNow, "no key"));
}

TEST(HttpSignature, every_attempt_is_signed_with_its_own_time) {
  net::test::TestServer server(net::test::always(net::test::reply("{}")));
  net::Fetcher fetcher(net::test::allowing({server.at()}));
  std::int64_t now = kNow;
  Signer signer(fetcher, *SigningKey::from_pem("https://a.example/actor#main-key", ours().secret), [&] { return now; });
  for (int i = 0; i < 2; ++i, now += 5) ASSERT_TRUE(signer.fetch({.url = server.url("/a?b=c")}));
  const auto seen = server.seen();
  ASSERT_EQ(seen.size(), 2u);
  for (int i = 0; i < 2; ++i) {
    net::Headers headers;
    for (const char* name : {"Host", "Date", "Signature"}) {
      const std::size_t at = seen[i].head.find(std::string("\r\n") + name + ": ");
      ASSERT_NE(at, std::string::npos) << seen[i].head;
      const std::size_t begin = at + 4 + std::string(name).size();
      headers.add(name, seen[i].head.substr(begin, seen[i].head.find("\r\n", begin) - begin));
    }
    EXPECT_EQ(complaint(verify_signature({"GET", "/a?b=c", headers, ""}, ours().open, kNow + 5 * i)), "");
  }
  EXPECT_NE(seen[0].head, seen[1].head);
}

}  // namespace
}  // namespace renown::connect::activitypub
