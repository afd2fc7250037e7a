#include "ingest/archive/bluesky/car_reader.h"

#include <cstdlib>
#include <fstream>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "atproto/car.h"
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
  ASSERT_TRUE(atproto::looks_like_car(car));
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
  EXPECT_FALSE(atproto::looks_like_car(""));
  EXPECT_FALSE(atproto::looks_like_car("time,network"));
  EXPECT_EQ(read("").error->message, "repo.car cannot be read: it is empty");
  EXPECT_TRUE(read("\x01\xa0"s).error);
}

}  // namespace
}  // namespace renown::ingest::archive::bluesky
