#include "connect/wordpress/wordpress.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "base/time.h"
#include "connect/ask.h"
#include "connect/paged.h"
#include "connect/plain_text.h"
#include "connect/settle.h"
#include "connect/steps.h"
#include "connect/walk.h"
#include "connect/web_account.h"
#include "connect/wordpress/comment.h"
#include "ingest/tag_list.h"
#include "net/link_header.h"
#include "net/url.h"

namespace renown::connect::wordpress {
namespace {

constexpr std::string_view kHead = "wordpress";   ///< of cursors
constexpr std::string_view kSkipped = "skipped";  ///< in place of Walk::newest: a comment of this walk was passed over
constexpr int kMostSteps = 10;                    ///< pages of 100, of a pull
constexpr std::string_view kPosts = "posts?per_page=100&_embed=wp:term&_fields=id,link,date_gmt,title,_links,_embedded";
constexpr std::string_view kCommentFields = "_fields=id,parent,author,author_url,date_gmt,link,type,status";

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
  WordPress(std::string site, std::string address, std::string root, bool has_password, const Access& access)
      : site_{std::move(site), {}},
        address_(std::move(address)),
        root_(std::move(root)),
        has_password_(has_password),
        http_(access.http),
        now_(access.now) {}

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
    if (root_.empty()) return discover(stop);
    if (!is_described_) return describe(pull, stop);
    return page(walk, pull, stop);
  }

  /// path  of the namespace wp/v2, with its query. A root may have a query itself: "/index.php?rest_route=/"
  std::string api(std::string_view path) const { return in_api(fmt::format("wp/v2/{}", path)); }
  std::string in_api(std::string path) const {
    const bool has_query = root_.find('?') != std::string::npos;
    if (const std::size_t at = path.find('?'); has_query && at != std::string::npos) path[at] = '&';
    return root_ + path;
  }

  Step discover(const std::stop_token& stop) {
    const auto page = ask(http_, {.url = address_}, "the blog " + address_, stop);
    if (!page) return std::unexpected(page.error());
    const auto root = net::linked_page(*page, "https://api.w.org/");
    const auto here = net::Url::parse(page->url);
    const auto there = net::Url::parse(root && *root ? **root : "");
    if (!here || !there || here->origin() != there->origin()) {
      return std::unexpected(malformed(address_ + " names no WordPress interface of its own"));
    }
    root_ = there->text();
    return true;
  }

  Step describe(Pull& pull, const std::stop_token& stop) {
    const auto answer = ask_json(http_, {.url = in_api("?_fields=name,description,home,namespaces")},
                                 io::JsonType::object, "the blog", stop);
    if (!answer) return std::unexpected(answer.error());
    const auto namespaces = answer->root["namespaces"].elements();
    if (std::ranges::none_of(namespaces, [](io::JsonValue each) { return each.text() == "wp/v2"; })) {
      return std::unexpected(malformed("the blog: its interface is not wp/v2"));
    }
    people::Profile profile;
    profile.account = {"web", site_.account};
    profile.handle = site_.account;
    profile.name = plain_text(answer->root["name"].text());
    profile.bio = plain_text(answer->root["description"].text());
    pull.profiles.push_back({std::move(profile), answer->response.body});
    site_.home = answer->root["home"].text();
    while (site_.home.ends_with('/')) site_.home.pop_back();
    is_described_ = true;
    return true;
  }

