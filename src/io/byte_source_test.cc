#include "io/byte_source.h"

#include <filesystem>
#include <thread>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <sys/stat.h>
#include <unistd.h>

#include "io/testing.h"

namespace renown::io {
namespace {

using testing::drain;
using testing::gzip;
using testing::TemporaryFolder;
using testing::write_file;
using testing::zstd;

std::string unpacked(std::string_view bytes) {
  return drain(open_memory("events.json", bytes));
}

std::string many_lines() {
  std::string text;
  for (int i = 0; i < 20'000; ++i) text += "line " + std::to_string(i * 7919 % 10'007) + "\n";
  return text;
}

struct Case {
  const char* title;
  std::string bytes;
  std::string wanted;
};

class OpenMemory : public ::testing::TestWithParam<Case> {};

TEST_P(OpenMemory, unpacks_what_is_packed) {
  EXPECT_EQ(unpacked(GetParam().bytes), GetParam().wanted);
}

const std::string kZstdSkippable("\x50\x2a\x4d\x18\x03\x00\x00\x00xyz", 11);

INSTANTIATE_TEST_SUITE_P(
    table, OpenMemory,
    ::testing::Values(
        Case{"nothing", "", ""}, Case{"one byte", "x", "x"}, Case{"plain", "hello\n", "hello\n"},
        Case{"nearly gzip", "\x1f", "\x1f"}, Case{"nearly zstd", "\x28\xb5\x2f", "\x28\xb5\x2f"},
        Case{"gzip", gzip("hello\n"), "hello\n"}, Case{"gzip of nothing", gzip(""), ""},
        Case{"gzip members", gzip("hello ") + gzip("") + gzip("world"), "hello world"},
        Case{"gzip with zeros behind", gzip("hello") + std::string(70'000, '\0'), "hello"},
        Case{"gzip member behind zeros", gzip("hello") + std::string(10, '\0') + gzip("!"), "hello!"},
        Case{"gzip with garbage behind", gzip("hello") + "garbage",
             "helloerror: events.json has bytes after the end of its gzip data that are not gzip"},
        Case{"gzip magic alone", "\x1f\x8b", "error: events.json is cut off: the gzip data ends too early"},
        Case{"gzip of another method", "\x1f\x8b\x07garbage, garbage",
             "error: events.json is damaged: the gzip data cannot be unpacked (unknown compression method)"},
        Case{"zstd", zstd("hello\n"), "hello\n"}, Case{"zstd of nothing", zstd(""), ""},
        Case{"zstd frames", zstd("hello ") + zstd("") + zstd("world"), "hello world"},
        Case{"zstd behind a skippable frame", kZstdSkippable + zstd("hello"), "hello"},
        Case{"zstd skippable frame alone", kZstdSkippable, ""},
        Case{"zstd with garbage behind", zstd("hello") + "garbage",
             "helloerror: events.json is damaged, or other bytes follow its zstd data: it cannot be unpacked"},
        Case{"zstd magic alone", "\x28\xb5\x2f\xfd", "error: events.json is cut off: the zstd data ends too early"}),
    [](const auto& test) {
      std::string name = test.param.title;
      for (char& c : name) c = c == ' ' ? '_' : c;
      return name;
    });

TEST(OpenMemory, a_packed_stream_cut_anywhere_says_so) {
  const std::string text = many_lines();
  for (const std::string& packed : {gzip(text), zstd(text)}) {
    for (const std::size_t size : {std::size_t{5}, packed.size() / 2, packed.size() - 9, packed.size() - 1}) {
      const std::string result = unpacked(packed.substr(0, size));
      const std::size_t error = result.find("error: ");
      ASSERT_NE(error, std::string::npos) << size;
      EXPECT_NE(result.find(" is cut off: the "), std::string::npos) << result.substr(error);
      EXPECT_TRUE(text.starts_with(result.substr(0, error))) << "what was read before the cut is right";
    }
  }
}

TEST(OpenMemory, a_flipped_bit_is_noticed) {
  std::string packed = gzip(many_lines());
  packed[packed.size() - 6] ^= 1;  // in the checksum
  EXPECT_NE(unpacked(packed).find("error: events.json is damaged"), std::string::npos);
}

TEST(OpenMemory, a_long_zstd_window_says_what_to_do) {
  const std::string frame("\x28\xb5\x2f\xfd\x00\xa8\x01\x00\x00", 9);  // window of 2 GiB
  EXPECT_NE(unpacked(frame).find("needs more than 128 MiB to unpack: pack it again without"), std::string::npos);
}

TEST(OpenMemory, gives_back_any_bytes_in_any_pieces) {
  rc::check([](const std::string& head, const std::string& tail) {
    const std::size_t piece = *rc::gen::inRange<std::size_t>(1, 50);
    const std::string both = head + tail;
    RC_ASSERT(drain(open_memory("m", gzip(head) + gzip(tail)), piece) == both);
    RC_ASSERT(drain(open_memory("m", zstd(head) + zstd(tail)), piece) == both);
  });
}

TEST(OpenMemory, counts_packed_bytes) {
  const std::string packed = gzip(many_lines());
  auto source = open_memory("m", packed);
  ASSERT_TRUE(source);
  drain(**source);
  EXPECT_EQ((*source)->bytes_read(), packed.size());
}

TEST(OpenBytes, reads_a_file_whatever_its_name) {
  TemporaryFolder folder;
  write_file(folder / "plain.gz", "not packed");
  write_file(folder / "packed.txt", gzip("packed"));
  EXPECT_EQ(drain(open_bytes(folder / "plain.gz")), "not packed");
  EXPECT_EQ(drain(open_bytes(folder / "packed.txt")), "packed");
  write_file(folder / "empty", "");
  EXPECT_EQ(drain(open_bytes(folder / "empty")), "");
}

TEST(OpenBytes, says_what_cannot_be_opened) {
  TemporaryFolder folder;
  auto missing = open_bytes(folder / "missing.csv");
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, ErrorCode::not_found);
  EXPECT_EQ(missing.error().message, (folder / "missing.csv") + " does not exist");
  auto directory = open_bytes(folder.path());
  ASSERT_FALSE(directory);
  EXPECT_EQ(directory.error().code, ErrorCode::bad_input);
  EXPECT_EQ(directory.error().message, folder.path() + " is a folder: name the files in it");
  EXPECT_FALSE(open_bytes(""));
}

TEST(OpenBytes, says_that_permission_is_missing) {
  if (::geteuid() == 0) GTEST_SKIP() << "skipped: root may read everything";
  TemporaryFolder folder;
  write_file(folder / "secret", "x");
  std::filesystem::permissions(folder / "secret", std::filesystem::perms::none);
  auto secret = open_bytes(folder / "secret");
  ASSERT_FALSE(secret);
  EXPECT_EQ(secret.error().code, ErrorCode::io);
  EXPECT_NE(secret.error().message.find("permission"), std::string::npos);
}

TEST(OpenBytes, reads_a_pipe) {
  TemporaryFolder folder;
  ASSERT_EQ(::mkfifo((folder / "pipe").c_str(), 0600), 0);
  const std::string text = many_lines();
  std::thread writer([&] { write_file(folder / "pipe", gzip(text)); });
  EXPECT_EQ(drain(open_bytes(folder / "pipe")), text);
  writer.join();
}

TEST(OpenBytes, a_file_that_grows_or_shrinks_ends_cleanly) {
  TemporaryFolder folder;
  write_file(folder / "log", std::string(100'000, 'a'));
  auto source = open_bytes(folder / "log");
  ASSERT_TRUE(source);
  ASSERT_EQ(read_head(**source, 1000)->size(), 1000U);
  std::filesystem::resize_file(folder / "log", 5000);
  EXPECT_EQ(drain(**source).size(), 4000U);
  std::filesystem::resize_file(folder / "log", 6000);
  EXPECT_EQ(drain(**source).size(), 1000U);
  std::filesystem::resize_file(folder / "log", 10);
  EXPECT_EQ(drain(**source), "");
}

TEST(Prepend, gives_the_head_and_then_the_rest) {
  const std::string text = "head and rest";
  auto source = open_memory("m", text);
  ASSERT_TRUE(source);
  auto head = read_head(**source, 4);
  ASSERT_TRUE(head);
  EXPECT_EQ(*head, "head");
  auto whole = prepend(*head, std::move(*source));
  EXPECT_EQ(drain(*whole, 3), text);
  EXPECT_EQ(whole->bytes_read(), text.size());
}

TEST(ReadHead, is_short_where_the_source_is) {
  EXPECT_EQ(*read_head(*testing::memory("abc", 1), 10), "abc");
  EXPECT_EQ(*read_head(*testing::memory("abc", 1), 2), "ab");
}

}  // namespace
}  // namespace renown::io
