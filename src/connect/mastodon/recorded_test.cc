/// The connector against the recorded answers of a real Mastodon 4.6, which come as they came: addresses by number,
/// Link headers, allowances. What was not recorded (the account by its name) is put together from what was.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <regex>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "connect/mastodon/cassette.h"
#include "connect/mastodon/mastodon.h"
#include "connect/testing.h"
#include "net/link_header.h"
#include "people/consent.h"

namespace renown::connect::mastodon {
namespace {

using connect::test::Reach;
using connect::test::read_whole;
using connect::test::Texts;
using connect::test::Whole;
using net::test::Seen;
using test::Exchange;

constexpr std::string_view kRecordedAt = "http://localhost:3000";
constexpr std::string_view kOwnId = "117020565966271181";
const std::string kOwn = "http://localhost:3000/ap/users/117020565966271181";

std::string status_uri(std::string_view id) {
  return kOwn + "/statuses/" + std::string(id);
}

class Recorded : public testing::Test {
 protected:
  void SetUp() override {
    const char* data = std::getenv("RENOWN_DATA");
    folder_ = data == nullptr ? "" : std::string(data) + "/mastodon-recorded/";
    if (!std::filesystem::exists(folder_)) GTEST_SKIP() << "skipped: RENOWN_DATA has no mastodon-recorded";
    answer("accounts/lookup?acct=mastodonpy_test", only("fetch_next_previous", "GET", "verify_credentials"));
  }

  std::vector<Exchange> cassette(const std::string& name) const {
    return test::read_cassette(folder_ + name + ".yaml");
  }

  /// The last exchange of a cassette with that method whose address ends so, its query set aside.
  Exchange only(const std::string& name, std::string_view method, std::string_view end) const {
    Exchange found;
    for (const Exchange& each : cassette(name)) {
      if (each.method == method && each.uri.substr(0, each.uri.find('?')).ends_with(end)) found = each;
    }
    EXPECT_NE(found.status, 0) << name << " " << end;
    return found;
  }

  void answer(const std::string& path, Exchange exchange) { answers_["/api/v1/" + path] = std::move(exchange); }
  void answer(const std::string& path, std::string body) { answer(path, {"GET", path, 200, {}, std::move(body)}); }

  /// The statuses that the account has now: bodies of recorded answers.
  void statuses(const std::string& one, std::string_view account = kOwnId) {
    const std::string page = fmt::format("accounts/{}/statuses?limit=20", account);
    answer(page, "[" + one + "]");
    const std::size_t id = one.find("\"id\":\"") + 6;
    answer(page + "&max_id=" + one.substr(id, one.find('"', id) - id), "[]");
  }

  Whole read(bool has_token = false, const std::string& cursor = "") {
    std::string base;
    net::test::TestServer server([&](const Seen& seen, net::test::Connection& connection) {
      const auto at = answers_.find(seen.target);
      const Exchange missing = only("status_missing", "GET", "statuses/0");
      connection.send(played(at == answers_.end() ? missing : at->second, base));
    });
    base = server.url("");
    Reach reach(server);
    Source source{.account = {"fediverse", "mastodonpy_test@localhost"}, .server = base};
    if (has_token) source.settings["notifications"] = "yes";
    Access access = reach.access(now_);
    access.extent = extent_;
    const Whole whole = read_whole(**make_connector(source, access), cursor);
    asked_.clear();
    for (const Seen& seen : server.seen()) asked_.push_back(seen.target);
    return whole;
  }

  std::int64_t now_ = 1'785'600'000;  // shortly after it was recorded
  Extent extent_ = Extent::whole;
  Texts asked_;  ///< by the last reading

 private:
  static std::string played(const Exchange& exchange, const std::string& base) {
    std::string headers;
    for (const net::Header& header : exchange.headers) {
      std::string value = header.value;
      if (header.name == "content-length" || header.name == "transfer-encoding") continue;
      for (std::size_t at; (at = value.find(kRecordedAt)) != std::string::npos;) {
        value.replace(at, kRecordedAt.size(), base);
      }
      headers += fmt::format("{}: {}\r\n", header.name, value);
    }
    return net::test::reply(exchange.body, headers, fmt::format("{} Recorded", exchange.status));
  }

