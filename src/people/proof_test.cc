#include "people/proof.h"

#include <gtest/gtest.h>

namespace renown::people {
namespace {

constexpr std::int64_t kNow = 1'700'000'000;
const ProofRules kRules;
const std::string kDid = "did:plc:ewvi7nxzyoun6zhxrhs64oiz", kOtherDid = "did:plc:aaaaaaaaaaaaaaaaaaaaaaaa";
const Account kSite = {"web", "ada.example"}, kForge = {"github", "Ada"}, kBlue = {"bluesky", kDid},
              kFedi = {"fediverse", "https://social.example/users/ada"};

Document document(std::string asked, std::string type, std::string body) {
  return {std::move(asked), "", std::move(type), kNow - 60, std::move(body)};
}
Document page(std::string asked, std::string body) {
  return document(std::move(asked), "text/html; charset=utf-8", std::move(body));
}
Document link_page(std::string asked, const std::string& href) {
  return page(std::move(asked), "<p>Hello</p><a rel=\"nofollow me\" href=\"" + href + "\">me</a>");
}
Document txt(std::string name, std::string body) {
  return document("dns:" + std::move(name) + "?type=TXT", "", std::move(body));
}
Document did_document(const std::string& did, const std::string& handle, std::string server = "https://pds.example") {
  return document("https://plc.directory/" + did, "application/did+ld+json",
                  R"({"id":")" + did + R"(","alsoKnownAs":["at://)" + handle +
                      R"("],"service":[{"id":"#atproto_pds","serviceEndpoint":")" + server + R"("}]})");
}
Document jrd(const std::string& host, const std::string& user, const std::string& more) {
  return document("https://" + host + "/.well-known/webfinger?resource=acct:" + user + "@" + host,
                  "application/jrd+json", R"({"subject":"acct:)" + user + "@" + host + R"(",)" + more + "}");
}

Verdict judge(const Account& known, const Account& other, const std::vector<Document>& documents) {
  const auto verdict = prove_same_owner(known, other, documents, kRules, kNow);
  EXPECT_TRUE(verdict) << verdict.error().message;
  return verdict ? *verdict : Verdict();
}

struct Forged {
  const char* what;
  std::vector<Document> documents;
  const char* says;
};

TEST(SameOwner, HostileRelMeIsRefusedWithItsReason) {
  const Document forge = link_page("https://github.com/ada", "https://ada.example");
  Document redirected = link_page("https://ada.example", "https://github.com/ada");
  redirected.address = "https://evil.example";
  Document to_plain = link_page("https://ada.example", "https://github.com/ada");
  to_plain.address = "http://ada.example/";
  Document old = link_page("https://ada.example", "https://github.com/ada");
  old.fetched = kNow - 86'401;
  Document future = link_page("https://ada.example", "https://github.com/ada");
  future.fetched = kNow + 301;
  Document as_text = link_page("https://ada.example", "https://github.com/ada");
  as_text.content_type = "text/plain";
  Document untyped = as_text;
  untyped.content_type = "";
  const Forged cases[] = {
      {"nothing", {}, "no document"},
      {"one direction", {forge}, "a claim in one direction is no proof"},
      {"one direction, twice", {forge, forge}, "one direction"},
      {"the other direction alone", {link_page("https://ada.example", "https://github.com/ada")}, "one direction"},
      {"rel=home", {forge, page("https://ada.example", "<a rel=home href=https://github.com/ada>")}, "one direction"},
      {"in a comment",
       {forge, page("https://ada.example", "<!--<a rel=me href=https://github.com/ada>-->")},
       "one dir"},
      {"a look-alike host", {forge, link_page("https://ada.example", "https://g\xD1\x96thub.com/ada")}, "ASCII"},
      {"its xn-- form", {forge, link_page("https://ada.example", "https://xn--gthub-n4a.com/ada")}, "one direction"},
      {"a host that begins alike",
       {forge, link_page("https://ada.example", "https://github.com.evil.example/ada")},
       "one"},
      {"a user before the host",
       {forge, link_page("https://ada.example", "https://github.com@evil.example/ada")},
       "user"},
      {"another account", {forge, link_page("https://ada.example", "https://github.com/adam")}, "one direction"},
      {"a page below the account", {forge, link_page("https://ada.example", "https://github.com/ada/gist")}, "one dir"},
      {"a page below the site", {forge, link_page("https://ada.example/guest", "https://github.com/ada")}, "one dir"},
      {"a site below the domain", {forge, link_page("https://blog.ada.example", "https://github.com/ada")}, "one dir"},
      {"another port", {forge, link_page("https://ada.example:8443", "https://github.com/ada")}, "one direction"},
      {"a redirect to another host", {forge, redirected}, "sends on to another host, evil.example"},
      {"an answer without https", {forge, to_plain}, "https"},
      {"asked without https", {forge, link_page("http://ada.example", "https://github.com/ada")}, "https"},
      {"a stale page", {forge, old}, "fetch it again"},
      {"a page from the future", {forge, future}, "in the future"},
      {"no page but text", {forge, as_text}, "type 'text/plain'"},
      {"of no type", {forge, untyped}, "type ''"},
      {"a base elsewhere",
       {forge, page("https://ada.example", "<base href=https://evil.example><a rel=me href=/ada>")},
       "one"},
      {"a third in the middle",
       {forge, link_page("https://ada.example", "https://third.example"),
        link_page("https://third.example", "https://github.com/ada")},
       "one direction"},
  };
  for (const Forged& each : cases) {
    const Verdict verdict = judge(kForge, kSite, each.documents);
    EXPECT_FALSE(verdict.proven) << each.what;
    EXPECT_NE(verdict.reason.find(each.says), std::string::npos) << each.what << ": " << verdict.reason;
    EXPECT_TRUE(verdict.method.empty());
  }
}

