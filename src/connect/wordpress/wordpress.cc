#include "connect/wordpress/wordpress.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "base/time.h"
#include "connect/paged.h"
#include "connect/plain_text.h"
#include "connect/settle.h"
#include "connect/steps.h"
#include "connect/walk.h"
#include "connect/web_account.h"
#include "connect/wordpress/blog.h"
#include "connect/wordpress/comment.h"
#include "ingest/tag_list.h"

namespace renown::connect::wordpress {
namespace {

constexpr std::string_view kHead = "wordpress";   ///< of cursors
constexpr std::string_view kSkipped = "skipped";  ///< in place of Walk::newest: a comment of this walk was passed over
constexpr int kMostSteps = 10;                    ///< pages of 100, of a pull

Problem malformed(std::string sentence) {
  return {ProblemKind::malformed, std::move(sentence)};
}

std::int64_t number_of(std::string_view digits) {
  std::int64_t number = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return number;
}

class WordPress final : public Connector {
 public:
  WordPress(Blog blog, std::int64_t now) : blog_(std::move(blog)), now_(now) {}

  std::expected<Pull, Problem> pull(std::string_view cursor, std::stop_token stop) override {
    auto walk = read_walk(kHead, cursor);
    if (!walk) return std::unexpected(malformed("the cursor is none of a WordPress blog"));
    if (!has_page_) has_inherited_ = walk->newest == kSkipped;
    return pull_by_steps(
        cursor, kMostSteps, [&](Pull& pull) { return step(*walk, pull, stop); },
        [&] { return write_walk(kHead, *walk); });
  }

 private:
  using Step = std::expected<bool, Problem>;  ///< whether there is more
  using Done = std::expected<void, Problem>;

  Step step(Walk& walk, Pull& pull, const std::stop_token& stop) {
    if (!blog_.is_found()) {
      if (auto found = blog_.find(stop); !found) return std::unexpected(std::move(found.error()));
      return true;
    }
    if (!blog_.is_described()) {
      auto profile = blog_.describe(stop);
      if (!profile) return std::unexpected(std::move(profile.error()));
      pull.profiles.push_back(std::move(*profile));
      return true;
    }
    return page(walk, pull, stop);
  }

  /// First all posts, then all comments, each from the newest on. A place is 'p' or 'c' and the page's address.
  Step page(Walk& walk, Pull& pull, const std::stop_token& stop) {
    const bool is_posts = !walk.place.starts_with('c');
    std::string url = walk.place.empty() ? "" : walk.place.substr(1);
    const bool is_of_cursor = !std::exchange(has_page_, true) && !url.empty();
    if (url.empty()) url = is_posts ? blog_.posts() : blog_.comments();
    const auto answer = blog_.list(url, is_posts ? "the posts" : "the comments", stop);
    if (!answer && is_of_cursor && concerns_part(answer.error().kind)) {
      walk.place.clear();  // pages may have moved since: once more from the first
      return true;
    }
    if (!answer) return std::unexpected(answer.error());
    auto next = next_page(answer->response);
    if (!next) return std::unexpected(std::move(next.error()));

    Walk after = walk;
    if (after.walking == 0) after.walking = now_;
    bool is_end = next->empty();
    if (is_posts) {
      bool has_new = false;
      for (const io::JsonValue each : answer->root.elements()) has_new = post(each, after, pull) || has_new;
      is_end = is_end || !has_new;
      after.place = is_end ? "c" : "p" + *next;
    } else {
      for (const io::JsonValue each : answer->root.elements()) {
        if (auto done = comment(each, after, pull, stop); !done) return std::unexpected(std::move(done.error()));
      }
      const bool is_enough = after.walked > 0 && after.is_long_enough();
      if (is_end || is_enough) {
        if (auto done = withdraw_missing(after, is_end, pull, stop); !done) return std::unexpected(done.error());
        after.end();
        after.newest.clear();
        walk = std::move(after);
        return std::exchange(has_inherited_, false);  // once more, for what an earlier reading skipped
      }
      after.place = "c" + *next;
    }
    walk = std::move(after);
    return true;
  }

