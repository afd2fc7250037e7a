#include "atproto/cbor.h"

#include <string>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace renown::atproto {
namespace {

using namespace std::string_literals;

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
}  // namespace renown::atproto
