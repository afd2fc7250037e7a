#include "connect/x/x.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "base/ascii.h"
#include "base/time.h"
#include "connect/amount_setting.h"
#include "connect/list_connector.h"
#include "connect/members.h"
#include "ingest/tag_list.h"

namespace renown::connect::x {
namespace {

using io::JsonValue;

constexpr std::string_view kNetwork = "twitter";              // as in logs of older days: an account stays one account
constexpr std::int64_t kSearched = 7 * base::kSecondsPerDay;  // how far back the search for recent posts goes
constexpr int kDecimals = 6;                                  // money is counted in millionths of a dollar

constexpr std::string_view kPostFields = "created_at,author_id,in_reply_to_user_id,referenced_tweets,entities";

Result<void> take_account(const Errand&, JsonValue root, Page& page) {
  const JsonValue user = root["data"];
  Members of(user);
  const std::string id(of.text("id"));
  const std::string name(of.text("username"));
  if (!of.all_good()) return of.error();
  people::Profile profile;
  profile.account = page.account;
  profile.handle = name;
  profile.name = std::string(user["name"].text());
  profile.bio = std::string(user["description"].text());
  profile.links.emplace();
  if (!user["url"].text().empty()) profile.links->emplace_back(user["url"].text());
  profile.picture = !user["profile_image_url"].text().empty();
  page.pull.profiles.push_back({std::move(profile), std::string(page.document)});
  page.ask({.list = "mentions", .of = id, .whom = id});
  page.ask({.list = "posts", .of = id, .whom = name});
  return {};
}

std::string_view referenced(JsonValue post, std::string_view type) {
  for (const JsonValue each : post["referenced_tweets"].elements()) {
    if (each["type"].text() == type) return each["id"].text();
  }
  return {};
}

std::string tags_of(JsonValue post) {
  ingest::TagList tags;
  for (const JsonValue tag : post.find({"entities", "hashtags"}).elements()) tags.add(tag["tag"].text());
  return tags.text();
}

/// A post of somebody else, as far as it is about the account.
/// quoted  the account's post that it is known to quote; empty where that is not known
Result<void> add_post(JsonValue post, std::string_view quoted, Page& page) {
  Members of(post);
  const std::string_view id = of.text("id");
  const std::string_view author = of.text("author_id");
  const std::int64_t time = of.time("created_at");
  if (!of.all_good()) return of.error();
  const std::string& account = page.account.account;
  const std::string_view tags = page.record.keep(tags_of(post));
  const auto add = [&](Kind kind, std::string_view about) {
    page.record.add({time, kind, kNetwork, author, account, page.record.keep(std::string(about)), id, tags});
  };
  const bool is_reply = post["in_reply_to_user_id"].text() == account;
  if (!quoted.empty()) add(Kind::quote, quoted);
  if (is_reply) add(Kind::reply, referenced(post, "replied_to"));
  if (is_reply || !quoted.empty()) return {};
  bool is_mention = false;
  for (const JsonValue each : post.find({"entities", "mentions"}).elements()) {
    is_mention = is_mention || each["id"].text() == account;
  }
  if (is_mention) {
    add(Kind::mention, id);
  } else {
    page.record.leave_out("a post that is not about the account");
  }
  return {};
}

Result<void> take_found(const Errand&, JsonValue item, Page& page) {
  return add_post(item, {}, page);
}

Result<void> take_quote(const Errand& errand, JsonValue item, Page& page) {
  return add_post(item, errand.of, page);
}

/// One of the account's own, and what is asked about it.
Result<void> take_own(const Errand& errand, JsonValue item, Page& page) {
  Members of(item);
  Members counts(item["public_metrics"]);
  const std::string id(of.text("id"));
  const std::int64_t time = of.time("created_at");
  const std::int64_t likes = counts.number("like_count");
  const std::int64_t reposts = counts.number("retweet_count");
  const std::int64_t quotes = counts.number("quote_count");
  const std::int64_t replies = counts.number("reply_count");
  if (!of.all_good()) return of.error();
  if (!counts.all_good()) return counts.error();
  const std::string& account = page.account.account;
  page.record.add({time,
                   Kind::post,
                   kNetwork,
                   account,
                   {},
                   page.record.keep(id),
                   page.record.keep(id),
                   page.record.keep(tags_of(item))});
  page.pull.posts.push_back({std::string(kNetwork), id, account,
                             fmt::format("https://x.com/{}/status/{}", errand.whom, id), time,
                             beginning(item["text"].text())});
  page.ask_if_changed({.list = "likes", .of = id, .whom = account, .count = likes, .since = time});
  page.ask_if_changed({.list = "reposts", .of = id, .whom = account, .count = reposts, .since = time});
  page.ask_if_changed({.list = "quotes", .of = id, .whom = account, .count = quotes, .since = time});
  if (time > page.now - kSearched) {
    page.ask_if_changed({.list = "replies", .of = id, .whom = account, .count = replies, .since = time});
  }
  return {};
}

Result<void> add_user(const Errand& errand, JsonValue user, Kind kind, Page& page) {
  Members of(user);
  const std::string_view id = of.text("id");
  if (!of.all_good()) return of.error();
  page.record.add({errand.since, kind, kNetwork, id, errand.whom, errand.of, {}, {}});
  return {};
}

Result<void> take_like(const Errand& errand, JsonValue item, Page& page) {
  return add_user(errand, item, Kind::like, page);
}

Result<void> take_repost(const Errand& errand, JsonValue item, Page& page) {
  return add_user(errand, item, Kind::repost, page);
}

std::string of_post(const Errand& errand, std::string_view list) {
  return fmt::format("/2/tweets/{}/{}", in_address(errand.of), list);
}

/// Only what came since the last reading is asked for, and paid; a day more, which X does not charge twice.
std::string mentions(const Errand& errand) {
  const std::string since =
      errand.since == 0 ? "" : "&start_time=" + base::format_time(errand.since - base::kSecondsPerDay);
  return fmt::format("/2/users/{}/mentions?max_results=100&tweet.fields={}{}", in_address(errand.of), kPostFields,
                     since);
}

constexpr std::array kLists = {
    List{"account", "the account",
         [](const Errand& e) {
           return fmt::format("/2/users/{}?user.fields=description,profile_image_url,url", in_address(e.of));
         },
         List::kOne, true, take_account},
    List{"mentions", "the mentions", mentions, "data", true, take_found},
    List{"posts", "the latest posts",
         [](const Errand& e) {
           return fmt::format("/2/users/{}/tweets?exclude=retweets&tweet.fields={},public_metrics", in_address(e.of),
                              kPostFields);
         },
         "data", true, take_own},
    List{"likes", "who liked", [](const Errand& e) { return of_post(e, "liking_users?max_results=100"); }, "data",
         false, take_like},
    List{"reposts", "who reposted", [](const Errand& e) { return of_post(e, "retweeted_by?max_results=100"); }, "data",
         false, take_repost},
    List{"quotes", "the quotes",
         [](const Errand& e) {
           return of_post(e, fmt::format("quote_tweets?max_results=100&tweet.fields={}", kPostFields));
         },
         "data", true, take_quote},
    List{"replies", "the replies",
         [](const Errand& e) {
           return fmt::format(
               "/2/tweets/search/recent?query=conversation_id:{}%20-from:{}&max_results=100&tweet.fields={}",
               in_address(e.of), in_address(e.whom), kPostFields);
         },
         "data", true, take_found},
};

struct Settings {
  std::int64_t max_cost, post_price, user_price, posts;
};

class X final : public ListConnector {
 public:
  X(const Source& source, std::string server, const Access& access, Settings settings)
      : ListConnector(source.account, std::move(server), access, kLists,
                      {{.list = "account", .of = source.account.account}}),
        settings_(settings) {}

