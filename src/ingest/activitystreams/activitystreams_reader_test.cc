#include "ingest/activitystreams/activitystreams_reader.h"

#include <gtest/gtest.h>

#include "ingest/read_all.h"

namespace renown::ingest::activitystreams {
namespace {

using Rows = std::vector<std::string>;

Reading read(std::string_view text, model::ReadOptions options = {}) {
  auto source = io::open_memory("inbox.ndjson", text);
  EXPECT_TRUE(source);
  const auto reader = make_reader("inbox.ndjson", std::move(*source), options);
  return read_all(*reader);
}

/// An activity of https://a.example/users/ann. Addresses are shortened: "@bob" is https://b.example/users/bob, "@ann"
/// the actor, "note/N" an object whose address tells nothing.
std::string activity(std::string_view type, std::string_view rest, int second = 1) {
  std::string line = fmt::format(R"({{"@context":"https://www.w3.org/ns/activitystreams","id":"act/{}","type":"{}",)"
                                 R"("actor":"@ann","published":"1970-01-01T00:00:{:02}Z",{}}})",
                                 second, type, second, rest);
  std::erase(line, '\n');
  for (const auto& [short_form, address] :
       {std::pair<std::string, std::string>{"\"@ann", "\"https://a.example/users/ann"},
        {"\"@bob", "\"https://b.example/users/bob"},
        {"\"@cy", "\"https://c.example/users/cy"},
        {"\"note/", "\"https://n.example/objects/"}}) {
    for (std::size_t at = line.find(short_form); at != std::string::npos; at = line.find(short_form, at + 1)) {
      line.replace(at, short_form.size(), address);
    }
  }
  return line + "\n";
}

std::string create(std::string_view object, std::string_view rest = "", int second = 1) {
  return activity(
      "Create",
      fmt::format(R"("object":{{"type":"Note","id":"note/1",{}}}{}{})", object, rest.empty() ? "" : ",", rest), second);
}

/// Rows with addresses shortened again.
Rows rows(const std::string& log) {
  const Reading reading = read(log);
  Rows result = reading.rows;
  for (std::string& row : result) {
    for (const auto& [address, short_form] :
         {std::pair<std::string, std::string>{"https://a.example/users/ann", "@ann"},
          {"https://b.example/users/bob", "@bob"},
          {"https://c.example/users/cy", "@cy"},
          {"https://n.example/objects/", "note/"}}) {
      for (std::size_t at = row.find(address); at != std::string::npos; at = row.find(address))
        row.replace(at, address.size(), short_form);
    }
  }
  return result;
}

std::string left_out_reason(const std::string& line) {
  const Reading reading = read(line);
  EXPECT_TRUE(reading.rows.empty()) << line;
  EXPECT_FALSE(reading.error) << line;
  return reading.report.left_out.empty() ? "" : reading.report.left_out.begin()->first;
}

const std::string kPostRow = "1 post fediverse @ann post=note/1 id=note/1";

TEST(ActivityStreams, a_like_or_announcement_engages_with_the_author_of_the_object) {
  EXPECT_EQ(rows(activity("Like", R"("object":{"id":"note/7","type":"Note","attributedTo":"@bob"})")),
            Rows{"1 like fediverse @ann -> @bob post=note/7 id=act/1"});
  EXPECT_EQ(
      rows(activity(
          "Announce",
          R"("object":{"id":"note/7","type":"Note","attributedTo":{"id":"@bob"},"tag":[{"type":"Hashtag","name":"#Bikes"}]})")),
      Rows{"1 repost fediverse @ann -> @bob post=note/7 id=act/1 tags=bikes"});
}

TEST(ActivityStreams, the_author_is_found_in_an_earlier_create) {
  EXPECT_EQ(rows(create(R"("content":"hi")") + activity("Like", R"("object":"note/1")", 2)),
            (Rows{kPostRow, "2 like fediverse @ann -> @ann post=note/1 id=act/2"}));
  EXPECT_EQ(rows(create(R"("attributedTo":"@bob")") + activity("Announce", R"("object":"note/1")", 2))[1],
            "2 repost fediverse @ann -> @bob post=note/1 id=act/2");
}

TEST(ActivityStreams, the_author_is_found_in_the_address) {
  EXPECT_EQ(rows(activity("Like", R"("object":"@bob/statuses/9")")),
            Rows{"1 like fediverse @ann -> @bob post=@bob/statuses/9 id=act/1"});
  EXPECT_EQ(rows(activity("Like", R"("object":"https://b.example/@bob/9")")),
            Rows{"1 like fediverse @ann -> @bob post=https://b.example/@bob/9 id=act/1"});
}

TEST(ActivityStreams, the_author_is_found_in_the_only_personal_address) {
  const std::string like = "1 like fediverse @ann -> @bob post=note/7 id=act/1";
  EXPECT_EQ(rows(activity("Like", R"("object":"note/7","to":"@bob")")), Rows{like});
  EXPECT_EQ(
      rows(activity(
          "Like",
          R"("object":"note/7","to":["https://www.w3.org/ns/activitystreams#Public","@ann/followers","@bob","@bob"])")),
      Rows{like});
  EXPECT_EQ(rows(activity("Like", R"("object":"note/7","to":["as:Public"],"cc":["@bob","@ann/followers","@ann"])")),
            Rows{like});
  for (const std::string_view nobody : {R"("to":["@bob","@cy"])", R"("to":["as:Public","@ann/followers"])",
                                        R"("to":[],"cc":["@bob","@cy"])", R"("to":null)"}) {
    EXPECT_EQ(left_out_reason(activity("Like", fmt::format(R"("object":"note/7",{})", nobody))),
              "author of the object is unknown")
        << nobody;
  }
}

TEST(ActivityStreams, a_post_is_a_row_of_its_own_with_a_mention_for_each_person_it_names) {
  EXPECT_EQ(rows(create(R"("content":"hi")")), Rows{kPostRow});
  EXPECT_EQ(
      rows(create(
          R"("tag":[{"type":"Mention","href":"@bob","name":"@bob"},{"type":"Hashtag","name":"#Bikes"},{"type":"Mention","href":"@cy"},7])")),
      (Rows{kPostRow + " tags=bikes", "1 mention fediverse @ann -> @bob post=note/1 id=note/1 tags=bikes",
            "1 mention fediverse @ann -> @cy post=note/1 id=note/1 tags=bikes"}));
  EXPECT_EQ(rows(create(R"("tag":{"type":"Mention","href":"@bob"})")).size(), 2);  // one thing in place of a list
}

TEST(ActivityStreams, a_reply_is_logged_as_a_mention_too_and_that_twin_is_not_repeated) {
  EXPECT_EQ(
      rows(create(
          R"("inReplyTo":"@bob/statuses/9","tag":[{"type":"Mention","href":"@bob"},{"type":"Mention","href":"@cy"}])")),
      (Rows{kPostRow, "1 reply fediverse @ann -> @bob post=@bob/statuses/9 id=note/1",
            "1 mention fediverse @ann -> @cy post=note/1 id=note/1"}));
}

TEST(ActivityStreams, a_reply_to_an_unknown_author_is_still_a_post_with_mentions) {
  EXPECT_EQ(rows(create(R"("inReplyTo":"note/8","tag":[{"type":"Mention","href":"@bob"}])")),
            (Rows{kPostRow, "1 mention fediverse @ann -> @bob post=note/1 id=note/1"}));
  EXPECT_EQ(rows(create(R"("inReplyTo":"note/8")", R"("to":["as:Public"],"cc":["@bob"])"))[1],
            "1 reply fediverse @ann -> @bob post=note/8 id=note/1");
}

TEST(ActivityStreams, a_quote_has_four_spellings) {
  for (const std::string_view field : {"quote", "quoteUrl", "quoteUri", "_misskey_quote"}) {
    EXPECT_EQ(rows(create(fmt::format(R"("{}":"@bob/statuses/9")", field))),
              (Rows{kPostRow, "1 quote fediverse @ann -> @bob post=@bob/statuses/9 id=note/1"}))
        << field;
  }
  EXPECT_EQ(rows(create(R"("quote":{"id":"note/7","attributedTo":"@bob"})"))[1],
            "1 quote fediverse @ann -> @bob post=note/7 id=note/1");
  EXPECT_EQ(rows(create(R"("quoteUrl":"note/7")")), Rows{kPostRow});  // author unknown
}

TEST(ActivityStreams, a_follow_is_a_row_without_weight) {
  EXPECT_EQ(rows(activity("Follow", R"("object":"@bob")")), Rows{"1 follow fediverse @ann -> @bob id=act/1"});
}

TEST(ActivityStreams, an_undo_names_the_inner_activity_or_what_it_was_about) {
  EXPECT_EQ(rows(activity("Undo", R"("object":"act/7")", 2)), Rows{"2 undo fediverse @ann id=act/7"});
  EXPECT_EQ(rows(activity("Undo", R"("object":{"id":"act/7","type":"Like","object":"note/7"})", 2)),
            Rows{"2 undo fediverse @ann id=act/7"});
  EXPECT_EQ(rows(activity("Undo", R"("object":{"type":"Announce","object":"@bob/statuses/9"})", 2)),
            Rows{"2 undo fediverse @ann -> @bob post=@bob/statuses/9"});
  EXPECT_EQ(rows(activity("Undo", R"("object":{"type":"Like","object":"note/7","to":"@bob"})", 2)),
            Rows{"2 undo fediverse @ann -> @bob post=note/7"});
  EXPECT_EQ(rows(activity("Undo", R"("object":{"type":"Follow","object":"@bob"})", 2)),
            Rows{"2 undo fediverse @ann -> @bob"});
  EXPECT_EQ(left_out_reason(activity("Undo", R"("object":{"id":"act/7","type":"Block","object":"@bob"})")),
            "an Undo of another type of activity");
  EXPECT_EQ(left_out_reason(activity("Undo", R"("object":{"type":"Like","object":"note/7"})")),
            "author of the object is unknown");
}

TEST(ActivityStreams, a_delete_does_not_name_its_target_so_it_names_the_id_of_every_row_of_the_post) {
  EXPECT_EQ(rows(create(R"("inReplyTo":"@bob/statuses/9")") +
                 activity("Delete", R"("object":{"id":"note/1","type":"Tombstone"})", 5)),
            (Rows{kPostRow, "1 reply fediverse @ann -> @bob post=@bob/statuses/9 id=note/1",
                  "5 undo fediverse @ann id=note/1"}));
  EXPECT_EQ(left_out_reason(activity("Delete", R"("object":"@ann")")), "an account that was deleted");
}

TEST(ActivityStreams, what_is_no_interaction_is_left_out_with_a_reason) {
  for (const std::string type : {"Flag", "Block", "Update", "Add", "Remove", "Accept", "Reject", "Dislike"}) {
    EXPECT_EQ(left_out_reason(activity(type, R"("object":"@bob")")), type);
  }
  EXPECT_EQ(left_out_reason(activity("Travel", R"("object":"@bob")")), "an activity of another type");
  EXPECT_EQ(left_out_reason(activity("Announce", R"("object":{"id":"act/9","type":"Create","actor":"@bob"})")),
            "an activity that a group passes on");
  EXPECT_EQ(left_out_reason(create(R"("name":"Yes","inReplyTo":"@bob/statuses/9")")), "a vote in a poll");
}

TEST(ActivityStreams, lists_objects_and_addresses_may_stand_for_each_other) {
  EXPECT_EQ(rows(R"({"type":["Like"],"actor":{"type":"Person","id":"https://a.example/users/ann"},"published":"5",)"
                 R"("object":["https://b.example/@bob/9"]})"),
            Rows{"5 like fediverse @ann -> @bob post=https://b.example/@bob/9"});
}

TEST(ActivityStreams, time_is_the_activitys_or_that_of_what_it_created_or_deleted) {
  const auto without_time = [](std::string_view type, std::string_view object) {
    return fmt::format(R"({{"type":"{}","actor":"ann","object":{}}})", type, object);
  };
  EXPECT_EQ(rows(without_time("Create", R"({"id":"n","published":"1970-01-01T00:00:07Z"})")),
            Rows{"7 post fediverse ann post=n id=n"});
  EXPECT_EQ(rows(without_time("Delete", R"({"id":"n","published":"5","deleted":"1970-01-01T00:00:07Z"})")),
            Rows{"7 undo fediverse ann id=n"});
  // The inner activity's time would be too early: an undo withdraws only what came before it.
  EXPECT_EQ(
      read(without_time("Undo", R"({"id":"n","type":"Like","published":"5"})") + "\n").report.first_bad.front().reason,
      "the activity does not say when it was published");
}

TEST(ActivityStreams, a_line_that_is_no_activity_is_a_bad_record) {
  const std::string good = activity("Follow", R"("object":"@bob")");
  const std::vector<std::pair<std::string, std::string>> table = {
      {"{}", "the activity has no type"},
      {"7", "the activity has no type"},
      {R"({"type":"Like","object":"n"})", "the activity names no actor"},
      {R"({"type":"Like","actor":"ann","object":"n"})", "the activity does not say when it was published"},
      {R"({"type":"Like","actor":"ann","object":"n","published":"soon"})",
       "time 'soon' is neither RFC 3339 (2015-01-01T00:00:00Z) nor unix seconds (1420070400)"},
      {R"({"type":"Like","actor":"ann","published":"5"})", "the Like names no object"},
      {R"({"type":"Create","actor":"ann","published":"5","object":{"content":"hi"}})", "the Create names no object"},
      {R"({"type":"Follow","actor":"ann","published":"5","object":[]})", "the Follow names no object"},
      {R"({"type":"Delete","actor":"ann","published":"5"})", "the Delete names no object"},
      {R"({"type":"Undo","actor":"ann","published":"5"})", "the Undo does not say of what"},
      {R"({"type":"Undo","actor":"ann","published":"5","object":{"type":"Like"}})", "the Undo does not say of what"},
      {R"({"type":"Follow","actor":"ann","published":"5","object":"b\u0000b"})", "the target holds a NUL byte"},
      {fmt::format(R"({{"type":"Follow","actor":"ann","published":"5","object":"{}"}})", std::string(1025, 'b')),
       "the target is longer than 1024 bytes"},
  };
  for (const auto& [line, reason] : table) {
    const Reading reading = read(good + line + "\n" + good);
    EXPECT_EQ(reading.rows.size(), 2) << line;
    EXPECT_EQ(reading.report.records, 3) << line;
    ASSERT_EQ(reading.report.bad, 1) << line;
    EXPECT_EQ(reading.report.first_bad.front().place, "inbox.ndjson:2");
    EXPECT_EQ(reading.report.first_bad.front().reason, reason);
    const Reading strict = read(good + line + "\n" + good, {.strict = true});
    EXPECT_EQ(strict.error ? strict.error->message : "", "inbox.ndjson:2: " + reason);
  }
}

TEST(ActivityStreams, a_post_with_one_bad_row_yields_none) {
  const std::string line = create(R"("tag":[{"type":"Mention","href":"@bob"},{"type":"Mention","href":")" +
                                  std::string(1025, 'b') + R"("}])");
  const Reading reading = read(activity("Follow", R"("object":"@bob")") + line);
  EXPECT_EQ(reading.rows.size(), 1);
  EXPECT_EQ(reading.report.bad, 1);
}

TEST(ActivityStreams, ids_of_any_size_survive_as_text) {
  EXPECT_EQ(rows(activity("Like", R"("object":"@bob/statuses/36893488147419103233")")),
            Rows{"1 like fediverse @ann -> @bob post=@bob/statuses/36893488147419103233 id=act/1"});
}

TEST(ActivityStreams, duplicate_deliveries_and_times_out_of_order_are_yielded_as_they_are) {
  const std::string late = activity("Follow", R"("object":"@bob")", 9);
  EXPECT_EQ(rows(late + activity("Follow", R"("object":"@bob")", 5) + late),
            (Rows{"9 follow fediverse @ann -> @bob id=act/9", "5 follow fediverse @ann -> @bob id=act/5",
                  "9 follow fediverse @ann -> @bob id=act/9"}));
}

TEST(ActivityStreams, a_byte_order_mark_and_a_truncated_last_line) {
  const std::string good = activity("Follow", R"("object":"@bob")");
  const Reading reading = read("\xef\xbb\xbf" + good + good.substr(0, 50));
  EXPECT_EQ(reading.rows.size(), 1);
  ASSERT_EQ(reading.report.bad, 1);
  EXPECT_EQ(reading.report.first_bad.front().place, "inbox.ndjson:2");
  EXPECT_NE(reading.report.first_bad.front().reason.find("the log may be cut off"), std::string::npos);
}

TEST(ActivityStreams, an_empty_log_or_another_file_is_one_clear_error) {
  EXPECT_EQ(read("").error->message, "inbox.ndjson is empty: it holds no record to read");
  EXPECT_EQ(read("{}\n{}\n").error->message,
            "inbox.ndjson is not a log of ActivityStreams 2.0: none of its 2 records can be used; "
            "inbox.ndjson:1: the activity has no type");
}

TEST(ActivityStreams, is_recognised_by_its_first_activity) {
  EXPECT_TRUE(looks_like_activitystreams(activity("Like", R"("object":"@bob")")));
  EXPECT_TRUE(looks_like_activitystreams(R"({"actor" : "a", "type" : "Announce", "object" : "https)"));
  for (const std::string_view other :
       {"", "{}", R"({"type":"PushEvent","actor":{}})", R"({"type":"Like"})", R"({"kind":"like","actor":"a"})"}) {
    EXPECT_FALSE(looks_like_activitystreams(other)) << other;
  }
}

}  // namespace
}  // namespace renown::ingest::activitystreams