TEST(SameOwner, PagesThatLinkToEachOtherAreAProof) {
  const Document forge = link_page("https://github.com/Ada", "HTTPS://ADA.example:443/#top");
  Document moved = link_page("http://ada.example", "https://github.com/ADA/");
  moved.asked = "https://ada.example", moved.address = "https://ada.example/start";
  const std::vector<Document> proofs[] = {
      {forge, link_page("https://ada.example", "https://github.com/ada")},
      {forge, link_page("https://ada.example/", "http://GITHUB.com/aDA/")},
      {forge, moved},
      {forge, page("https://ada.example", "<base href=https://github.com/x><link href=Ada rel=me>")},
      {page("https://unrelated.example", "x"), link_page("https://ada.example", "https://github.com/ada"), forge},
  };
  for (const auto& documents : proofs) {
    const Verdict verdict = judge(kForge, kSite, documents);
    EXPECT_TRUE(verdict.proven) << verdict.reason;
    EXPECT_EQ(verdict.method, "rel=me and rel=me");
    ASSERT_EQ(verdict.evidence.size(), 2U);
    EXPECT_EQ(verdict.evidence[0].sha256.size(), 64U);
    EXPECT_TRUE(judge(kSite, kForge, documents).proven) << "whoever is named first";
  }
}

TEST(SameOwner, HandlesMustResolveBack) {
  const Document did = did_document(kDid, "Ada.example");
  const Document named = txt("_atproto.ada.example", "v=spf1\ndid=" + kDid);
  Document aliased = named;
  aliased.address = "dns:_atproto.evil.example?type=TXT";
  const Forged forged[] = {
      {"the DID alone", {did}, "bluesky:"},
      {"the domain alone", {named}, "web:ada.example says it is bluesky"},
      {"another's DID", {did, txt("_atproto.ada.example", "did=" + kOtherDid)}, "one direction"},
      {"two DIDs", {did, txt("_atproto.ada.example", "did=" + kDid + "\ndid=" + kOtherDid)}, "2 different DIDs"},
      {"a record elsewhere", {did, txt("ada.example", "did=" + kDid)}, "one direction"},
      {"another name's answer", {did, aliased}, "answered by another name"},
      {"another handle", {did_document(kDid, "ada.example.evil.example"), named}, "one direction"},
      {"another document", {document("https://plc.directory/" + kOtherDid, "", did.body), named}, "is the document of"},
      {"another directory", {document("https://evil.example/" + kDid, "application/json", did.body), named}, "one dir"},
      {"a word that begins alike", {did, txt("_atproto.ada.example", "xdid=" + kDid)}, "no did="},
      {"no JSON", {document("https://plc.directory/" + kDid, "", "{"), named}, "not valid JSON"},
      {"a handle file of two",
       {did, document("https://ada.example/.well-known/atproto-did", "text/plain", kDid + "\n" + kOtherDid)},
       "2 diff"},
  };
  for (const Forged& each : forged) {
    const Verdict verdict = judge(kBlue, kSite, each.documents);
    EXPECT_FALSE(verdict.proven) << each.what;
    EXPECT_NE(verdict.reason.find(each.says), std::string::npos) << each.what << ": " << verdict.reason;
  }
  const Verdict by_dns = judge(kBlue, kSite, {did, named});
  EXPECT_TRUE(by_dns.proven) << by_dns.reason;
  EXPECT_EQ(by_dns.method, "DID document and DNS TXT");
  const Verdict by_file =
      judge(kSite, kBlue, {did, document("https://ada.example/.well-known/atproto-did", "text/plain", kDid + "\n")});
  EXPECT_TRUE(by_file.proven) << by_file.reason;
}

