/// Klout's API, asked without sockets. What its clients make of it is in tests/peers/klout.

#include <gtest/gtest.h>

#include "api/testing.h"

namespace renown::api {
namespace {

constexpr std::string_view kAsker = "Bakery Ltd";

/// The town of the other tests, where `forum` stands for Twitter, and one asker with a key.
class Klout : public testing::Test {
 protected:
  Klout() {
    EXPECT_TRUE(town_.context().klout_networks.add("tw=forum"));
    key_ = town_.key_of(town_.operator_login, "lookup", std::string(kAsker)).key;
  }

  test::Answer get(std::string_view path, std::string_view query = "") { return get_by(key_, path, query); }
  test::Answer get_by(std::string_view key, std::string_view path, std::string_view query = "") {
    return town_.get(fmt::format("{}?{}{}key={}", path, query, query.empty() ? "" : "&", key));
  }

  instance::PersonId number(std::string_view name) {
    const auto directory = town_.instance().directory();
    return directory->named(name)->id;
  }

  void consent(std::string_view name) {
    ASSERT_TRUE(town_.access().consents().give(number(name), {.organisation = std::string(kAsker)}, test::kNow));
  }

  /// What Ada reads about who looked her up.
  std::vector<access::Lookup> lookups_of(std::string_view name) {
    return *town_.access().lookup_log().all_of_person(number(name));
  }

  std::string user(std::string_view name, std::string_view rest = "") {
    return fmt::format("/v2/user.json/{}{}", town_.id_of(name), rest);
  }

