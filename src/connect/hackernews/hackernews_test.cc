#include "connect/hackernews/hackernews.h"

#include <gtest/gtest.h>

#include "connect/canned.h"

namespace renown::connect::hackernews {
namespace {

using test::CannedNetwork;
using test::CannedTransport;
using test::read_whole;

constexpr std::int64_t kNow = 1'800'000'000;

/// ann wrote a story with a comment by bob and a deleted one, and a comment that cy answered.
CannedNetwork news() {
  return {
      {"/v0/user/ann.json",
       {R"({"id":"ann","created":1170000000,"karma":5,"about":"I <i>build</i>","submitted":[20,10]})"}},
      {"/v0/item/20.json",
       {R"({"by":"ann","id":20,"kids":[21],"parent":9,"text":"No.<p>Yes.","time":1600000000,"type":"comment"})"}},
      {"/v0/item/21.json", {R"({"by":"cy","id":21,"parent":20,"text":"Why?","time":1600000100,"type":"comment"})"}},
      {"/v0/item/10.json",
       {R"({"by":"ann","id":10,"descendants":2,"kids":[12,11],"score":9,"time":1500000000,"title":"Show","type":"story"})"}},
      {"/v0/item/11.json", {R"({"by":"bob","id":11,"parent":10,"text":"Nice","time":1500000100,"type":"comment"})"}},
      {"/v0/item/12.json", {R"({"deleted":true,"id":12,"parent":10,"time":1500000200,"type":"comment"})"}},
  };
}

Source ann() {
  return {.account = {"hackernews", "ann"}, .server = std::string(CannedTransport::kBase)};
}

TEST(HackerNews, reads_who_comments_and_answers) {
  CannedTransport http(news());
  Place place;
  const auto whole = read_whole(**make_connector(ann(), {.http = http, .now = kNow}), place);
  EXPECT_TRUE(whole.problems.empty());
  EXPECT_EQ(whole.dated, (std::vector<std::string>{
                             "1600000000 post ann  '20' '20' ''",
                             "1600000100 reply cy ann '20' '21' ''",
                             "1500000000 post ann  '10' '10' ''",
                             "1500000100 comment bob ann '10' '11' ''",
                         }));
  EXPECT_EQ(whole.left_out, (std::map<std::string, std::uint64_t>{{"deleted or taken down", 1}}));
  EXPECT_EQ(whole.posts.at(0).text, "No. Yes.");
  EXPECT_EQ(whole.posts.at(1).url, "https://news.ycombinator.com/item?id=10");
  EXPECT_EQ(http.asked.size(), 6U);

  http.asked.clear();
  http.network["/v0/item/10.json"].body.replace(http.network["/v0/item/10.json"].body.find("[12"), 3, "[13,12");
  http.network["/v0/item/13.json"] = {R"({"by":"eve","id":13,"parent":10,"time":1700000000,"type":"comment"})"};
  const auto again = read_whole(**make_connector(ann(), {.http = http, .now = kNow + 86'400}), place);
  EXPECT_EQ(http.asked,
            (std::vector<std::string>{"/v0/user/ann.json", "/v0/item/20.json", "/v0/item/10.json", "/v0/item/13.json"}))
      << "comments that were read are not asked for again";
  EXPECT_EQ(again.dated.back(), "1700000000 comment eve ann '10' '13' ''");
}

TEST(HackerNews, looks_at_the_latest_items) {
  CannedTransport http(news());
  Source source = ann();
  source.settings["items"] = "1";
  Place place;
  EXPECT_EQ(read_whole(**make_connector(source, {.http = http, .now = kNow}), place).dated.size(), 2U);
  for (const char* items : {"0", "501", "all"}) {
    source.settings["items"] = items;
    EXPECT_FALSE(make_connector(source, {.http = http})) << items;
  }
  EXPECT_FALSE(make_connector({.account = {"hackernews", "a/b"}, .server = ""}, {.http = http}));
}

TEST(HackerNews, faults) {
  const auto no_pages = [](const net::test::Seen&, const std::string&, const std::string&) {
    return std::optional<std::string>();
  };
  EXPECT_EQ(test::fault_findings(test::subject_of(make_connector, ann(), news(), no_pages)),
            std::vector<std::string>{});
}

}  // namespace
}  // namespace renown::connect::hackernews
