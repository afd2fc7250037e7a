#include "people/registry.h"

#include <algorithm>
#include <filesystem>
#include <fstream>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <sys/wait.h>
#include <unistd.h>

namespace renown::people {
namespace {

namespace fs = std::filesystem;
using enum VerifiedBy;

/// A folder that is gone afterwards.
class Folder {
 public:
  Folder() {
    std::string name = (fs::temp_directory_path() / "renown-people-XXXXXX").string();
    path_ = ::mkdtemp(name.data());
  }
  ~Folder() { fs::remove_all(path_); }
  std::string store() const { return (path_ / "people.sqlite").string(); }
  bool holds(const std::string& text) const {
    return std::ranges::any_of(fs::directory_iterator(path_), [&](const auto& entry) {
      std::ifstream file(entry.path(), std::ios::binary);
      return std::string(std::istreambuf_iterator<char>(file), {}).find(text) != std::string::npos;
    });
  }

 private:
  fs::path path_;
};

Verdict proof(const std::string& method = "challenge", Account known = {}) {
  return {.proven = true,
          .method = method,
          .reason = "seen",
          .known = std::move(known),
          .challenge = {},
          .stable_id = {},
          .evidence = {{"https://a.example", std::string(64, 'a'), 5}},
          .problems = {}};
}
Verdict word() {
  return {.proven = true,
          .method = kOperatorsWord,
          .reason = "said",
          .known = {},
          .challenge = {},
          .stable_id = {},
          .evidence = {},
          .problems = {}};
}

/// Whose which accounts are, and the methods of their proofs.
std::string methods_of(const std::vector<Person>& people) {
  std::string text;
  for (const Person& person : people) {
    text += fmt::format("{}:", person.name);
    for (const LinkedAccount& linked : person.accounts) {
      text += fmt::format(" {}:{}", linked.account.network, linked.account.account);
      for (const LinkProof& each : linked.proofs) text += fmt::format(" ({})", each.method);
    }
    text += "\n";
  }
  return text;
}

/// All that can be asked, as one text.
std::string state_of(PeopleRegistry& registry) {
  std::string text;
  const auto everybody = *registry.people();
  EXPECT_EQ(methods_of(*registry.people(PeopleRegistry::Proofs::methods)), methods_of(everybody));
  for (const Person& person : everybody) {
    text += fmt::format("{} {} {} [{}] {} {} {}\n", person.id, person.name, basis_name(person.basis),
                        fmt::join(person.merged, ","), person.verified ? verified_name(*person.verified) : "-",
                        person.inviter, person.cut);
    for (const LinkedAccount& linked : person.accounts) {
      text += fmt::format("  {}:{}", linked.account.network, linked.account.account);
      for (const LinkProof& each : linked.proofs) {
        text += fmt::format(" ({} {} {}", each.method, each.reason, each.time);
        for (const Evidence& seen : each.evidence)
          text += fmt::format(" {} {} {}", seen.address, seen.sha256, seen.fetched);
        text += ")";
      }
      text += "\n";
    }
  }
  const PeopleMap map = *registry.people_map();
  for (const auto& [account, person] : map) text += account.network + ":" + account.account + "=" + person + "\n";
  const auto verified = *registry.verified();
  text += verified ? "list" : "no list";
  for (const Account& account : verified.value_or(AccountSet())) text += " " + account.network + ":" + account.account;
  return text;
}

class Registry : public ::testing::Test {
 protected:
  PeopleRegistry open() {
    auto registry = PeopleRegistry::open_for_writing(folder_.store());
    EXPECT_TRUE(registry) << registry.error().message;
    return std::move(*registry);
  }
  void add(std::initializer_list<const char*> names) {
    for (const char* name : names) ASSERT_TRUE(registry_.add(name, ConsentBasis::enrolled, 1));
  }
  void fails(const Result<void>& result, const char* says) {
    ASSERT_FALSE(result);
    EXPECT_NE(result.error().message.find(says), std::string::npos) << result.error().message;
  }
  std::string why(const char* name) {
    const auto person = registry_.find(name);
    return person->verified ? verified_name(*person->verified) : "-";
  }

