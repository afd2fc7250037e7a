/// For tests: archives made on the spot, as zip, as packed tar or as a folder.
#pragma once

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <archive.h>
#include <archive_entry.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "ingest/archive/archive.h"
#include "ingest/archive/archive_log.h"
#include "ingest/archive/network.h"
#include "ingest/read_all.h"

namespace renown::ingest::archive {

using Files = std::vector<std::pair<std::string, std::string>>;  ///< name and content, in this order
using Rows = std::vector<std::string>;

enum class Form { zip, tar_gz, folder };
inline constexpr Form kForms[] = {Form::zip, Form::tar_gz, Form::folder};

/// A folder of its own for each test, removed with it.
class TestFolder {
 public:
  TestFolder() {
    const auto* const test = testing::UnitTest::GetInstance()->current_test_info();
    path_ = std::filesystem::path(testing::TempDir()) /
            (std::string("renown_") + std::to_string(::getpid()) + "_" + test->name());
    std::filesystem::remove_all(path_);
    std::filesystem::create_directories(path_);
  }
  ~TestFolder() { std::filesystem::remove_all(path_); }
  TestFolder(const TestFolder&) = delete;
  TestFolder& operator=(const TestFolder&) = delete;

  std::string path(std::string_view name) const { return (path_ / name).string(); }

  std::string write(std::string_view name, std::string_view bytes) const {
    std::ofstream(path(name), std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    return path(name);
  }

  /// Writes the files as an archive. returns its path
  std::string pack(Form form, const Files& files, const char* options = nullptr) const {
    if (form == Form::folder) return unpacked(files);
    const std::string to = path(form == Form::zip ? "a.zip" : "a.tar.gz");
    ::archive* const out = ::archive_write_new();
    if (form == Form::zip) {
      ::archive_write_set_format_zip(out);
    } else {
      ::archive_write_set_format_pax_restricted(out);
      ::archive_write_add_filter_gzip(out);
    }
    if (options != nullptr) {
      EXPECT_EQ(::archive_write_set_options(out, options), ARCHIVE_OK) << ::archive_error_string(out);
      ::archive_write_set_passphrase(out, "secret");
    }
    EXPECT_EQ(::archive_write_open_filename(out, to.c_str()), ARCHIVE_OK);
    for (const auto& [name, content] : files) add(out, name, content);
    ::archive_write_close(out);
    ::archive_write_free(out);
    return to;
  }

 private:
  std::string unpacked(const Files& files) const {
    for (const auto& [name, content] : files) {
      const auto to = path_ / "unpacked" / name;
      std::filesystem::create_directories(to.parent_path());
      std::ofstream(to, std::ios::binary) << content;
    }
    std::filesystem::create_directories(path_ / "unpacked");
    return path("unpacked");
  }

  static void add(::archive* out, const std::string& name, const std::string& content) {
    ::archive_entry* const entry = ::archive_entry_new();
    ::archive_entry_set_pathname(entry, name.c_str());
    ::archive_entry_set_size(entry, static_cast<la_int64_t>(content.size()));
    ::archive_entry_set_filetype(entry, AE_IFREG);
    ::archive_entry_set_perm(entry, 0600);
    ::archive_write_header(out, entry);
    ::archive_write_data(out, content.data(), content.size());
    ::archive_entry_free(entry);
  }

  std::filesystem::path path_;
};

/// Reads an archive of a network to its end, under the name "a".
inline Reading read_network(const std::string& path, std::unique_ptr<Network> network,
                            model::ReadOptions options = {}) {
  auto archive = open_archive(path);
  if (!archive) {
    Reading reading;
    reading.error = archive.error();
    return reading;
  }
  const auto reader = read_archive("a", std::move(*archive), std::move(network), options);
  return read_all(*reader);
}

/// What messages look like to a reader that opens them: nothing it could take.
inline constexpr const char* kUnreadable = "\xff\xfe no JSON, no CSV [[[";

}  // namespace renown::ingest::archive
