#include "ingest/archive/packed_archive.h"

#include <algorithm>
#include <utility>

#include <archive.h>
#include <archive_entry.h>
#include <fmt/format.h>

#include "base/text.h"
#include "ingest/archive/member_list.h"
#include "ingest/archive/utf8_locale.h"

namespace renown::ingest::archive {
namespace {

constexpr std::size_t kBlockBytes = std::size_t{32} << 10;  ///< read at once; after each member of a zip anew

/// One pass of libarchive over the file, from its first member on.
class Pass {
 public:
  Pass() = default;
  ~Pass() { close(); }
  Pass(const Pass&) = delete;
  Pass& operator=(const Pass&) = delete;

  /// Only the formats and the packing that exports come in: every other decoder is one more way in.
  int open(const std::string& path, Packing packing) {
    close();
    handle_ = ::archive_read_new();
    if (handle_ == nullptr) return ARCHIVE_FATAL;
    if (packing == Packing::zip) {
      ::archive_read_support_format_zip_seekable(handle_);  // by its directory: what is cut off has none
    } else {
      ::archive_read_support_format_tar(handle_);
      ::archive_read_support_filter_gzip(handle_);
    }
    position_ = 0;
    return ::archive_read_open_filename(handle_, path.c_str(), kBlockBytes);
  }

  int next() {
    const int got = ::archive_read_next_header(handle_, &entry_);
    ++position_;
    return got;
  }

  ::archive* handle() const { return handle_; }
  ::archive_entry* entry() const { return entry_; }
  bool is_open() const { return handle_ != nullptr; }
  std::size_t position() const { return position_; }  ///< of the current entry, from 1; 0 before the first
  std::uint64_t packed_bytes() const { return bytes(-1); }
  std::string reason() const {
    const char* text = handle_ == nullptr ? nullptr : ::archive_error_string(handle_);
    return text == nullptr ? "no reason is given" : base::printable(text);
  }

  void close() {
    if (handle_ != nullptr) ::archive_read_free(handle_);
    handle_ = nullptr;
  }

 private:
  std::uint64_t bytes(int filter) const {
    return handle_ == nullptr
               ? 0
               : static_cast<std::uint64_t>(std::max<la_int64_t>(::archive_filter_bytes(handle_, filter), 0));
  }

  ::archive* handle_ = nullptr;
  ::archive_entry* entry_ = nullptr;
  std::size_t position_ = 0;
};

class PackedArchive final : public Archive {
 public:
  PackedArchive(std::string path, Packing packing, ArchiveLimits limits)
      : path_(std::move(path)), packing_(packing), limits_(limits) {}

  Result<void> list() {
    if (packing_ == Packing::empty_zip) return {};
    const Utf8Locale utf8;
    MemberList list(path_, limits_.members);
    if (auto begun = begin(); !begun) return begun;
    for (;;) {
      const auto more = advance();
      if (!more) return more.error();
      if (!*more) break;
      if (auto noted = note(list); !noted) return noted;
    }
    notices_ = list.notices();
    members_ = list.take_members();
    pass_.close();
    return {};
  }

  Result<std::string> read(const Member& member) override {
    const Utf8Locale utf8;
    if (!pass_.is_open() || pass_.position() >= member.position) {
      if (auto begun = begin(); !begun) return begun.error();
    }
    while (pass_.position() < member.position) {
      const auto more = advance();
      if (!more) return more.error();
      if (!*more) return bad_input(fmt::format("{} changed while it was read", path_));
    }
    return content(member);
  }

  std::uint64_t bytes_read() const override { return std::max(furthest_, pass_.packed_bytes()); }

 private:
  Result<void> begin() {
    furthest_ = bytes_read();
    if (pass_.open(path_, packing_) == ARCHIVE_OK) return {};
    if (packing_ == Packing::zip) {
      return bad_input(
          fmt::format("{} is cut off or damaged: the list of its files, at the end of a zip, is missing ({})", path_,
                      pass_.reason()));
    }
    return damaged();
  }

  /// On to the next entry. What lies between is unpacked (tar.gz) in pieces, so that a bomb ends at the limit.
  Result<bool> advance() {
    if (packing_ == Packing::tar && pass_.position() > 0) {
      if (auto passed = pass_over(); !passed) return passed.error();
    }
    const int got = pass_.next();
    if (got == ARCHIVE_EOF) return false;
    if (got == ARCHIVE_OK || got == ARCHIVE_WARN) return true;  // a warning is about a name
    return damaged();
  }

