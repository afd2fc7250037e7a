#include "connect/list_connector.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include <fmt/format.h>

#include "base/text.h"
#include "connect/members.h"
#include "connect/paged.h"
#include "connect/settle.h"
#include "net/allowance.h"
#include "net/retry.h"

namespace renown::connect {
namespace {

constexpr std::size_t kRowsAPull = 1'000;                        // then the piece is made durable
constexpr std::size_t kRequestsAPull = 10;                       // likewise
constexpr std::size_t kMostMissed = 200;                         // they stand in the cursor,
constexpr std::size_t kMostMissedBytes = std::size_t{16} << 10;  // which has room for more than them

std::unexpected<Problem> malformed(std::string sentence) {
  return std::unexpected(Problem{ProblemKind::malformed, std::move(sentence)});
}

std::string what_of(const List& list, const Errand& errand) {
  constexpr std::size_t kShown = 80;  // columns; some lists are those of fifty things
  if (errand.of.empty()) return std::string(list.shown);
  return fmt::format("{} of {}", list.shown, base::shorten(base::printable(errand.of), kShown));
}

/// The value at "data.children".
io::JsonValue at_path(io::JsonValue value, std::string_view path) {
  while (!path.empty()) {
    const std::size_t dot = std::min(path.find('.'), path.size());
    value = value[path.substr(0, dot)];
    path.remove_prefix(std::min(dot + 1, path.size()));
  }
  return value;
}

}  // namespace

std::expected<Pull, Problem> ListConnector::pull(std::string_view cursor, std::stop_token stop) {
  auto progress = read_cursor(cursor);
  const auto is_known = [&](const Errand& errand) { return find(errand.list) != nullptr; };
  if (!progress || !std::ranges::all_of(progress->todo, is_known) || !std::ranges::all_of(progress->missed, is_known)) {
    return malformed("the cursor of this source cannot be read; the reading begins anew");
  }
  if (pause_) return std::unexpected(*std::exchange(pause_, std::nullopt));
  if (std::exchange(is_fresh_, false)) has_inherited_ = !progress->todo.empty() && !progress->missed.empty();
  if (progress->todo.empty()) begin(*progress);
  Pull pull;
  for (std::size_t requests = 0; requests < kRequestsAPull && !progress->todo.empty(); ++requests) {
    if (pull.dated.size() + pull.undated.size() >= kRowsAPull) break;
    auto done = step(*progress, pull, stop);
    const bool is_part = done || may_skip(done.error(), *progress);
    if (!is_part && requests == 0) return std::unexpected(std::move(done.error()));
    if (!is_part) break;  // what was read before stands; the next pull meets the problem again
    if (!done) skip(std::move(done.error()), *progress, pull);
    if (pause_) break;
  }
  // Once more, for what an earlier reading of this round could not read: else the round would end as if it were whole.
  if (progress->todo.empty() && std::exchange(has_inherited_, false)) progress->todo.swap(progress->missed);
  pull.more = !progress->todo.empty();
  if (!pull.more) pause_.reset();
  pull.cursor = write_cursor(*progress);
  return pull;
}

void ListConnector::begin(ListProgress& progress) const {
  progress.started = access_.now;
  progress.todo = std::exchange(progress.missed, {});
  progress.todo.insert(progress.todo.end(), begin_.rbegin(), begin_.rend());
}

bool ListConnector::may_skip(const Problem& problem, const ListProgress& progress) const {
  return concerns_part(problem.kind) && !is_first(progress.todo.back());
}

/// Passes over the list that is being read. It is asked for again, unless it is not there any more.
void ListConnector::skip(Problem problem, ListProgress& progress, Pull& pull) {
  Errand errand = std::move(progress.todo.back());
  progress.todo.pop_back();
  pages_.erase(key_of(errand));
  const bool is_away = problem.kind == ProblemKind::not_found || problem.kind == ProblemKind::gone;
  std::size_t bytes = size_in_cursor(errand);
  for (const Errand& each : progress.missed) bytes += size_in_cursor(each);
  const bool is_too_many = progress.missed.size() >= kMostMissed || bytes > kMostMissedBytes;
  if (is_too_many) problem.sentence += "; too much is missing to remember this: read the source from its start for it";
  pull.skipped.push_back(std::move(problem));
  if (is_away || is_too_many) return;
  errand.page.clear();
  errand.items = 0;
  progress.missed.push_back(std::move(errand));
}

/// One request: its rows go into the piece, its errand on to the next page or away; the lists it names come before
/// that.
std::expected<void, Problem> ListConnector::step(ListProgress& progress, Pull& pull, const std::stop_token& stop) {
  Errand errand = progress.todo.back();
  const List* list = find(errand.list);
  const std::string what = what_of(*list, errand);
  if (auto affordable = afford(what, errand, progress); !affordable) return affordable;
  auto response = ask(*list, errand, what, stop);
  if (!response) return std::unexpected(std::move(response.error()));
  const std::int64_t most = price(errand);
  progress.spent += most;  // that it may have cost, until it is known what came
  auto answer =
      read_json(std::move(*response), list->items == List::kRoot ? io::JsonType::array : io::JsonType::object, what);
  if (!answer) return std::unexpected(std::move(answer.error()));
  pause_ = pause(answer->root);

  Page page{.account = account_, .document = answer->response.body, .now = access_.now, .pull = pull, .record = {}};
  auto items = take_items(*list, errand, what, answer->root, page);
  if (!items) return std::unexpected(std::move(items.error()));
  progress.spent += cost(errand, *items) - most;
  auto next = page.is_read ? std::string() : next_page(errand, *answer);
  if (!next) return std::unexpected(std::move(next.error()));
  if (auto entered = enter(errand, *next, what); !entered) return entered;
  if (errand.count > 0 && *items == 0 && (errand.items > 0 || !next->empty())) {
    return malformed(fmt::format("{}: a page of it is empty", what));
  }
  errand.items += *items;
  errand.page = std::move(*next);
  if (errand.page.empty()) {
    if (auto whole = finish(*list, errand, what, progress); !whole) return whole;
    progress.todo.pop_back();
  } else {
    progress.todo.back() = std::move(errand);
  }
  push(page, progress);
  return {};
}

std::expected<void, Problem> ListConnector::afford(std::string_view what, const Errand& errand,
                                                   ListProgress& progress) const {
  const std::int64_t most_now = price(errand);
  if (most_now == 0) return {};
  const Budget limit = budget();
  if (access_.now >= progress.spent_from + limit.window_seconds) {
    progress.spent = 0;
    progress.spent_from = access_.now;
  }
  if (progress.spent + most_now <= limit.most) return {};
  Problem problem{.kind = ProblemKind::try_later};
  problem.sentence =
      fmt::format("{}: this may cost {}, and of {} that may be spent {} are; the setting '{}' says how much", what,
                  limit.shown(most_now), limit.shown(limit.most), limit.shown(progress.spent), limit.setting);
  if (limit.most > 0) problem.retry_at = progress.spent_from + limit.window_seconds;
  return std::unexpected(std::move(problem));
}

std::expected<net::Response, Problem> ListConnector::ask(const List& list, const Errand& errand, std::string_view what,
                                                         const std::stop_token& stop) const {
  net::Fetched fetched = access_.http.fetch(request(list, errand), stop);
  if (!fetched) return std::unexpected(problem_of(fetched.error()));
  if (net::status_class(fetched->status) != net::StatusClass::ok) return std::unexpected(problem(*fetched, what));
  return std::move(*fetched);
}

/// returns  how many there were
std::expected<std::uint64_t, Problem> ListConnector::take_items(const List& list, const Errand& errand,
                                                                const std::string& what, io::JsonValue root,
                                                                Page& page) const {
  if (list.items == List::kOne) {
    if (auto taken = take(list, errand, what, root, page); !taken) return std::unexpected(std::move(taken.error()));
    return 1;
  }
  const io::JsonValue items = at_path(root, list.items);
  if (!items.is_array() && is_none(root)) return 0;
  if (!items.is_array()) {
    return malformed(
        fmt::format("{}: '{}' is {} and not an array", what, list.items, io::json_type_name(items.type())));
  }
  std::uint64_t count = 0;
  for (const io::JsonValue item : items.elements()) {
    ++count;
    if (page.is_read) continue;
    if (auto taken = take(list, errand, what, item, page); !taken) return std::unexpected(std::move(taken.error()));
  }
  return count;
}

std::expected<void, Problem> ListConnector::take(const List& list, const Errand& errand, const std::string& what,
                                                 io::JsonValue item, Page& page) const {
  page.record.clear();
  auto taken = list.take(errand, item, page);
  if (!taken && list.items == List::kOne) return malformed(fmt::format("{}: {}", what, taken.error().message));
  if (!taken) {
    count_bad(page.pull.report, what, taken.error().message);
  } else if (!page.record.rows().empty() || !page.record.reason().empty()) {
    settle(page.record, list.is_dated ? page.pull.dated : page.pull.undated, page.pull.report, what);
  }
  return {};
}

/// Notes the page that was read, and looks whether the next was read before.
std::expected<void, Problem> ListConnector::enter(const Errand& errand, const std::string& next,
                                                  const std::string& what) {
  const std::string key = key_of(errand);
  auto& guard = pages_.try_emplace(key, net::PageGuard(what)).first->second;
  Result<void> entered;
  if (guard.pages() == 0) entered = guard.enter(errand.page);
  if (entered && !next.empty()) entered = guard.enter(next);
  if (!entered || next.empty()) pages_.erase(key);
  if (!entered) return malformed(entered.error().message);
  if (!is_plain(next)) return malformed(fmt::format("{}: the next page's name has control characters", what));
  return {};
}

/// Remembers that a list was read to its end.
std::expected<void, Problem> ListConnector::finish(const List& list, const Errand& errand, const std::string& what,
                                                   ListProgress& progress) const {
  // A list that came empty without a count may be longer tomorrow, with what is older than today. What is no list, and
  // has no count, is asked for each time it is named.
  if (errand.count <= 0 && (errand.items == 0 || list.items == List::kOne)) return {};
  ListMark& mark = progress.marks[key_of(errand)];
  const bool is_confirmed = mark.in_doubt && mark.count == errand.count;
  if (errand.items == 0 && !is_confirmed) {
    mark.count = errand.count;
    mark.in_doubt = true;
    return malformed(fmt::format("{}: the network says there are {}, and gives none", what, errand.count));
  }
  mark = {errand.count, progress.started, false};
  return {};
}

/// Puts the lists that a page named on top, so that the first is the next.
void ListConnector::push(Page& page, ListProgress& progress) const {
  std::vector<Errand> wanted;
  const auto want = [&](Errand& errand, bool only_changed) {
    if (!is_plain(errand.of) || !is_plain(errand.whom)) {
      return count_bad(page.pull.report, errand.list, "a name with control characters");
    }
    const auto at = progress.marks.find(key_of(errand));
    const bool is_known = at != progress.marks.end();
    const bool is_same = errand.count == 0 || (is_known && !at->second.in_doubt && at->second.count == errand.count);
    if (only_changed && errand.count >= 0 && is_same) return;
    if (is_known) errand.since = std::max(errand.since, at->second.time);
    // One that was missed before is asked for once, from where it was missed.
    for (const Errand& each : progress.todo) {
      if (key_of(each) == key_of(errand)) errand.since = std::min(errand.since, each.since);
    }
    std::erase_if(progress.todo, [&](const Errand& each) { return key_of(each) == key_of(errand); });
    wanted.push_back(std::move(errand));
  };
  for (auto& [errand, only_changed] : page.lists) want(errand, only_changed);
  progress.todo.insert(progress.todo.end(), std::make_move_iterator(wanted.rbegin()),
                       std::make_move_iterator(wanted.rend()));
}

const List* ListConnector::find(std::string_view name) const {
  const auto at = std::ranges::find(lists_, name, &List::name);
  return at == lists_.end() ? nullptr : &*at;
}

net::Request ListConnector::request(const List& list, const Errand& errand) const {
  if (errand.page.empty()) return {.url = server_ + list.address(errand)};
  if (page_parameter().empty()) return {.url = errand.page};
  std::string address = server_ + list.address(errand);
  const std::string_view join = address.contains('?') ? "&" : "?";
  return {.url = fmt::format("{}{}{}={}", address, join, page_parameter(), in_address(errand.page))};
}

std::expected<std::string, Problem> ListConnector::next_page(const Errand&, const JsonAnswer& answer) const {
  return connect::next_page(answer.response);
}

Problem ListConnector::problem(const net::Response& response, std::string_view what) const {
  Problem found = problem_of(response, what);
  if (!net::is_rate_limited(response)) return found;
  found.kind = ProblemKind::try_later;
  found.retry_at = net::read_retry_after(response.headers, access_.now);
  if (!found.retry_at) found.retry_at = net::read_allowance(response.headers, access_.now).resets_at;
  return found;
}

}  // namespace renown::connect