  /// First all posts, then all comments, each from the newest on. A place is 'p' or 'c' and the page's address.
  Step page(Walk& walk, Pull& pull, const std::stop_token& stop) {
    const bool is_posts = !walk.place.starts_with('c');
    std::string url = walk.place.empty() ? "" : walk.place.substr(1);
    const bool is_of_cursor = !std::exchange(has_page_, true) && !url.empty();
    if (url.empty()) url = is_posts ? api(kPosts) : api(comments_path());
    const auto answer = ask_list(url, is_posts ? "the posts" : "the comments", stop);
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

  std::string comments_path() const {
    return fmt::format("comments?per_page=100&orderby=id&order=desc&{}{}", kCommentFields,
                       has_password_ ? "&type=all" : "");
  }

  /// errors  malformed besides, for an empty page of a list that is not empty
  std::expected<JsonAnswer, Problem> ask_list(const std::string& url, const std::string& what,
                                              const std::stop_token& stop) {
    auto answer = ask_json(http_, {.url = url}, io::JsonType::array, what, stop);
    if (answer && answer->root.elements().empty() && answer->response.headers.find("x-wp-total").value_or("0") != "0") {
      return std::unexpected(malformed(what + ": the blog counts some and gives none"));
    }
    return answer;
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
    if (is_new) record.add({*time, Kind::post, "web", site_.account, {}, link, link, record.keep(tags.text())});
    record.leave_out("a post that was read before");
    settle(record, pull.dated, pull.report, "the posts");
    const std::string_view title = json.find({"title", "rendered"}).text();
    pull.posts.push_back({"web", std::string(link), site_.account, std::string(link), *time, plain_text(title)});
    return is_new;
  }

  Done comment(io::JsonValue json, Walk& walk, Pull& pull, const std::stop_token& stop) {
    constexpr std::string_view kPlace = "the comments";
    auto comment = read_comment(json, site_);
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
      rows_of(*comment, record.keep(std::move(*answered)), site_.account, record);
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
    auto found = ask_comment(parent, stop);
    if (!found) return std::unexpected(std::move(found.error()));
    return *found ? (*found)->actor : std::string();
  }

  /// One comment; nothing where the blog says that there is none, or none to be seen any more.
  std::expected<std::optional<Comment>, Problem> ask_comment(const std::string& number, const std::stop_token& stop) {
    const std::string what = "the comment " + number;
    const auto response = http_.fetch({.url = api(fmt::format("comments/{}?{}", number, kCommentFields))}, stop);
    if (!response) return std::unexpected(problem_of(response.error()));
    io::JsonParser parser;
    const auto root = parser.parse(response->body);
    if (net::status_class(response->status) != net::StatusClass::ok) {
      const std::string_view code = root ? (*root)["code"].text() : std::string_view{};
      if (code == "rest_comment_invalid_id" || code == "rest_cannot_read") return std::nullopt;
      return std::unexpected(problem_of(*response, what));
    }
    if (!root) return std::unexpected(malformed(fmt::format("{}: {}", what, root.error().message)));
    const std::string_view status = (*root)["status"].text();  // the owner sees what others do not
    if (status == "hold" || status == "spam" || status == "trash") return std::nullopt;
    auto comment = read_comment(*root, site_);
    if (!comment) return std::unexpected(malformed(fmt::format("{}: {}", what, comment.error().message)));
    return std::move(*comment);
  }

  /// What the last walk met and this one did not, of those it went past, is asked for by name: what the blog says is
  /// not there was deleted or hidden, and is withdrawn.
  Done withdraw_missing(Walk& walk, bool is_whole, Pull& pull, const std::stop_token& stop) {
    std::int64_t oldest = is_whole ? 0 : base::kMaxTime;
    for (const auto& [number, actor] : walk.met) oldest = std::min(oldest, number_of(number));
    const Walk::Words missing = walk.seen;
    for (const auto& [number, actor] : missing) {
      if (number_of(number) < oldest) continue;
      auto found = ask_comment(number, stop);
      if (!found && !concerns_part(found.error().kind)) return std::unexpected(std::move(found.error()));
      if (!found) pull.skipped.push_back(std::move(found.error()));
      if (!found || *found) {
        walk.pass(number, actor);
        continue;
      }
      const std::string id = id_of(site_.account, number);
      ingest::Record record;
      record.add({now_, Kind::undo, "web", actor, {}, {}, id, {}});
      settle(record, pull.dated, pull.report, "the comments");
    }
    return {};
  }

  Site site_;            ///< its home is empty until it was described
  std::string address_;  ///< of its page
  std::string root_;     ///< of its interface; empty until it was found
  bool has_password_;
  net::Transport& http_;
  std::int64_t now_;
  bool is_described_ = false;
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
  return std::unique_ptr<Connector>(
      std::make_unique<WordPress>(account, address + "/", setting("api"), setting("password") == "yes", access));
}

}  // namespace renown::connect::wordpress
