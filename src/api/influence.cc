/// /v1/people/{person}/moments, /networks, /subscores, /topics, /influence: where the score comes from, for whoever may
/// see the card. Engagers are named by nothing here but a pseudonym, unless they are members who show themselves.

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "access/secret.h"
#include "api/answers.h"
#include "api/caller.h"
#include "api/explained.h"
#include "api/moments.h"
#include "api/peers.h"
#include "api/routes.h"
#include "api/sources_of.h"
#include "base/text.h"
#include "base/time.h"
#include "picture/ego_layout.h"
#include "score/points.h"

namespace renown::api {
namespace {

constexpr std::size_t kMostTopics = 50;
constexpr std::size_t kMostPeers = 30;  ///< in each direction

Result<Explained> explain_of(Context& context, const http::Request& request) {
  auto subject = find_subject(context, request, access::Scope::score_read);
  if (!subject) return subject.error();
  return explain_subject(context, std::move(*subject));
}

// -- moments

Result<http::Response> get_moments(Context& context, const http::Request& request) {
  const auto explained = explain_of(context, request);
  if (!explained) return explained.error();
  const auto posts = seen_posts(context, *explained->subject.person);
  const std::int64_t since = explained->run().as_of - *request.arguments.integer("days") * base::kSecondsPerDay;
  JsonText json = compact_json();
  json.begin_object();
  json.begin_array("items");
  for (const Moment& moment : moments_of(*explained, since)) {
    const auto seen = posts.find({moment.network, moment.post});
    json.begin_object();
    json.text("id", fmt::format("{} {}", moment.network, moment.post.empty() ? moment.day : moment.post));
    json.text("day", moment.day);
    json.text("network", moment.network);
    json.text("kind", moment.post.empty() ? "account" : "post");
    optional_text(json, "post", moment.post);
    optional_text(json, "url", seen == posts.end() ? "" : seen->second.url);
    optional_text(json, "text", seen == posts.end() ? "" : seen->second.text);
    json.number("part", moment.part);
    json.number("points", explained->points_of(moment.part));
    json.count("engagers", moment.engagers);
    json.end_object();
  }
  json.end_array();
  json.end_object();
  return json_answer(std::move(json));
}

// -- parts

void write_part(JsonText& json, const Explained& explained, std::string_view key, const score::Part& part) {
  json.text(key, part.label);
  json.number("part", part.contribution);
  json.number("share", explained.why.card.raw > 0.0 ? part.contribution / explained.why.card.raw : 0.0);
  json.number("points", explained.points_of(part.contribution));
  json.count("engagers", part.engagers);
}

Result<http::Response> get_networks(Context& context, const http::Request& request) {
  const auto explained = explain_of(context, request);
  if (!explained) return explained.error();
  const auto sources = context.instance.sources();
  std::vector<score::Part> parts = explained->why.networks;
  std::set<std::string> there;
  for (const score::Part& part : parts) there.insert(part.label);
  for (const people::LinkedAccount& linked : explained->subject.person->accounts) {
    if (there.insert(linked.account.network).second) parts.push_back({linked.account.network, 0.0, 0});
  }
  JsonText json = compact_json();
  json.begin_object();
  json.begin_array("items");
  for (const score::Part& part : parts) {
    json.begin_object();
    write_part(json, *explained, "network", part);
    const auto account = std::ranges::find_if(explained->subject.person->accounts,
                                              [&](const auto& linked) { return linked.account.network == part.label; });
    if (explained->subject.nearness != Nearness::other && account != explained->subject.person->accounts.end())
      write_source_of(json, "source", *sources, account->account);
    json.end_object();
  }
  json.end_array();
  json.end_object();
  return json_answer(std::move(json));
}

Result<http::Response> get_topics(Context& context, const http::Request& request) {
  const auto explained = explain_of(context, request);
  if (!explained) return explained.error();
  JsonText json = compact_json();
  json.begin_object();
  json.begin_array("items");
  std::size_t written = 0;
  for (const score::Part& part : explained->why.tags) {
    if (part.label.empty() || part.contribution <= 0.0 || written++ >= kMostTopics) continue;
    json.begin_object();
    write_part(json, *explained, "topic", part);
    json.end_object();
  }
  json.end_array();
  json.end_object();
  return json_answer(std::move(json));
}

/// Klout's three: how many are reached, how much is passed on, and who they are themselves.
Result<http::Response> get_subscores(Context& context, const http::Request& request) {
  const auto explained = explain_of(context, request);
  if (!explained) return explained.error();
  const score::Scale scale(explained->run().model);
  const ScoreCard& card = explained->why.card;
  const auto points = [&](double raw) { return card.score ? std::optional(scale.points(raw)) : std::nullopt; };
  const auto network = mean_score_of_engagers(*explained);
  JsonText json = compact_json();
  json.begin_object();
  const auto write = [&](std::string_view key, std::optional<double> value, std::optional<double> in_points,
                         std::string_view words) {
    json.begin_object(key);
    json.number("value", value);
    json.number("points", in_points);
    json.text("words", words);
    json.end_object();
  };
  write("reach", static_cast<double>(card.reach), points(static_cast<double>(card.reach)),
        "How many distinct people engaged with you within the window, however long ago.");
  write("amplification", card.amplification, points(card.amplification), "What reposts and quotes alone would make.");
  write("network", network, network, "The mean score of those who engaged with you and have one themselves.");
  json.end_object();
  return json_answer(std::move(json));
}

// -- influence

std::vector<Peer> first_peers(const std::vector<Peer>& strongest_first) {
  return {strongest_first.begin(),
          strongest_first.begin() + static_cast<std::ptrdiff_t>(std::min(strongest_first.size(), kMostPeers))};
}

/// Writes peers as members who show themselves, or under the pseudonym that they have for this viewer alone.
class PeerWriter {
 public:
  PeerWriter(Context& context, const http::Request& request, const Explained& explained)
      : context_(context), caller_(caller_of(request)), explained_(explained) {}

