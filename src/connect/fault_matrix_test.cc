/// The matrix itself: a connector that is right passes, and each way of being wrong is found.
#include "connect/fault_matrix.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include "connect/ask.h"
#include "connect/faults.h"
#include "net/paging.h"

namespace renown::connect {
namespace {

using net::test::reply;
using net::test::Seen;

/// What a connector may do wrong.
enum class Mistake {
  none,
  swallows_problems,
  goes_on_after_problems,
  calls_all_internal,
  dates_by_the_clock,
  believes_any_paging,
  takes_what_is_missing_for_empty
};

/// A town's network: replies in pages, newest first, and who liked each post, without times. Its cursor is the time of
/// the newest reply that was read.
class TownConnector final : public Connector {
 public:
  TownConnector(std::string base, const Access& access, Mistake mistake)
      : base_(std::move(base)), access_(access), mistake_(mistake) {}

  std::expected<Pull, Problem> pull(std::string_view cursor, std::stop_token stop) override {
    Pull pull;
    pull.cursor = cursor;
    const std::int64_t since = cursor.empty() ? 0 : std::stoll(std::string(cursor));
    if (auto read = read_replies(pull, since, stop); !read) {
      if (mistake_ == Mistake::swallows_problems) return pull;
      if (mistake_ == Mistake::calls_all_internal) read.error().kind = ProblemKind::internal;
      return std::unexpected(std::move(read.error()));
    }
    for (const char* post : {"p1", "p2"}) {
      auto read = read_likes(pull, post, stop);
      if (!read && mistake_ != Mistake::swallows_problems) pull.skipped.push_back(std::move(read.error()));
    }
    return pull;
  }

 private:
  std::expected<void, Problem> read_replies(Pull& pull, std::int64_t since, const std::stop_token& stop) {
    net::PageGuard guard("the replies", mistake_ == Mistake::believes_any_paging ? 1'000'000 : 100);
    std::int64_t newest = since;
    for (std::string page = "/replies"; !page.empty();) {
      const bool may_enter = guard.enter(page).has_value() || mistake_ == Mistake::believes_any_paging;
      if (!may_enter) return std::unexpected(Problem{ProblemKind::malformed, "the replies lead in circles"});
      auto answer = ask_json(access_.http, {.url = base_ + page}, io::JsonType::object, "the replies", stop);
      if (!answer && mistake_ == Mistake::goes_on_after_problems) {
        pull.cursor = "2000";
        pull.skipped.push_back(answer.error());
        return {};
      }
      if (!answer) return std::unexpected(std::move(answer.error()));
      const bool is_list = answer->root["replies"].is_array();
      if (!is_list && mistake_ != Mistake::takes_what_is_missing_for_empty) {
        return std::unexpected(Problem{ProblemKind::malformed, "the replies: there is no list of them"});
      }
      for (const io::JsonValue reply : answer->root["replies"].elements()) {
        const auto time = reply["time"].integer();
        if (!time) return std::unexpected(Problem{ProblemKind::malformed, "the replies: one has no time"});
        pull.dated.push({*time, Kind::reply, "town", reply["who"].text(), "ada", "p1", reply["id"].text(), ""});
        newest = std::max(newest, *time);
      }
      page = answer->root["next"].text();
    }
    pull.cursor = std::to_string(newest);
    return {};
  }

  std::expected<void, Problem> read_likes(Pull& pull, const std::string& post, const std::stop_token& stop) {
    auto answer =
        ask_json(access_.http, {.url = base_ + "/likes?of=" + post}, io::JsonType::array, "the likes of " + post, stop);
    if (!answer) return std::unexpected(std::move(answer.error()));
    auto& rows = mistake_ == Mistake::dates_by_the_clock ? pull.dated : pull.undated;
    for (const io::JsonValue who : answer->root.elements()) {
      if (!who.is_string()) return std::unexpected(Problem{ProblemKind::malformed, "the likes: one has no name"});
      rows.push({access_.now, Kind::like, "town", who.text(), "ada", post, "", ""});
    }
    return {};
  }