TEST(SameOwner, ADidOfTheWebSpeaksFromItsPlace) {
  const Account did = {"bluesky", "did:web:ada.example"};
  const std::string body = R"({"id":"did:web:ada.example","alsoKnownAs":["at://ada.example"]})";
  const Document named = txt("_atproto.ada.example", "did=did:web:ada.example");
  EXPECT_TRUE(judge(did, kSite, {document("https://ada.example/.well-known/did.json", "application/json", body), named})
                  .proven);
  EXPECT_FALSE(judge(did, kSite, {document("https://ada.example/x/did.json", "application/json", body), named}).proven);
  EXPECT_FALSE(
      judge(did, kSite, {document("https://evil.example/.well-known/did.json", "application/json", body), named})
          .proven);
}

TEST(SameOwner, AJrdSpeaksForItsOwnHost) {
  const std::string own = R"("aliases":["https://social.example/@ada","https://social.example/users/ada"])";
  const Document here = jrd("social.example", "ada", own);
  const Document profile = link_page("https://social.example/@ada", "https://ada.example");
  const Document site = link_page("https://ada.example", "https://social.example/@ada");
  const Verdict verdict = judge(kFedi, kSite, {here, profile, site});
  EXPECT_TRUE(verdict.proven) << verdict.reason;
  EXPECT_EQ(verdict.evidence.size(), 3U);
  EXPECT_FALSE(judge(kFedi, kSite, {profile, site}).proven) << "without it the profile page is just a page";

  Document elsewhere = here;
  elsewhere.asked = "https://evil.example/.well-known/webfinger?resource=acct:ada@social.example";
  EXPECT_NE(judge(kFedi, kSite, {elsewhere, profile, site}).reason.find("no say"), std::string::npos);
  const Document outside = jrd("evil.example", "ada", own);
  EXPECT_FALSE(judge(kFedi, kSite, {outside, profile, site}).proven) << "another host calls them the same";
  Document plain = here;
  plain.content_type = "text/plain";
  EXPECT_FALSE(judge(kFedi, kSite, {plain, profile, site}).proven);

  EXPECT_TRUE(judge(kFedi, {"web", "social.example/@ada"}, {here}).proven) << "the host has the say over both";
  EXPECT_FALSE(judge(kFedi, {"web", "social.example/@bob"}, {here}).proven);
}

