#include "connect/discourse/discourse.h"

#include <array>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "base/ascii.h"
#include "base/time.h"
#include "connect/list_connector.h"
#include "connect/members.h"
#include "connect/plain_text.h"
#include "net/url.h"

namespace renown::connect::discourse {
namespace {

using io::JsonValue;

/// Types of user actions that are read (Discourse's UserAction). Messages (12, 13) are not among them.
enum ActionType : std::int64_t { was_liked = 2, new_topic = 4, own_reply = 5, response = 6, mention = 7, quote = 9 };
constexpr std::string_view kReadTypes = "2,4,5,6,7,9";
constexpr std::string_view kAnyForum = "discourse";
constexpr std::int64_t kPageItems = 30;  // Discourse gives that many at a time

Result<void> take_user(const Errand&, JsonValue root, Page& page) {
  const JsonValue user = root["user"];
  Members of(user);
  const std::string name(of.text("username"));
  if (!of.all_good()) return of.error();
  people::Profile profile;
  profile.account = page.account;
  profile.handle = name;
  if (!user["name"].text().empty()) profile.name = std::string(user["name"].text());
  profile.bio = plain_text(user["bio_cooked"].text());
  profile.links.emplace();
  if (!user["website"].text().empty()) profile.links->emplace_back(user["website"].text());
  profile.picture = !user["avatar_template"].text().empty();
  page.pull.profiles.push_back({std::move(profile), std::string(page.document)});
  page.ask({.list = "actions", .of = name});
  return {};
}

void own_post(JsonValue item, std::int64_t time, const std::string& post, Page& page) {
  const Account& account = page.account;
  page.record.add(
      {time, Kind::post, account.network, account.account, {}, page.record.keep(post), page.record.keep(post), {}});
  const std::string url = fmt::format("https://{}/t/{}/{}", account.network, item["slug"].text(), post);
  page.pull.posts.push_back({account.network, post, account.account, url, time, beginning(item["title"].text())});
}

/// One line of the user's activity. `topic/number` is the post it is about: of a like the liked one, else the one that
/// answers, mentions or quotes.
Result<void> take_action(const Errand& errand, JsonValue item, Page& page) {
  Members of(item);
  const std::int64_t type = of.number("action_type");
  const std::int64_t time = of.time("created_at");
  const std::string_view actor = of.text("acting_username");
  const std::string_view topic = of.text("topic_id");
  const std::string post = fmt::format("{}/{}", topic, of.text("post_number"));
  if (!of.all_good()) return of.error();
  page.is_read = time < errand.since - base::kSecondsPerDay;
  if (page.is_read) return {};
  const Account& account = page.account;
  const auto add = [&](Kind kind, std::string_view about, std::string_view id) {
    page.record.add({time, kind, account.network, actor, account.account, about, id, {}});
  };
  const std::string_view kept = page.record.keep(post);
  switch (type) {
    case was_liked:
      add(Kind::like, kept, {});
      break;
    case response:
      add(Kind::reply, topic, kept);
      break;
    case mention:
      add(Kind::mention, kept, kept);
      break;
    case quote:
      add(Kind::quote, topic, kept);
      break;
    case new_topic:
    case own_reply:
      own_post(item, time, post, page);
      break;
    default:
      page.record.leave_out("an action that is no engagement");
  }
  return {};
}

constexpr std::array kLists = {
    List{"user", "the user", [](const Errand& e) { return fmt::format("/u/{}.json", in_address(e.of)); }, List::kOne,
         true, take_user},
    List{"actions", "the activity",
         [](const Errand& e) {
           return fmt::format("/user_actions.json?offset={}&username={}&filter={}", whole_number(e.page).value_or(0),
                              in_address(e.of), kReadTypes);
         },
         "user_actions", true, take_action},
};

class Discourse final : public ListConnector {
 public:
  using ListConnector::ListConnector;

 protected:
  /// The page is an offset, which must always be there.
  net::Request request(const List& list, const Errand& errand) const override {
    return {.url = server_ + list.address(errand)};
  }

  /// A page that is not full is the last.
  std::expected<std::string, Problem> next_page(const Errand& errand, const JsonAnswer& answer) const override {
    std::int64_t count = 0;
    for ([[maybe_unused]] const JsonValue item : answer.root["user_actions"].elements()) ++count;
    if (count < kPageItems) return std::string();
    return fmt::format("{}", whole_number(errand.page).value_or(0) + count);
  }
};

}  // namespace

Result<std::unique_ptr<Connector>> make_connector(const Source& source, const Access& access) {
  const std::string& account = source.account.account;
  const auto address = net::Url::parse(source.server);
  const bool is_of_server = source.account.network == kAnyForum && address.has_value();
  const std::string network = is_of_server ? address->host() : source.account.network;
  if (!network.contains('.') || network.contains('/') || account.empty()) {
    return Error{ErrorCode::usage,
                 fmt::format("'{}:{}' is no user of a forum: give its host and the user's name, as in "
                             "meta.discourse.org:ann",
                             network, account)};
  }
  std::string server = source.server.empty() ? "https://" + network : source.server;
  return std::unique_ptr<Connector>(std::make_unique<Discourse>(Account{network, account}, std::move(server), access,
                                                                kLists,
                                                                std::vector<Errand>{{.list = "user", .of = account}}));
}

}  // namespace renown::connect::discourse
