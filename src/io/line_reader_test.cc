#include "io/line_reader.h"

#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <sys/resource.h>

#include "io/testing.h"

namespace renown::io {
namespace {

using testing::memory;

/// Lines as "number:text", with marks for what else is known of them.
std::vector<std::string> lines_of(std::string_view bytes, std::size_t piece,
                                  std::size_t max_bytes = LineReader::kMaxBytes) {
  LineReader reader(memory(bytes, piece), max_bytes);
  std::vector<std::string> lines;
  Line line;
  for (;;) {
    auto more = reader.next(line);
    if (!more) return {"error: " + more.error().message};
    if (!*more) return lines;
    lines.push_back(std::to_string(line.number) + ":" + std::string(line.text) + (line.too_long ? " (too long)" : "") +
                    (line.cut_off ? " (cut off)" : ""));
  }
}

using Lines = std::vector<std::string>;

struct Case {
  std::string bytes;
  Lines wanted;
};

class ReadLines : public ::testing::TestWithParam<Case> {};

TEST_P(ReadLines, in_one_piece_and_byte_by_byte) {
  EXPECT_EQ(lines_of(GetParam().bytes, 1 << 20, 8), GetParam().wanted);
  EXPECT_EQ(lines_of(GetParam().bytes, 1, 8), GetParam().wanted);
}

INSTANTIATE_TEST_SUITE_P(table, ReadLines,
                         ::testing::Values(Case{"", {}}, Case{"\n", {"1:"}}, Case{"a", {"1:a (cut off)"}},
                                           Case{"a\n", {"1:a"}}, Case{"a\nb", {"1:a", "2:b (cut off)"}},
                                           Case{"a\r\nb\r\n", {"1:a", "2:b"}}, Case{"a\r", {"1:a (cut off)"}},
                                           Case{"a\rb\n", {"1:a\rb"}}, Case{"\n\na\n", {"1:", "2:", "3:a"}},
                                           Case{"\xef\xbb\xbfx\ny\n", {"1:x", "2:y"}}, Case{"\xef\xbb\xbf", {}},
                                           Case{"\xef\xbb\xbf\n", {"1:"}},
                                           Case{"x\n\xef\xbb\xbfy\n", {"1:x", "2:\xef\xbb\xbfy"}},
                                           Case{"\xef\xbb", {"1:\xef\xbb (cut off)"}},
                                           Case{std::string("a\0b\n", 4), {std::string("1:a\0b", 5)}},
                                           Case{"12345678\n123456789\n1\n", {"1:12345678", "2: (too long)", "3:1"}},
                                           Case{"\xef\xbb\xbf"
                                                "12345678\r\n12345678",
                                                {"1:12345678", "2:12345678 (cut off)"}},
                                           Case{"\xef\xbb\xbf"
                                                "123456789\r\n",
                                                {"1: (too long)"}},
                                           Case{"123456789", {"1: (too long) (cut off)"}},
                                           Case{std::string(1000, 'x') + "\ny\n", {"1: (too long)", "2:y"}},
                                           Case{std::string(1000, 'x'), {"1: (too long) (cut off)"}}));

TEST(LineReader, keeps_the_ending) {
  LineReader reader(memory("a\nb\r\nc\r"));
  Line line;
  for (const std::string_view ending : {"\n", "\r\n", "\r"}) {
    ASSERT_TRUE(*reader.next(line));
    EXPECT_EQ(line.ending, ending);
  }
}

TEST(LineReader, reads_a_line_of_ten_megabytes) {
  const std::string text = std::string(10 << 20, 'x') + "\nshort\n";
  LineReader reader(memory(text));
  Line line;
  ASSERT_TRUE(*reader.next(line));
  EXPECT_EQ(line.text.size(), std::size_t{10} << 20);
  ASSERT_TRUE(*reader.next(line));
  EXPECT_EQ(line.text, "short");
}

/// An endless line, made as it is read.
class Endless final : public ByteSource {
 public:
  explicit Endless(std::uint64_t size) : left_(size) {}
  Result<std::size_t> read(std::span<char> buffer) override {
    const std::size_t count = std::min<std::uint64_t>(left_, buffer.size());
    std::fill_n(buffer.begin(), count, 'x');
    left_ -= count;
    return count;
  }
  std::uint64_t bytes_read() const override { return 0; }

 private:
  std::uint64_t left_;
};

long peak_kilobytes() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

TEST(LineReader, skips_an_endless_line_without_holding_it) {
  const long before = peak_kilobytes();
  LineReader reader(std::make_unique<Endless>(std::uint64_t{1} << 30));
  Line line;
  ASSERT_TRUE(*reader.next(line));
  EXPECT_TRUE(line.too_long);
  EXPECT_TRUE(line.cut_off);
  EXPECT_EQ(line.text, "");
  EXPECT_FALSE(*reader.next(line));
  EXPECT_LT(peak_kilobytes() - before, 80 << 10) << "16 MiB, twice while the buffer grows, not 1 GiB";
}

TEST(LineReader, gives_the_same_lines_in_any_pieces) {
  rc::check([] {
    const auto bytes =
        *rc::gen::container<std::string>(rc::gen::element('\n', '\r', 'a', '\xef', '\xbb', '\xbf', '\0'));
    const auto piece = *rc::gen::inRange<std::size_t>(1, 9);
    const auto max_bytes = *rc::gen::inRange<std::size_t>(1, 12);
    RC_ASSERT(lines_of(bytes, piece, max_bytes) == lines_of(bytes, 1 << 20, max_bytes));
  });
}

}  // namespace
}  // namespace renown::io