  /// returns  whether it is new since the last walk; a day more, for clocks that differ
  bool post(io::JsonValue json, const Walk& walk, Pull& pull) {
    const std::string_view link = json["link"].text();
    const auto time = base::parse_time(json["date_gmt"].text());
    ingest::Record record;
    if (!time || link.empty()) {
      count_bad(pull.report, "the posts", "the post has no time or no link");
      return true;
    }
    const bool is_new = *time > walk.walked - base::kSecondsPerDay;
    ingest::TagList tags;
    for (const io::JsonValue terms : json.find({"_embedded", "wp:term"}).elements()) {
      for (const io::JsonValue term : terms.elements()) {
        if (term["taxonomy"].text() == "post_tag") tags.add(plain_text(term["name"].text()));
      }
    }
    if (is_new) record.add({*time, Kind::post, "web", blog_.account(), {}, link, link, record.keep(tags.text())});
    record.leave_out("a post that was read before");
    settle(record, pull.dated, pull.report, "the posts");
    const std::string_view title = json.find({"title", "rendered"}).text();
    pull.posts.push_back({"web", std::string(link), blog_.account(), std::string(link), *time, plain_text(title)});
    return is_new;
  }

  Done comment(io::JsonValue json, Walk& walk, Pull& pull, const std::stop_token& stop) {
    constexpr std::string_view kPlace = "the comments";
    auto comment = read_comment(json, blog_.site());
    if (!comment) {
      count_bad(pull.report, kPlace, comment.error().message);
      return {};
    }
    ingest::Record record;
    if (!walk.last(comment->number).empty()) {
      record.leave_out("a comment that was read before");
    } else {
      auto answered = answered_by(*comment, walk, stop);
      if (!answered && !concerns_part(answered.error().kind)) return std::unexpected(std::move(answered.error()));
      if (!answered) {  // it is not remembered, and so read again
        pull.skipped.push_back(std::move(answered.error()));
        walk.newest = kSkipped;
        return {};
      }
      rows_of(*comment, record.keep(std::move(*answered)), blog_.account(), record);
    }
    settle(record, pull.dated, pull.report, kPlace);
    walk.pass(comment->number, comment->actor);
    return {};
  }

  /// The account of whom a comment answers; empty where nobody can be named.
  std::expected<std::string, Problem> answered_by(const Comment& comment, const Walk& walk,
                                                  const std::stop_token& stop) {
    const std::string& parent = comment.parent;
    if (parent.empty()) return std::string();
    for (const Walk::Words* words : {&walk.seen, &walk.met}) {
      if (const auto at = words->find(parent); at != words->end()) return at->second;
    }
    auto found = blog_.comment(parent, stop);
    if (!found) return std::unexpected(std::move(found.error()));
    return *found ? (*found)->actor : std::string();
  }

  /// What the last walk met and this one did not, of those it went past, is asked for by name: what the blog says is
  /// not there was deleted or hidden, and is withdrawn.
  Done withdraw_missing(Walk& walk, bool is_whole, Pull& pull, const std::stop_token& stop) {
    std::int64_t oldest = is_whole ? 0 : base::kMaxTime;
    for (const auto& [number, actor] : walk.met) oldest = std::min(oldest, number_of(number));
    const Walk::Words missing = walk.seen;
    for (const auto& [number, actor] : missing) {
      if (number_of(number) < oldest) continue;
      auto found = blog_.comment(number, stop);
      if (!found && !concerns_part(found.error().kind)) return std::unexpected(std::move(found.error()));
      if (!found) pull.skipped.push_back(std::move(found.error()));
      if (!found || *found) {
        walk.pass(number, actor);
        continue;
      }
      const std::string id = id_of(blog_.account(), number);
      ingest::Record record;
      record.add({now_, Kind::undo, "web", actor, {}, {}, id, {}});
      settle(record, pull.dated, pull.report, "the comments");
    }
    return {};
  }

  Blog blog_;
  std::int64_t now_;
  bool has_page_ = false;       ///< one was asked for
  bool has_inherited_ = false;  ///< an earlier reading of this walk skipped something
};

}  // namespace

Result<std::unique_ptr<Connector>> make_connector(const Source& source, const Access& access) {
  const std::string& account = source.account.account;
  if (source.account.network != "web" || web_account("https://" + account) != account || account.empty()) {
    return Error{ErrorCode::usage, fmt::format("'{}' is no blog: give its address without https://, as in "
                                               "web:blog.example or web:host.example/blog",
                                               account)};
  }
  const auto setting = [&](const std::string& name) {
    const auto at = source.settings.find(name);
    return at == source.settings.end() ? std::string() : at->second;
  };
  const std::string address = source.server.empty() ? "https://" + account : source.server;
  Blog blog(account, address + "/", setting("api"), setting("password") == "yes", access.http);
  return std::unique_ptr<Connector>(std::make_unique<WordPress>(std::move(blog), access.now));
}

}  // namespace renown::connect::wordpress