  std::string base_;
  Access access_;
  Mistake mistake_;
};

std::string town(const Seen& seen, const std::string&) {
  if (seen.target == "/replies") {
    return reply(R"({"replies":[{"who":"bob","time":2000,"id":"r3"},{"who":"cid","time":1900,"id":"r2"}],)"
                 R"("next":"/replies?page=2"})");
  }
  if (seen.target == "/replies?page=2") return reply(R"({"replies":[{"who":"dan","time":1500,"id":"r1"}]})");
  if (seen.target == "/likes?of=p1") return reply(R"(["bob","eve"])");
  if (seen.target == "/likes?of=p2") return reply("[]");
  return reply(R"({"error":"no such page"})", "", "400 Bad Request");
}

test::Subject subject(Mistake mistake) {
  return {.make = [mistake](const std::string& base,
                            const Access& access) { return std::make_unique<TownConnector>(base, access, mistake); },
          .healthy = town,
          .page = [](const Seen& seen, const std::string&, const std::string& next) -> std::optional<std::string> {
            if (!seen.target.starts_with("/replies")) return {};
            return reply(fmt::format(R"({{"replies":[],"next":"/replies?page={}"}})", next));
          },
          .may_be_empty = [](const Seen& seen) { return seen.target.starts_with("/likes"); }};
}

/// Whether a finding has the text in it; what was found is shown where none has.
testing::AssertionResult has(const std::vector<std::string>& findings, std::string_view text) {
  if (std::ranges::any_of(findings, [&](const std::string& each) { return each.contains(text); })) {
    return testing::AssertionSuccess();
  }
  return testing::AssertionFailure() << "no finding says '" << text << "':\n"
                                     << fmt::format("{}", fmt::join(findings, "\n"));
}

TEST(FaultMatrix, nothing_is_found_in_a_good_connector) {
  const auto good = subject(Mistake::none);
  test::FaultMatrix matrix(good);
  EXPECT_EQ(matrix.findings(), std::vector<std::string>{});
  EXPECT_EQ(matrix.requests(), 4U);
}

TEST(FaultMatrix, finds_problems_that_are_swallowed) {
  const auto found = test::fault_findings(subject(Mistake::swallows_problems));
  for (const std::string_view fault : test::kFaultNames) {
    if (fault == "other types inside") continue;
    EXPECT_TRUE(has(found, fmt::format("{} ", fault))) << fault;
  }
  EXPECT_TRUE(has(found, "503 from 'GET /replies ': ended as a whole, empty reading"));
  EXPECT_TRUE(has(found, "503 at 'GET /likes?of=p1 ': ended as a whole reading"));
}

TEST(FaultMatrix, finds_a_cursor_ahead_of_what_was_read) {
  auto bad = subject(Mistake::none);
  bad.make = [](const std::string& base, const Access& access) {
    /// Reads replies once: what its cursor has passed it does not look at again.
    struct OnlyOnce final : Connector {
      OnlyOnce(const std::string& base, const Access& access) : town(base, access, Mistake::goes_on_after_problems) {}
      std::expected<Pull, Problem> pull(std::string_view cursor, std::stop_token stop) override {
        if (cursor == "2000") return Pull{.cursor = "2000"};
        return town.pull(cursor, std::move(stop));
      }
      TownConnector town;
    };
    return std::make_unique<OnlyOnce>(base, access);
  };
  EXPECT_TRUE(has(test::fault_findings(bad), "503 at 'GET /replies?page=2 ': lost a row 1500 reply"));
}

TEST(FaultMatrix, finds_a_problem_under_a_wrong_name) {
  EXPECT_TRUE(has(test::fault_findings(subject(Mistake::calls_all_internal)),
                  "401 at 'GET /replies ': was called internal instead of unauthorized"));
}

TEST(FaultMatrix, finds_rows_dated_by_the_clock) {
  EXPECT_TRUE(has(test::fault_findings(subject(Mistake::dates_by_the_clock)),
                  "read again, it gives another row 1800003600 like"));
}

TEST(FaultMatrix, finds_paging_that_never_ends) {
  EXPECT_TRUE(has(test::fault_findings(subject(Mistake::believes_any_paging)),
                  "pages in circles from 'GET /replies ': did not stop by itself"));
}

TEST(FaultMatrix, finds_what_is_missing_taken_for_empty) {
  EXPECT_TRUE(has(test::fault_findings(subject(Mistake::takes_what_is_missing_for_empty)),
                  "{} at 'GET /replies ': ended as a whole reading"));
}

TEST(FaultMatrix, wants_a_server_that_gives_rows) {
  auto empty = subject(Mistake::none);
  empty.healthy = [](const Seen& seen, const std::string&) {
    return reply(seen.target.starts_with("/likes") ? "[]" : R"({"replies":[]})");
  };
  EXPECT_TRUE(has(test::fault_findings(empty), "the healthy server gives no row, so that nothing could be lost"));
}

}  // namespace
}  // namespace renown::connect
