/// /1/klout.json, /1/users/show.json, /1/users/topics.json, /1/soi/...: Klout's first API, and /v2/klout.json, which
/// was its last. Up to five people a call, by their names on Twitter. What Klout alone could know (its classes of
/// people, the sentences about them) is left out.

#include <cmath>
#include <optional>

#include <fmt/format.h>

#include "api/answers.h"
#include "api/klout_route.h"
#include "base/ascii.h"
#include "base/time.h"
#include "score/points.h"

namespace renown::api {
namespace {

constexpr std::size_t kMostUsers = 5;
constexpr std::size_t kMostListed = 5;
constexpr std::size_t kMostTopics = 5;
constexpr std::string_view kTwitter = "tw";

/// Somebody who was asked for.
struct Named {
  std::string name;  ///< as it was asked for, without @
  KloutUser user;
};

/// The names in "a,@b, c". errors  bad_input: none, or too many
Result<std::vector<std::string>> names_in(std::string_view users) {
  std::vector<std::string> names;
  while (!users.empty()) {
    const std::size_t comma = std::min(users.find(','), users.size());
    std::string_view name = base::trim(users.substr(0, comma));
    if (name.starts_with('@')) name.remove_prefix(1);
    if (!name.empty()) names.emplace_back(name);
    users.remove_prefix(std::min(comma + 1, users.size()));
  }
  if (names.empty() || names.size() > kMostUsers)
    return bad_input(fmt::format("'users' must name one to {} people, with commas between them", kMostUsers));
  return names;
}

/// Those of the people asked for of whom something is told. errors  not_found where that is nobody
Result<std::vector<Named>> users_named(const KloutAsker& asker, const http::Request& request) {
  const auto names = names_in(*request.arguments.text("users"));
  if (!names) return names.error();
  std::vector<instance::PersonId> people;
  for (const std::string& name : *names) people.push_back(asker.person_called(kTwitter, name));
  auto users = asker.users(people);
  if (!users) return users.error();
  std::vector<Named> named;
  for (std::size_t i = 0; i < users->size(); ++i) {
    if ((*users)[i]) named.push_back({(*names)[i], std::move(*(*users)[i])});
  }
  if (named.empty()) return Error{ErrorCode::not_found, "there are no such users, or none of whom this key may learn"};
  return named;
}

std::string_view screen_name(const KloutAsker& asker, const people::Person& person) {
  return klout_screen_name(person, asker.context().klout_networks.ours(kTwitter));
}

/// With two decimals, as they were there.
void write_rounded(JsonText& json, std::string_view key, std::optional<double> value) {
  if (value) value = std::round(*value * 100.0) / 100.0;
  json.number(key, value);
}

using WriteUser = Result<void> (*)(JsonText& json, const KloutAsker& asker, const KloutUser& user);

/// {"status":200,"users":[...]}, of each the name and what `write` adds.
Result<http::Response> answer_users(const KloutAsker& asker, const http::Request& request, WriteUser write) {
  const auto users = users_named(asker, request);
  if (!users) return users.error();
  JsonText json = compact_json();
  json.begin_object();
  json.count("status", 200);
  json.begin_array("users");
  for (const Named& each : *users) {
    const std::string_view name = screen_name(asker, *each.user.person);
    json.begin_object();
    json.text("twitter_screen_name", name.empty() ? std::string_view(each.name) : name);
    if (auto wrote = write(json, asker, each.user); !wrote) return wrote.error();
    json.end_object();
  }
  json.end_array();
  json.end_object();
  return json_answer(std::move(json));
}

Result<void> write_score(JsonText& json, const KloutAsker&, const KloutUser& user) {
  write_rounded(json, "kscore", user.card.score);
  return {};
}

/// By how much the score moved in so many days; nothing where no run of this model was published then.
Result<std::optional<double>> move_since(const KloutAsker& asker, const KloutUser& user, int days) {
  constexpr std::int64_t kSlackDays = 1;  // a run a day: the one before that time may be a day older
  const auto published = asker.context().instance.published();
  if (!published->run()) return std::optional<double>();
  const std::int64_t then = published->run()->as_of - days * base::kSecondsPerDay;
  const auto points = asker.context().instance.history(user.person->id, then - kSlackDays * base::kSecondsPerDay);
  if (!points) return points.error();
  std::optional<double> move;
  for (const instance::HistoryPoint& point : *points) {
    if (point.as_of <= then && point.model == published->run()->model && point.score)
      move = *user.card.score - *point.score;
  }
  return move;
}

Result<void> write_show(JsonText& json, const KloutAsker& asker, const KloutUser& user) {
  const auto explained = asker.explain(user);
  if (!explained) return explained.error();
  const auto five_days = move_since(asker, user, 5);
  if (!five_days) return five_days.error();
  const std::string_view id = klout_account(*user.person, asker.context().klout_networks.ours(kTwitter));
  optional_text(json, "twitter_id", id);
  json.begin_object("score");
  write_rounded(json, "kscore", user.card.score);
  write_rounded(json, "network_score", mean_score_of_engagers(*explained));
  write_rounded(json, "amplification_score", score::Scale(explained->run().model).points(user.card.amplification));
  json.count("true_reach", user.card.reach);
  write_rounded(json, "delta_1day", user.moves.day);
  write_rounded(json, "delta_5day", *five_days);
  json.end_object();
  return {};
}

Result<void> write_topics(JsonText& json, const KloutAsker& asker, const KloutUser& user) {
  const auto explained = asker.explain(user);
  if (!explained) return explained.error();
  json.begin_array("topics");
  for (const KloutTopic& topic : klout_topics(explained->why.tags, kMostTopics)) json.text("", base::lower(topic.name));
  json.end_array();
  return {};
}

/// Those of the peers who are known by a name on Twitter.
Result<void> write_peers(JsonText& json, std::string_view key, const KloutAsker& asker, const Explained& explained,
                         const std::vector<Peer>& peers) {
  const auto told = asker.told(explained, peers, kMostListed,
                               [&](const people::Person& person) { return !screen_name(asker, person).empty(); });
  if (!told) return told.error();
  json.begin_array(key);
  for (const KloutUser& peer : *told) {
    json.begin_object();
    json.text("twitter_screen_name", screen_name(asker, *peer.person));
    write_rounded(json, "kscore", peer.card.score);
    json.end_object();
  }
  json.end_array();
  return {};
}

Result<void> write_influencers(JsonText& json, const KloutAsker& asker, const KloutUser& user) {
  const auto explained = asker.explain(user);
  if (!explained) return explained.error();
  return write_peers(json, "influencers", asker, *explained, peers_of(*explained).influencers);
}

Result<void> write_influencees(JsonText& json, const KloutAsker& asker, const KloutUser& user) {
  const auto explained = asker.explain(user);
  if (!explained) return explained.error();
  return write_peers(json, "influencees", asker, *explained, peers_of(*explained).influenced);
}

}  // namespace

std::vector<http::Route> klout_v1_routes(Context& context) {
  struct Call {
    const char *path, *id, *summary;
    WriteUser write;
  };
  constexpr Call kCalls[] = {
      {"/v2/klout.json", "klout_scores", "Scores by name on Twitter.", write_score},
      {"/1/klout.json", "klout_v1_scores", "Scores by name on Twitter.", write_score},
      {"/1/users/show.json", "klout_v1_show", "Scores with their parts.", write_show},
      {"/1/users/topics.json", "klout_v1_topics", "What people engage with them about.", write_topics},
      {"/1/soi/influenced_by.json", "klout_v1_influenced_by", "Whom they engage with.", write_influencers},
      {"/1/soi/influencer_of.json", "klout_v1_influencer_of", "Who engages with them.", write_influencees},
  };
  std::vector<http::Route> routes;
  for (const Call& call : kCalls) {
    routes.push_back(klout_route(context, call.path, call.id, call.summary, "KloutUsers",
                                 [write = call.write](const KloutAsker& asker, const http::Request& request) {
                                   return answer_users(asker, request, write);
                                 }));
    routes.back().parameters.push_back({.name = "users",
                                        .description = "Names on Twitter, up to five, with commas between them.",
                                        .is_required = true,
                                        .most_bytes = 1'000});
  }
  return routes;
}

}  // namespace renown::api
