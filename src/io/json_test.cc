#include "io/json.h"

#include <chrono>
#include <map>

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "io/json_escape.h"
#include "io/testing.h"

namespace renown::io {
namespace {

std::string problem_of(std::string_view text) {
  JsonParser parser;
  auto root = parser.parse(text);
  return root ? "" : root.error().message;
}

struct Case {
  std::string text;
  std::string problem;  ///< empty: accepted
};

class ParseJson : public ::testing::TestWithParam<Case> {};

TEST_P(ParseJson, accepts_or_says_where_it_is_wrong) {
  EXPECT_EQ(problem_of(GetParam().text), GetParam().problem);
}

INSTANTIATE_TEST_SUITE_P(
    table, ParseJson,
    ::testing::Values(Case{"", "not valid JSON at byte 1: there is nothing but white space"},
                      Case{"  ", "not valid JSON at byte 1: there is nothing but white space"}, Case{"null", ""},
                      Case{" {} ", ""}, Case{"[]", ""}, Case{"\"\"", ""}, Case{"0", ""}, Case{"[[],{\"a\":[{}]}]", ""},
                      Case{"{\"a\":1,}", "not valid JSON at byte 8: a member's name in quotes is missing"},
                      Case{"{\"a\" 1}", "not valid JSON at byte 6: a ':' is missing"},
                      Case{"{\"a\":}", "not valid JSON at byte 6: a value is missing"},
                      Case{"{\"a\":1 \"b\":2}", "not valid JSON at byte 8: a ',' or '}' is missing"},
                      Case{"{\"a\"", "not valid JSON at byte 5: a ':' is missing"},
                      Case{"[1 2]", "not valid JSON at byte 4: a ',' or ']' is missing"},
                      Case{"[1", "not valid JSON at byte 3: it ends too early"},
                      Case{"[1}", "not valid JSON at byte 3: a ',' or ']' is missing"},
                      Case{"{} {}", "not valid JSON at byte 4: something follows the end of the JSON value"},
                      Case{"[01]", "not valid JSON at byte 3: this is no part of a number"},
                      Case{"[1.]", "not valid JSON at byte 2: a value is missing"},
                      Case{"[-]", "not valid JSON at byte 2: a value is missing"},
                      Case{"[1x]", "not valid JSON at byte 3: this is no part of a number"},
                      Case{"[truex]", "not valid JSON at byte 2: a value is missing"},
                      Case{"[nul\"a\"]", "not valid JSON at byte 2: a value is missing"},
                      Case{"[\"a\"b]", "not valid JSON at byte 5: a ',' or ']' is missing"},
                      Case{"[\"a\"\"b\"]", "not valid JSON at byte 5: a ',' or ']' is missing"},
                      Case{"[\"a]", "not valid JSON at byte 2: a string is not closed"},
                      Case{"[\"a\\\"]", "not valid JSON at byte 2: a string is not closed"},
                      Case{"[\"a\tb\"]", "not valid JSON at byte 4: a control character stands inside a string"},
                      Case{"[\"a\\x\"]", "not valid JSON at byte 4: an escape in a string is not valid"},
                      Case{"[\"\\ud800\"]", "not valid JSON at byte 3: an escape in a string is not valid"},
                      Case{"[\"\\ud800\\u0041\"]", "not valid JSON at byte 3: an escape in a string is not valid"},
                      Case{"[\"\\udc00\"]", "not valid JSON at byte 3: an escape in a string is not valid"},
                      Case{"[\"\\u00g0\"]", "not valid JSON at byte 3: an escape in a string is not valid"},
                      Case{"[\"\\u00\"]", "not valid JSON at byte 3: an escape in a string is not valid"},
                      Case{"[\"ab\xff\"]", "not valid JSON at byte 5: the text is not UTF-8"},
                      Case{"[\"\xed\xa0\x80\"]", "not valid JSON at byte 3: the text is not UTF-8"},
                      Case{std::string("[\"a\0\"]", 6),
                           "not valid JSON at byte 4: a control character stands inside a string"},
                      Case{std::string("[1,\0]", 5), "not valid JSON at byte 4: a value is missing"},
                      Case{"123456789012345678901234567890", ""}, Case{"[-0.0e-999999]", ""},
                      Case{std::string(1024, '[') + std::string(1024, ']'), ""},
                      Case{std::string(1025, '[') + std::string(1025, ']'),
                           "not valid JSON at byte 1025: arrays and objects are nested too deeply"}));

TEST(ParseJson, a_depth_bomb_is_refused_quickly) {
  std::string bomb;
  for (int i = 0; i < 1'000'000; ++i) bomb += "[{\"a\":";
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_NE(problem_of(bomb), "");
  EXPECT_NE(problem_of(std::string(10'000'000, '[')), "");
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(5));
}

/// The files of a gzipped tar by name: plain entries only, which is all the suite has.
std::map<std::string, std::string> untar(const std::string& path) {
  const std::string bytes = testing::drain(open_bytes(path), 1 << 16);
  std::map<std::string, std::string> files;
  constexpr std::size_t kBlock = 512;
  for (std::size_t at = 0; at + kBlock <= bytes.size() && bytes[at] != '\0';) {
    const std::string name = bytes.substr(at, 100).c_str();
    const std::size_t size = std::stoul(bytes.substr(at + 124, 11), nullptr, 8);
    if (bytes[at + 156] == '0') files[name.substr(name.rfind('/') + 1)] = bytes.substr(at + kBlock, size);
    at += kBlock + (size + kBlock - 1) / kBlock * kBlock;
  }
  return files;
}

TEST(ParseJson, passes_the_json_test_suite) {
  const char* data = std::getenv("RENOWN_DATA");
  const std::string path = std::string(data == nullptr ? "" : data) + "/json-test-suite/test_parsing.tar.gz";
  if (!std::filesystem::exists(path)) GTEST_SKIP() << "skipped: RENOWN_DATA has no json-test-suite";
  int accepted = 0, refused = 0, either = 0;
  JsonParser parser;  // one for all, as a reader has it
  for (const auto& [name, text] : untar(path)) {
    const bool valid = parser.parse(text).has_value();
    if (name.starts_with("y_")) {
      EXPECT_TRUE(valid) << name;
      ++accepted;
    } else if (name.starts_with("n_")) {
      EXPECT_FALSE(valid) << name;
      ++refused;
    } else {
      ++either;
    }
  }
  EXPECT_EQ(accepted, 95);
  EXPECT_EQ(refused, 188);
  EXPECT_EQ(either, 35);
}

class ReadJson : public ::testing::Test {
 protected:
  JsonValue root(std::string_view text) {
    auto value = parser_.parse(text);
    EXPECT_TRUE(value) << value.error().message;
    return value ? *value : JsonValue();
  }
  JsonParser parser_;
};

TEST_F(ReadJson, members_by_name_and_path) {
  const JsonValue value =
      root(R"({"a":{"b":{"c":"deep"}},"n":7,"t":true,"f":false,"z":null,"l":[1,"two",[3],{"four":4}]})");
  EXPECT_EQ(value.find({"a", "b", "c"}).text(), "deep");
  EXPECT_EQ(value["n"].integer(), 7);
  EXPECT_EQ(value["t"].boolean(), true);
  EXPECT_EQ(value["f"].boolean(), false);
  EXPECT_TRUE(value["z"].is_null());
  EXPECT_TRUE(value["nothing"].is_missing());
  EXPECT_TRUE(value.find({"a", "nothing", "c"}).is_missing());
  EXPECT_TRUE(value.find({"n", "b"}).is_missing());
  EXPECT_EQ(value["n"].text(), "");
  EXPECT_EQ(value["a"].text_or_number(), "");
  EXPECT_FALSE(value["a"].integer());
  EXPECT_FALSE(value["l"].boolean());
  std::string types;
  for (const JsonValue element : value["l"].elements()) types += std::string(json_type_name(element.type())) + ";";
  EXPECT_EQ(types, "a number;a string;an array;an object;");
  std::string keys;
  for (const auto [key, member] : value.members()) keys += key;
  EXPECT_EQ(keys, "antfzl");
  EXPECT_TRUE(value["n"].elements().empty());
  EXPECT_TRUE(value["l"].members().empty());
  EXPECT_TRUE(JsonValue()["x"].elements().empty());
}

TEST_F(ReadJson, the_last_of_equal_keys_counts) {
  const JsonValue value = root(R"({"a":1,"b":2,"a":3,"\u0061":4})");
  EXPECT_EQ(value["a"].integer(), 4);
  EXPECT_EQ(std::distance(value.members().begin(), value.members().end()), 4);
}

TEST_F(ReadJson, ids_keep_every_digit) {
  for (const std::string id : {"9007199254740993", "9223372036854775808", "18446744073709551616",
                               "123456789012345678901234567890", "-0", "1.50", "1E400"}) {
    const std::string text = "{\"id\":" + id + " }";
    EXPECT_EQ(root(text)["id"].text_or_number(), id);
    EXPECT_EQ(root(text)["id"].number(), id);
  }
}

TEST_F(ReadJson, integers_only_where_they_fit) {
  const JsonValue value = root("[9223372036854775807,9223372036854775808,-9223372036854775808,1.0,1e3,-0,\"1\"]");
  std::vector<std::optional<std::int64_t>> seen;
  for (const JsonValue element : value.elements()) seen.push_back(element.integer());
  EXPECT_EQ(seen, (std::vector<std::optional<std::int64_t>>{INT64_MAX, std::nullopt, INT64_MIN, std::nullopt,
                                                            std::nullopt, 0, std::nullopt}));
}

TEST_F(ReadJson, escapes_are_resolved) {
  EXPECT_EQ(root(R"("\"\\\/\b\f\n\r\t")").text(), "\"\\/\b\f\n\r\t");
  EXPECT_EQ(root(R"("a\u00e9b\u20ACc\ud83d\ude00d")").text(),
            "a\xc3\xa9"
            "b\xe2\x82\xac"
            "c\xf0\x9f\x98\x80"
            "d");
  EXPECT_EQ(root(R"("a\u0000b")").text(), std::string_view("a\0b", 3));
  EXPECT_EQ(root(R"(["\u0041" ,"b"])").elements().begin().operator*().text(), "A");
}

TEST_F(ReadJson, a_long_document_after_a_short_one) {
  EXPECT_EQ(root("1").integer(), 1);
  const std::string text(1 << 20, 'x');
  EXPECT_EQ(root("\"" + text + "\"").text(), text);
  EXPECT_EQ(root("2").integer(), 2);
}

TEST(JsonString, escapes_what_it_must) {
  EXPECT_EQ(json_string(""), "\"\"");
  EXPECT_EQ(json_string("a\"b\\c/\n\r\t\x01\x7f"), R"("a\"b\\c/\n\r\t\u0001\u007f")");
  EXPECT_EQ(json_string("\xc3\xa9\xf0\x9f\x98\x80"), "\"\xc3\xa9\xf0\x9f\x98\x80\"");
  EXPECT_EQ(json_string("a\xff"
                        "b\xc3"),
            "\"a\xef\xbf\xbd"
            "b\xef\xbf\xbd\"")
      << "no UTF-8: replaced";
}

TEST(JsonString, is_read_back_as_itself) {
  rc::check([] {
    const auto points = *rc::gen::container<std::u32string>(
        rc::gen::weightedOneOf<char32_t>({{4, rc::gen::inRange<char32_t>(0, 0x80)},
                                          {1, rc::gen::inRange<char32_t>(0x80, 0xd800)},
                                          {1, rc::gen::inRange<char32_t>(0xe000, 0x110000)}}));
    std::string text, escaped = "\"";
    for (const char32_t point : points) {
      char16_t units[2] = {static_cast<char16_t>(point), 0};
      if (point >= 0x10000) {
        units[0] = static_cast<char16_t>(0xd800 + ((point - 0x10000) >> 10));
        units[1] = static_cast<char16_t>(0xdc00 + ((point - 0x10000) & 0x3ff));
      }
      char shown[16];
      for (const char16_t unit : units) {
        if (unit == 0 && &unit != units) continue;
        std::snprintf(shown, sizeof shown, "\\u%04x", static_cast<unsigned>(unit));
        escaped += shown;
      }
    }
    escaped += "\"";
    JsonParser parser;
    auto by_escapes = parser.parse(escaped);
    RC_ASSERT(by_escapes.has_value());
    text = by_escapes->text();
    JsonParser again;
    auto value = again.parse(json_string(text));
    RC_ASSERT(value.has_value());
    RC_ASSERT(value->text() == text);
  });
}

}  // namespace
}  // namespace renown::io
