#include "http/chunks.h"

#include <gtest/gtest.h>

namespace renown::http {
namespace {

/// Takes the bytes in pieces of that size. The body, or "!" and the status.
std::string read(std::string_view bytes, std::size_t piece, std::uint64_t most = 100) {
  ChunkReader reader(most);
  std::string body;
  while (!bytes.empty() && !reader.is_done()) {
    const auto taken = reader.take(bytes.substr(0, piece), body);
    if (!taken) return "!" + std::to_string(taken.error().status);
    bytes.remove_prefix(*taken);
  }
  if (!reader.is_done()) return "(more)";
  return body + (bytes.empty() ? "" : "|" + std::string(bytes));
}

TEST(Chunks, AreReadInAnyPieces) {
  struct Case {
    std::string_view bytes, wanted;
  };
  for (const Case& each : std::vector<Case>{
           {"0\r\n\r\n", ""},
           {"5\r\nhello\r\n0\r\n\r\n", "hello"},
           {"5\r\nhello\r\n00000001;a=\"b\"\r\n!\r\n000\r\n\r\nGET /", "hello!|GET /"},
           {"A\r\n0123456789\r\n0\r\n\r\n", "0123456789"},
           {"5\r\nhello\r\n", "(more)"},
           {"", "(more)"},
           {"\r\n", "!400"},
           {"-5\r\nhello", "!400"},
           {"0x5\r\nhello", "!400"},
           {" 5\r\nhello", "!400"},
           {"5 \r\nhello", "!400"},
           {"5\nhello\r\n", "!400"},
           {"5\r\rhello", "!400"},
           {"5\r\nhello0\r\n\r\n", "!400"},
           {"5\r\nhello\n0\r\n\r\n", "!400"},
           {"5\r\nhello\r\r0\r\n\r\n", "!400"},
           {"000000000\r\n\r\n", "!400"},
           {"FFFFFFFFFFFFFFFF\r\n", "!400"},
           {"FFFFFFFF\r\n", "!413"},
           {"65\r\n", "!413"},
           {"60\r\n"
            "0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789",
            "!400"},
           {";a\r\n", "!400"},
           {"5;\n\r\nhello", "!400"},
           {"0\r\nTrailer: a\r\n\r\n", "!400"},
           {"0\r\n\rx", "!400"},
       }) {
    for (const std::size_t piece : {1, 2, 3, 7, 1000}) {
      EXPECT_EQ(read(each.bytes, piece), each.wanted) << each.bytes << " by " << piece;
    }
  }
}

TEST(Chunks, AllOfThemTogetherHaveOneLimit) {
  EXPECT_EQ(read("5\r\nhello\r\n0\r\n\r\n", 100, 5), "hello");
  EXPECT_EQ(read("5\r\nhello\r\n1\r\n!\r\n0\r\n\r\n", 100, 5), "!413");
  EXPECT_EQ(read("0;" + std::string(300, 'a') + "\r\n\r\n", 100), "!400");
}

}  // namespace
}  // namespace renown::http
