// Awkward strings survive as account names and posts, in and out.
#include <cstdlib>
#include <filesystem>

#include <gtest/gtest.h>

#include "ingest/flat/csv_reader.h"
#include "ingest/flat/ndjson_reader.h"
#include "ingest/flat/testing.h"
#include "io/csv.h"
#include "io/json.h"
#include "io/json_escape.h"
#include "io/testing.h"

namespace renown::ingest::flat {
namespace {

class NaughtyStrings : public ::testing::Test {
 protected:
  void SetUp() override {
    const char* data = std::getenv("RENOWN_DATA");
    const std::string path = std::string(data == nullptr ? "" : data) + "/naughty-strings/blns.json";
    if (!std::filesystem::exists(path)) GTEST_SKIP() << "skipped: RENOWN_DATA has no naughty-strings";
    const std::string bytes = io::testing::drain(io::open_bytes(path));
    io::JsonParser parser;
    auto root = parser.parse(bytes);
    ASSERT_TRUE(root) << root.error().message;
    for (const io::JsonValue text : root->elements()) strings_.emplace_back(text.text());
    ASSERT_EQ(strings_.size(), 515U);
  }

  /// Each string as post, and as actor and target where it is not empty.
  void expect_all(model::InteractionReader& reader) {
    model::InteractionBlock block;
    auto more = reader.read(block);
    ASSERT_TRUE(more) << more.error().message;
    EXPECT_EQ(reader.report().bad, 0U) << testing::bad_records(reader.report());
    ASSERT_EQ(block.size(), strings_.size());
    std::size_t names = 0;
    for (std::size_t i = 0; i < strings_.size(); ++i) {
      EXPECT_EQ(block[i].post, strings_[i]);
      EXPECT_EQ(block[i].actor, name(i));
      EXPECT_EQ(block[i].target, name(i));
      names += strings_[i].empty() ? 0 : 1;
    }
    EXPECT_EQ(names, 514U);
  }

  std::string name(std::size_t i) const { return strings_[i].empty() ? "nobody" : strings_[i]; }

  std::vector<std::string> strings_;
};

TEST_F(NaughtyStrings, survive_csv) {
  std::string csv = "time,network,kind,post,actor,target\n";
  for (std::size_t i = 0; i < strings_.size(); ++i) {
    const std::string account = io::csv_field(name(i));
    csv += "7,n,like," + io::csv_field(strings_[i]) + "," + account + "," + account + "\n";
  }
  for (const std::size_t piece : {std::size_t{1}, csv.size()}) {
    expect_all(*read_csv("x.csv", io::testing::memory(csv, piece), {}));
  }
}

TEST_F(NaughtyStrings, survive_ndjson) {
  std::string ndjson;
  for (std::size_t i = 0; i < strings_.size(); ++i) {
    const std::string account = io::json_string(name(i));
    ndjson += R"({"time":7,"network":"n","kind":"like","post":)" + io::json_string(strings_[i]) +
              ",\"actor\":" + account + ",\"target\":" + account + "}\n";
  }
  for (const std::size_t piece : {std::size_t{1}, ndjson.size()}) {
    expect_all(*read_ndjson("x.ndjson", io::testing::memory(ndjson, piece), {}));
  }
}

}  // namespace
}  // namespace renown::ingest::flat
