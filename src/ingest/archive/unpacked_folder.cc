#include "ingest/archive/unpacked_folder.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "base/text.h"
#include "ingest/archive/member_list.h"

namespace renown::ingest::archive {
namespace {

namespace fs = std::filesystem;

class UnpackedFolder final : public Archive {
 public:
  UnpackedFolder(std::string path, ArchiveLimits limits) : path_(std::move(path)), limits_(limits) {}

  /// Links are not followed: one may lead anywhere.
  Result<void> list() {
    MemberList list(path_, limits_.members);
    std::error_code failed;
    fs::recursive_directory_iterator entry(path_, failed);
    for (; !failed && entry != fs::recursive_directory_iterator(); entry.increment(failed)) {
      std::error_code ignored;
      const fs::file_status status = entry->symlink_status(ignored);
      if (fs::is_directory(status)) continue;
      if (!fs::is_regular_file(status)) {
        list.pass_over_link();
        continue;
      }
      const std::string name = entry->path().lexically_relative(path_).generic_string();
      if (auto added = list.add(name, 0); !added) return added;
    }
    if (failed) return Error{ErrorCode::io, fmt::format("{} cannot be listed: {}", path_, failed.message())};
    notices_ = list.notices();
    members_ = list.take_members();
    std::ranges::sort(members_, {}, &Member::name);  // the order of a folder is the file system's whim
    return {};
  }

  Result<std::string> read(const Member& member) override {
    const std::string shown = fmt::format("{}: {}", path_, base::printable(member.name));
    std::ifstream file(fs::path(path_) / member.name, std::ios::binary | std::ios::ate);
    if (!file) return Error{ErrorCode::io, fmt::format("{} cannot be opened for reading", shown)};
    const auto size = static_cast<std::uint64_t>(std::max<std::streamoff>(file.tellg(), 0));
    if (size > limits_.member_bytes || size > limits_.total_bytes - bytes_read_) {
      return bad_input(fmt::format("{} is too large to be read: {} bytes", shown, size));
    }
    std::string bytes(size, '\0');
    file.seekg(0);
    file.read(bytes.data(), static_cast<std::streamsize>(size));
    if (file.bad() || static_cast<std::uint64_t>(file.gcount()) != size) {
      return Error{ErrorCode::io, fmt::format("{} cannot be read to its end", shown)};
    }
    bytes_read_ += size;
    return bytes;
  }

  std::uint64_t bytes_read() const override { return bytes_read_; }

 private:
  std::string path_;
  ArchiveLimits limits_;
  std::uint64_t bytes_read_ = 0;
};

}  // namespace

Result<std::unique_ptr<Archive>> open_folder(const std::string& path, ArchiveLimits limits) {
  auto folder = std::make_unique<UnpackedFolder>(path, limits);
  if (auto listed = folder->list(); !listed) return listed.error();
  return std::unique_ptr<Archive>(std::move(folder));
}

}  // namespace renown::ingest::archive
