/// Archive: the files that a network gave its user, read where they lie: a zip, a tar or an unpacked folder.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "renown/result.h"

namespace renown::ingest::archive {

/// What an archive may cost. A member is held in memory while it is read, nothing is unpacked to disk.
struct ArchiveLimits {
  std::uint64_t member_bytes = std::uint64_t{512} << 20;  ///< of one member, unpacked
  std::uint64_t total_bytes = std::uint64_t{16} << 30;    ///< of all members that are read, unpacked
  std::size_t members = 1'000'000;
  std::uint64_t ratio = 200;  ///< unpacked to packed; the exports of networks stay below 40
  std::uint64_t ratio_from_bytes = std::uint64_t{16} << 20;  ///< less may pack as well as it likes
};

/// One file in an archive.
struct Member {
  std::string name;  ///< with '/' between folders, relative, without ".."; bytes as the archive has them, no NUL
  std::size_t position = 0;  ///< where the archive holds it
};

/// Not for use by two threads at once.
class Archive {
 public:
  virtual ~Archive() = default;

  /// Every file that may be read, in the order in which reading is cheapest. Folders, links and devices are none.
  const std::vector<Member>& members() const { return members_; }

  /// Sentences about what is not among members() though it is in the archive, one for each cause.
  const std::vector<std::string>& notices() const { return notices_; }

  /// The whole content of a member. Cost: reading members in their order reads a packed archive once; going back begins
  /// it anew.
  ///
  /// errors  bad_input when it is damaged, cut off, encrypted or beyond the limits; io
  virtual Result<std::string> read(const Member& member) = 0;

  /// Bytes of the archive consumed so far, for progress.
  virtual std::uint64_t bytes_read() const = 0;

 protected:
  std::vector<Member> members_;
  std::vector<std::string> notices_;
};

/// Whether a file that begins with these bytes is a zip.
bool looks_like_zip(std::string_view head);

/// Whether a file that begins with these bytes (unpacked, 512 or more of them) is a tar.
bool looks_like_tar(std::string_view head);

/// Opens a zip, a tar (packed by gzip or not) or a folder, and lists its members without reading any.
///
/// errors  not_found, io; bad_input for a file that is none of these, is cut off, or has too many members
Result<std::unique_ptr<Archive>> open_archive(const std::string& path, ArchiveLimits limits = {});

}  // namespace renown::ingest::archive