  Folder folder_;
  PeopleRegistry registry_ = open();
};

TEST_F(Registry, AnAccountHasOneOwner) {
  add({"Ada", "Eve"});
  ASSERT_TRUE(registry_.link("Ada", {"forum", "ada"}, proof(), 2));
  fails(registry_.link("Eve", {"forum", "ada"}, proof(), 3), "is linked to Ada");
  fails(registry_.link("Eve", {"forum", "eve"}, {}, 3), "not proven");
  fails(registry_.link("Eve", {"forum", "eve"}, proof("rel=me and rel=me", {"forum", "ada"}), 3), "not linked to them");
  fails(registry_.link("Zoe", {"forum", "zoe"}, proof(), 3), "no person 'Zoe'");
  ASSERT_TRUE(registry_.link("Ada", {"forum", "ada"}, proof("rel=me and rel=me"), 4))
      << "a second proof of the same link";
  EXPECT_EQ(registry_.find("forum:ada")->accounts[0].proofs.size(), 2U);
  ASSERT_TRUE(registry_.unlink({"forum", "ada"}, 5));
  ASSERT_TRUE(registry_.link("Eve", {"forum", "ada"}, proof(), 6));
  EXPECT_EQ(registry_.find("forum:ada")->name, "Eve");
}

TEST_F(Registry, EverybodyIsReadAsEachAlone) {
  add({"Ada", "Eve", "Part", "Bare"});
  ASSERT_TRUE(registry_.link("Ada", {"forum", "ada"}, proof(), 2));
  ASSERT_TRUE(registry_.link("Ada", {"forum", "ada"}, word(), 3));
  ASSERT_TRUE(registry_.link("Part", {"chirp", "ada"}, proof(), 4));
  ASSERT_TRUE(registry_.link("Eve", {"forum", "eve"}, word(), 5));
  ASSERT_TRUE(registry_.merge("Part", "Ada", 6));
  const auto people = registry_.people();
  ASSERT_TRUE(people);
  ASSERT_EQ(people->size(), 3U);
  for (const Person& person : *people) {
    const auto alone = registry_.find(person.name);
    ASSERT_TRUE(alone);
    EXPECT_EQ(person.merged, alone->merged);
    ASSERT_EQ(person.accounts.size(), alone->accounts.size()) << person.name;
    for (std::size_t i = 0; i < person.accounts.size(); ++i) {
      EXPECT_EQ(person.accounts[i].account, alone->accounts[i].account);
      ASSERT_EQ(person.accounts[i].proofs.size(), alone->accounts[i].proofs.size());
      for (std::size_t k = 0; k < person.accounts[i].proofs.size(); ++k) {
        EXPECT_EQ(person.accounts[i].proofs[k].time, alone->accounts[i].proofs[k].time);
        EXPECT_EQ(person.accounts[i].proofs[k].evidence.size(), alone->accounts[i].proofs[k].evidence.size());
      }
    }
  }
  EXPECT_EQ(registry_.numbers()->size(), 4U) << "also those merged into others";
}

TEST_F(Registry, NamesAreOfOnePersonEach) {
  add({"Ada"});
  for (const char* name : {"Ada", "", "a:b", "person 7", "a\nb", "\xff"}) {
    EXPECT_FALSE(registry_.add(name, ConsentBasis::none, 1)) << name;
  }
}

TEST_F(Registry, WithoutABasisAPersonHasANumberAndNoName) {
  ASSERT_TRUE(registry_.add("Ada", ConsentBasis::none, 1));
  ASSERT_TRUE(registry_.link("Ada", {"forum", "ada"}, proof(), 2));
  EXPECT_EQ(registry_.people_map()->begin()->second, "person 1");
  ASSERT_TRUE(registry_.set_basis("Ada", ConsentBasis::community, 3));
  EXPECT_EQ(registry_.people_map()->begin()->second, "Ada");
}

TEST_F(Registry, ProofOfControlIsNotVerification) {
  add({"Ada"});
  EXPECT_FALSE(*registry_.verified()) << "nobody was ever verified: there is no list";
  ASSERT_TRUE(registry_.link("Ada", {"forum", "ada"}, word(), 2));
  EXPECT_EQ(why("Ada"), "-");
  fails(registry_.verify("Ada", proofs, 3), "more than your own word");
  ASSERT_TRUE(registry_.link("Ada", {"forum", "ada"}, proof(), 4));
  EXPECT_EQ(why("Ada"), "-") << "not before the operator accepts it";
  ASSERT_TRUE(registry_.verify("Ada", proofs, 5));
  EXPECT_EQ(why("Ada"), "proofs");
  ASSERT_TRUE(registry_.unlink({"forum", "ada"}, 6));
  EXPECT_EQ(why("Ada"), "-") << "the proof is gone";
  ASSERT_TRUE(*registry_.verified()) << "a list without entries is a list";
}

TEST_F(Registry, ABranchOfInvitationsCanBeCut) {
  add({"Root", "Ada", "Bob", "Cyd"});
  fails(registry_.invite("Root", "Ada", 1), "not verified");
  ASSERT_TRUE(registry_.verify("Root", operator_list, 1));
  fails(registry_.invite("Root", "Root", 1), "themselves");
  ASSERT_TRUE(registry_.invite("Root", "Ada", 2));
  ASSERT_TRUE(registry_.invite("Ada", "Bob", 2));
  ASSERT_TRUE(registry_.invite("Bob", "Cyd", 2));
  EXPECT_EQ(registry_.find("Cyd")->inviter, "Bob");
  EXPECT_EQ(why("Ada") + why("Bob") + why("Cyd"), "invitationinvitationinvitation");
  ASSERT_TRUE(registry_.cut("Ada", 3));
  EXPECT_EQ(why("Root") + why("Ada") + why("Bob") + why("Cyd"), "operator---");
  fails(registry_.invite("Ada", "Bob", 3), "not verified");
  ASSERT_TRUE(registry_.verify("Bob", operator_list, 4));
  EXPECT_EQ(why("Bob") + why("Cyd"), "operatorinvitation") << "the operator's word stands by itself";
  ASSERT_TRUE(registry_.invite("Root", "Ada", 5));
  EXPECT_EQ(why("Ada"), "invitation") << "invited again";
}

TEST_F(Registry, ACircleOfInvitationsHoldsNobodyUp) {
  add({"Root", "Ada", "Bob"});
  ASSERT_TRUE(registry_.verify("Root", operator_list, 1));
  ASSERT_TRUE(registry_.invite("Root", "Ada", 1));
  ASSERT_TRUE(registry_.invite("Ada", "Bob", 1));
  ASSERT_TRUE(registry_.invite("Bob", "Ada", 1));
  EXPECT_EQ(why("Ada") + why("Bob"), "--") << "their invitations are each other's now";
}

TEST_F(Registry, MergedPeopleAreOneAndComeApartAgain) {
  add({"Ada", "Ada L"});
  ASSERT_TRUE(registry_.link("Ada", {"forum", "ada"}, proof(), 2));
  ASSERT_TRUE(registry_.link("Ada L", {"chirp", "al"}, proof(), 2));
  ASSERT_TRUE(registry_.verify("Ada L", operator_list, 2));
  const std::string before = state_of(registry_);
  ASSERT_TRUE(registry_.merge("Ada L", "Ada", 3));
  EXPECT_EQ(registry_.find("Ada L")->name, "Ada");
  EXPECT_EQ((*registry_.people_map())[(Account{"chirp", "al"})], "Ada");
  EXPECT_EQ((*registry_.verified())->size(), 2U) << "all accounts of a verified person are";
  fails(registry_.merge("Ada", "Ada L", 3), "one person already");
  fails(registry_.unmerge("Ada", 3), "not merged");
  ASSERT_TRUE(registry_.unmerge("Ada L", 4));
  EXPECT_EQ(state_of(registry_), before);
  std::string log;
  const auto history = *registry_.history();
  for (const HistoryLine& line : history) log += line.what + " ";
  EXPECT_EQ(log, "add add link link verify merge unmerge ");
}

TEST_F(Registry, ACommandThatFailsChangesNothing) {
  add({"Ada"});
  const std::string before = state_of(registry_);
  EXPECT_FALSE(registry_.verify("Ada", proofs, 3));
  EXPECT_EQ(state_of(registry_), before);
  EXPECT_EQ(registry_.history()->size(), 1U);
}

TEST_F(Registry, ErasedIsNeverExistedToTheLastByte) {
  add({"Zaphod", "Ada"});
  const Account first = {"forum", "zaphod-beeblebrox"}, second = {"chirp", "zb42"};
  Verdict by_page = proof("rel=me and rel=me", first);
  by_page.reason = "https://forum.example/zaphod-beeblebrox says so";
  by_page.evidence.push_back({"https://forum.example/Zaphod-Beeblebrox", std::string(64, 'b'), 5});
  ASSERT_TRUE(registry_.link("Zaphod", first, proof(), 2));
  ASSERT_TRUE(registry_.link("Zaphod", second, by_page, 3));
  ASSERT_TRUE(registry_.verify("Zaphod", operator_list, 3));
  ASSERT_TRUE(registry_.invite("Zaphod", "Ada", 3));
  ASSERT_TRUE(folder_.holds("zaphod-beeblebrox"));
  const auto one = registry_.erase(first);
  ASSERT_TRUE(one) << one.error().message;
  EXPECT_EQ((std::array{one->accounts, one->people}), (std::array<std::uint64_t, 2>{1, 0}));
  EXPECT_FALSE(folder_.holds("eeblebrox"));
  EXPECT_EQ(registry_.find("Zaphod")->accounts.size(), 1U) << "the other account stands";
  const auto two = registry_.erase(second);
  ASSERT_TRUE(two) << two.error().message;
  EXPECT_EQ((std::array{two->accounts, two->people, two->invitations}), (std::array<std::uint64_t, 3>{1, 1, 1}));
  EXPECT_FALSE(folder_.holds("aphod"));
  EXPECT_FALSE(folder_.holds("zb42"));
  EXPECT_EQ(why("Ada"), "-");
  EXPECT_EQ(registry_.erase({"no", "body"})->accounts, 0U);
}

TEST_F(Registry, ErasingAShortNameTakesNothingFromOthers) {
  add({"Eve", "Ada"});
  ASSERT_TRUE(registry_.link("Eve", {"forum", "e"}, proof(), 2));
  ASSERT_TRUE(registry_.link("Ada", {"forum", "ada"}, proof(), 2));
  ASSERT_TRUE(registry_.link("Ada", {"chirp", "ada"}, proof("rel=me and rel=me", {"forum", "ada"}), 2));
  const auto theirs = [&] {
    std::string text;
    const auto ada = *registry_.find("Ada");
    for (const LinkedAccount& linked : ada.accounts) {
      for (const LinkProof& each : linked.proofs) text += each.reason + each.evidence.at(0).address;
    }
    const auto history = *registry_.history();
    for (const HistoryLine& line : history) text += line.person == "Ada" ? line.detail : "";
    return text;
  };
  const std::string before = theirs();
  ASSERT_EQ(registry_.erase({"forum", "e"})->people, 1U);
  EXPECT_EQ(theirs(), before);
}

TEST_F(Registry, AMergedPersonIsErasedWithItsParts) {
  add({"Ada", "Part", "Bare"});
  ASSERT_TRUE(registry_.link("Part", {"forum", "a"}, proof(), 1));
  ASSERT_TRUE(registry_.merge("Part", "Ada", 1));
  fails(registry_.erase_bare_person("Ada"), "has accounts");
  EXPECT_EQ(registry_.erase({"forum", "a"})->people, 2U);
  ASSERT_TRUE(registry_.erase_bare_person("Bare"));
  EXPECT_TRUE(registry_.people()->empty());
  EXPECT_TRUE(registry_.history()->empty());
}

TEST_F(Registry, AStoreOfANewerRenownIsRefused) {
  ASSERT_TRUE(store::Database::open_for_writing(folder_.store())->execute_script("PRAGMA user_version=2"));
  const auto newer = PeopleRegistry::open_for_reading(folder_.store());
  ASSERT_FALSE(newer);
  EXPECT_NE(newer.error().message.find("written by a newer Renown"), std::string::npos) << newer.error().message;
}

TEST_F(Registry, AKilledWriterLeavesWholeChanges) {
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    auto registry = PeopleRegistry::open_for_writing(folder_.store());
    for (int i = 0;; ++i) {
      const std::string name = fmt::format("p{}", i);
      static_cast<void>(!registry->add(name, ConsentBasis::enrolled, i));
      static_cast<void>(!registry->link(name, {"forum", name}, proof(), i));
      static_cast<void>(!::write(ends[1], "x", 1));
    }
  }
  char bytes[20];
  for (std::size_t acknowledged = 0; acknowledged < sizeof bytes;) {
    const ssize_t got = ::read(ends[0], bytes + acknowledged, sizeof bytes - acknowledged);
    ASSERT_GT(got, 0);
    acknowledged += static_cast<std::size_t>(got);
  }
  ::kill(child, SIGKILL);
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFSIGNALED(status));
  auto registry = open();
  const auto people = *registry.people();
  EXPECT_GE(people.size(), sizeof bytes) << "what was acknowledged is there";
  std::size_t links = 0;
  for (const Person& person : people) links += person.accounts.size();
  EXPECT_EQ(registry.history()->size(), people.size() + links) << "each change with its line";
}

