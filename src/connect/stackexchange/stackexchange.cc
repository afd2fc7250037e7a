#include "connect/stackexchange/stackexchange.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "base/ascii.h"
#include "base/time.h"
#include "connect/list_connector.h"
#include "connect/members.h"
#include "connect/plain_text.h"
#include "ingest/tag_list.h"

namespace renown::connect::stackexchange {
namespace {

using io::JsonValue;

/// Number of whoever wrote something; empty for accounts that were deleted.
std::string_view author_of(JsonValue item) {
  return item.find({"owner", "user_id"}).number();
}

/// Posts of a page are asked about together: the interface takes up to 100 numbers at a time.
void ask_about(Page& page, std::string_view list, std::string_view id, std::int64_t since) {
  const auto at =
      std::ranges::find(page.lists, list, [](const auto& each) -> std::string_view { return each.first.list; });
  if (at != page.lists.end()) {
    at->first.of += fmt::format(";{}", id);
  } else {
    page.ask({.list = std::string(list), .of = std::string(id), .since = since});
  }
}

/// Of a list with the newest first; a day more, for what its copies do not yet show.
bool was_read(const Errand& errand, std::int64_t time) {
  return time < errand.since - base::kSecondsPerDay;
}

/// An act on the account by whoever wrote the item.
Result<void> act(const Errand& errand, JsonValue item, Page& page, Kind kind, std::string_view about, std::string id) {
  Members of(item);
  const std::int64_t time = of.time("creation_date");
  if (!of.all_good()) return of.error();
  page.is_read = was_read(errand, time);
  if (page.is_read) return {};
  const std::string_view actor = author_of(item);
  const Account& account = page.account;
  if (actor.empty()) {
    page.record.leave_out("the account that acts was deleted");
  } else {
    page.record.add({time,
                     kind,
                     account.network,
                     actor,
                     account.account,
                     page.record.keep(std::string(about)),
                     page.record.keep(std::move(id)),
                     {}});
  }
  return {};
}

Result<void> take_user(const Errand&, JsonValue root, Page& page) {
  JsonValue user;
  for (const JsonValue item : root["items"].elements()) user = item;
  if (user["user_id"].number() != page.account.account) return bad_input("there is no such user on this site");
  people::Profile profile;
  profile.account = page.account;
  profile.handle = plain_text(user["display_name"].text());
  profile.name = profile.handle;
  profile.links.emplace();
  if (!user["website_url"].text().empty()) profile.links->emplace_back(user["website_url"].text());
  profile.picture = !user["profile_image"].text().empty();
  page.pull.profiles.push_back({std::move(profile), std::string(page.document)});
  page.ask({.list = "questions", .of = page.account.account});
  page.ask({.list = "answers", .of = page.account.account});
  return {};
}

/// Own work, and what is asked about it.
Result<void> own_post(const Errand& errand, JsonValue item, Page& page, std::string_view id_member) {
  Members of(item);
  const std::string_view id = of.text(id_member);
  const std::int64_t time = of.time("creation_date");
  if (!of.all_good()) return of.error();
  ingest::TagList tags;
  for (const JsonValue tag : item["tags"].elements()) tags.add(tag.text());
  const Account& account = page.account;
  page.record.add({time,
                   Kind::post,
                   account.network,
                   account.account,
                   {},
                   id,
                   page.record.keep(fmt::format("post-{}", id)),
                   page.record.keep(tags.text())});
  page.pull.posts.push_back({account.network, std::string(id), account.account, std::string(item["link"].text()), time,
                             plain_text(item["title"].text())});
  ask_about(page, "comments", id, errand.since);
  return {};
}

Result<void> take_question(const Errand& errand, JsonValue item, Page& page) {
  if (auto taken = own_post(errand, item, page, "question_id"); !taken) return taken;
  ask_about(page, "received", item["question_id"].number(), errand.since);
  return {};
}

Result<void> take_answer(const Errand& errand, JsonValue item, Page& page) {
  Members of(item);
  const std::string_view question = of.text("question_id");
  if (!of.all_good()) return of.error();
  if (auto taken = own_post(errand, item, page, "answer_id"); !taken) return taken;
  if (item["is_accepted"].boolean() == true) ask_about(page, "accepted", question, 0);
  return {};
}

Result<void> take_received(const Errand& errand, JsonValue item, Page& page) {
  Members of(item);
  const std::string_view question = of.text("question_id");
  const std::string_view id = of.text("answer_id");
  if (!of.all_good()) return of.error();
  return act(errand, item, page, Kind::reply, question, fmt::format("post-{}", id));
}

Result<void> take_comment(const Errand& errand, JsonValue item, Page& page) {
  Members of(item);
  const std::string_view post = of.text("post_id");
  const std::string_view id = of.text("comment_id");
  if (!of.all_good()) return of.error();
  return act(errand, item, page, Kind::comment, post, fmt::format("comment-{}", id));
}

/// A question whose accepted answer is the account's. When it was accepted is not said: not before it was asked.
Result<void> take_accepted(const Errand& errand, JsonValue item, Page& page) {
  Members of(item);
  const std::string_view answer = of.text("accepted_answer_id");
  if (!of.all_good()) return of.error();
  return act(errand, item, page, Kind::endorse, answer, "");
}

constexpr std::array kLists = {
    List{"user", "the user", [](const Errand& e) { return fmt::format("/users/{}?pagesize=1", in_address(e.of)); },
         List::kOne, true, take_user},
    List{"questions", "the questions",
         [](const Errand& e) {
           return fmt::format("/users/{}/questions?order=desc&sort=creation&pagesize=100", in_address(e.of));
         },
         "items", true, take_question},
    List{"answers", "the answers",
         [](const Errand& e) {
           return fmt::format("/users/{}/answers?order=desc&sort=creation&pagesize=100", in_address(e.of));
         },
         "items", true, take_answer},
    List{"received", "the answers",
         [](const Errand& e) {
           return fmt::format("/questions/{}/answers?order=desc&sort=creation&pagesize=100", in_address(e.of));
         },
         "items", true, take_received},
    List{"comments", "the comments",
         [](const Errand& e) {
           return fmt::format("/posts/{}/comments?order=desc&sort=creation&pagesize=100", in_address(e.of));
         },
         "items", true, take_comment},
    List{"accepted", "the questions",
         [](const Errand& e) { return fmt::format("/questions/{}?pagesize=100", in_address(e.of)); }, "items", false,
         take_accepted},
};

class StackExchange final : public ListConnector {
 public:
  using ListConnector::ListConnector;