  test::TestInstance town_;
  std::string key_;
};

TEST_F(Klout, TellsAnIdByName) {
  consent("Ada");
  const std::string wanted = fmt::format(R"({{"id":"{}","network":"ks"}})", town_.id_of("Ada"));
  for (const auto& [path, query] : std::vector<std::pair<std::string, std::string>>{
           {"/v2/identity.json/twitter", "screenName=ada"},
           {"/v2/identity.json/twitter/", "screenName=ada"},  // as the client for PHP writes it
           {"/v2/identity.json/twitter", "screenName=%40ada"},
           {"/v2/identity.json/twitter", "screenName=@ADA"},
           {"/v2/identity.json/tw/ada", ""},
           {"/v2/identity.json/tw/%40Ada/", ""},
           {"/v2/identity.json/forum/ada", ""},
           {"/v2/identity.json/ks/" + town_.id_of("Ada"), ""}}) {
    const auto answer = get(path, query);
    EXPECT_EQ(answer.status, 200) << path << answer.body;
    EXPECT_EQ(answer.body, wanted) << path;
  }
}

TEST_F(Klout, TakesTheKeyInAnyPlace) {
  consent("Ada");
  EXPECT_EQ(town_.get("/v2/identity.json/twitter?key=" + key_ + "&screenName=ada").status, 200);
  EXPECT_EQ(town_.get("/v2/identity.json/twitter?screenName=ada&key=" + key_ + "&").status, 200);
  EXPECT_EQ(town_.get("/v2/identity.json/twitter?screenName=ada", {"", "", key_}).status, 200);
}

TEST_F(Klout, TellsTheAccountOfAnId) {
  consent("Ada");
  const std::string id = town_.id_of("Ada");
  EXPECT_EQ(get("/v2/identity.json/klout/" + id + "/tw").body, R"({"id":"ada","network":"tw"})");
  EXPECT_EQ(get("/v2/identity.json/klout/" + id + "/twitter").body, R"({"id":"ada","network":"tw"})");
  EXPECT_EQ(get("/v2/identity.json/klout/" + id + "/ks").body, fmt::format(R"({{"id":"{}","network":"ks"}})", id));
  EXPECT_EQ(get("/v2/identity.json/klout/" + id + "/fb").status, 404);
}

TEST_F(Klout, ANobodyIsTheSameNobodyWhateverTheReason) {
  consent("Odo");
  ASSERT_TRUE(town_.access().consents().give(number("Ada"), {.organisation = "Another"}, test::kNow));
  access::PersonPreferences out;
  out.opted_out = true;
  ASSERT_TRUE(town_.access().preferences().set(number("Odo"), out));
  town_.instance().request_score();
  town_.wait_for_run();
  const std::string wanted = get("/v2/user.json/999999").body;
  EXPECT_EQ(get("/v2/user.json/999999").status, 404);
  for (const std::string& id : {town_.id_of("Ada"), town_.id_of("Iris"), town_.id_of("Odo"), std::string("0"),
                                std::string("-1"), std::string("1x"), std::string("99999999999999999999")}) {
    const auto answer = get("/v2/user.json/" + id);
    EXPECT_EQ(answer.status, 404) << id;
    EXPECT_EQ(answer.body, wanted) << id;
  }
  for (const char* name : {"ada", "iris", "odo", "nobody"}) {
    EXPECT_EQ(get("/v2/identity.json/twitter", fmt::format("screenName={}", name)).body, wanted) << name;
    EXPECT_EQ(get(fmt::format("/v2/identity.json/tw/{}", name)).body, wanted) << name;
    EXPECT_EQ(get("/v2/identity.json/myspace/ada").body, wanted);
  }
}

TEST_F(Klout, WhoHasNoScoreIsNobodyEvenWithConsent) {
  consent("Iris");  // two engagers: too few
  EXPECT_EQ(get(user("Iris")).status, 404);
  EXPECT_EQ(get(user("Iris")).body, get("/v2/user.json/999999").body);
}

TEST_F(Klout, AKeyThatIsNoneIs403AsItWasThere) {
  for (const std::string& target :
       {std::string("/v2/user.json/1"), std::string("/v2/user.json/1?key="), std::string("/v2/user.json/1?key=wrong"),
        std::string("/1/klout.json?users=ada"), std::string("/v2/user.json/1?key=%zz"),
        std::string("/v2/identity.json/twitter?screenName=ada&key=rnk_aaaaaaaa_bbbb")}) {
    const auto answer = town_.get(target, town_.ada);  // a session is no key
    EXPECT_EQ(answer.status, 403) << target;
    EXPECT_EQ(answer.json()["error"].integer(), 403) << target << answer.body;
    EXPECT_TRUE(answer.json()["description"].is_string()) << target;
    EXPECT_FALSE(answer.headers.find("WWW-Authenticate")) << target;
  }
  const std::string people = town_.key_of(town_.operator_login, "people:search", "Another").key;
  EXPECT_EQ(get_by(people, "/v2/user.json/1").status, 403);
}

TEST_F(Klout, WhatIsWrongIsAnErrorThatOldClientsKnow) {
  for (const auto& [path, query] :
       std::vector<std::pair<std::string, std::string>>{{"/v2/identity.json/twitter", ""},
                                                        {"/v2/identity.json/twitter", "screenName="},
                                                        {"/v2/user.json/1", "format=xml"},
                                                        {"/1/klout.json", ""},
                                                        {"/1/klout.json", "users=,"},
                                                        {"/1/klout.json", "users=a,b,c,d,e,f"}}) {
    const auto answer = get(path, query);
    EXPECT_EQ(answer.status, 404) << path << query;
    EXPECT_EQ(answer.json()["error"].integer(), 404) << answer.body;
    EXPECT_FALSE(answer.json()["description"].text().empty()) << path;
  }
}

TEST_F(Klout, AKeyForARefusedPurposeLearnsNothing) {
  consent("Ada");
  const auto made = town_.access().api_keys().make({.login = town_.operator_login,
                                                    .name = "hiring",
                                                    .scopes = *access::ScopeSet::parse("lookup"),
                                                    .organisation = std::string(kAsker),
                                                    .purpose = "employment"},
                                                   0, test::kNow);
  ASSERT_TRUE(made);
  EXPECT_EQ(get_by(made->text, user("Ada")).status, 403);
}

TEST_F(Klout, TellsNameScoreAndMoves) {
  consent("Ada");
  const auto answer = get(user("Ada"));
  ASSERT_EQ(answer.status, 200) << answer.body;
  const io::JsonValue json = answer.json();
  EXPECT_EQ(json["kloutId"].text(), town_.id_of("Ada"));
  EXPECT_EQ(json["nick"].text(), "ada");
  EXPECT_TRUE(json["score"]["score"].is_number());
  EXPECT_TRUE(json["score"]["bucket"].is_string());
  EXPECT_TRUE(json["scoreDeltas"].is_object());
  EXPECT_TRUE(json["scoreDeltas"]["dayChange"].is_null());  // nothing was published a day ago
  const auto score = get(user("Ada", "/score"));
  const io::JsonValue alone = score.json();
  EXPECT_EQ(alone["score"].number(), json["score"]["score"].number());
  EXPECT_EQ(alone["bucket"].text(), json["score"]["bucket"].text());
  EXPECT_TRUE(alone["scoreDelta"].is_object());
  EXPECT_TRUE(alone["scoreDeltas"].is_missing());
}

TEST_F(Klout, AMoveIsTheDifferenceOfWhatWasPublished) {
  consent("Ada");
  const std::string before(get(user("Ada", "/score")).json()["score"].number());
  town_.now() += 86'400;
  town_.instance().request_score();
  town_.wait_for_run();
  const auto answer = get(user("Ada", "/score"));
  const std::string now(answer.json()["score"].number());
  ASSERT_TRUE(answer.json()["scoreDelta"]["dayChange"].is_number()) << answer.body;
  EXPECT_NEAR(std::stod(std::string(answer.json()["scoreDelta"]["dayChange"].number())),
              std::stod(now) - std::stod(before), 1e-9);
  EXPECT_LT(std::stod(now), std::stod(before));  // a day older, nothing new
}

TEST_F(Klout, TopicsAreABareArray) {
  consent("Ada");
  const auto answer = get(user("Ada", "/topics/"));
  ASSERT_EQ(answer.status, 200) << answer.body;
  EXPECT_EQ(answer.body, R"([{"id":"315021030562613696","displayName":"Bread","name":"Bread","slug":"bread",)"
                         R"("imageUrl":"https://renown.example/klout/topic.svg","topicType":"sub"}])");
  EXPECT_EQ(town_.get("/klout/topic.svg").status, 200);
}

TEST_F(Klout, ListsOnlyPeopleOfWhomTheAskerMayLearn) {
  consent("Odo");
  const auto counts = [&](const test::Answer& answer) {
    return std::pair(answer.json()["myInfluencersCount"].integer(), answer.json()["myInfluenceesCount"].integer());
  };
  const auto alone = get(user("Odo", "/influence"));
  ASSERT_EQ(alone.status, 200) << alone.body;
  EXPECT_EQ(counts(alone), std::pair(std::optional<std::int64_t>(1), std::optional<std::int64_t>(4)));
  EXPECT_TRUE(alone.body.starts_with(R"({"myInfluencers":[],"myInfluencees":[],)")) << alone.body;
  consent("Ada");
  const auto of_ada = get(user("Ada", "/influence"));
  EXPECT_EQ(counts(of_ada), std::pair(std::optional<std::int64_t>(1), std::optional<std::int64_t>(12)));
  EXPECT_FALSE(of_ada.body.contains("iris") || of_ada.body.contains("reader")) << of_ada.body;
}

TEST_F(Klout, WhoIsLookedUpReadsIt) {
  consent("Ada");
  ASSERT_TRUE(lookups_of("Ada").empty());
  get(user("Ada"));
  get("/1/klout.json", "users=ada,iris,nobody");
  get("/v2/identity.json/tw/iris");
  const auto lines = lookups_of("Ada");
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_EQ(lines[0].asker, kAsker);
  EXPECT_EQ(lines[0].purpose, access::Purpose::other);  // "tests" is none of the words
  EXPECT_EQ(lines[0].outcome, access::LookupOutcome::score);
  ASSERT_EQ(lookups_of("Iris").size(), 2u);
  EXPECT_EQ(lookups_of("Iris")[1].outcome, access::LookupOutcome::unscored);
}

TEST_F(Klout, AsksForTheKeysOwnPurpose) {
  const auto made = town_.access().api_keys().make({.login = town_.operator_login,
                                                    .name = "events",
                                                    .scopes = *access::ScopeSet::parse("lookup"),
                                                    .organisation = "Fair",
                                                    .purpose = "event"},
                                                   0, test::kNow);
  ASSERT_TRUE(made);
  EXPECT_EQ(get_by(made->text, user("Ada")).status, 404);
  ASSERT_TRUE(town_.access().consents().give(number("Ada"), {.purpose = access::Purpose::event}, test::kNow));
  EXPECT_EQ(get_by(made->text, user("Ada")).status, 200);
  EXPECT_EQ(get(user("Ada")).status, 404);  // another purpose
  EXPECT_EQ(lookups_of("Ada").front().purpose, access::Purpose::event);
}

TEST_F(Klout, APersonsOwnKeyLearnsOfThem) {
  const std::string own = town_.key_of(town_.ada_login, "score:read").key;
  for (const char* part : {"", "/score", "/topics", "/influence"})
    EXPECT_EQ(get_by(own, user("Ada", part)).status, 200) << part;
  EXPECT_EQ(get_by(own, "/1/users/show.json", "users=ada").status, 200);
  EXPECT_EQ(get_by(own, user("Odo")).status, 404);
  EXPECT_TRUE(lookups_of("Ada").empty());  // nobody else asked
  consent("Odo");                          // to an asker with `lookup`, which this key is not
  EXPECT_EQ(get_by(own, user("Odo")).status, 404);
}

TEST_F(Klout, TheFirstApiTakesUpToFive) {
  consent("Ada");
  consent("Odo");
  const auto one = get("/1/klout.json", "users=ada");
  EXPECT_EQ(one.status, 200) << one.body;
  EXPECT_TRUE(one.body.starts_with(R"({"status":200,"users":[{"twitter_screen_name":"ada","kscore":)")) << one.body;
  const auto names = [&](std::string_view users) {
    std::string all;
    const auto answer = get("/1/klout.json", fmt::format("users={}", users));
    for (const io::JsonValue user : answer.json()["users"].elements())
      all += (all.empty() ? "" : " ") + std::string(user["twitter_screen_name"].text());
    return all;
  };
  EXPECT_EQ(names("odo,ada"), "odo ada");
  EXPECT_EQ(names("ODO,%40ada"), "odo ada");
  EXPECT_EQ(names("odo,+ada,"), "odo ada");
  EXPECT_EQ(names("iris,ada,nobody,x,y"), "ada");
  EXPECT_EQ(get("/1/klout.json", "users=iris,nobody").status, 404);
  EXPECT_EQ(get("/v2/klout.json", "users=ada").body, one.body);
}

TEST_F(Klout, TheFirstApiTellsPartsTopicsAndPeers) {
  consent("Ada");
  consent("Odo");
  const auto show = get("/1/users/show.json", "users=ada");
  ASSERT_EQ(show.status, 200) << show.body;
  const io::JsonValue user = *show.json()["users"].elements().begin();
  EXPECT_EQ(user["twitter_id"].text(), "ada");
  EXPECT_EQ(user["score"]["true_reach"].integer(), 12);
  EXPECT_TRUE(user["score"]["delta_5day"].is_null());
  EXPECT_TRUE(user["score"]["kclass"].is_missing());
  EXPECT_EQ(get("/1/users/topics.json", "users=odo").body,
            R"({"status":200,"users":[{"twitter_screen_name":"odo","topics":["bread"]}]})");
  EXPECT_EQ(get("/1/soi/influenced_by.json", "users=odo").body,
            R"({"status":200,"users":[{"twitter_screen_name":"odo","influencers":[]}]})");
  EXPECT_EQ(get("/1/soi/influencer_of.json", "users=odo").body,
            R"({"status":200,"users":[{"twitter_screen_name":"odo","influencees":[]}]})");
}

}  // namespace
}  // namespace renown::api
