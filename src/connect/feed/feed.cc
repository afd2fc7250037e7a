#include "connect/feed/feed.h"

#include <algorithm>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "base/ascii.h"
#include "connect/ask.h"
#include "connect/feed/document.h"
#include "connect/plain_text.h"
#include "connect/settle.h"
#include "connect/web_account.h"
#include "net/url.h"

namespace renown::connect::feed {
namespace {

constexpr std::string_view kCursor = "feed";  ///< a feed is read whole each time

/// A feed in sentences: its address, without what may be a secret of whoever subscribed.
std::string shown(const std::string& address) {
  const auto url = net::Url::parse(address);
  return "the feed " + (url ? url->shown() : std::string());
}

/// The name that a comment's address gives it: "blog.example#comment-5" on WordPress, as its REST interface names it
/// too; else the address.
std::string comment_id(std::string_view link, std::string_view site) {
  const std::size_t mark = link.rfind("#comment-");
  const bool is_numbered =
      mark != std::string_view::npos &&
      std::ranges::all_of(link.substr(mark + std::string_view("#comment-").size()), base::is_digit);
  return is_numbered ? fmt::format("{}{}", site, link.substr(mark)) : std::string(link);
}

class Feed final : public Connector {
 public:
  Feed(std::string site, std::string posts, std::string comments, const Access& access)
      : site_(std::move(site)), posts_(std::move(posts)), comments_(std::move(comments)), http_(access.http) {}

  std::expected<Pull, Problem> pull(std::string_view cursor, std::stop_token stop) override {
    if (!cursor.empty() && cursor != kCursor) {
      return std::unexpected(Problem{ProblemKind::malformed, "the cursor is none of a feed"});
    }
    Pull pull;
    pull.cursor = kCursor;
    for (const bool is_posts : {true, false}) {
      const std::string& address = is_posts ? posts_ : comments_;
      if (address.empty()) continue;
      auto document = ask_feed(address, stop);
      if (!document) return std::unexpected(std::move(document.error()));
      is_posts ? add_posts(*document, pull) : add_comments(*document, pull);
    }
    return pull;
  }

 private:
  std::expected<Document, Problem> ask_feed(const std::string& address, const std::stop_token& stop) {
    net::Request request{.url = address};
    request.headers.set("Accept", "application/atom+xml, application/rss+xml, application/xml;q=0.9, text/xml;q=0.8");
    const auto response = ask(http_, request, shown(address), stop);
    if (!response) return std::unexpected(response.error());
    auto document = read_feed(response->body);
    if (!document) {
      return std::unexpected(
          Problem{ProblemKind::malformed, fmt::format("{}: {}", shown(address), document.error().message)});
    }
    return std::move(*document);
  }

  void add_posts(const Document& document, Pull& pull) {
    people::Profile profile;
    profile.account = {"web", site_};
    profile.handle = site_;
    profile.name = plain_text(document.title);
    pull.profiles.push_back({std::move(profile), "{}"});
    for (const Entry& entry : document.entries) {
      if (!entry.time || entry.link.empty()) {
        count_bad(pull.report, shown(posts_), "the entry has no time or no link");
        continue;
      }
      ingest::Record record;
      record.add({*entry.time, Kind::post, "web", site_, {}, entry.link, entry.link, {}});
      settle(record, pull.dated, pull.report, shown(posts_));
      pull.posts.push_back({"web", entry.link, site_, entry.link, *entry.time, plain_text(entry.title)});
    }
  }

  void add_comments(const Document& document, Pull& pull) {
    std::map<std::string, std::string> authors;  // whom one in the same feed may answer
    for (const Entry& entry : document.entries) authors[comment_id(entry.link, site_)] = author_of(entry);
    for (const Entry& entry : document.entries) {
      if (!entry.time || entry.link.empty()) {
        count_bad(pull.report, shown(comments_), "the comment has no time or no link");
        continue;
      }
      ingest::Record record;
      comment_rows(entry, authors, record);
      settle(record, pull.dated, pull.report, shown(comments_));
    }
  }

  std::string author_of(const Entry& entry) const {
    const auto address = net::Url::parse(entry.author_address);
    const auto feed = net::Url::parse(comments_);
    if (address && feed && address->origin() == feed->origin()) return site_;
    std::string author = web_account(entry.author_address);
    return is_of_site(author, site_) ? site_ : author;
  }

  void comment_rows(const Entry& entry, const std::map<std::string, std::string>& authors, ingest::Record& record) {
    const std::string_view actor = record.keep(author_of(entry));
    if (actor.empty()) return record.leave_out("a comment by somebody without an address");
    const std::string_view id = record.keep(comment_id(entry.link, site_));
    std::string_view answered, answered_id;
    for (const std::string& address : entry.answers) {
      const auto at = authors.find(comment_id(address, site_));
      if (at == authors.end() || at->first == id) continue;
      answered_id = at->first;
      answered = at->second;
    }
    const auto add = [&](Kind kind, std::string_view target, std::string_view post) {
      if (target != actor) record.add({*entry.time, kind, "web", actor, target, post, id, {}});
    };
    if (answered != site_) add(Kind::comment, site_, std::string_view(entry.link).substr(0, entry.link.find('#')));
    if (!answered.empty()) add(Kind::reply, answered, answered_id);
    record.leave_out("a comment of the site itself");
  }

  std::string site_;
  std::string posts_;     ///< address of the feed; may be empty
  std::string comments_;  ///< of that of the comments; may be empty
  net::Transport& http_;
};

}  // namespace

Result<std::unique_ptr<Connector>> make_connector(const Source& source, const Access& access) {
  const std::string& account = source.account.account;
  const auto setting = [&](const std::string& name) {
    const auto at = source.settings.find(name);
    return at == source.settings.end() ? std::string() : at->second;
  };
  const std::string posts = setting("feed"), comments = setting("comments");
  const bool is_site =
      source.account.network == "web" && !account.empty() && web_account("https://" + account) == account;
  const bool has_feeds = (posts.empty() || net::Url::parse(posts)) && (comments.empty() || net::Url::parse(comments));
  if (!is_site || !has_feeds || (posts.empty() && comments.empty())) {
    return Error{ErrorCode::usage, fmt::format("'{}' is no site with a feed: give its address without https://, as in "
                                               "web:blog.example, and feed=https://... or comments=https://...",
                                               account)};
  }
  return std::unique_ptr<Connector>(std::make_unique<Feed>(account, posts, comments, access));
}

}  // namespace renown::connect::feed