 protected:
  net::Request request(const List& list, const Errand& errand) const override {
    net::Request request = ListConnector::request(list, errand);
    if (errand.list == "posts") request.url += fmt::format("&max_results={}", settings_.posts);
    return request;
  }
  std::string_view page_parameter() const override { return "pagination_token"; }

  std::expected<std::string, Problem> next_page(const Errand& errand, const JsonAnswer& answer) const override {
    if (errand.list == "posts") return std::string();  // the latest alone
    return std::string(answer.root.find({"meta", "next_token"}).text());
  }

  bool is_none(JsonValue root) const override { return root.find({"meta", "result_count"}).integer() == 0; }

  Problem problem(const net::Response& response, std::string_view what) const override {
    Problem found = ListConnector::problem(response, what);
    if (response.status == 402) found.kind = ProblemKind::try_later;  // the credit at X is used up
    if (found.kind != ProblemKind::try_later || found.retry_at) return found;
    const auto reset = response.headers.find("x-rate-limit-reset");
    const auto time = base::parse_time(reset.value_or(""));
    if (time) found.retry_at = *time;
    return found;
  }

  std::int64_t price(const Errand& errand) const override {
    return cost(errand, errand.list == "account" ? 1 : errand.list == "posts" ? settings_.posts : 100);
  }
  std::int64_t cost(const Errand& errand, std::uint64_t items) const override {
    const bool are_users = errand.list == "account" || errand.list == "likes" || errand.list == "reposts";
    return static_cast<std::int64_t>(items) * (are_users ? settings_.user_price : settings_.post_price);
  }
  Budget budget() const override {
    return {.most = settings_.max_cost,
            .window_seconds = 30 * base::kSecondsPerDay,
            .shown = [](std::int64_t amount) { return fmt::format("${:.3f}", static_cast<double>(amount) / 1e6); },
            .setting = "max_cost"};
  }

 private:
  Settings settings_;
};

}  // namespace

Result<std::unique_ptr<Connector>> make_connector(const Source& source, const Access& access) {
  const std::string& number = source.account.account;
  if (source.account.network != kNetwork || number.empty() || !std::ranges::all_of(number, base::is_digit)) {
    return Error{ErrorCode::usage,
                 fmt::format("'{}' is no account of X: give twitter:NUMBER, for names change", number)};
  }
  const auto max_cost = amount_setting(source, "max_cost", 0, kDecimals);
  const auto post_price = amount_setting(source, "post_price", 5'000, kDecimals);
  const auto user_price = amount_setting(source, "user_price", 10'000, kDecimals);
  const auto posts = amount_setting(source, "posts", 100, 0);
  for (const auto* each : {&max_cost, &post_price, &user_price, &posts}) {
    if (!*each) return each->error();
  }
  if (*posts < 5 || *posts > 100) return Error{ErrorCode::usage, "posts: give a number from 5 to 100"};
  std::string server = source.server.empty() ? "https://api.x.com" : source.server;
  return std::unique_ptr<Connector>(
      std::make_unique<X>(source, std::move(server), access, Settings{*max_cost, *post_price, *user_price, *posts}));
}

}  // namespace renown::connect::x
