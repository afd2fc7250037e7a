#include "ingest/stackexchange/stackexchange_reader.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>

#include <gtest/gtest.h>

#include "ingest/read_all.h"
#include "ingest/stackexchange/row_stream.h"

namespace renown::ingest::stackexchange {
namespace {

using Rows = std::vector<std::string>;

constexpr std::string_view kHead = "\xef\xbb\xbf<?xml version=\"1.0\" encoding=\"utf-8\"?>\r\n";

std::string file(std::string_view root, std::string_view rows) {
  return fmt::format("{}<{}>{}</{}>", kHead, root, rows, root);
}

/// Whole files; an empty one is missing.
struct Dump {
  std::string posts = {};
  std::string comments = {};
  std::string votes = {};
};

/// A question of user 10, an answer of user 20 and one of a deleted user.
const std::string kPosts = file("posts", R"(
  <row Id="1" PostTypeId="1" CreationDate="2010-08-25T00:00:01.187" OwnerUserId="10" Tags="&lt;wheel&gt;&lt;rim&gt;" />
  <row Id="2" PostTypeId="2" ParentId="1" CreationDate="2010-08-25T00:00:02.000" OwnerUserId="20" />
  <row Id="3" PostTypeId="2" ParentId="1" CreationDate="2010-08-25T00:00:03.000" OwnerDisplayName="user7" />)");
constexpr int kT0 = 1282694400;  // 2010-08-25

DumpFile memory_file(std::string name, const std::string& text) {
  if (text.empty()) return {std::move(name), nullptr};
  auto source = io::open_memory(name, text);
  EXPECT_TRUE(source);
  return {std::move(name), std::move(*source)};
}

Reading read(const Dump& dump, model::ReadOptions options = {}) {
  const auto reader =
      make_reader("bikes.example", memory_file("Posts.xml", dump.posts), memory_file("Comments.xml", dump.comments),
                  memory_file("Votes.xml", dump.votes), options);
  return read_all(*reader);
}

/// The rows of a dump without those of kPosts.
Rows more_rows(const Dump& dump) {
  Rows rows = read(dump).rows;
  rows.erase(rows.begin(), rows.begin() + 3);
  return rows;
}

std::string error_of(const Dump& dump) {
  const Reading reading = read(dump);
  return reading.error ? reading.error->message : "";
}

std::uint64_t left_out(const Reading& reading, const std::string& reason) {
  const auto found = reading.report.left_out.find(reason);
  return found == reading.report.left_out.end() ? 0 : found->second;
}

TEST(StackExchange, posts_are_posts_and_an_answer_is_a_reply_too) {
  const Reading reading = read({.posts = kPosts});
  EXPECT_EQ(reading.rows, (Rows{"1282694401 post bikes.example 10 post=1 id=post-1 tags=wheel rim",
                                "1282694402 post bikes.example 20 post=2 id=post-2 tags=wheel rim",
                                "1282694402 reply bikes.example 20 -> 10 post=1 id=post-2 tags=wheel rim"}));
  EXPECT_FALSE(reading.error);
  EXPECT_EQ(reading.report.records, 3);
  EXPECT_EQ(left_out(reading, "the account that acts was deleted"), 1);
  EXPECT_EQ(reading.report.notices, (std::vector<std::string>{"Comments.xml is missing: the comments do not count",
                                                              "Votes.xml is missing: the votes do not count"}));
}

TEST(StackExchange, newer_dumps_write_tags_between_bars) {
  const auto rows =
      read(
          {.posts = file(
               "posts", R"(<row Id="1" PostTypeId="1" CreationDate="2024-01-01" OwnerUserId="1" Tags="|c++|.net|"/>)")})
          .rows;
  EXPECT_EQ(rows, Rows{"1704067200 post bikes.example 1 post=1 id=post-1 tags=c++ .net"});
}

TEST(StackExchange, an_answer_may_stand_before_its_question) {
  const Reading reading = read({.posts = file("posts", R"(
      <row Id="1" PostTypeId="2" ParentId="5" CreationDate="1970-01-01T00:00:01" OwnerUserId="20" />
      <row Id="2" PostTypeId="2" ParentId="6" CreationDate="1970-01-01T00:00:02" OwnerUserId="20" />
      <row Id="5" PostTypeId="1" CreationDate="1970-01-01T00:00:00" OwnerUserId="10" Tags="|wheel|" />)")});
  EXPECT_EQ(reading.rows, (Rows{"0 post bikes.example 10 post=5 id=post-5 tags=wheel",
                                "1 post bikes.example 20 post=1 id=post-1 tags=wheel",
                                "1 reply bikes.example 20 -> 10 post=5 id=post-1 tags=wheel",
                                "2 post bikes.example 20 post=2 id=post-2"}));  // its question is not in the dump
  EXPECT_EQ(reading.report.records, 3);
}

TEST(StackExchange, a_comment_engages_with_the_author_of_the_post) {
  const Dump dump{.posts = kPosts, .comments = file("comments", R"(
      <row Id="1" PostId="2" CreationDate="1970-01-01T00:00:05" UserId="30" Text="ok" />
      <row Id="2" PostId="3" CreationDate="1970-01-01T00:00:05" UserId="30" />
      <row Id="3" PostId="9" CreationDate="1970-01-01T00:00:05" UserId="30" />
      <row Id="4" PostId="1" CreationDate="1970-01-01T00:00:05" UserDisplayName="user9" />
      <row Id="5" PostId="1" CreationDate="1970-01-01T00:00:05" UserId="-1" />)")};
  EXPECT_EQ(more_rows(dump), Rows{"5 comment bikes.example 30 -> 20 post=2 id=comment-1 tags=wheel rim"});
  const Reading reading = read(dump);
  EXPECT_EQ(left_out(reading, "the account engaged with was deleted"), 1);
  EXPECT_EQ(left_out(reading, "the post is not in the dump"), 1);
  EXPECT_EQ(left_out(reading, "the account that acts was deleted"), 2);
  EXPECT_EQ(left_out(reading, "by the site itself (user -1)"), 1);
}

TEST(StackExchange, of_the_votes_only_those_with_a_voter_are_acts) {
  const Dump dump{.posts = kPosts, .votes = file("votes", R"(
      <row Id="1" PostId="2" VoteTypeId="1" CreationDate="1970-01-02T00:00:00.000" />
      <row Id="2" PostId="2" VoteTypeId="2" CreationDate="1970-01-02T00:00:00.000" />
      <row Id="3" PostId="1" VoteTypeId="8" CreationDate="1970-01-02T00:00:00.000" UserId="30" BountyAmount="50" />
      <row Id="4" PostId="1" VoteTypeId="5" CreationDate="1970-01-02T00:00:00.000" UserId="31" />
      <row Id="5" PostId="3" VoteTypeId="1" CreationDate="1970-01-02T00:00:00.000" />
      <row Id="6" PostId="1" VoteTypeId="1" CreationDate="1970-01-02T00:00:00.000" />
      <row Id="7" PostId="9" VoteTypeId="1" CreationDate="1970-01-02T00:00:00.000" />
      <row Id="8" PostId="1" VoteTypeId="6" CreationDate="1970-01-02T00:00:00.000" UserId="30" />)")};
  EXPECT_EQ(more_rows(dump), (Rows{"86400 endorse bikes.example 10 -> 20 post=2 id=vote-1 tags=wheel rim",
                                   "86400 tip bikes.example 30 -> 10 post=1 id=vote-3 tags=wheel rim",
                                   "86400 star bikes.example 31 -> 10 post=1 id=vote-4 tags=wheel rim"}));
  const Reading reading = read(dump);
  EXPECT_EQ(left_out(reading, "vote without a voter"), 1);
  EXPECT_EQ(left_out(reading, "the account engaged with was deleted"), 1);
  EXPECT_EQ(left_out(reading, "an accepted post that is no answer"), 1);
  EXPECT_EQ(left_out(reading, "the post is not in the dump"), 1);
  EXPECT_EQ(left_out(reading, "vote that is no engagement"), 1);
  EXPECT_EQ(reading.without_rows() + 5, reading.report.records);  // 5 records gave rows
}

TEST(StackExchange, the_sites_own_posts_get_no_engagement) {
  const Reading reading = read({.posts = file("posts", R"(
      <row Id="1" PostTypeId="1" CreationDate="1970-01-01" OwnerUserId="-1" />
      <row Id="2" PostTypeId="2" ParentId="1" CreationDate="1970-01-01" OwnerUserId="20" />
      <row Id="4" PostTypeId="5" CreationDate="1970-01-01" OwnerUserId="20" />)")});
  EXPECT_EQ(reading.rows, Rows{"0 post bikes.example 20 post=2 id=post-2"});
  EXPECT_EQ(left_out(reading, "by the site itself (user -1)"), 1);
  EXPECT_EQ(left_out(reading, "post that is neither a question nor an answer"), 1);
}

TEST(StackExchange, ids_beyond_2_to_the_63_survive_as_text) {
  const Reading reading = read({.posts = file("posts", R"(
      <row Id="36893488147419103233" PostTypeId="1" CreationDate="1970-01-01" OwnerUserId="9223372036854775808" />
      <row Id="36893488147419103234" PostTypeId="2" ParentId="36893488147419103233" CreationDate="1970-01-01" OwnerUserId="9007199254740993" />)")});
  ASSERT_EQ(reading.rows.size(), 3);
  EXPECT_EQ(reading.rows[2],
            "0 reply bikes.example 9007199254740993 -> 9223372036854775808 post=36893488147419103233 "
            "id=post-36893488147419103234");
}

TEST(StackExchange, a_renamed_user_stays_one_account) {
  const Reading reading = read({.posts = file("posts", R"(
      <row Id="1" PostTypeId="1" CreationDate="1970-01-01" OwnerUserId="7" OwnerDisplayName="Ann" />
      <row Id="2" PostTypeId="1" CreationDate="1970-01-01" OwnerUserId="7" OwnerDisplayName="Anna" />)")});
  EXPECT_EQ(reading.rows, (Rows{"0 post bikes.example 7 post=1 id=post-1", "0 post bikes.example 7 post=2 id=post-2"}));
}

TEST(StackExchange, duplicate_deliveries_and_times_out_of_order_are_yielded_as_they_are) {
  const std::string_view comment = R"(<row Id="1" PostId="2" CreationDate="1970-01-01T00:00:05" UserId="30" />)";
  const std::string_view earlier = R"(<row Id="2" PostId="2" CreationDate="1970-01-01T00:00:03" UserId="30" />)";
  EXPECT_EQ(
      more_rows({.posts = kPosts, .comments = file("comments", fmt::format("{}{}{}", comment, earlier, comment))}),
      (Rows{"5 comment bikes.example 30 -> 20 post=2 id=comment-1 tags=wheel rim",
            "3 comment bikes.example 30 -> 20 post=2 id=comment-2 tags=wheel rim",
            "5 comment bikes.example 30 -> 20 post=2 id=comment-1 tags=wheel rim"}));
}

struct BadRow {
  std::string row;
  std::string reason;
};

TEST(StackExchange, a_row_without_a_needed_attribute_is_a_bad_record) {
  const std::string good = R"(<row Id="1" PostTypeId="1" CreationDate="1970-01-01" OwnerUserId="1" />)";
  const std::vector<BadRow> table = {
      {R"(<row/>)", "the attribute Id is missing"},
      {R"(<row Id="2" CreationDate="1970-01-01"/>)", "the attribute PostTypeId is missing"},
      {R"(<row Id="2" PostTypeId="1"/>)", "the attribute CreationDate is missing"},
      {R"(<row Id="2" PostTypeId="2" CreationDate="1970-01-01" OwnerUserId="2"/>)",
       "the attribute ParentId is missing from an answer"},
      {R"(<row Id="2" PostTypeId="1" CreationDate="soon"/>)",
       "time 'soon' is neither RFC 3339 (2015-01-01T00:00:00Z) nor unix seconds (1420070400)"},
      {fmt::format(R"(<row Id="2" PostTypeId="1" CreationDate="1970-01-01" OwnerUserId="{}"/>)",
                   std::string(1025, '7')),
       "the attribute OwnerUserId is longer than 1024 bytes"},
      {fmt::format(R"(<row Id="2" PostTypeId="1" CreationDate="1970-01-01" OwnerUserId="1" Tags="|{}|"/>)",
                   std::string(4097, 'a')),
       "the list of tags is longer than 4096 bytes"},
      {R"(<line/>)", "an element <line> stands where <row> must"},
  };
  for (const auto& [row, reason] : table) {
    const Reading reading = read({.posts = file("posts", good + row + good)});
    EXPECT_EQ(reading.rows.size(), 2) << row;
    EXPECT_FALSE(reading.error) << row;
    ASSERT_EQ(reading.report.bad, 1) << row;
    EXPECT_EQ(reading.report.first_bad.front().place, "Posts.xml row 2");
    EXPECT_EQ(reading.report.first_bad.front().reason, reason);
    EXPECT_EQ(reading.report.records, 3);

    const Reading strict = read({.posts = file("posts", good + row + good)}, {.strict = true});
    EXPECT_EQ(strict.error ? strict.error->message : "", "Posts.xml row 2: " + reason);
  }
}

TEST(StackExchange, a_file_that_is_not_what_it_claims_is_one_clear_error) {
  EXPECT_EQ(error_of({.posts = " "}), "Posts.xml is cut off: its XML ends too early, in line 1");
  EXPECT_EQ(error_of({.posts = "<html></html>"}),
            "Posts.xml is not the posts of a Stack Exchange dump: it begins with <html> where <posts> must stand");
  EXPECT_EQ(error_of({.posts = "time,network\n"}), "Posts.xml is not well-formed XML in line 1: syntax error");
  EXPECT_EQ(error_of({.posts = "<posts/>"}), "Posts.xml is empty: it holds no record to read");
  EXPECT_EQ(
      error_of({.posts = kPosts, .comments = "<posts/>"}),
      "Comments.xml is not the comments of a Stack Exchange dump: it begins with <posts> where <comments> must stand");
  EXPECT_EQ(error_of({.posts = kPosts, .comments = file("comments", "<row/><row/>")}),
            "Comments.xml is not the comments of a Stack Exchange dump: none of its 2 records can be used; "
            "Comments.xml row 1: the attribute Id is missing");
  EXPECT_EQ(error_of({.posts = "<posts><row Id=\"\xff\"/></posts>"}),
            "Posts.xml is not well-formed XML in line 1: not well-formed (invalid token)");
}

TEST(StackExchange, a_site_without_comments_or_votes_is_fine) {
  EXPECT_EQ(error_of({.posts = kPosts, .comments = "<comments/>", .votes = "<votes></votes>"}), "");
}

TEST(StackExchange, a_truncated_file_is_one_clear_error) {
  for (std::size_t size = kPosts.size() - 60; size < kPosts.size(); ++size) {
    EXPECT_EQ(error_of({.posts = kPosts.substr(0, size)}).substr(0, 45),
              "Posts.xml is cut off: its XML ends too early,")
        << size;
  }
}

TEST(StackExchange, a_document_type_and_with_it_an_entity_bomb_is_refused) {
  const std::string bomb =
      R"(<!DOCTYPE posts [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><posts><row Id="&b;"/></posts>)";
  EXPECT_EQ(error_of({.posts = bomb}),
            "Posts.xml has a document type (<!DOCTYPE>), which no Stack Exchange dump has: it is not read");
}

TEST(StackExchange, memory_is_bounded_whatever_the_file_holds) {
  EXPECT_EQ(
      error_of({.posts = "<posts><row Id=\"" + std::string(RowStream::kMaxRowBytes + (1 << 17), 'x') + "\"/></posts>"}),
      "Posts.xml has a row longer than 16777216 bytes");
  std::string deep;
  for (int i = 0; i < 20; ++i) deep += "<row>";
  EXPECT_EQ(error_of({.posts = "<posts>" + deep}), "Posts.xml nests elements more than 8 deep");
}

TEST(StackExchange, is_recognised_by_its_first_element) {
  EXPECT_TRUE(looks_like_stackexchange("<?xml version=\"1.0\" encoding=\"utf-8\"?>\r\n<posts>\n  <row Id="));
  EXPECT_TRUE(looks_like_stackexchange("<votes>"));
  for (const std::string_view other : {"", "<", "<?xml", "<?xml version=\"1.0\"?><rss>", "{\"a\":1}", "<html>"}) {
    EXPECT_FALSE(looks_like_stackexchange(other)) << other;
  }
}

class DumpFolder : public testing::Test {
 protected:
  void SetUp() override { std::filesystem::create_directories(folder_); }
  void TearDown() override { std::filesystem::remove_all(root_); }
  void write(const std::string& name, const std::string& text) { std::ofstream(folder_ + "/" + name) << text; }
  Reading read() {
    auto reader = open_dump(folder_, {});
    if (!reader) return {.rows = {}, .error = reader.error(), .report = {}};
    return read_all(**reader);
  }
  std::string root_ = testing::TempDir() + "/" + testing::UnitTest::GetInstance()->current_test_info()->name();
  std::string folder_ = root_ + "/Bikes.example";
};

TEST_F(DumpFolder, names_the_network) {
  write("Posts.xml", kPosts);
  EXPECT_EQ(read().rows.at(0), "1282694401 post bikes.example 10 post=1 id=post-1 tags=wheel rim");
  folder_ += "/";
  EXPECT_EQ(read().rows.at(0), "1282694401 post bikes.example 10 post=1 id=post-1 tags=wheel rim");
  folder_ += "a dump";
  std::filesystem::create_directories(folder_);
  write("posts.xml", kPosts);  // as old dumps spell it
  EXPECT_EQ(read().rows.at(0), "1282694401 post stackexchange 10 post=1 id=post-1 tags=wheel rim");
}

TEST_F(DumpFolder, without_posts_says_what_to_do) {
  write("Comments.xml", "<comments/>");
  const auto error = read().error;
  ASSERT_TRUE(error);
  EXPECT_EQ(error->code, ErrorCode::not_found);
  EXPECT_EQ(error->message, folder_ + " holds no Posts.xml (or Posts.xml.gz): unpack the dump's .7z file into it");
}

TEST_F(DumpFolder, must_be_a_folder_that_is_there) {
  write("Posts.xml", kPosts);
  folder_ += "/Posts.xml";
  EXPECT_EQ(read().error->code, ErrorCode::bad_input);
  folder_ += "/nowhere";
  EXPECT_EQ(read().error->code, ErrorCode::not_found);
}

TEST(StackExchange, reads_the_real_dump_whole) {
  const char* data = std::getenv("RENOWN_DATA");
  const std::string folder = std::string(data ? data : "") + "/stackexchange";
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << "skipped: RENOWN_DATA has no stackexchange";
  auto reader = open_dump(folder, {.strict = true});
  ASSERT_TRUE(reader) << reader.error().message;
  const Reading reading = read_all(**reader);
  EXPECT_FALSE(reading.error) << reading.error->message;

  EXPECT_EQ(reading.report.records, 1'446 + 2'448 + 5'671);
  EXPECT_EQ(reading.report.bad, 0);
  EXPECT_EQ(reading.report.left_out,
            (std::map<std::string, std::uint64_t>{{"vote without a voter", 5'513},
                                                  {"the account that acts was deleted", 132},
                                                  {"the account engaged with was deleted", 71},
                                                  {"post that is neither a question nor an answer", 22},
                                                  {"by the site itself (user -1)", 3},
                                                  {"the post is not in the dump", 1}}));
  EXPECT_EQ(reading.report.interactions, 4'723);
  std::map<std::string, int> kinds;
  for (const std::string& row : reading.rows) ++kinds[row.substr(11, row.find(' ', 11) - 11)];
  EXPECT_EQ(kinds, (std::map<std::string, int>{{"post", 1'380}, {"reply", 900}, {"comment", 2'292}, {"endorse", 151}}));
  // An answer whose question's author is known gives two rows; each other record one or none.
  EXPECT_EQ(reading.without_rows() + reading.report.interactions - 900, reading.report.records);
}

}  // namespace
}  // namespace renown::ingest::stackexchange
