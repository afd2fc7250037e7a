// The quick readers and their slow twins give the same, whatever the log, the way its bytes arrive and the threads.
#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "ingest/flat/csv_reader.h"
#include "ingest/flat/ndjson_reader.h"
#include "ingest/flat/slow_readers.h"
#include "io/line_chunks.h"

namespace renown::ingest::flat {
namespace {

using testing::Read;
using Open = std::unique_ptr<model::InteractionReader> (*)(std::string, std::unique_ptr<io::ByteSource>,
                                                           model::ReadOptions);
using Slow = Read (*)(std::string_view, model::ReadOptions);

/// Bytes that come a few at a time, so that chunks are cut everywhere.
class Dripping final : public io::ByteSource {
 public:
  Dripping(std::string_view bytes, std::size_t drop) : bytes_(bytes), drop_(drop) {}
  std::uint64_t bytes_read() const override { return at_; }
  Result<std::size_t> read(std::span<char> buffer) override {
    const std::size_t count = std::min({buffer.size(), bytes_.size() - at_, drop_});
    std::copy_n(bytes_.begin() + static_cast<std::ptrdiff_t>(at_), count, buffer.begin());
    at_ += count;
    return count;
  }

 private:
  std::string_view bytes_;
  std::size_t drop_;
  std::size_t at_ = 0;
};

std::string text_of(const Read& read) {
  std::string text = "error: " + read.error + "\n";
  for (const std::string& row : read.rows) text += row + "\n";
  text += fmt::format("records {} interactions {} bad {}\n", read.report.records, read.report.interactions,
                      read.report.bad);
  for (const auto& notice : read.report.notices) text += notice + "\n";
  return text + testing::bad_records(read.report);
}

void expect_twins_agree(const std::string& log, Open open, Slow slow) {
  for (const bool strict : {false, true}) {
    const std::string wanted = text_of(slow(log, {.strict = strict}));
    for (const std::size_t threads : {1, 2, 5}) {
      for (const std::size_t drop : {log.size() + 1, std::size_t{300}, std::size_t{7}}) {
        auto reader = open("x", std::make_unique<Dripping>(log, drop), {.strict = strict, .threads = threads});
        const std::string got = text_of(testing::read_all(*reader));
        if (got != wanted)
          RC_FAIL(fmt::format("threads {} drop {}\n{}\n--- wanted\n{}\n--- log\n{}", threads, drop, got, wanted, log));
      }
    }
  }
}

template <class T>
T one_of(const std::vector<T>& choices) {
  return *rc::gen::elementOf(choices);
}

/// A JSON value that suits the key, mostly.
std::string json_value(const std::string& key) {
  if (*rc::gen::inRange(0, 30) == 0) {
    return one_of<std::string>({"null", "true", "[]", "{}", "-1", "01", "1.5", "1e9", "\"\"", "\"\\u0041\"", "\"\xff\"",
                                "\"a\tb\"", "{\"a\":{\"b\":[1,{}]}}", "tru", "\"", "", "\"\\\\\"", "[1,]",
                                "12345678901234567890"});
  }
  if (key == "time")
    return one_of<std::string>({"1420070400", "\"2015-01-01T00:00:00Z\"", "\"2015-01-01T23:59:59Z\"", "0",
                                "\"2015-02-29T00:00:00Z\"", "\"1420070400\"", "253402300800", "1.4200704e9",
                                "\"2015-01-01T00:00:60Z\"", "\"2015-01-01T01:00:00+01:00\""});
  if (key == "kind")
    return one_of<std::string>(
        {"\"like\"", "\"post\"", "\"undo\"", "\"endorse\"", "\"mention\"", "\"lik\"", "\"reposts\""});
  if (key == "network") return one_of<std::string>({"\"forum\"", "\"chirp\"", "\"\""});
  if (key == "tags")
    return one_of<std::string>(
        {"\"a b\"", "[\"a\",\"b\"]", "[ \"a\" , \"b\" ]", "[\"\", \"b\"]", "[1]", "[\"a\"]", "null"});
  if (key == "extra")
    return one_of<std::string>({"{\"time\":3,\"b\":\"x\\ny\"}", "[1,2.5,-3e4]", "false", "\"\\q\"", "{}",
                                "{\"c\":{\"d\":null}}", "\"\\/\"", "[[1,2],[3.5,[]]]", "[{\"e\": 1, \"f\":[{}]},{}]",
                                "[[1,2]", "[{\"e\" 1}]", "[{1:2}]", "[[,]]",
                                std::string(17, '[') + std::string(17, ']')});
  return one_of<std::string>(
      {"\"ann\"", "\"bob\"", "\"\xc3\xa9\"", "17", "0", "\"a\\\"b\"", "\"" + std::string(40, 'x') + "\"", "\"\""});
}

std::string json_line() {
  std::vector<std::string> keys = {"time", "network", "kind", "actor", "target"};
  for (const char* key : {"post", "id", "tags", "extra", "ti\\u006de", "kind"}) {
    if (*rc::gen::inRange(0, 3) == 0) keys.emplace_back(key);
  }
  const std::string gap = one_of<std::string>({"", "", "", "", " "});
  std::string line = "{";
  for (std::size_t i = 0; i < keys.size(); ++i) {
    line += (i == 0 ? "" : "," + gap) + "\"" + keys[i] + "\":" + gap + json_value(keys[i]);
  }
  return line + "}";
}

std::string csv_field(std::size_t column) {
  if (*rc::gen::inRange(0, 30) == 0) {
    return one_of<std::string>({"\"", "\"a,b\"", "\"a\nb\"", "a\"b", "\"a\"\"b\"", "\"a\"b", ",", "\xff",
                                std::string(1, '\0'), "\t", "\r", ""});
  }
  switch (column) {
    case 0:
      return one_of<std::string>({"1420070400", "2015-01-01T00:00:00Z", "2015-01-01T07:08:09Z", "007", "1.5", "-1",
                                  "2015-01-01", "1420070400000"});
    case 1:
      return one_of<std::string>({"forum", "chirp", std::string(70, 'n')});
    case 2:
      return one_of<std::string>({"like", "post", "undo", "mention", "LIKE", ""});
    default:
      return one_of<std::string>({"ann", "bob", "\xc3\xa9", "17", "", std::string(40, 'x')});
  }
}

std::string csv_line() {
  std::string line;
  for (std::size_t column = 0; column < 8; ++column) line += (column == 0 ? "" : ",") + csv_field(column);
  return line;
}

/// Lines with their endings, some of them damaged in one byte; many repeat, as in a log.
template <class Line>
std::string log_of(const Line& line) {
  std::vector<std::string> lines;
  for (int kinds = *rc::gen::inRange(1, 6); kinds > 0; --kinds) lines.push_back(line());
  std::string log;
  for (int count = *rc::gen::inRange(0, 60); count > 0; --count) {
    std::string next = one_of(lines);
    if (!next.empty() && *rc::gen::inRange(0, 8) == 0) {
      next[*rc::gen::inRange<std::size_t>(0, next.size())] =
          one_of<char>({'"', ',', ' ', '\\', '}', '\x80', '0', '\n', '\r'});
    }
    if (*rc::gen::inRange(0, 12) == 0) next = line();
    log += next + one_of<std::string>({"\n", "\n", "\n", "\r\n", "\n\n", " \n"});
  }
  if (!log.empty() && *rc::gen::inRange(0, 3) == 0) log.pop_back();
  return (*rc::gen::inRange(0, 9) == 0 ? "\xef\xbb\xbf" : "") + log;
}

TEST(FlatTwins, agree_on_ndjson) {
  EXPECT_TRUE(rc::check([] { expect_twins_agree(log_of(json_line), read_ndjson, testing::slow_ndjson); }));
}

TEST(FlatTwins, agree_on_csv) {
  EXPECT_TRUE(rc::check([] {
    const std::string header =
        one_of<std::string>({"time,network,kind,actor,target,post,id,tags", "time,network,kind,actor,target,x,id,tags",
                             "time,network,\"kind\",actor,target,post,id,y"});
    expect_twins_agree(header + "\n" + log_of(csv_line), read_csv, testing::slow_csv);
  }));
}

/// Several chunks' worth of rows, a bad one now and then, and quotes in one place only.
std::string long_log(std::string_view header, std::size_t rows, std::string (*row)(std::size_t)) {
  std::string log(header);
  for (std::size_t i = 0; i < rows; ++i) log += row(i) + "\n";
  return log;
}

void expect_long_twins_agree(const std::string& log, Open open, Slow slow) {
  ASSERT_GT(log.size(), 4 * io::LineChunks::kChunkBytes);
  const std::string wanted = text_of(slow(log, {}));
  for (const std::size_t threads : {1, 2, 4}) {
    auto reader = open("x", std::move(*io::open_memory("x", log)), {.threads = threads});
    EXPECT_TRUE(text_of(testing::read_all(*reader)) == wanted) << "threads " << threads;
  }
}

TEST(FlatTwins, agree_on_ndjson_of_many_chunks) {
  expect_long_twins_agree(long_log("", 30'000,
                                   [](std::size_t i) {
                                     if (i % 7'001 == 7'000) return std::string("{\"time\":1}");
                                     return fmt::format(
                                         R"({{"time":{},"network":"n","kind":"{}","actor":"a{}","target":"b","{}":1}})",
                                         i, i % 3 == 0 ? "like" : "reply", i % 100, i > 20'000 ? "late" : "early");
                                   }),
                          read_ndjson, testing::slow_ndjson);
}

TEST(FlatTwins, agree_on_csv_of_many_chunks) {
  expect_long_twins_agree(long_log("time,network,kind,actor,target,post\n", 60'000,
                                   [](std::size_t i) {
                                     if (i % 7'001 == 7'000) return std::string("1,n,like");
                                     const bool quoted = i > 20'000 && i < 40'000 && i % 50 == 0;
                                     return fmt::format("{},n,like,a{},b,{}", i, i % 100, quoted ? "\"p\n,q\"" : "p");
                                   }),
                          read_csv, testing::slow_csv);
}

TEST(FlatTwins, agree_on_a_line_that_is_too_long) {
  const std::string good = R"({"time":1,"network":"n","kind":"like","actor":"a","target":"b"})";
  const std::string log = good + "\n" + std::string(io::LineReader::kMaxBytes + 100, 'x') + "\n" + good + "\n";
  const std::string wanted = text_of(testing::slow_ndjson(log, {}));
  EXPECT_NE(wanted.find("longer than"), std::string::npos);
  for (const std::size_t threads : {1, 3}) {
    auto reader = read_ndjson("x", std::move(*io::open_memory("x", log)), {.threads = threads});
    EXPECT_EQ(text_of(testing::read_all(*reader)), wanted);
  }
  const std::string header = "time,network,kind,actor,target\n", row = "1,n,like,a,b\n";
  for (const std::string& before : {row, std::string("1,n,like,\"a,b\n")}) {
    const std::string csv = header + before + std::string(io::LineReader::kMaxBytes + 100, 'x') + "\n" + row;
    auto reader = read_csv("x", std::move(*io::open_memory("x", csv)), {.threads = 2});
    EXPECT_EQ(text_of(testing::read_all(*reader)), text_of(testing::slow_csv(csv, {})));
  }
}

}  // namespace
}  // namespace renown::ingest::flat
