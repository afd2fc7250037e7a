#include "ingest/gharchive/gharchive_reader.h"

#include <cstdlib>
#include <filesystem>
#include <map>

#include <gtest/gtest.h>

#include "ingest/read_all.h"

namespace renown::ingest::gharchive {
namespace {

using Rows = std::vector<std::string>;
using Counts = std::map<std::string, std::uint64_t>;

Reading read(std::string_view text, model::ReadOptions options = {}) {
  auto source = io::open_memory("hour.json", text);
  EXPECT_TRUE(source);
  const auto reader = make_reader("hour.json", std::move(*source), options);
  return read_all(*reader);
}

/// An event of 2015 or later: ann does something in bob/tool at second 1.
std::string event(std::string_view type, std::string_view payload) {
  return fmt::format(R"({{"id":"7","type":"{}","actor":{{"id":1,"login":"ann"}},"repo":{{"id":2,"name":"bob/tool"}},)"
                     R"("payload":{},"public":true,"created_at":"1970-01-01T00:00:01Z"}})"
                     "\n",
                     type, payload);
}

/// The row of one event without what is the same in all, or "left out: " and the reason.
std::string outcome(const std::string& line) {
  const Reading reading = read(line);
  if (reading.error) return reading.error->message;
  if (reading.rows.empty()) return "left out: " + reading.report.left_out.begin()->first;
  EXPECT_EQ(reading.rows.size(), 1);
  const std::string& row = reading.rows.front();
  EXPECT_EQ(row.substr(0, 2), "1 ");
  return row.substr(2);
}

struct Case {
  std::string_view type;
  std::string_view payload;
  std::string_view outcome;
};

constexpr std::string_view kByCy = R"("user":{"login":"cy"})";

TEST(GhArchive, each_type_of_event_has_its_rule) {
  const std::string pull =
      fmt::format(R"("pull_request":{{"number":5,{},"base":{{"repo":{{"language":"C++"}}}}}})", kByCy);
  const std::string merged = fmt::format(R"("pull_request":{{"number":5,{},"merged":true}})", kByCy);
  const std::string merged_at = fmt::format(R"("pull_request":{{"number":5,{},"merged_at":"2015-01-01"}})", kByCy);
  const auto with = [](std::string_view action, std::string_view more) {
    return fmt::format(R"({{"action":"{}"{}{}}})", action, more.empty() ? "" : ",", more);
  };
  const std::string issue = fmt::format(R"("issue":{{"number":3,{}}})", kByCy);
  const std::string discussion = fmt::format(R"("discussion":{{"number":9,{}}})", kByCy);

  const std::vector<std::array<std::string, 3>> table = {
      {"WatchEvent", with("started", ""), "star github ann -> bob post=bob/tool id=7"},
      {"ForkEvent", R"({"forkee":{"language":"Jupyter Notebook"}})",
       "repost github ann -> bob post=bob/tool id=7 tags=jupyter-notebook"},
      {"ForkEvent", R"({"forkee":{"language":null}})", "repost github ann -> bob post=bob/tool id=7"},
      {"IssueCommentEvent", with("created", issue), "comment github ann -> cy post=bob/tool#3 id=7"},
      {"IssueCommentEvent", with("edited", issue), "left out: a comment that is not new"},
      {"IssueCommentEvent", R"({"issue_id":5,"comment_id":6})", "comment github ann -> bob post=bob/tool id=7"},
      {"IssuesEvent", with("opened", issue), "comment github ann -> bob post=bob/tool#3 id=7"},
      {"IssuesEvent", with("closed", issue), "left out: an issue that is not new"},
      {"PullRequestEvent", with("opened", pull), "comment github ann -> bob post=bob/tool#5 id=7 tags=c++"},
      {"PullRequestEvent", with("closed", merged), "endorse github ann -> cy post=bob/tool#5 id=7"},
      {"PullRequestEvent", with("closed", merged_at), "endorse github ann -> cy post=bob/tool#5 id=7"},
      {"PullRequestEvent", with("merged", pull), "endorse github ann -> cy post=bob/tool#5 id=7 tags=c++"},
      {"PullRequestEvent", with("merged", R"("number":5,"pull_request":{"url":"u"})"),
       "left out: the author of the pull request is not named"},
      {"PullRequestEvent", with("closed", pull), "left out: a pull request that is neither new nor merged"},
      {"PullRequestEvent", with("reopened", pull), "left out: a pull request that is neither new nor merged"},
      {"PullRequestReviewEvent", with("created", pull), "review github ann -> cy post=bob/tool#5 id=7 tags=c++"},
      {"PullRequestReviewEvent", with("dismissed", pull), "left out: a review that is not new"},
      {"PullRequestReviewCommentEvent", with("created", pull), "review github ann -> cy post=bob/tool#5 id=7 tags=c++"},
      {"PullRequestReviewCommentEvent", R"({"comment":{}})", "left out: the author of the pull request is not named"},
      {"CommitCommentEvent", R"({"comment":{}})", "comment github ann -> bob post=bob/tool id=7"},
      {"MemberEvent", with("added", R"("member":{"login":"cy"})"), "endorse github ann -> cy post=bob/tool id=7"},
      {"MemberEvent", with("removed", R"("member":{"login":"cy"})"), "left out: a member that is not new"},
      {"DiscussionEvent", with("created", discussion), "comment github ann -> bob post=bob/tool#9 id=7"},
      {"DiscussionEvent", with("answered", discussion), "left out: a discussion that is not new"},
      {"DiscussionCommentEvent", with("created", discussion), "comment github ann -> cy post=bob/tool#9 id=7"},
      {"SponsorshipEvent", with("created", R"("sponsorship":{"sponsorable":{"login":"cy"}})"),
       "tip github ann -> cy post=bob/tool id=7"},
      {"SponsorshipEvent", with("cancelled", ""), "left out: a sponsorship that is not new"},
      {"SponsorshipEvent", with("created", ""), "left out: the sponsored account is not named"},
      {"FollowEvent", R"({"target":{"login":"cy"}})", "follow github ann -> cy post=bob/tool id=7"},
      {"PushEvent", R"({"size":1})", "post github ann post=bob/tool id=7"},
      {"CreateEvent", "{}", "post github ann post=bob/tool id=7"},
      {"ReleaseEvent", with("published", ""), "post github ann post=bob/tool id=7"},
      {"PublicEvent", "{}", "post github ann post=bob/tool id=7"},
      {"DeleteEvent", "{}", "left out: a deleted branch or tag"},
      {"GollumEvent", "{}", "left out: an edited wiki page"},
      {"GistEvent", "{}", "left out: an event of another type"},
      {"WatchEvent", "null", "star github ann -> bob post=bob/tool id=7"},
  };
  for (const auto& [type, payload, wanted] : table) EXPECT_EQ(outcome(event(type, payload)), wanted) << type << payload;
}

TEST(GhArchive, reads_the_format_of_2012_to_2014) {
  EXPECT_EQ(outcome(R"({"created_at":"1969-12-31T16:00:01-08:00","payload":{"action":"started"},"public":true,)"
                    R"("type":"WatchEvent","url":"https://github.com/bob/tool","actor":"ann",)"
                    R"("actor_attributes":{"login":"ann","type":"User"},)"
                    R"("repository":{"id":1,"name":"tool","owner":"bob","language":"Shell"}})"),
            "star github ann -> bob post=bob/tool tags=shell");
  EXPECT_EQ(
      outcome(R"({"created_at":"1969/12/31 16:00:01 -0800","type":"IssueCommentEvent","actor":"ann",)"
              R"("payload":{"issue_id":5,"comment_id":6},"url":"https://github.com/bob/tool/issues/12#issuecomment-6",)"
              R"("repository":{"name":"tool","owner":"bob"}})"),
      "comment github ann -> bob post=bob/tool#12");
  EXPECT_EQ(
      outcome(
          R"({"created_at":"1970-01-01T00:00:01Z","type":"IssuesEvent","actor_attributes":{"login":"ann"},)"
          R"("payload":{"action":"opened","issue":5632234,"number":4},"repository":{"name":"tool","owner":"bob"}})"),
      "comment github ann -> bob post=bob/tool#4");
  EXPECT_EQ(outcome(R"({"created_at":"1970-01-01T00:00:01Z","type":"FollowEvent","actor":"ann",)"
                    R"("payload":{"target":{"id":3,"login":"cy","followers":4766}},"url":"https://github.com/cy"})"),
            "follow github ann -> cy");
}

TEST(GhArchive, reads_the_formats_of_2011) {
  EXPECT_EQ(
      outcome(R"({"repo":{"id":1,"url":"https://api.github.dev/repos/bob/tool","name":"bob/tool"},"type":"WatchEvent",)"
              R"("public":true,"created_at":"1970-01-01T00:00:01Z","payload":{"repo":"bob/tool","actor":"ann",)"
              R"("action":"started"},"actor":{"gravatar_id":"","id":2,"login":"ann"}})"),
      "star github ann -> bob post=bob/tool");
  EXPECT_EQ(outcome(R"({"repo":{"id":1,"name":"bob/tool"},"type":"MemberEvent","created_at":"1970-01-01T00:00:01Z",)"
                    R"("payload":{"action":"added","member":"cy"},"actor":{"login":"ann"},"id":"1127195475"})"),
            "endorse github ann -> cy post=bob/tool id=1127195475");
  EXPECT_EQ(
      outcome(
          R"({"repo":{"name":"/"},"type":"WatchEvent","created_at":"1970-01-01T00:00:01Z","actor":{"login":"ann"}})"),
      "left out: the repository is not named");
}

TEST(GhArchive, a_line_that_is_no_event_is_a_bad_record) {
  const std::string good = event("PushEvent", "{}");
  const std::vector<std::pair<std::string, std::string>> table = {
      {"[1]", "the event has no type"},
      {"{}", "the event has no type"},
      {R"({"type":"PushEvent"})", "the event names no actor"},
      {R"({"type":"PushEvent","actor":{"login":""}})", "the event names no actor"},
      {R"({"type":"PushEvent","actor":"ann"})", "the event has no created_at"},
      {R"({"type":"PushEvent","actor":"ann","created_at":"soon"})",
       "time 'soon' is neither RFC 3339 (2015-01-01T00:00:00Z) nor unix seconds (1420070400)"},
      {R"({"type":"PushEvent","actor":"a\u0000n","created_at":"5"})", "the actor holds a NUL byte"},
      {fmt::format(R"({{"type":"PushEvent","actor":"{}","created_at":"5"}})", std::string(1025, 'a')),
       "the actor is longer than 1024 bytes"},
  };
  for (const auto& [line, reason] : table) {
    const Reading reading = read(good + line + "\n" + good);
    EXPECT_EQ(reading.rows.size(), 2) << line;
    EXPECT_EQ(reading.report.records, 3) << line;
    ASSERT_EQ(reading.report.bad, 1) << line;
    EXPECT_EQ(reading.report.first_bad.front().place, "hour.json:2");
    EXPECT_EQ(reading.report.first_bad.front().reason, reason);
    const Reading strict = read(good + line + "\n" + good, {.strict = true});
    EXPECT_EQ(strict.error ? strict.error->message : "", "hour.json:2: " + reason);
  }
}

TEST(GhArchive, broken_json_invalid_utf8_and_a_truncated_last_line_are_bad_records) {
  const std::string good = event("PushEvent", "{}");
  for (const std::string& line :
       {good.substr(0, 40), std::string("{\"type\":\"\xff\"}"), std::string("{\"type\":\"\\ud800\"}"),
        std::string("\0\0\0", 3), good.substr(0, good.size() - 1) + std::string(9, '\0') + good}) {
    const Reading reading = read(good + line + "\n" + good);
    EXPECT_EQ(reading.report.bad, 1) << line;
    EXPECT_EQ(reading.rows.size(), 2) << line;
  }
  const Reading reading = read(good + good.substr(0, good.size() - 5));
  EXPECT_EQ(reading.rows.size(), 1);
  ASSERT_EQ(reading.report.bad, 1);
  EXPECT_EQ(reading.report.first_bad.front().place, "hour.json:2");
  EXPECT_NE(reading.report.first_bad.front().reason.find("the log may be cut off"), std::string::npos);
}

TEST(GhArchive, takes_off_a_byte_order_mark) {
  EXPECT_EQ(read("\xef\xbb\xbf" + event("PushEvent", "{}")).rows.size(), 1);
}

TEST(GhArchive, ids_beyond_2_to_the_63_survive_whether_text_or_number) {
  std::string line = event("PushEvent", "{}");
  line.replace(line.find("\"7\""), 3, "36893488147419103233");
  EXPECT_EQ(outcome(line), "post github ann post=bob/tool id=36893488147419103233");
}

TEST(GhArchive, acts_on_ones_own_repository_and_duplicate_deliveries_are_yielded) {
  const std::string own = R"({"type":"WatchEvent","actor":{"login":"bob"},"repo":{"name":"bob/tool"},"created_at":"1"})"
                          "\n";
  EXPECT_EQ(read(own + own).rows,
            (Rows{"1 star github bob -> bob post=bob/tool", "1 star github bob -> bob post=bob/tool"}));
}

TEST(GhArchive, a_renamed_login_is_another_account) {
  std::string renamed = event("PushEvent", "{}");
  renamed.replace(renamed.find("ann"), 3, "anna");
  EXPECT_EQ(read(event("PushEvent", "{}") + renamed).rows,
            (Rows{"1 post github ann post=bob/tool id=7", "1 post github anna post=bob/tool id=7"}));
}

TEST(GhArchive, an_empty_hour_or_another_file_is_one_clear_error) {
  EXPECT_EQ(read("").error->message, "hour.json is empty: it holds no record to read");
  EXPECT_TRUE(read("a,b\n").error->message.starts_with(
      "hour.json is not an hour of GH Archive: its only record cannot be used; hour.json:1: not valid JSON"));
}

TEST(GhArchive, is_recognised_by_its_first_event) {
  EXPECT_TRUE(looks_like_gharchive(event("PushEvent", "{}")));
  EXPECT_TRUE(looks_like_gharchive(event("PushEvent", "{}").substr(0, 80)));
  EXPECT_TRUE(looks_like_gharchive("{\n \"actor\"") == false);
  EXPECT_TRUE(looks_like_gharchive(R"({"actor" : "ann", "type" : "GistEvent")"));
  for (const std::string_view other :
       {"", "{}", R"({"type":"Like","actor":"https://a.example/u"})", R"({"did":"did:plc:a","kind":"commit"})",
        "time,network", R"([{"type":"PushEvent","actor":{}}])"}) {
    EXPECT_FALSE(looks_like_gharchive(other)) << other;
  }
}

TEST(GhArchive, reads_a_real_hour_whole) {
  const char* data = std::getenv("RENOWN_DATA");
  const std::string path = std::string(data ? data : "") + "/gharchive/2015-01-01-0.json.gz";
  if (!std::filesystem::exists(path)) GTEST_SKIP() << "skipped: RENOWN_DATA has no gharchive";
  auto source = io::open_bytes(path);
  ASSERT_TRUE(source);
  const auto reader = make_reader(path, std::move(*source), {.strict = true});

  Counts kinds;
  std::uint64_t own = 0;
  std::uint64_t own_engagement = 0;
  std::uint64_t tagged = 0;
  model::InteractionBlock block;
  for (bool more = true; more;) {
    block.clear();
    const auto done = reader->read(block);
    ASSERT_TRUE(done) << done.error().message;
    more = *done;
    for (std::size_t i = 0; i < block.size(); ++i) {
      const Interaction row = block[i];
      ++kinds[std::string(kind_name(row.kind))];
      own += row.post.substr(0, row.post.find('/')) == row.actor;
      own_engagement += row.target == row.actor;
      tagged += !row.tags.empty();
    }
  }
  const model::ReadReport& report = reader->report();
  EXPECT_EQ(report.records, 7'702);
  EXPECT_EQ(report.bad, 0);
  EXPECT_EQ(report.interactions, 7'307);
  EXPECT_EQ(
      kinds,
      (Counts{{"post", 5'121}, {"comment", 1'104}, {"star", 642}, {"repost", 213}, {"endorse", 142}, {"review", 85}}));
  EXPECT_EQ(report.left_out, (Counts{{"a deleted branch or tag", 141},
                                     {"an issue that is not new", 138},
                                     {"an edited wiki page", 90},
                                     {"a pull request that is neither new nor merged", 26}}));
  EXPECT_EQ(own, 4'203);  // 57.5 % of the rows are about one's own repository
  EXPECT_EQ(own_engagement, 436);
  EXPECT_EQ(tagged, 360);
  EXPECT_EQ(reader->bytes_read(), std::filesystem::file_size(path));
}

}  // namespace
}  // namespace renown::ingest::gharchive
