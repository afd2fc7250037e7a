#include "ingest/archive/archive.h"

#include <cstdint>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "ingest/archive/member_list.h"
#include "ingest/archive/testing.h"

namespace renown::ingest::archive {
namespace {

std::vector<std::string> names_of(const Archive& archive) {
  std::vector<std::string> names;
  for (const Member& member : archive.members()) names.push_back(member.name);
  return names;
}

std::string error_of(const std::string& path, ArchiveLimits limits = {}) {
  auto archive = open_archive(path, limits);
  if (!archive) return archive.error().message;
  for (const Member& member : (*archive)->members()) {
    const auto bytes = (*archive)->read(member);
    if (!bytes) return bytes.error().message;
  }
  return "";
}

bool says(const std::string& sentence, std::string_view part) {
  return sentence.find(part) != std::string::npos;
}

TEST(Archive, nothing_in_it) {
  const TestFolder folder;
  for (const Form form : kForms) {
    if (form == Form::tar_gz) continue;  // a tar of nothing is a run of zeros, which nothing tells from other zeros
    const auto archive = open_archive(folder.pack(form, {}));
    ASSERT_TRUE(archive) << archive.error().message;
    EXPECT_TRUE((*archive)->members().empty());
  }
}

TEST(Archive, every_form_gives_the_same_members_in_any_order) {
  const TestFolder folder;
  const std::string large(300'000, 'x');
  const Files files = {{"a/one.json", "1"}, {"a/zwei.csv", ""}, {"b.txt", large}};
  for (const Form form : kForms) {
    const auto archive = open_archive(folder.pack(form, files));
    ASSERT_TRUE(archive) << archive.error().message;
    ASSERT_EQ(names_of(**archive), (std::vector<std::string>{"a/one.json", "a/zwei.csv", "b.txt"}));
    for (const std::size_t i : {2u, 0u, 1u, 1u, 2u}) {
      EXPECT_EQ((*archive)->read((*archive)->members()[i]).value(), files[i].second);
    }
    EXPECT_GT((*archive)->bytes_read(), 0u);
  }
}

TEST(Archive, names_in_utf8_whatever_the_locale) {
  const TestFolder folder;
  for (const Form form : kForms) {
    const std::string path = folder.pack(form, {{"20120101 - Bl\xc3\xa5.json", "1"}});
    const auto archive = open_archive(path);
    ASSERT_TRUE(archive);
    EXPECT_EQ(names_of(**archive), std::vector<std::string>{"20120101 - Bl\xc3\xa5.json"});
  }
}

TEST(Archive, names_in_no_encoding_do_not_stop_the_rest) {
  const TestFolder folder;
  const auto archive = open_archive(folder.pack(Form::zip, {{"bl\xe5.json", "1"}, {"plain.json", "2"}}));
  ASSERT_TRUE(archive);
  ASSERT_FALSE((*archive)->members().empty());
  EXPECT_EQ((*archive)->read((*archive)->members().back()).value(), "2");
}

TEST(Archive, names_that_lead_out_of_it) {
  struct Case {
    std::string_view name;
    bool astray;
  };
  const Case cases[] = {{"a", false},   {"a..b/c", false},   {"...", false},        {"..", true},
                        {"../a", true}, {"a/../../b", true}, {"a/..", true},        {"/etc/passwd", true},
                        {"C:/a", true}, {"a\\..\\b", true},  {"\\\\host\\a", true}, {"", false}};
  for (const auto& [name, astray] : cases) EXPECT_EQ(leads_astray(name), astray) << name;
}

TEST(Archive, tricks_with_paths_are_passed_over_with_a_notice) {
  const TestFolder folder;
  const auto archive =
      open_archive(folder.pack(Form::zip, {{"../a", "1"}, {"b", "2"}, {"b", "3"}, {"c/../../d", "4"}}));
  ASSERT_TRUE(archive);
  EXPECT_EQ(names_of(**archive), std::vector<std::string>{"b"});
  EXPECT_EQ((*archive)->read((*archive)->members()[0]).value(), "2");
  ASSERT_EQ((*archive)->notices().size(), 2u);
  EXPECT_TRUE(says((*archive)->notices()[0], "2 file(s) with a name that leads out"));
  EXPECT_TRUE(says((*archive)->notices()[1], "1 file(s) that came again"));
}

TEST(Archive, links_of_a_folder_are_not_followed) {
  const TestFolder folder;
  const std::string path = folder.pack(Form::folder, {{"a", "1"}});
  std::filesystem::create_symlink("/etc/passwd", path + "/b");
  std::filesystem::create_directory_symlink("/etc", path + "/c");
  const auto archive = open_archive(path);
  ASSERT_TRUE(archive);
  EXPECT_EQ(names_of(**archive), std::vector<std::string>{"a"});
  EXPECT_TRUE(says((*archive)->notices().at(0), "2 link(s)"));
}

TEST(Archive, cut_off_anywhere_is_an_error_and_never_a_crash) {
  const TestFolder folder;
  std::string content;
  for (int i = 0; i < 30'000; ++i) content += static_cast<char>(i * i % 251);
  for (const Form form : {Form::zip, Form::tar_gz}) {
    const std::string path = folder.pack(form, {{"a", content}, {"b", content}});
    std::ifstream file(path, std::ios::binary);
    const std::string whole{std::istreambuf_iterator<char>(file), {}};
    ASSERT_EQ(error_of(path), "");
    for (std::size_t size = 0; size + 24 < whole.size(); size += 1 + whole.size() / 97) {
      EXPECT_NE(error_of(folder.write("cut", whole.substr(0, size))), "") << size;
    }
  }
}

TEST(Archive, a_changed_byte_of_content_is_found) {
  const TestFolder folder;
  const std::string path = folder.pack(Form::zip, {{"a", "the content of it"}}, "zip:compression=store");
  std::ifstream file(path, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(file), {}};
  const std::size_t at = bytes.find("content");
  ASSERT_NE(at, std::string::npos);
  bytes[at] = 'C';
  EXPECT_TRUE(says(error_of(folder.write("changed.zip", bytes)), "is damaged"));
}

TEST(Archive, a_bomb_ends_at_its_ratio) {
  const TestFolder folder;
  const std::string zeros(std::size_t{200} << 20, '\0');
  for (const Form form : {Form::zip, Form::tar_gz}) {
    const std::string error = error_of(folder.pack(form, {{"zeros", zeros}, {"b", "1"}}));
    EXPECT_TRUE(says(error, "unpacks to more than 200 times its size")) << error;
  }
}

TEST(Archive, limits_on_sizes_and_numbers) {
  const TestFolder folder;
  for (const Form form : kForms) {
    const std::string path = folder.pack(form, {{"a", std::string(1000, 'a')}, {"b", std::string(1000, 'b')}});
    EXPECT_EQ(error_of(path, {.member_bytes = 1000, .total_bytes = 2000, .members = 2}), "");
    EXPECT_TRUE(says(error_of(path, {.member_bytes = 999}), "too large"));
    EXPECT_TRUE(says(error_of(path, {.total_bytes = 1999}), "too large"));
    EXPECT_TRUE(says(error_of(path, {.members = 1}), "more than 1 files"));
  }
}

TEST(Archive, a_size_that_lies_costs_nothing) {
  const TestFolder folder;
  const std::string path = folder.pack(Form::zip, {{"a", "12345"}}, "zip:compression=store");
  std::ifstream file(path, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(file), {}};
  const std::size_t directory = bytes.find("PK\x01\x02");
  ASSERT_NE(directory, std::string::npos);
  for (std::size_t i = 0; i < 4; ++i) bytes[directory + 24 + i] = bytes[22 + i] = '\x7f';  // the unpacked size: 2 GB
  EXPECT_NE(error_of(folder.write("lie.zip", bytes)), "");
}

/// Writes the size that a member of a plain tar claims into its header, which must then have a sum of its own.
void claim_size(std::string& tar, const std::string& octal) {
  constexpr std::size_t kSize = 124;
  constexpr std::size_t kSum = 148;
  tar.replace(kSize, octal.size(), octal);
  tar.replace(kSum, 8, "        ");
  unsigned sum = 0;
  for (std::size_t i = 0; i < 512; ++i) sum += static_cast<unsigned char>(tar[i]);
  tar.replace(kSum, 7, fmt::format("{:06o}", sum) + '\0');
}

TEST(Archive, a_tar_that_claims_eight_gigabytes_costs_nothing) {
  const TestFolder folder;
  std::string tar(3 * 512, '\0');
  tar.replace(0, 1, "a");
  tar.replace(100, 7, "0000644");
  tar.replace(156, 1, "0");
  tar.replace(257, 8, "ustar\00000", 8);
  tar.replace(512, 5, "12345");
  claim_size(tar, "00000000005");
  EXPECT_EQ(error_of(folder.write("honest.tar", tar)), "");
  claim_size(tar, "77777777777");
  EXPECT_NE(error_of(folder.write("lie.tar", tar)), "");
}

TEST(Archive, a_password_is_said_and_named) {
  const TestFolder folder;
  const std::string path = folder.pack(Form::zip, {{"a", "12345"}}, "zip:encryption=traditional");
  EXPECT_TRUE(says(error_of(path), "locked with a password")) << error_of(path);
}

TEST(Archive, what_is_none) {
  const TestFolder folder;
  EXPECT_TRUE(says(error_of(folder.write("a", "hello")), "is no archive"));
  EXPECT_TRUE(says(error_of(folder.write("b", "")), "is no archive"));
  EXPECT_EQ(open_archive(folder.path("missing")).error().code, ErrorCode::not_found);
}

}  // namespace
}  // namespace renown::ingest::archive
