#include "ingest/jetstream/jetstream_reader.h"

#include <gtest/gtest.h>

#include "ingest/jetstream/jetstream_event.h"
#include "ingest/read_all.h"

namespace renown::ingest::jetstream {
namespace {

using Rows = std::vector<std::string>;

Reading read(std::string_view text, model::ReadOptions options = {}) {
  auto source = io::open_memory("capture.ndjson", text);
  EXPECT_TRUE(source);
  const auto reader = make_reader("capture.ndjson", std::move(*source), options);
  return read_all(*reader);
}

/// A commit of did:plc:ann that arrives at `second`.
std::string commit(std::string_view operation, std::string_view collection, std::string_view rkey,
                   std::string_view content = "", int second = 1) {
  return fmt::format(
      R"({{"did":"did:plc:ann","time_us":{}000999,"kind":"commit","commit":{{"rev":"3l","operation":"{}",)"
      R"("collection":"{}","rkey":"{}"{}{},"cid":"bafy"}}}})"
      "\n",
      second, operation, collection, rkey, content.empty() ? "" : R"(,"record":)", content);
}

std::string like(std::string_view rkey, int second = 1) {
  return commit(
      "create", "app.bsky.feed.like", rkey,
      R"({"$type":"app.bsky.feed.like","subject":{"cid":"b","uri":"at://did:plc:bob/app.bsky.feed.post/p1"},"createdAt":"2030-01-01T00:00:00Z"})",
      second);
}

std::string post(std::string_view parts) {
  return commit("create", "app.bsky.feed.post", "p9",
                fmt::format(R"({{"$type":"app.bsky.feed.post","text":"hi"{}{}}})", parts.empty() ? "" : ",", parts));
}

std::string left_out_reason(const std::string& line) {
  const Reading reading = read(line);
  EXPECT_TRUE(reading.rows.empty()) << line;
  return reading.report.left_out.empty() ? "" : reading.report.left_out.begin()->first;
}

const std::string kOwnPost =
    "1 post bluesky did:plc:ann post=at://did:plc:ann/app.bsky.feed.post/p9 id=app.bsky.feed.post/p9";

TEST(Jetstream, a_like_counts_at_its_arrival_whatever_it_claims) {
  EXPECT_EQ(read(like("k1")).rows, Rows{"1 like bluesky did:plc:ann -> did:plc:bob "
                                        "post=at://did:plc:bob/app.bsky.feed.post/p1 id=app.bsky.feed.like/k1"});
}

TEST(Jetstream, the_time_in_a_key_counts_where_it_agrees_with_the_arrival) {
  const std::string made = "3l3qo2vxaaw23";  // 1725911162
  EXPECT_TRUE(read(like(made, 1725911164)).rows.at(0).starts_with("1725911162 like"));
  EXPECT_TRUE(read(like(made, 1725997564)).rows.at(0).starts_with("1725997564 like")) << "a key can be made up";
  EXPECT_TRUE(
      read(commit("delete", "app.bsky.feed.like", made, "", 1725911164)).rows.at(0).starts_with("1725911164 undo"))
      << "a delete comes when it comes";
}

TEST(Jetstream, a_repost_and_a_follow) {
  EXPECT_EQ(read(commit("create", "app.bsky.feed.repost", "r1",
                        R"({"subject":{"uri":"at://did:plc:bob/app.bsky.feed.post/p1"}})"))
                .rows,
            Rows{"1 repost bluesky did:plc:ann -> did:plc:bob post=at://did:plc:bob/app.bsky.feed.post/p1 "
                 "id=app.bsky.feed.repost/r1"});
  EXPECT_EQ(read(commit("create", "app.bsky.graph.follow", "f1", R"({"subject":"did:plc:bob"})")).rows,
            Rows{"1 follow bluesky did:plc:ann -> did:plc:bob id=app.bsky.graph.follow/f1"});
}

TEST(Jetstream, a_post_is_a_row_of_its_own) {
  EXPECT_EQ(read(post("")).rows, Rows{kOwnPost});
}

TEST(Jetstream, a_reply_is_to_the_author_of_the_parent) {
  const std::string line = post(
      R"("reply":{"root":{"uri":"at://did:plc:cy/app.bsky.feed.post/p0"},"parent":{"uri":"at://did:plc:bob/app.bsky.feed.post/p1"}})");
  EXPECT_EQ(read(line).rows, (Rows{kOwnPost,
                                   "1 reply bluesky did:plc:ann -> did:plc:bob "
                                   "post=at://did:plc:bob/app.bsky.feed.post/p1 id=app.bsky.feed.post/p9"}));
}

TEST(Jetstream, an_embedded_record_is_a_quote_also_beside_pictures) {
  const Rows wanted{kOwnPost,
                    "1 quote bluesky did:plc:ann -> did:plc:bob post=at://did:plc:bob/app.bsky.feed.post/p1 "
                    "id=app.bsky.feed.post/p9"};
  EXPECT_EQ(
      read(
          post(
              R"("embed":{"$type":"app.bsky.embed.record","record":{"uri":"at://did:plc:bob/app.bsky.feed.post/p1"}})"))
          .rows,
      wanted);
  EXPECT_EQ(
      read(
          post(
              R"("embed":{"$type":"app.bsky.embed.recordWithMedia","media":{},"record":{"$type":"app.bsky.embed.record","record":{"uri":"at://did:plc:bob/app.bsky.feed.post/p1"}}})"))
          .rows,
      wanted);
  EXPECT_EQ(read(post(R"("embed":{"$type":"app.bsky.embed.images","images":[]})")).rows, Rows{kOwnPost});
}

TEST(Jetstream, mentions_and_tags_stand_in_facets) {
  const std::string line = post(R"("tags":["Late Night","bikes"],"facets":[
      {"features":[{"$type":"app.bsky.richtext.facet#mention","did":"did:plc:bob"}]},
      {"features":[{"$type":"app.bsky.richtext.facet#tag","tag":"#Bikes"},{"$type":"app.bsky.richtext.facet#mention","did":"did:web:cy.example"}]},
      {"features":[{"$type":"app.bsky.richtext.facet#link","uri":"https://a.example"}]}, 7])");
  std::string one_line = line;
  std::erase(one_line, '\n');
  const std::string end = " post=at://did:plc:ann/app.bsky.feed.post/p9 id=app.bsky.feed.post/p9 tags=bikes late-night";
  EXPECT_EQ(read(one_line).rows,
            (Rows{kOwnPost + " tags=bikes late-night", "1 mention bluesky did:plc:ann -> did:plc:bob" + end,
                  "1 mention bluesky did:plc:ann -> did:web:cy.example" + end}));
}

TEST(Jetstream, a_delete_does_not_name_its_target_so_it_names_the_id_of_every_row) {
  EXPECT_EQ(read(commit("delete", "app.bsky.feed.like", "k1", "", 5)).rows,
            Rows{"5 undo bluesky did:plc:ann id=app.bsky.feed.like/k1"});
  const Reading reading = read(post(R"("reply":{"parent":{"uri":"at://did:plc:bob/app.bsky.feed.post/p1"}})") +
                               commit("delete", "app.bsky.feed.post", "p9", "", 5));
  ASSERT_EQ(reading.rows.size(), 3);
  for (const std::string& row : reading.rows) EXPECT_TRUE(row.ends_with("id=app.bsky.feed.post/p9")) << row;
}

TEST(Jetstream, of_a_repeated_like_whose_first_the_server_deletes_the_second_stands) {
  const Rows rows = read(like("k1", 1) + like("k2", 2) + commit("delete", "app.bsky.feed.like", "k1", "", 2)).rows;
  EXPECT_EQ(rows, (Rows{"1 like bluesky did:plc:ann -> did:plc:bob post=at://did:plc:bob/app.bsky.feed.post/p1 "
                        "id=app.bsky.feed.like/k1",
                        "2 like bluesky did:plc:ann -> did:plc:bob post=at://did:plc:bob/app.bsky.feed.post/p1 "
                        "id=app.bsky.feed.like/k2",
                        "2 undo bluesky did:plc:ann id=app.bsky.feed.like/k1"}));
}

TEST(Jetstream, what_is_no_interaction_is_left_out_with_a_reason) {
  EXPECT_EQ(
      left_out_reason(
          R"({"did":"did:plc:ann","time_us":1,"kind":"identity","identity":{"did":"did:plc:ann","seq":1,"time":"x"}})"),
      "a handle that changed (identity)");  // without a handle, as 2 of 47 real ones are
  EXPECT_EQ(left_out_reason(R"({"did":"did:plc:ann","time_us":1,"kind":"account","account":{"active":false}})"),
            "an account that came or went (account)");
  EXPECT_EQ(left_out_reason(R"({"did":"did:plc:ann","time_us":1,"kind":"sync"})"), "an event of another kind");
  EXPECT_EQ(left_out_reason(commit("create", "app.bsky.graph.block", "b1", R"({"subject":"did:plc:bob"})")),
            "a record of another collection");
  EXPECT_EQ(left_out_reason(commit("delete", "app.bsky.graph.block", "b1")), "a record of another collection");
  EXPECT_EQ(left_out_reason(commit("update", "app.bsky.feed.post", "p1", "{}")), "a record that was changed");
  EXPECT_EQ(left_out_reason(commit("create", "app.bsky.feed.like", "k1",
                                   R"({"subject":{"uri":"at://bob.example/app.bsky.feed.post/p1"}})")),
            "a subject that is not under a DID");
  EXPECT_EQ(left_out_reason(commit("create", "app.bsky.graph.follow", "k1", R"({"subject":"bob.example"})")),
            "a subject that is not under a DID");
}

TEST(Jetstream, a_line_that_is_no_event_is_a_bad_record) {
  const std::string good = like("k1");
  const std::vector<std::pair<std::string, std::string>> table = {
      {"[]", "the event has no did"},
      {R"({"did":"ann","time_us":1,"kind":"commit"})", "the event has no did"},
      {R"({"did":"did:plc:ann","kind":"commit"})", "time_us is missing or no whole number"},
      {R"({"did":"did:plc:ann","time_us":1.5,"kind":"commit"})", "time_us is missing or no whole number"},
      {R"({"did":"did:plc:ann","time_us":-5000000,"kind":"commit"})", "time -5 is before 1970"},
      {R"({"did":"did:plc:ann","time_us":1})", "the event has no kind"},
      {R"({"did":"did:plc:ann","time_us":1,"kind":"commit"})", "the commit names no collection and rkey"},
      {R"({"did":"did:plc:ann","time_us":1,"kind":"commit","commit":{"operation":"create","collection":"app.bsky.feed.like"}})",
       "the commit names no collection and rkey"},
      {commit("turn", "app.bsky.feed.like", "k1", "{}"), "the operation 'turn' is none of create, update, delete"},
      {commit("create", "app.bsky.feed.like", "k1"), "the created record is missing"},
      {commit("create", "app.bsky.feed.like", "k1", R"({"subject":"at://did:plc:bob/x/y"})"),
       "the app.bsky.feed.like has no subject.uri"},
      {commit("create", "app.bsky.graph.follow", "k1", "{}"), "the app.bsky.graph.follow has no subject"},
      {commit("delete", "app.bsky.feed.like", R"(k\u0000)"), "the id holds a NUL byte"},
      {commit("delete", "app.bsky.feed.like", std::string(4096, 'k')), "the id is longer than 4096 bytes"},
      {post(R"("facets":[{"features":[{"$type":"app.bsky.richtext.facet#mention","did":"did:plc:)" +
            std::string(1020, 'b') + R"("}]}])"),
       "the target is longer than 1024 bytes"},
  };
  for (auto [line, reason] : table) {
    if (!line.ends_with('\n')) line += '\n';
    const Reading reading = read(good + line + good);
    EXPECT_EQ(reading.rows.size(), 2) << line;
    EXPECT_EQ(reading.report.records, 3) << line;
    ASSERT_EQ(reading.report.bad, 1) << line;
    EXPECT_EQ(reading.report.first_bad.front().place, "capture.ndjson:2");
    EXPECT_EQ(reading.report.first_bad.front().reason, reason);
    const Reading strict = read(good + line + good, {.strict = true});
    EXPECT_EQ(strict.error ? strict.error->message : "", "capture.ndjson:2: " + reason);
  }
}

TEST(Jetstream, unknown_members_do_no_harm) {
  // A client that passes a whole response as a strong reference leaves `commit` and `validationStatus` inside it.
  EXPECT_EQ(
      read(
          commit(
              "create", "app.bsky.feed.like", "k1",
              R"({"subject":{"uri":"at://did:plc:bob/app.bsky.feed.post/p1","cid":"b","commit":{"rev":"1"},"validationStatus":"valid"},"via":{"uri":"x"}})"))
          .rows.size(),
      1);
}

TEST(Jetstream, a_changed_handle_changes_no_account) {
  const Reading reading =
      read(like("k1") +
           R"({"did":"did:plc:ann","time_us":1,"kind":"identity","identity":{"handle":"new.example"}})"
           "\n" +
           like("k2"));
  ASSERT_EQ(reading.rows.size(), 2);
  for (const std::string& row : reading.rows) EXPECT_NE(row.find("did:plc:ann -> did:plc:bob"), std::string::npos);
}

TEST(Jetstream, duplicate_deliveries_and_times_out_of_order_are_yielded_as_they_are) {
  const Rows rows = read(like("k1", 9) + like("k2", 5) + like("k1", 9)).rows;
  ASSERT_EQ(rows.size(), 3);
  EXPECT_EQ(rows[0], rows[2]);
  EXPECT_EQ(rows[1].substr(0, 2), "5 ");
}

TEST(Jetstream, a_byte_order_mark_and_a_truncated_last_line) {
  const Reading reading = read("\xef\xbb\xbf" + like("k1") + like("k2").substr(0, 120));
  EXPECT_EQ(reading.rows.size(), 1);
  ASSERT_EQ(reading.report.bad, 1);
  EXPECT_EQ(reading.report.first_bad.front().place, "capture.ndjson:2");
  EXPECT_NE(reading.report.first_bad.front().reason.find("the log may be cut off"), std::string::npos);
}

TEST(Jetstream, an_empty_capture_or_another_file_is_one_clear_error) {
  EXPECT_EQ(read("\n").error->message, "capture.ndjson is empty: it holds no record to read");
  EXPECT_EQ(read("{}\n").error->message,
            "capture.ndjson is not a Jetstream capture: its only record cannot be used; "
            "capture.ndjson:1: the event has no did");
}

TEST(Jetstream, is_recognised_by_its_first_event) {
  EXPECT_TRUE(looks_like_jetstream(like("k1")));
  EXPECT_TRUE(looks_like_jetstream(R"({"kind" : "identity", "time_us" : 1, "did" : "did:plc:ann", )"));
  for (const std::string_view other : {"", "{}", R"({"type":"PushEvent","actor":{}})", "did time_us",
                                       R"({"a":1})"
                                       "\n"
                                       R"({"did":1,"time_us":1})"}) {
    EXPECT_FALSE(looks_like_jetstream(other)) << other;
  }
}

TEST(AccountIn, is_the_did_of_an_at_address) {
  EXPECT_EQ(account_in("at://did:plc:bob/app.bsky.feed.post/p1"), "did:plc:bob");
  EXPECT_EQ(account_in("at://did:web:bob.example"), "did:web:bob.example");
  for (const std::string_view other : {"", "at://", "at://bob.example/a/b", "https://did:plc:bob/", "did:plc:bob"})
    EXPECT_EQ(account_in(other), "");
}

}  // namespace
}  // namespace renown::ingest::jetstream
