#include "ingest/archive/bluesky/car_reader.h"

#include <cstdlib>
#include <fstream>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "ingest/archive/bluesky/car.h"
#include "ingest/archive/bluesky/cbor.h"
#include "ingest/archive/bluesky/repository.h"
#include "ingest/read_all.h"

namespace renown::ingest::archive::bluesky {
namespace {

using Rows = std::vector<std::string>;
using namespace std::string_literals;

/// A repository that AT Protocol's own library (@atproto/repo 0.8.13) wrote: 46 records of did:plc:ann...
std::string anns_car() {
  const char* const root = std::getenv("RENOWN_SOURCE");
  std::ifstream file(std::string(root == nullptr ? "." : root) + "/tests/fuzz/corpus/car_fuzz/ann.car",
                     std::ios::binary);
  EXPECT_TRUE(file) << "RENOWN_SOURCE must name the project's root";
  return {std::istreambuf_iterator<char>(file), {}};
}

Reading read(const std::string& bytes, model::ReadOptions options = {}) {
  auto source = io::open_memory("repo.car", bytes);
  EXPECT_TRUE(source);
  const auto reader = make_reader("repo.car", std::move(*source), options);
  return read_all(*reader);
}

TEST(BlueskyCar, a_repository_of_the_networks_own_library) {
  const std::string car = anns_car();
  ASSERT_TRUE(looks_like_car(car));
  const Reading reading = read(car);
  EXPECT_FALSE(reading.error) << reading.error->message;
  EXPECT_EQ(reading.report.records, 46u);
  EXPECT_EQ(reading.report.left_out.at("a record of another collection"), 1u);
  EXPECT_EQ(reading.report.bad, 0u);
  ASSERT_EQ(reading.rows.size(), 48u);  // 41 likes, a repost, a follow, two posts, a reply, a mention, a quote
  const std::string ann = " bluesky did:plc:annannannannannannannann";
  const auto has = [&](const std::string& row) { return std::ranges::find(reading.rows, row) != reading.rows.end(); };
  EXPECT_TRUE(
      has("1725911162 like" + ann +
          " -> did:plc:bobbobbobbobbobbobbobbob "
          "post=at://did:plc:bobbobbobbobbobbobbobbob/app.bsky.feed.post/p1 id=app.bsky.feed.like/3l3qo2vxaaw23"))
      << reading.rows[0];
  EXPECT_TRUE(
      has("1725911166 quote" + ann +
          " -> did:plc:cycycycycycycycycycycycy "
          "post=at://did:plc:cycycycycycycycycycycycy/app.bsky.feed.post/p2 id=app.bsky.feed.post/hand-made-key"));
}

TEST(BlueskyCar, what_happened_when_is_in_the_key_or_in_created_at) {
  struct Case {
    std::string_view rkey;
    std::int64_t seconds;
  };
  const Case cases[] = {{"3l3qo2vxaaw23", 1725911162},
                        {"", -1},
                        {"self", -1},
                        {"3l3qo2vxaaw2", -1},
                        {"0000000000000", -1},
                        {"2222222222222", -1},
                        {"zzzzzzzzzzzzz", -1}};
  for (const auto& [rkey, seconds] : cases) EXPECT_EQ(time_in_key(rkey), seconds) << rkey;
}

/// Right behind a block a cut shows only as records that are not there.
bool says_so(const Reading& reading) {
  return reading.error || reading.report.bad > 0;
}

TEST(BlueskyCar, cut_off_anywhere_it_says_so) {
  const std::string car = anns_car();
  for (std::size_t size = 0; size < car.size(); size += 37) EXPECT_TRUE(says_so(read(car.substr(0, size)))) << size;
}

TEST(BlueskyCar, a_record_that_is_not_there_is_a_bad_record) {
  const Reading reading = read(anns_car().substr(0, 11'359));  // behind a block
  ASSERT_GT(reading.report.bad, 0u);
  EXPECT_EQ(reading.report.first_bad[0].reason, "the record is not in the file");
  EXPECT_EQ(reading.report.records, 46u);
}

TEST(BlueskyCar, a_changed_byte_anywhere_shows) {
  const std::string car = anns_car();
  for (std::size_t at = 0; at < car.size(); at += 41) {
    std::string changed = car;
    changed[at] = static_cast<char>(changed[at] ^ 0x01);
    EXPECT_TRUE(says_so(read(changed))) << at;
  }
}

TEST(BlueskyCar, what_is_none) {
  EXPECT_FALSE(looks_like_car(""));
  EXPECT_FALSE(looks_like_car("time,network"));
  EXPECT_EQ(read("").error->message, "repo.car cannot be read: it is empty");
  EXPECT_TRUE(read("\x01\xa0"s).error);
}

std::string json_of(const std::string& cbor) {
  const auto json = cbor_to_json(cbor);
  return json ? *json : "! " + json.error().message;
}

TEST(DagCbor, every_kind_of_item) {
  EXPECT_EQ(json_of("\x00"s), "0");
  EXPECT_EQ(json_of("\x18\x18"s), "24");
  EXPECT_EQ(json_of("\x1b\xff\xff\xff\xff\xff\xff\xff\xff"s), "18446744073709551615");
  EXPECT_EQ(json_of("\x20"s), "-1");
  EXPECT_EQ(json_of("\x3b\xff\xff\xff\xff\xff\xff\xff\xff"s), "-18446744073709551616");
  EXPECT_EQ(json_of("\x60"s), "\"\"");
  EXPECT_EQ(json_of("\x63\"\\\n"s), R"("\"\\\n")");
  EXPECT_EQ(json_of("\x80"s), "[]");
  EXPECT_EQ(json_of("\x82\x01\x81\x02"s), "[1,[2]]");
  EXPECT_EQ(json_of("\xa0"s), "{}");
  EXPECT_EQ(json_of("\xa2\x61\x61\x01\x61\x62\xa1\x61\x63\xf6"s), R"({"a":1,"b":{"c":null}})");
  EXPECT_EQ(json_of("\x83\xf4\xf5\xf6"s), "[false,true,null]");
  EXPECT_EQ(json_of("\xfb\x3f\xf8\0\0\0\0\0\0"s), "1.5");
  EXPECT_EQ(json_of("\xfb\x7f\xf0\0\0\0\0\0\0"s), "null");
  EXPECT_EQ(json_of("\x42zz"s), "null");
  EXPECT_EQ(json_of("\xd8\x2a\x42\0z"s), "null");
}

TEST(DagCbor, what_is_not_allowed_says_where) {
  const std::string cases[] = {
      "",                                       // nothing
      "\x18"s,                                  // cut off
      "\x18\x01"s,                              // longer than needed
      "\x61"s,                                  // a text without its letters
      "\x61\xff"s,                              // no UTF-8
      "\x9f\xff"s,                              // no length told
      "\x9b\xff\xff\xff\xff\xff\xff\xff\xff"s,  // more elements than bytes
      "\xbb\x80\0\0\0\0\0\0\0"s,                // twice that many would be none
      "\xa1\x01\x01"s,                          // a key that is a number
      "\xa1\x61\x61"s,                          // a key without a value
      "\xc1\x00"s,                              // another tag
      "\xd8\x2a\x60"s,                          // a link that is a text
      "\xd8\x2a\x41\x01"s,                      // a link without its zero
      "\xf7"s,                                  // undefined
      "\xfa\0\0\0\0"s,                          // a short float
      "\x00\x00"s,                              // two items
      std::string(1000, '\x81'),                // too deep
  };
  for (const std::string& cbor : cases) EXPECT_TRUE(json_of(cbor).starts_with("! no DAG-CBOR")) << json_of(cbor);
}

RC_GTEST_PROP(DagCbor, no_bytes_do_harm, (const std::string& bytes)) {
  const auto json = cbor_to_json(bytes);
  CborReader reader(bytes);
  const auto skipped = reader.skip();
  RC_ASSERT(!json || (skipped && reader.at_end()));
}

}  // namespace
}  // namespace renown::ingest::archive::bluesky
