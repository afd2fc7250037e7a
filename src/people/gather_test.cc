#include "people/gather.h"

#include <map>

#include <gtest/gtest.h>

#include "people/proof.h"

namespace renown::people {
namespace {

constexpr std::int64_t kNow = 1'700'000'000;

/// Documents in memory, by what is asked for.
class Shelf : public DocumentSource {
 public:
  void put(const Wanted& wanted, std::string type, std::string body) {
    documents_[wanted] = {wanted.address, "", std::move(type), kNow, std::move(body)};
  }
  Result<Document> get(const Wanted& wanted) override {
    ++asked;
    const auto found = documents_.find(wanted);
    if (found == documents_.end()) return Error{ErrorCode::not_found, "404"};
    return found->second;
  }
  int asked = 0;

 private:
  std::map<Wanted, Document> documents_;
};

TEST(Gather, FollowsAnActorToItsProfilePage) {
  Shelf shelf;
  const std::string actor = "https://social.example/users/ada", profile = "https://social.example/@ada";
  shelf.put({actor, "application/activity+json"}, "application/activity+json",
            R"({"id":")" + actor + R"(","preferredUsername":"ada"})");
  shelf.put({"https://social.example/.well-known/webfinger?resource=acct:ada@social.example", ""},
            "application/jrd+json",
            R"({"subject":"acct:ada@social.example","aliases":[")" + profile + R"(",")" + actor + R"("]})");
  shelf.put({profile, "text/html"}, "text/html", "<a rel=me href=https://ada.example>");
  shelf.put({"https://ada.example", "text/html"}, "text/html", "<a rel=me href=https://social.example/@ada>");
  const std::vector<Account> accounts = {{"fediverse", actor}, {"web", "ada.example"}};
  const Gathered gathered = gather(shelf, accounts, "https://plc.directory");
  const auto verdict = prove_same_owner(accounts[0], accounts[1], gathered.documents, {}, kNow);
  ASSERT_TRUE(verdict);
  EXPECT_TRUE(verdict->proven) << verdict->reason;
  EXPECT_EQ(gathered.documents.size(), 4U);
  EXPECT_EQ(gathered.failed.size(), 4U) << "the actor as a page, and three of the bare host's own";
}

TEST(Gather, AsksForHandleAndDirectory) {
  Shelf shelf;
  const std::string did = "did:plc:ewvi7nxzyoun6zhxrhs64oiz";
  shelf.put({"https://plc.example/" + did, ""}, "application/json",
            R"({"id":")" + did + R"(","alsoKnownAs":["at://ada.example"]})");
  shelf.put({"dns:_atproto.ada.example?type=TXT", ""}, "", "did=" + did);
  const std::vector<Account> accounts = {{"bluesky", did}, {"web", "ada.example"}};
  const Gathered gathered = gather(shelf, accounts, "https://plc.example");
  ProofRules rules;
  rules.plc_directory = "https://plc.example";
  EXPECT_TRUE(prove_same_owner(accounts[0], accounts[1], gathered.documents, rules, kNow)->proven);
}

TEST(Gather, KnowsWhereADidOfTheWebLies) {
  for (const auto& [did, address] : std::map<std::string, std::string>{
           {"did:web:ada.example", "https://ada.example/.well-known/did.json"},
           {"did:web:ada.example%3A8443", "https://ada.example:8443/.well-known/did.json"},
           {"did:web:ada.example:users:ada", "https://ada.example/users/ada/did.json"}}) {
    Shelf shelf;
    shelf.put({address, ""}, "application/json", R"({"id":")" + did + R"("})");
    const std::vector<Account> accounts = {{"bluesky", did}};
    EXPECT_EQ(gather(shelf, accounts, "https://plc.directory").documents.size(), 1U) << did;
  }
}

TEST(Gather, IsBounded) {
  Shelf shelf;
  std::string aliases = R"("https://h.example/users/ada")";
  for (int i = 0; i < 100; ++i) aliases += R"(,"https://h.example/)" + std::to_string(i) + "\"";
  shelf.put({"https://h.example/users/ada", "application/activity+json"}, "application/activity+json",
            R"({"id":"https://h.example/users/ada","preferredUsername":"ada"})");
  shelf.put({"https://h.example/.well-known/webfinger?resource=acct:ada@h.example", ""}, "application/jrd+json",
            R"({"subject":"acct:ada@h.example","aliases":[)" + aliases + "]}");
  const std::vector<Account> accounts = {{"fediverse", "https://h.example/users/ada"}, {"chirp", "ada"}};
  const Gathered gathered = gather(shelf, accounts, "https://plc.directory");
  EXPECT_EQ(shelf.asked, static_cast<int>(kMaxGathered));
  EXPECT_NE(gathered.failed.front().find("named by no document"), std::string::npos) << "of chirp";
}

}  // namespace
}  // namespace renown::people