  Result<void> pass_over() {
    const std::uint64_t packed_before = pass_.packed_bytes();
    std::uint64_t unpacked = 0;
    for (;;) {
      const void* piece = nullptr;
      std::size_t size = 0;
      la_int64_t offset = 0;
      const int got = ::archive_read_data_block(pass_.handle(), &piece, &size, &offset);
      if (got == ARCHIVE_EOF) return {};
      if (got != ARCHIVE_OK && got != ARCHIVE_WARN) return damaged();
      unpacked += size;
      if (is_bomb(unpacked, packed_before)) return bomb("a file in it");
    }
  }

  Result<void> note(MemberList& list) {
    ::archive_entry* entry = pass_.entry();
    const auto type = ::archive_entry_filetype(entry);
    if (type == AE_IFDIR) return {};
    const bool is_link = ::archive_entry_hardlink(entry) != nullptr || ::archive_entry_symlink(entry) != nullptr;
    const char* name = ::archive_entry_pathname(entry);
    if (name == nullptr) {
      list.pass_over_nameless();
    } else if (is_link || (type != AE_IFREG && type != 0)) {
      list.pass_over_link();
    } else {
      return list.add(name, pass_.position());
    }
    return {};
  }

  Result<std::string> content(const Member& member) {
    const std::string shown = fmt::format("{}: {}", path_, base::printable(member.name));
    if (::archive_entry_is_encrypted(pass_.entry()) == 1) {
      return bad_input(
          fmt::format("{} is locked with a password: unpack the archive yourself and name the folder", shown));
    }
    const std::uint64_t most = std::min(limits_.member_bytes, limits_.total_bytes - total_);
    const auto too_large = [&] {
      return bad_input(fmt::format("{} is too large to be read: more than {} bytes", shown, most));
    };
    if (::archive_entry_size_is_set(pass_.entry()) != 0 &&
        static_cast<std::uint64_t>(::archive_entry_size(pass_.entry())) > most) {
      return too_large();
    }
    const std::uint64_t packed_before = pass_.packed_bytes();
    std::string bytes;
    for (;;) {
      const void* piece = nullptr;
      std::size_t size = 0;
      la_int64_t offset = 0;
      const int got = ::archive_read_data_block(pass_.handle(), &piece, &size, &offset);
      if (got == ARCHIVE_EOF) break;
      if (got != ARCHIVE_OK) return bad_input(fmt::format("{} is damaged: {}", shown, pass_.reason()));
      if (static_cast<std::uint64_t>(offset) > most || size > most - static_cast<std::uint64_t>(offset)) {
        return too_large();
      }
      bytes.resize(static_cast<std::size_t>(offset), '\0');  // a tar may leave out runs of zeros
      bytes.append(static_cast<const char*>(piece), size);
      if (is_bomb(bytes.size(), packed_before)) return bomb(shown);
    }
    total_ += bytes.size();
    return bytes;
  }

  bool is_bomb(std::uint64_t unpacked, std::uint64_t packed_before) const {
    if (unpacked <= limits_.ratio_from_bytes) return false;
    const std::uint64_t packed_now = pass_.packed_bytes();
    // libarchive reads ahead, and may have taken all of a small file before; then its whole size is what there was
    const std::uint64_t packed = packed_now > packed_before ? packed_now - packed_before : 0;
    return unpacked / limits_.ratio > packed + kBlockBytes;
  }

  Error bomb(const std::string& what) const {
    return bad_input(fmt::format("{} unpacks to more than {} times its size: no export does, so it is not read", what,
                                 limits_.ratio));
  }

  Error damaged() const { return bad_input(fmt::format("{} is cut off or damaged: {}", path_, pass_.reason())); }

  std::string path_;
  Packing packing_;
  ArchiveLimits limits_;
  Pass pass_;
  std::uint64_t total_ = 0;     ///< bytes of members read so far
  std::uint64_t furthest_ = 0;  ///< packed bytes consumed in earlier passes
};

}  // namespace

Result<std::unique_ptr<Archive>> open_packed(const std::string& path, Packing packing, ArchiveLimits limits) {
  auto packed = std::make_unique<PackedArchive>(path, packing, limits);
  if (auto listed = packed->list(); !listed) return listed.error();
  return std::unique_ptr<Archive>(std::move(packed));
}

}  // namespace renown::ingest::archive