TEST(SameOwner, AliasesOfTwoHostsMustAgree) {
  const Account other = {"fediverse", "https://other.example/users/ada"};
  const Document here = jrd("social.example", "ada",
                            R"("aliases":["https://social.example/users/ada","https://other.example/users/ada"])");
  const Document there =
      jrd("other.example", "ada", R"("aliases":["https://other.example/users/ada","acct:Ada@social.example"])");
  EXPECT_TRUE(judge(kFedi, other, {here, there}).proven);
  EXPECT_NE(judge(kFedi, other, {here}).reason.find("one direction"), std::string::npos);

  const auto actor = [](const std::string& id, const std::string& also) {
    return document(id, "application/activity+json", R"({"id":")" + id + R"(","alsoKnownAs":[")" + also + R"("]})");
  };
  const Document a = actor("https://social.example/users/ada", "https://other.example/users/ada"),
                 b = actor("https://other.example/users/ada", "https://social.example/users/ada");
  EXPECT_TRUE(judge(kFedi, other, {a, b}).proven);
  EXPECT_FALSE(judge(kFedi, other, {a, a}).proven);
  Document lies = b;
  lies.asked = "https://other.example/media/1";
  EXPECT_FALSE(judge(kFedi, other, {a, lies}).proven) << "an upload that says it is an actor";
}

TEST(SameOwner, RefusesAccountsThatNoDocumentCanName) {
  for (const Account& account :
       {Account{"chirp", "ada"}, Account{"bluesky", "ada.example"}, Account{"bluesky", "did:plc:short"},
        Account{"github", "a/b"}, Account{"web", "localhost"}, Account{"web", ""}, kForge}) {
    EXPECT_FALSE(prove_same_owner(kForge, account, {}, kRules, kNow)) << account.network << account.account;
  }
}

// -- challenges

ChallengeKey key(unsigned char first = 1) {
  ChallengeKey bytes = {};
  bytes[0] = first;
  return bytes;
}

Document post(const std::string& author, const std::string& text, const std::string& id = "") {
  const std::string at = id.empty() ? author + "/statuses/1" : id;
  return document(
      at, "application/activity+json",
      R"({"type":"Note","id":")" + at + R"(","attributedTo":")" + author + R"(","content":"<p>)" + text + R"(</p>"})");
}

class ChallengeProof : public ::testing::Test {
 protected:
  Verdict prove(const std::vector<Document>& documents, std::int64_t person = 7, Account account = kFedi) {
    const auto verdict = prove_by_challenge({person, account}, key(), used_, documents, kRules, kNow);
    EXPECT_TRUE(verdict) << verdict.error().message;
    return verdict ? *verdict : Verdict();
  }
  void refuses(const Verdict& verdict, const char* says) {
    EXPECT_FALSE(verdict.proven);
    EXPECT_NE(verdict.reason.find(says), std::string::npos) << verdict.reason;
  }
  const std::string author_ = kFedi.account;
  const std::string good_ = make_challenge(key(), {7, kFedi}, kNow + 3600);
  std::set<std::string> used_;
};

TEST_F(ChallengeProof, IsAPostByTheAccountItself) {
  refuses(prove({}), "no document");
  refuses(prove({post("https://social.example/users/eve", good_)}), "is by https://social.example/users/eve");
  refuses(prove({post(author_, good_, "https://evil.example/users/ada/statuses/1")}), "does not lie under its author");
  refuses(prove({post(author_, good_, "https://social.example/users/eve/1")}), "does not lie under its author");
  refuses(prove({page("https://social.example/users/ada", good_)}),
          "no document");  // said by a visitor, for all we know
  const Verdict verdict = prove({post(author_, "It is me: " + good_ + ".")});
  EXPECT_TRUE(verdict.proven) << verdict.reason;
  EXPECT_EQ(verdict.challenge, good_);
}

TEST_F(ChallengeProof, IsBoundToPersonAccountKeyAndTime) {
  const Account other = {"fediverse", "https://social.example/users/eve"};
  refuses(prove({post(author_, make_challenge(key(), {7, other}, kNow + 3600))}), "another person or account");
  refuses(prove({post(author_, make_challenge(key(), {8, kFedi}, kNow + 3600))}), "another person or account");
  refuses(prove({post(author_, make_challenge(key(2), {7, kFedi}, kNow + 3600))}), "by another key");
  refuses(prove({post(author_, make_challenge(key(), {7, kFedi}, kNow))}), "expired");
  refuses(prove({post(author_, good_)}, 8), "another person or account");
  std::string later = good_;
  later.replace(later.find("1700003600"), 10, "1800003600");
  refuses(prove({post(author_, later)}), "was changed");
  refuses(prove({post(author_, good_.substr(0, good_.size() - 1))}), "was changed");
  refuses(prove({post(author_, "renown-proof=1.7")}), "not one that renown people challenge makes");
}

TEST_F(ChallengeProof, ServesOnce) {
  used_.insert(good_);
  refuses(prove({post(author_, good_)}), "has served before");
  EXPECT_TRUE(prove({post(author_, good_ + " " + make_challenge(key(), {7, kFedi}, kNow + 3601))}).proven);
}

TEST_F(ChallengeProof, CanStandInADomainOrItsPage) {
  const std::string text = make_challenge(key(), {7, kSite}, kNow + 3600);
  EXPECT_TRUE(prove({txt("ada.example", "v=spf1\n" + text)}, 7, kSite).proven);
  EXPECT_TRUE(prove({txt("_renown.ada.example", text)}, 7, kSite).proven);
  EXPECT_TRUE(prove({page("https://ada.example", "<meta name=renown-proof content=" + text + ">")}, 7, kSite).proven);
  refuses(prove({txt("evil.example", text)}, 7, kSite), "is by https://evil.example");
  refuses(prove({page("https://ada.example", "<p>" + text + "</p>")}, 7, kSite), "no document");
  refuses(prove({page("https://ada.example/guestbook", "<meta name=renown-proof content=" + text + ">")}, 7, kSite),
          "is by");
}

TEST_F(ChallengeProof, OfARepositoryComesFromItsOwnServer) {
  const std::string text = make_challenge(key(), {7, kBlue}, kNow + 3600);
  const auto record = [&](const std::string& host) {
    return document("https://" + host + "/xrpc/com.atproto.repo.getRecord?x=1", "application/json",
                    R"({"uri":"at://)" + kDid + R"(/app.bsky.feed.post/3k","value":{"text":")" + text + R"("}})");
  };
  refuses(prove({record("pds.example")}, 7, kBlue), "no DID document");
  refuses(prove({record("evil.example"), did_document(kDid, "ada.example")}, 7, kBlue), "no DID document");
  EXPECT_TRUE(prove({record("pds.example"), did_document(kDid, "ada.example")}, 7, kBlue).proven);
}

}  // namespace
}  // namespace renown::people