/// What the people map must be, told the slow way from the changes alone.
struct Twin {
  std::map<std::string, std::string> into;  // merged into whom
  std::map<Account, std::string> owner;     // by themselves
  std::string root(std::string name) const {
    while (into.contains(name)) name = into.at(name);
    return name;
  }
  PeopleMap map() const {
    PeopleMap all;
    for (const auto& [account, name] : owner) all[account] = root(name);
    return all;
  }
};

TEST(RegistryProperty, UnMergingInAnyOrderRestoresExactly) {
  rc::check([] {
    Folder folder;
    auto registry = *PeopleRegistry::open_for_writing(folder.store());
    Twin twin;
    const std::size_t size = 5;
    const auto name_of = [](std::size_t i) { return fmt::format("P{}", i); };
    const auto any = [&] { return name_of(*rc::gen::inRange<std::size_t>(0, size)); };
    for (std::size_t i = 0; i < size; ++i) RC_ASSERT(registry.add(name_of(i), ConsentBasis::enrolled, 1).has_value());
    RC_ASSERT(registry.verify("P0", operator_list, 1).has_value());
    const auto steps = *rc::gen::inRange(0, 25);
    for (int step = 0; step < steps; ++step) {
      const std::string a = any(), b = any();
      const Account account = {"n", fmt::format("a{}", *rc::gen::inRange(0, 6))};
      switch (*rc::gen::inRange(0, 6)) {
        case 0: {
          const bool may = !twin.owner.contains(account) || twin.root(twin.owner[account]) == twin.root(a);
          RC_ASSERT(registry.link(a, account, proof(), step).has_value() == may);
          if (may) twin.owner.try_emplace(account, twin.root(a));
          break;
        }
        case 1:
          RC_ASSERT(registry.unlink(account, step).has_value() == (twin.owner.erase(account) == 1));
          break;
        case 2: {
          const std::string from = twin.root(a), to = twin.root(b);
          RC_ASSERT(registry.merge(a, b, step).has_value() == (from != to));
          if (from != to) twin.into[from] = to;
          break;
        }
        case 3:
          RC_ASSERT(registry.unmerge(a, step).has_value() == (twin.into.erase(a) == 1));
          break;
        case 4:
          static_cast<void>(!registry.invite(a, b, step));
          break;
        default:
          static_cast<void>(!registry.cut(a, step));
      }
      RC_ASSERT(*registry.people_map() == twin.map());
    }

    const std::string before = state_of(registry);
    std::vector<std::string> merged;
    for (int i = 0; i < 4; ++i) {
      const std::string from = twin.root(any()), to = twin.root(any());
      if (from == to) continue;
      RC_ASSERT(registry.merge(from, to, 100).has_value());
      twin.into[from] = to;
      merged.push_back(from);
    }
    RC_CLASSIFY(merged.size() > 1, "several merges");
    while (!merged.empty()) {
      const auto at = *rc::gen::inRange<std::size_t>(0, merged.size());
      RC_ASSERT(registry.unmerge(merged[at], 101).has_value());
      merged.erase(merged.begin() + static_cast<std::ptrdiff_t>(at));
    }
    RC_ASSERT(state_of(registry) == before);
  });
}

}  // namespace
}  // namespace renown::people