 protected:
  net::Request request(const List& list, const Errand& errand) const override {
    net::Request request = ListConnector::request(list, errand);
    request.url += "&site=" + in_address(account_.network);
    return request;
  }

  std::string_view page_parameter() const override { return "page"; }

  std::expected<std::string, Problem> next_page(const Errand& errand, const JsonAnswer& answer) const override {
    if (answer.root["has_more"].boolean() != true) return std::string();
    if (answer.root["items"].elements().empty()) {
      return std::unexpected(Problem{ProblemKind::malformed, "an empty page says that there are more"});
    }
    const auto page = whole_number(errand.page).value_or(1);
    return fmt::format("{}", page + 1);
  }

  std::optional<Problem> pause(JsonValue root) const override {
    const auto asked = root["backoff"].integer();
    if (!asked) return {};
    const std::int64_t seconds = std::clamp<std::int64_t>(*asked, 1, base::kSecondsPerDay);
    return Problem{ProblemKind::try_later, fmt::format("{} asks to wait {} seconds", account_.network, seconds),
                   access_.now + seconds};
  }

  /// Too many requests are 400 there, with this name in the answer.
  Problem problem(const net::Response& response, std::string_view what) const override {
    Problem found = ListConnector::problem(response, what);
    if (response.body.contains("throttle_violation")) found.kind = ProblemKind::try_later;
    return found;
  }
};

}  // namespace

Result<std::unique_ptr<Connector>> make_connector(const Source& source, const Access& access) {
  const auto at = source.settings.find("site");
  const std::string network = at == source.settings.end() ? source.account.network : at->second;
  const std::string& account = source.account.account;
  const bool is_number = !account.empty() && std::ranges::all_of(account, base::is_digit);
  if (!network.contains('.') || !is_number) {
    return Error{ErrorCode::usage,
                 fmt::format("'{}:{}' is no user of a site: give its host and the user's number, as in "
                             "stackoverflow.com:22656",
                             network, account)};
  }
  std::string server = source.server.empty() ? "https://api.stackexchange.com/2.3" : source.server;
  return std::unique_ptr<Connector>(
      std::make_unique<StackExchange>(Account{network, account}, std::move(server), access, kLists,
                                      std::vector<Errand>{{.list = "user", .of = account}}));
}

}  // namespace renown::connect::stackexchange
