/// ListConnector: a network whose interface is lists of JSON objects, given page by page.
///
/// Such a network lists what the account made, with a number beside each that says how many liked it, and lists those
/// who did. So a connector is a table of lists: how each is asked for, and what an item of it becomes. What is common
/// stands here: pages, what is asked again and what is not, where to go on, and what a failure means.
#pragma once

#include <cstdint>
#include <expected>
#include <map>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "renown/result.h"

#include "connect/ask.h"
#include "connect/connector.h"
#include "connect/list_progress.h"
#include "ingest/record.h"
#include "net/paging.h"

namespace renown::connect {

/// What an item of a list may add to the piece that is being read.
struct Page {
  const Account& account;     ///< whose engagement is read
  std::string_view document;  ///< the answer as it came
  std::int64_t now;           ///< unix seconds, when the reading began
  Pull& pull;                 ///< profiles and posts go straight there; rows do not
  ingest::Record record;      ///< the item's rows, or why there are none; clear before each

  bool is_read = false;  ///< the item is older than what is new (of lists with the newest first): no more pages

  /// Lists that belong to the item: asked for before the next page, in their order. The first kind only where its count
  /// is not 0 and another than when it was last read.
  void ask_if_changed(Errand errand) { lists.emplace_back(std::move(errand), true); }
  void ask(Errand errand) { lists.emplace_back(std::move(errand), false); }
  std::vector<std::pair<Errand, bool>> lists = {};
};

/// One list of a network.
struct List {
  std::string_view name;                  ///< Errand's `list`
  std::string_view shown;                 ///< in sentences: "the stargazers"
  std::string (*address)(const Errand&);  ///< its first page: "/repos/ann/tool/stargazers?per_page=100"
  std::string_view items;  ///< the array: "items", "data.children"; kRoot: the answer is the array; kOne: the item
  bool is_dated;           ///< whether the network gives times; if not, rows get the errand's `since`
  Result<void> (*take)(const Errand&, io::JsonValue item, Page& page);  ///< errors  bad_input, as one clause

  static constexpr std::string_view kRoot = "";
  static constexpr std::string_view kOne = ".";
};

/// Most of what may be spent in a stretch of time.
struct Budget {
  std::int64_t most = 0;                         ///< in a unit of the connector's own; 0: nothing is bought
  std::int64_t window_seconds = 1;               ///< >= 1
  std::string (*shown)(std::int64_t) = nullptr;  ///< an amount in sentences: "$0.50"
  std::string_view setting = {};                 ///< of the source, that holds `most`
};

class ListConnector : public Connector {
 public:
  /// lists  outlives it
  /// begin  what each reading begins with. Without the first nothing can be read; any other is a part that may be
  ///        skipped
  ListConnector(Account account, std::string server, const Access& access, std::span<const List> lists,
                std::vector<Errand> begin)
      : access_(access),
        account_(std::move(account)),
        server_(std::move(server)),
        lists_(lists),
        begin_(std::move(begin)) {}

  std::expected<Pull, Problem> pull(std::string_view cursor, std::stop_token stop) final;

 protected:
  /// The request for the errand's page. Here: the list's address, and the page as page_parameter() says.
  virtual net::Request request(const List& list, const Errand& errand) const;

  /// Under what name a page stands in the address: "pageToken". Here: under none, for a page is an address itself.
  virtual std::string_view page_parameter() const { return ""; }

  /// What the next page is called; empty where this is the last. Here: the Link header's "next" on the same server.
  virtual std::expected<std::string, Problem> next_page(const Errand& errand, const JsonAnswer& answer) const;

  /// Whether an answer without the list's array says that there is none. Here: never.
  virtual bool is_none(io::JsonValue) const { return false; }

  /// What is wrong, of an answer whose status is not 2xx. Here: problem_of, and try_later where the network says that
  /// there were too many requests.
  virtual Problem problem(const net::Response& response, std::string_view what) const;

  /// What to stop with after a good answer, which counts. Here: never.
  virtual std::optional<Problem> pause(io::JsonValue) const { return {}; }

  /// What a request costs at most, before it, and what it did cost, once `items` came. Here: nothing. An answer that is
  /// not what it should be counts as the most.
  virtual std::int64_t price(const Errand&) const { return 0; }
  virtual std::int64_t cost(const Errand&, std::uint64_t /*items*/) const { return 0; }
  virtual Budget budget() const { return {}; }

  const Access access_;
  const Account account_;
  const std::string server_;

 private:
  void begin(ListProgress& progress) const;
  bool may_skip(const Problem& problem, const ListProgress& progress) const;
  void skip(Problem problem, ListProgress& progress, Pull& pull);
  std::expected<void, Problem> step(ListProgress& progress, Pull& pull, const std::stop_token& stop);
  std::expected<void, Problem> afford(std::string_view what, const Errand& errand, ListProgress& progress) const;
  std::expected<net::Response, Problem> ask(const List& list, const Errand& errand, std::string_view what,
                                            const std::stop_token& stop) const;
  std::expected<std::uint64_t, Problem> take_items(const List& list, const Errand& errand, const std::string& what,
                                                   io::JsonValue root, Page& page) const;
  std::expected<void, Problem> take(const List& list, const Errand& errand, const std::string& what, io::JsonValue item,
                                    Page& page) const;
  std::expected<void, Problem> enter(const Errand& errand, const std::string& next, const std::string& what);
  std::expected<void, Problem> finish(const List& list, const Errand& errand, const std::string& what,
                                      ListProgress& progress) const;
  void push(Page& page, ListProgress& progress) const;
  bool is_first(const Errand& errand) const { return errand.list == begin_.front().list; }
  const List* find(std::string_view name) const;

  const std::span<const List> lists_;
  std::optional<Problem> pause_;  ///< what the next pull answers
  bool is_fresh_ = true;          ///< nothing was pulled yet
  bool has_inherited_ = false;    ///< the round was begun by an earlier reading, which missed something
  const std::vector<Errand> begin_;
  std::map<std::string, net::PageGuard, std::less<>> pages_;  ///< of lists that are being read, by key_of
};

}  // namespace renown::connect
