/// /v2/identity.json, /v2/user.json, /v2/klout.json: Klout's API, as its clients expect it to the member. What Klout
/// called influencers are those whom a person engages with, influencees those who engage with the person.

#include <set>
#include <span>

#include <fmt/format.h>

#include "api/answers.h"
#include "api/klout_route.h"
#include "http/static_files.h"

namespace renown::api {
namespace {

constexpr std::size_t kMostTopics = 5;  // as many as recorded answers have
constexpr std::size_t kMostListed = 5;  // in each direction, likewise
constexpr std::string_view kTopicImage = "/klout/topic.svg";

/// One picture for all topics, as Klout had for those without one.
constexpr const char* kTopicPicture =
    R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48" width="48" height="48">)"
    R"(<rect width="48" height="48" rx="8" fill="#4a5568"/><path d="M18 12l-3 24M32 12l-3 24M12 19h25M11 29h25" )"
    R"(stroke="#fff" stroke-width="3" stroke-linecap="round"/></svg>)";

/// scoreDelta in one place and scoreDeltas in the other: so it was.
void write_deltas(JsonText& json, std::string_view key, const instance::ScoreMoves& moves) {
  json.begin_object(key);
  json.number("dayChange", moves.day);
  json.number("weekChange", moves.week);
  json.number("monthChange", moves.month);
  json.end_object();
}

/// The object that user.json answers, and each listed influencer is.
void write_user(JsonText& json, std::string_view key, const KloutAsker& asker, const KloutUser& user) {
  const std::string_view screen_name = klout_screen_name(*user.person, asker.context().klout_networks.ours("tw"));
  json.begin_object(key);
  id_text(json, "kloutId", user.person->id);
  json.text("nick", screen_name.empty() ? std::string_view(user.person->name) : screen_name);
  json.begin_object("score");
  json.number("score", *user.card.score);
  json.text("bucket", klout_bucket(*user.card.score));
  json.end_object();
  write_deltas(json, "scoreDeltas", user.moves);
  json.end_object();
}

http::Response identity_answer(std::string_view id, std::string_view network) {
  JsonText json = compact_json();
  json.begin_object();
  json.text("id", id);
  json.text("network", network);
  json.end_object();
  return json_answer(std::move(json));
}

/// Klout's id of an account.
Result<http::Response> get_identity(const KloutAsker& asker, const http::Request& request) {
  const http::Arguments& arguments = request.arguments;
  const auto name = arguments.has("account") ? arguments.text("account") : arguments.text("screenName");
  if (!name) return bad_input("the query must give 'screenName'");
  const auto user = asker.user(asker.person_called(*arguments.text("network"), *name));
  if (!user) return user.error();
  return identity_answer(fmt::format("{}", user->person->id), kKloutNetwork);
}

/// The other way round: the account of one of Klout's ids.
Result<http::Response> get_account(const KloutAsker& asker, const http::Request& request) {
  const auto user = asker.user(asker.person_of_id(*request.arguments.text("kloutId")));
  if (!user) return user.error();
  const KloutNetworks& networks = asker.context().klout_networks;
  const std::string network = networks.short_name(*request.arguments.text("network"));
  if (network == kKloutNetwork) return identity_answer(fmt::format("{}", user->person->id), network);
  const std::string_view account = klout_account(*user->person, networks.ours(network));
  if (account.empty()) return Error{ErrorCode::not_found, "this user has no account on that network"};
  return identity_answer(account, network);
}

Result<KloutUser> user_named(const KloutAsker& asker, const http::Request& request) {
  return asker.user(asker.person_of_id(*request.arguments.text("kloutId")));
}

Result<http::Response> get_user(const KloutAsker& asker, const http::Request& request) {
  const auto user = user_named(asker, request);
  if (!user) return user.error();
  JsonText json = compact_json();
  write_user(json, "", asker, *user);
  return json_answer(std::move(json));
}

Result<http::Response> get_score(const KloutAsker& asker, const http::Request& request) {
  const auto user = user_named(asker, request);
  if (!user) return user.error();
  JsonText json = compact_json();
  json.begin_object();
  json.number("score", *user->card.score);
  write_deltas(json, "scoreDelta", user->moves);
  json.text("bucket", klout_bucket(*user->card.score));
  json.end_object();
  return json_answer(std::move(json));
}

Result<http::Response> get_topics(const KloutAsker& asker, const http::Request& request) {
  const auto user = user_named(asker, request);
  if (!user) return user.error();
  const auto explained = asker.explain(*user);
  if (!explained) return explained.error();
  JsonText json = compact_json();
  json.begin_array();
  for (const KloutTopic& topic : klout_topics(explained->why.tags, kMostTopics)) {
    json.begin_object();
    json.text("id", topic.id);
    json.text("displayName", topic.name);
    json.text("name", topic.name);
    json.text("slug", topic.slug);
    json.text("imageUrl", fmt::format("{}{}", asker.context().public_url, kTopicImage));
    json.text("topicType", "sub");
    json.end_object();
  }
  json.end_array();
  return json_answer(std::move(json));
}

Result<void> write_peers(JsonText& json, std::string_view key, const KloutAsker& asker, const Explained& explained,
                         std::span<const Peer> peers) {
  const auto told = asker.told(explained, peers, kMostListed, [](const people::Person&) { return true; });
  if (!told) return told.error();
  json.begin_array(key);
  for (const KloutUser& user : *told) {
    json.begin_object();
    json.begin_object("entity");
    id_text(json, "id", user.person->id);
    write_user(json, "payload", asker, user);
    json.end_object();
    json.end_object();
  }
  json.end_array();
  return {};
}

Result<http::Response> get_influence(const KloutAsker& asker, const http::Request& request) {
  const auto user = user_named(asker, request);
  if (!user) return user.error();
  const auto explained = asker.explain(*user);
  if (!explained) return explained.error();
  const Peers peers = peers_of(*explained);
  JsonText json = compact_json();
  json.begin_object();
  if (auto wrote = write_peers(json, "myInfluencers", asker, *explained, peers.influencers); !wrote)
    return wrote.error();
  if (auto wrote = write_peers(json, "myInfluencees", asker, *explained, peers.influenced); !wrote)
    return wrote.error();
  json.count("myInfluencersCount", peers.influencers.size());
  json.count("myInfluenceesCount", peers.influenced.size());
  json.end_object();
  return json_answer(std::move(json));
}

}  // namespace

std::vector<http::Route> klout_v2_routes(Context& context) {
  const http::Parameter klout_id{.name = "kloutId", .description = "Number of the person.", .most_bytes = 20};
  const http::Parameter network{
      .name = "network", .description = "As Klout called it (tw, gp, ig, fb, ks), or ours.", .most_bytes = 100};
  const http::Parameter account{.name = "account", .description = "On that network.", .most_bytes = 300};
  const http::Parameter screen_name{.name = "screenName",
                                    .description = "On that network, with or without @.",
                                    .is_required = true,
                                    .most_bytes = 300};
  std::vector<http::Route> routes;
  const auto add = [&](std::string path, std::string id, std::string summary, std::string schema,
                       std::vector<http::Parameter> parameters, KloutHandle handle) {
    routes.push_back(
        klout_route(context, "/v2/" + path, "klout_" + id, std::move(summary), std::move(schema), std::move(handle)));
    routes.back().parameters = std::move(parameters);
  };
  add("identity.json/{network}", "identity_of_name", "Klout's id of who has that name on a network.", "KloutIdentity",
      {network, screen_name}, get_identity);
  add("identity.json/{network}/{account}", "identity_of_account", "Klout's id of an account.", "KloutIdentity",
      {network, account}, get_identity);
  add("identity.json/klout/{kloutId}/{network}", "account_of_identity", "The account of one of Klout's ids.",
      "KloutIdentity", {klout_id, network}, get_account);
  add("user.json/{kloutId}", "user", "Name, score and how it moved.", "KloutUser", {klout_id}, get_user);
  add("user.json/{kloutId}/score", "score", "Score and how it moved.", "KloutScore", {klout_id}, get_score);
  add("user.json/{kloutId}/topics", "topics", "What people engage with the person about.", "KloutTopics", {klout_id},
      get_topics);
  add("user.json/{kloutId}/influence", "influence", "Whom the person engages with, and who with the person.",
      "KloutInfluence", {klout_id}, get_influence);
  routes.push_back(http::static_route(
      std::string(kTopicImage), "klout_topic_image",
      std::make_shared<const http::StaticFile>(kTopicPicture, "image/svg+xml", http::Keep::ask_each_time)));
  return routes;
}

}  // namespace renown::api