  /// Writes those of one direction. places  by the place in both lists together, of picture::ego_layout
  void write(JsonText& json, std::string_view key, const std::vector<Peer>& peers, std::size_t first,
             const std::vector<picture::EgoPlace>& places) const {
    json.begin_array(key);
    for (std::size_t i = 0; i < peers.size(); ++i) {
      const auto place = std::ranges::find(places, first + i, &picture::EgoPlace::node);
      json.begin_object();
      write_name(json, peers[i].number);
      json.number("part", peers[i].part);
      json.number("x", place == places.end() ? 0.0 : place->x);
      json.number("y", place == places.end() ? 0.0 : place->y);
      json.end_object();
    }
    json.end_array();
  }

 private:
  const people::Person* shown_member(score::PersonId number) const {
    const people::Person* member = member_behind(explained_, number);
    if (member == nullptr) return nullptr;
    const auto preferences = context_.access.preferences().of(member->id);
    return preferences && shows_card(*preferences, !caller_.is_anonymous()) ? member : nullptr;
  }

  void write_name(JsonText& json, score::PersonId number) const {
    if (const people::Person* member = shown_member(number)) {
      json.text("id", fmt::format("{}", member->id));
      id_text(json, "person", member->id);
      json.text("name", member->name);
      return;
    }
    const score::ScoreRun& run = explained_.run();
    const aggregate::AccountName name = run.log.accounts[run.log.people.first_account[number]];
    const std::string label = fmt::format("{}\n{}\n{}", caller_.login(), name.network, name.account);
    json.text("id", "p-" + access::derived_text(context_.pseudonym_secret, label).substr(0, 10));
    json.null("person");
    json.null("name");
  }

  Context& context_;
  const Caller& caller_;
  const Explained& explained_;
};

Result<http::Response> get_influence(Context& context, const http::Request& request) {
  const auto explained = explain_of(context, request);
  if (!explained) return explained.error();
  const Peers all = peers_of(*explained);
  const std::vector<Peer> influencers = first_peers(all.influencers);
  const std::vector<Peer> influenced = first_peers(all.influenced);
  std::vector<picture::EgoNode> nodes;
  for (const Peer& peer : influencers) nodes.push_back({"", peer.part, picture::Direction::out});
  for (const Peer& peer : influenced) nodes.push_back({"", peer.part, picture::Direction::in});
  const std::vector<picture::EgoPlace> places = picture::ego_layout(nodes);
  const PeerWriter peers(context, request, *explained);
  JsonText json = compact_json();
  json.begin_object();
  peers.write(json, "influencers", influencers, 0, places);
  peers.write(json, "influenced", influenced, influencers.size(), places);
  json.count("influencers_count", all.influencers.size());
  json.count("influenced_count", all.influenced.size());
  json.end_object();
  return json_answer(std::move(json));
}

http::Route route_of(std::string path, std::string id, std::string summary, std::string schema, http::Handler handler) {
  return {.path = "/v1/people/{person}/" + path,
          .id = std::move(id),
          .summary = std::move(summary),
          .tag = "people",
          .parameters = {person_parameter()},
          .answers = {{.description = "What there is.", .schema = std::move(schema)}},
          .run_on = http::RunOn::workers,
          .handler = std::move(handler)};
}

}  // namespace

std::vector<http::Route> influence_routes(Context& context) {
  std::vector<http::Route> routes;
  routes.push_back(route_of("moments", "get_moments", "Posts and conversations that moved the score, newest first.",
                            schema_ref("Moments"),
                            answering([&](const auto& request) { return get_moments(context, request); })));
  routes.back().parameters.push_back(days_parameter(90, 180));
  routes.push_back(route_of("networks", "get_networks", "What each network adds to the score.", schema_ref("Networks"),
                            answering([&](const auto& request) { return get_networks(context, request); })));
  routes.push_back(route_of("topics", "get_topics", "What people engage with the person about.", schema_ref("Topics"),
                            answering([&](const auto& request) { return get_topics(context, request); })));
  routes.push_back(route_of("subscores", "get_subscores", "Reach, amplification, and the standing of who engages.",
                            schema_ref("Subscores"),
                            answering([&](const auto& request) { return get_subscores(context, request); })));
  routes.push_back(route_of("influence", "get_influence", "Whom the person engages with, and who with the person.",
                            schema_ref("Influence"),
                            answering([&](const auto& request) { return get_influence(context, request); })));
  return routes;
}

}  // namespace renown::api
