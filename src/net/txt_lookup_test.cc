#include "net/txt_lookup.h"

#include <gtest/gtest.h>

namespace renown::net {
namespace {

using Bytes = std::vector<unsigned char>;

Bytes bytes(std::string_view text) {
  return {text.begin(), text.end()};
}

std::string number16(std::size_t number) {
  return {static_cast<char>(number >> 8), static_cast<char>(number & 0xff)};
}

/// "example", with its length before it
std::string label(std::string_view text) {
  return static_cast<char>(text.size()) + std::string(text);
}

/// An answer about _atproto.example with these records: type and data.
Bytes message(const std::vector<std::pair<int, std::string>>& records) {
  std::string text = "\x12\x34\x81\x80" + number16(1) + number16(records.size()) + number16(0) + number16(0);
  text += label("_atproto") + label("example") + std::string(1, '\0') + number16(16) + number16(1);
  for (const auto& [type, data] : records) {
    text += "\xc0\x0c" + number16(static_cast<std::size_t>(type)) + number16(1) + number16(0) + number16(60);
    text += number16(data.size()) + data;
  }
  return bytes(text);
}

TEST(TxtLookup, ReadsRecordsAndJoinsTheirStrings) {
  EXPECT_EQ(*parse_txt_answer(message({})), std::vector<std::string>{});
  EXPECT_EQ(*parse_txt_answer(message({{16, label("did=did:plc:abc")}, {16, label("one") + label("") + label("two")}})),
            (std::vector<std::string>{"did=did:plc:abc", "onetwo"}));
  EXPECT_EQ(*parse_txt_answer(message({{16, ""}})), std::vector<std::string>{""});
}

TEST(TxtLookup, PassesOverOtherRecords) {
  EXPECT_EQ(*parse_txt_answer(message({{5, label("other") + std::string(1, '\0')}, {16, label("x")}})),
            std::vector<std::string>{"x"});
}

TEST(TxtLookup, RefusesWhatIsDamaged) {
  EXPECT_FALSE(parse_txt_answer({}));
  const Bytes whole = message({{16, label("did=did:plc:abc")}});
  for (std::size_t size = 0; size < whole.size(); ++size) EXPECT_FALSE(parse_txt_answer({whole.data(), size})) << size;
  EXPECT_FALSE(parse_txt_answer(message({{16, "\x09short"}})));
}

}  // namespace
}  // namespace renown::net
