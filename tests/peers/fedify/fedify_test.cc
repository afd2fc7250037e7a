/// Against two real ActivityPub servers (server.mjs) that show what they have to signed requests alone. run.py starts
/// them and says where they are.
#include <chrono>
#include <cstdlib>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

#include "connect/activitypub/activitypub.h"
#include "connect/activitypub/http_signature.h"
#include "connect/testing.h"
#include "io/json.h"
#include "io/json_escape.h"
#include "people/consent.h"

namespace renown::connect::activitypub {
namespace {

using net::test::reply;
using net::test::Seen;
using test::Texts;
using test::Whole;

std::int64_t now() {
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::seconds>(since).count();
}

struct Pair {
  std::string secret, open;
};

Pair make_pair() {
  EVP_PKEY* const key = EVP_RSA_gen(2048);
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

/// Our side: an actor whose key the others can fetch, its inbox, and a way to ask that is signed by it.
class Fedify : public testing::Test {
 protected:
  Fedify()
      : ann_(std::getenv("RENOWN_FEDIFY_ANN")),
        bob_(std::getenv("RENOWN_FEDIFY_BOB")),
        ours_([this](const Seen& seen, net::test::Connection& connection) { answer(seen, connection); }),
        fetcher_(options()) {}

  std::string actor() const { return ours_.url("/actor"); }

  SigningKey key(const std::string& secret) const { return *SigningKey::from_pem(actor() + "#main-key", secret); }

  net::Fetched get(net::Transport& http, const std::string& url) {
    net::Request request{.url = url};
    request.headers.set("Accept", "application/activity+json");
    return http.fetch(request);
  }

  Whole read(net::Transport& http, const std::string& cursor = "") {
    const Source source{.account = {"fediverse", "ann@" + ann_.substr(7)}, .server = ann_};
    return test::read_whole(**make_connector(source, {http, {}, now()}), cursor);
  }

  /// What Ann's server posted to our inbox.
  Seen delivered() {
    EXPECT_EQ(
        fetcher_
            .fetch({.method = "POST", .url = fmt::format("{}/send?to={}&inbox={}", ann_, actor(), ours_.url("/inbox"))})
            ->status,
        200);
    for (const Seen& seen : ours_.seen()) {
      if (seen.method == "POST") return seen;
    }
    ADD_FAILURE() << "nothing came";
    return {};
  }

  std::string ann_, bob_;
  Pair pair_ = make_pair();
  net::test::TestServer ours_;
  net::Fetcher fetcher_;
  Signer signer_{fetcher_, key(pair_.secret), now};

 private:
  net::FetchOptions options() const {
    net::FetchOptions options;
    options.user_agent = "renown-test";
    options.guard = *net::AddressGuard::allowing({ann_.substr(7), bob_.substr(7)});
    return options;
  }

  void answer(const Seen& seen, net::test::Connection& connection) {
    const std::string id = actor();
    connection.send(
        reply(fmt::format(R"({{"@context":["https://www.w3.org/ns/activitystreams","https://w3id.org/security/v1"],)"
                          R"("id":"{0}","type":"Service","preferredUsername":"renown","inbox":"{1}",)"
                          R"("publicKey":{{"id":"{0}#main-key","owner":"{0}","publicKeyPem":{2}}}}})",
                          id, ours_.url("/inbox"), io::json_string(pair_.open)),
              "Content-Type: application/activity+json\r\n", seen.method == "POST" ? "202 Accepted" : "200 OK"));
  }
};

net::Headers headers_of(const std::string& head) {
  net::Headers headers;
  for (std::size_t at = head.find("\r\n") + 2; at + 2 < head.size();) {
    const std::size_t end = head.find("\r\n", at);
    const std::string line = head.substr(at, end - at);
    headers.add(line.substr(0, line.find(": ")), line.substr(line.find(": ") + 2));
    at = end + 2;
  }
  return headers;
}

TEST_F(Fedify, shows_nothing_to_whoever_does_not_sign) {
  for (const char* path : {"/users/ann", "/users/ann/outbox", "/users/ann/followers", "/notes/1"}) {
    EXPECT_EQ(get(fetcher_, ann_ + path)->status, 401) << path;
    EXPECT_EQ(get(signer_, ann_ + path)->status, 200) << path;
  }
  const Whole whole = read(fetcher_);
  ASSERT_TRUE(whole.problem);
  EXPECT_EQ(whole.problem->kind, ProblemKind::unauthorized);
  Signer other(fetcher_, key(make_pair().secret), now);
  EXPECT_EQ(get(other, ann_ + "/users/ann")->status, 401) << "a key that is not the actor's";
  Signer late(fetcher_, key(pair_.secret), [] { return now() - 86'400; });
  EXPECT_EQ(get(late, ann_ + "/users/ann")->status, 401) << "a signature of yesterday";
}

TEST_F(Fedify, what_ann_did_and_who_engaged) {
  const Whole whole = read(signer_);
  EXPECT_FALSE(whole.problem) << whole.problem->sentence;
  EXPECT_TRUE(whole.skipped.empty()) << whole.skipped[0].sentence;
  EXPECT_EQ(whole.bad, 0u);
  const auto with_places = [&](std::string_view row) { return fmt::format(fmt::runtime(row), ann_, bob_); };
  Texts dated;
  for (const std::string_view row :
       {"1714557600 post {0}/users/ann post={0}/notes/1 id={0}/notes/1",
        "1714644000 reply {1}/users/bob -> {0}/users/ann post={0}/notes/1 id={1}/notes/5",
        "1714730400 repost {1}/users/cat -> {0}/users/ann post={0}/notes/1 id={1}/shares/1",
        "1714734000 repost {0}/users/ann -> {1}/users/bob post={1}/notes/4 id={0}/announces/1"}) {
    dated.push_back(with_places(row));
  }
  EXPECT_EQ(whole.dated, dated);
  EXPECT_EQ(whole.undated, (Texts{with_places("1714557600 like {1}/users/bob -> {0}/users/ann post={0}/notes/1 "
                                              "id={1}/likes/1")}));
  ASSERT_EQ(whole.posts.size(), 1u);
  EXPECT_EQ(whole.posts[0].text, "Owls are back");
  ASSERT_EQ(whole.profiles.size(), 1u);
  const auto signals = people::fediverse_signals(whole.profiles[0].document);
  ASSERT_TRUE(signals);
  EXPECT_FALSE(people::resolve_consent(*signals, true).may_profile) << "it says #nobot";
  EXPECT_FALSE(read(signer_, whole.cursor).problem);
}

TEST_F(Fedify, its_own_signatures_hold_and_no_changed_byte_does) {
  const Seen seen = delivered();
  const net::Headers headers = headers_of(seen.head);
  const auto key_id = signing_key_id(headers);
  ASSERT_TRUE(key_id);
  EXPECT_EQ(*key_id, ann_ + "/users/ann#main-key");
  const auto document = get(signer_, ann_ + "/users/ann");
  ASSERT_TRUE(document);
  io::JsonParser parser;
  const std::string pem((*parser.parse(document->body)).find({"publicKey", "publicKeyPem"}).text());
  const auto verdict = [&](const net::Headers& with, const std::string& body) {
    const auto result = verify_signature({"POST", "/inbox", with, body}, pem, now());
    return result ? "" : result.error().message;
  };
  EXPECT_EQ(verdict(headers, seen.body), "");
  for (std::size_t i = 0; i < seen.body.size(); ++i) {
    std::string changed = seen.body;
    changed[i] ^= 1;
    ASSERT_NE(verdict(headers, changed), "") << "byte " << i;
  }
  net::Headers elsewhere = headers;
  elsewhere.set("Host", "elsewhere.example");
  EXPECT_NE(verdict(elsewhere, seen.body), "");
  std::string signature(*headers.find("signature"));
  const std::size_t inside = signature.find("signature=\"") + 20;
  signature[inside] = signature[inside] == 'A' ? 'B' : 'A';
  net::Headers forged = headers;
  forged.set("Signature", signature);
  EXPECT_NE(verdict(forged, seen.body), "");
}

}  // namespace
}  // namespace renown::connect::activitypub