  std::string folder_;
  std::map<std::string, Exchange> answers_;
};

TEST_F(Recorded, pages_of_statuses_by_their_oldest_id) {
  std::size_t pages = 0, statuses = 0;
  for (const Exchange& each : cassette("fetch_next_previous")) {
    const std::size_t query = each.uri.find("/statuses?limit=5");
    if (each.method != "GET" || query == std::string::npos || each.uri.contains("min_id")) continue;
    answer(fmt::format("accounts/{}/statuses?limit=20{}", kOwnId, each.uri.substr(query + 17)), each);
    if (!each.uri.contains("max_id")) continue;
    const auto link = net::linked_page({200, each.headers, "", each.uri}, "next");
    answer(fmt::format("accounts/{}/statuses?limit=20{}", kOwnId, (*link)->substr((*link)->find("&max_id"))), "[]");
    pages += 1;
  }
  const Whole whole = read();
  EXPECT_EQ(pages, 1u);
  EXPECT_FALSE(whole.problem) << whole.problem->sentence;
  EXPECT_TRUE(whole.skipped.empty());
  EXPECT_EQ(whole.posts.size(), 10u);
  for (const std::string& row : whole.dated) statuses += row.contains(" post " + kOwn + " post=" + kOwn + "/statuses/");
  EXPECT_EQ(statuses, 10u);
  EXPECT_EQ(whole.dated.size(), 10u) << "nobody else was there";
}

TEST_F(Recorded, who_favourited) {
  statuses(only("status_favourited_by", "POST", "/favourite").body);
  answer("statuses/117020585802289163/favourited_by?limit=80", only("status_favourited_by", "GET", "/favourited_by"));
  EXPECT_EQ(read().undated,
            (Texts{fmt::format("1785592434 like {0} -> {0} post={1}", kOwn, status_uri("117020585802289163"))}))
      << "recorded by one who likes what they wrote";
}

TEST_F(Recorded, who_reblogged) {
  std::string status;
  for (const Exchange& each : cassette("status_reblogged_by")) {
    if (each.method == "POST" && each.body.starts_with("{\"id\":\"117020585505579935\"")) status = each.body;
  }
  ASSERT_FALSE(status.empty());
  status = std::regex_replace(status, std::regex("\"reblogs_count\":0"), "\"reblogs_count\":1");
  std::vector<Exchange> lists;
  for (const Exchange& each : cassette("status_reblogged_by")) {
    if (each.uri.ends_with("117020585505579935/reblogged_by")) lists.push_back(each);
  }
  ASSERT_EQ(lists.size(), 1u);
  answer("statuses/117020585505579935/reblogged_by?limit=80", lists[0]);
  const std::string_view other = "117020566092212359";  // whose status it is, and who reblogged it
  answer("accounts/lookup?acct=mastodonpy_test", lists[0].body.substr(1, lists[0].body.size() - 2));
  statuses(status, other);
  EXPECT_EQ(read().undated, (Texts{fmt::format("1785592430 repost {0} -> {0} post={0}/statuses/117020585505579935",
                                               "http://localhost:3000/ap/users/" + std::string(other))}));
}

TEST_F(Recorded, a_boost_has_the_id_that_its_activity_has) {
  statuses(only("status_reblog_unreblog", "POST", "/reblog").body);
  const Whole whole = read();
  ASSERT_EQ(whole.dated.size(), 1u);
  EXPECT_TRUE(std::regex_search(whole.dated[0], std::regex(" repost .* -> .* post=.*/statuses/117020586019094258 "
                                                           "id=.*/statuses/[0-9]+/activity$")))
      << whole.dated[0];
}

TEST_F(Recorded, mentions_come_as_notifications) {
  answer("notifications?limit=80&min_id=0", only("notifications", "GET", "/notifications"));
  answer("notifications?limit=80&min_id=20", "[]");
  answer(fmt::format("accounts/{}/statuses?limit=20", kOwnId), "[]");
  const Whole whole = read(true);
  EXPECT_FALSE(whole.problem);
  ASSERT_EQ(whole.dated.size(), 1u);
  EXPECT_TRUE(whole.dated[0].contains(" mention http://localhost:3000/ap/users/117020565693913441 -> " + kOwn));
}

TEST_F(Recorded, news_is_notifications_alone_and_what_is_read_again_is_equal) {
  answer("notifications?limit=80&min_id=0", only("notifications", "GET", "/notifications"));
  answer("notifications?limit=80&min_id=20", "[]");
  answer(fmt::format("accounts/{}/statuses?limit=20", kOwnId), "[]");
  extent_ = Extent::news;
  const Whole news = read(true);
  EXPECT_FALSE(news.problem);
  ASSERT_EQ(news.dated.size(), 1u);
  for (const std::string& target : asked_) EXPECT_FALSE(target.contains("/statuses?")) << target;
  EXPECT_TRUE(read(true, news.cursor).dated.empty()) << "the cursor is behind it";
  EXPECT_EQ(asked_.size(), 2u) << "the account, and that nothing is new";
  extent_ = Extent::whole;
  EXPECT_TRUE(read(true, news.cursor).dated.empty());
  EXPECT_EQ(read(true).dated, news.dated);
}

TEST_F(Recorded, quotes) {
  std::string quoting;
  for (const Exchange& each : cassette("status_post_with_quote")) {
    if (each.method == "POST" && each.body.contains("\"state\":\"accepted\"")) quoting = each.body;
  }
  ASSERT_FALSE(quoting.empty());
  statuses(quoting);
  const Whole whole = read();
  EXPECT_TRUE(std::ranges::any_of(whole.dated, [](const std::string& row) {
    return row.contains(fmt::format(" quote {0} -> {0} post={1}", kOwn, status_uri("117020582917124092")));
  })) << whole.dated.front();
}

TEST_F(Recorded, servers_without_addresses_of_accounts_and_without_quotes) {
  std::string status = only("status_favourited_by", "POST", "/favourite").body;
  std::string account = only("fetch_next_previous", "GET", "verify_credentials").body;
  for (std::string* body : {&status, &account}) {  // as it was before 4.2
    *body = std::regex_replace(*body, std::regex("\"uri\":\"http://localhost:3000/ap/users/[0-9]+\","), "");
    *body = std::regex_replace(*body, std::regex("\"quotes_count\":[0-9]+,"), "");
  }
  answer("accounts/lookup?acct=mastodonpy_test", account);
  statuses(status);
  answer("statuses/117020585802289163/favourited_by?limit=80", "[" + account + "]");
  const std::string old = "http://localhost:3000/users/mastodonpy_test";
  EXPECT_EQ(read().undated,
            (Texts{fmt::format("1785592434 like {0} -> {0} post={1}", old, status_uri("117020585802289163"))}));
}

TEST_F(Recorded, an_allowance_that_is_used_up_is_waited_for_or_told) {
  Exchange account = only("fetch_next_previous", "GET", "verify_credentials");
  account.headers.set("x-ratelimit-remaining", "0");
  account.headers.set("x-ratelimit-reset", "2027-01-15T08:10:00.000000Z");  // ten minutes after the pacer's now
  answer("accounts/lookup?acct=mastodonpy_test", account);
  const Whole whole = read();
  ASSERT_TRUE(whole.problem);
  EXPECT_EQ(whole.problem->kind, ProblemKind::try_later);
  EXPECT_NEAR(static_cast<double>(whole.problem->retry_at.value_or(0)), 1'800'000'600, 1);
}

TEST_F(Recorded, errors_are_what_they_were) {
  answer("accounts/lookup?acct=mastodonpy_test", only("status_missing", "GET", "statuses/0"));
  EXPECT_EQ(read().problem->kind, ProblemKind::not_found);
  answer("accounts/lookup?acct=mastodonpy_test", only("home_tl_anonymous_throws", "GET", "timelines/home"));
  EXPECT_EQ(read().problem->kind, ProblemKind::unauthorized);
}

TEST_F(Recorded, what_the_account_consents_to) {
  const Whole whole = read();
  ASSERT_EQ(whole.profiles.size(), 1u);
  const auto signals = people::fediverse_signals(whole.profiles[0].document);
  ASSERT_TRUE(signals);
  const auto consent = people::resolve_consent(*signals, false);
  EXPECT_FALSE(consent.may_profile) << "discoverable is null";
}

}  // namespace
}  // namespace renown::connect::mastodon
