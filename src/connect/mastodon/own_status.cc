#include "connect/mastodon/own_status.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "base/time.h"
#include "connect/paged.h"
#include "connect/plain_text.h"
#include "connect/settle.h"

namespace renown::connect::mastodon {
namespace {

/// The list behind each count of a status.
struct List {
  std::string_view count;  ///< its member in a status
  std::string_view path;
  Kind kind;
  std::string_view shown;

  bool is_of_accounts() const { return kind == Kind::like || kind == Kind::repost; }
};
constexpr std::array<List, 4> kLists = {{{"favourites_count", "favourited_by?limit=80", Kind::like, "likes"},
                                         {"reblogs_count", "reblogged_by?limit=80", Kind::repost, "reposts"},
                                         {"replies_count", "context", Kind::reply, "replies"},
                                         {"quotes_count", "quotes?limit=40", Kind::quote, "quotes"}}};
constexpr std::size_t kAnswered = kLists.size();  ///< the place behind the counts: whether what it answers is known
constexpr std::string_view kPlace = "the statuses";

/// The part of "2.0.1.0.0" at that place.
std::string_view count_at(std::string_view counts, std::size_t index) {
  for (; index > 0; --index) counts.remove_prefix(std::min(counts.find('.'), counts.size() - 1) + 1);
  return counts.substr(0, counts.find('.'));
}

void add_account(io::JsonValue account, const Post& post, Kind kind, std::int64_t earliest, std::string_view place,
                 Pull& pull) {
  const std::string actor = account_uri(account);
  if (actor.empty()) return count_bad(pull.report, place, "it names no account");
  ingest::Record record;
  record.add({earliest, kind, "fediverse", actor, post.account, post.id, {}, {}});
  settle(record, pull.undated, pull.report, place);
}

/// earliest  unix seconds, of what has no time
std::expected<void, Problem> read_list(const List& list, std::string_view id, const Post& post, std::int64_t earliest,
                                       Server& server, Pull& pull, const std::stop_token& stop) {
  const std::string what = fmt::format("the {} of {}", list.shown, post.id);
  const bool is_context = list.kind == Kind::reply;
  std::optional<bool> is_told;  // replies and quotes may be hidden from whoever asks, and be counted nevertheless
  const auto use = [&](const JsonAnswer& page) {
    const io::JsonValue entries = is_context ? page.root["descendants"] : page.root;
    if (!is_told) is_told = list.is_of_accounts() ? !entries.elements().empty() : entries.is_array();
    for (const io::JsonValue entry : entries.elements()) {
      if (is_context) server.names.learn(entry);  // all before their rows: they answer each other
    }
    for (const io::JsonValue entry : entries.elements()) {
      if (list.is_of_accounts()) add_account(entry, post, list.kind, earliest, what, pull);
      if (!list.is_of_accounts()) add_about_own(entry, server, what, pull);
    }
  };
  auto read = for_each_page(server.http, server.request(fmt::format("statuses/{}/{}", id, list.path)),
                            is_context ? io::JsonType::object : io::JsonType::array, what, stop, use);
  if (read && !*is_told) {
    return std::unexpected(Problem{ProblemKind::malformed, what + ": the server counts some and gives none"});
  }
  return read;
}

/// The counts of a public post, whose lists are read where they changed; "?" for one whose list cannot be read.
std::expected<std::string, Problem> read_counts(io::JsonValue status, const Post& post, std::string_view last,
                                                std::int64_t walked, Server& server, Pull& pull,
                                                const std::stop_token& stop) {
  const std::string_view id = status["id"].text();
  std::string counts;
  for (std::size_t i = 0; i < kLists.size(); ++i) {
    const std::int64_t number = status[kLists[i].count].integer().value_or(0);
    std::string count = number > 0 ? fmt::format("{}", number) : "0";
    if (count != "0" && count != count_at(last, i)) {
      const std::int64_t earliest = count_at(last, i) == "?" ? post.time : std::max(post.time, walked);
      server.names.statuses.insert_or_assign(std::string(id), post.id);
      auto read = read_list(kLists[i], id, post, earliest, server, pull, stop);
      if (!read && !concerns_part(read.error().kind)) return std::unexpected(std::move(read.error()));
      if (!read) count = "?";
      if (!read) pull.skipped.push_back(std::move(read.error()));
    }
    counts += count + '.';
  }
  return counts;
}

}  // namespace

void add_about_own(io::JsonValue status, const Server& server, std::string_view place, Pull& pull) {
  ingest::Record record;
  std::string problem = rows_of(status, server.names, server.own_uri, record);
  if (!problem.empty()) return count_bad(pull.report, place, std::move(problem));
  settle(record, pull.dated, pull.report, place);
}

std::expected<std::string, Problem> read_own_status(io::JsonValue status, std::string_view last, std::int64_t walked,
                                                    Server& server, Pull& pull, const std::stop_token& stop) {
  const Post post{"fediverse",
                  std::string(status["uri"].text()),
                  server.own_uri,
                  std::string(status["url"].text()),
                  base::parse_time(status["created_at"].text()).value_or(0),
                  plain_text(status["content"].text())};
  // A day more, for clocks that differ.
  const bool is_new = post.time > walked - base::kSecondsPerDay || count_at(last, kAnswered) == "?";
  std::string_view answered = "0";
  ingest::Record record;
  if (is_new) {
    const auto learnt = server.learn_answered(status, pull, stop);
    if (!learnt) return std::unexpected(learnt.error());
    if (!*learnt) answered = "?";
    std::string problem = rows_of(status, server.names, {}, record);
    if (!problem.empty()) count_bad(pull.report, kPlace, std::move(problem));
    if (!problem.empty()) return std::string(kNoCounts);
  } else {
    record.leave_out("a post that was read before");
  }
  settle(record, pull.dated, pull.report, kPlace);

  const bool has_lists = is_public(status) && !status["reblog"].is_object();
  if (!has_lists) return std::string(kNoCounts.substr(0, kNoCounts.rfind('.') + 1)) + std::string(answered);
  pull.posts.push_back(post);
  auto counts = read_counts(status, post, last, walked, server, pull, stop);
  if (!counts) return counts;
  return *counts + std::string(answered);
}

}  // namespace renown::connect::mastodon
