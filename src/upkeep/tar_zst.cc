#include "upkeep/tar_zst.h"

#include <algorithm>
#include <cerrno>
#include <utility>

#include <archive.h>
#include <archive_entry.h>
#include <fmt/format.h>

#include "base/freed_by.h"
#include "base/text.h"

namespace renown::upkeep {
namespace {

constexpr std::size_t kBlockBytes = std::size_t{64} << 10;  ///< read from the file at once
constexpr int kOwnerOnly = 0600;

std::string reason_of(::archive* handle) {
  const char* text = ::archive_error_string(handle);
  return text == nullptr ? "no reason is given" : base::printable(text);
}

}  // namespace

struct TarWriter::State {
  PackedSink sink;
  Result<void> sunk;  ///< the sink's first error: libarchive only learns that there was one
  std::unique_ptr<::archive, base::FreedBy<::archive_write_free>> handle{::archive_write_new()};
  std::unique_ptr<::archive_entry, base::FreedBy<::archive_entry_free>> entry{::archive_entry_new()};

  static la_ssize_t write(::archive*, void* self, const void* bytes, std::size_t size) {
    auto& state = *static_cast<State*>(self);
    if (state.sunk) state.sunk = state.sink({static_cast<const char*>(bytes), size});
    return state.sunk ? static_cast<la_ssize_t>(size) : -1;
  }
};

TarWriter::TarWriter(std::unique_ptr<State> state) : state_(std::move(state)) {}
TarWriter::TarWriter(TarWriter&&) noexcept = default;
TarWriter::~TarWriter() {
  if (!state_ || !state_->handle) return;
  // Freeing would write an end: an archive that was given up must not look whole.
  if (state_->sunk) state_->sunk = Error{ErrorCode::cancelled, "given up"};
}

Result<TarWriter> TarWriter::create(PackedSink sink) {
  auto state = std::make_unique<State>();
  state->sink = std::move(sink);
  ::archive* handle = state->handle.get();
  const bool opened = handle != nullptr && state->entry && ::archive_write_add_filter_zstd(handle) == ARCHIVE_OK &&
                      ::archive_write_set_format_pax_restricted(handle) == ARCHIVE_OK &&
                      ::archive_write_set_bytes_in_last_block(handle, 1) == ARCHIVE_OK &&
                      ::archive_write_open(handle, state.get(), nullptr, &State::write, nullptr) == ARCHIVE_OK;
  if (!opened) return Error{ErrorCode::internal, "libarchive cannot write a tar packed by Zstandard"};
  return TarWriter(std::move(state));
}

Error TarWriter::failed() const {
  if (!state_->sunk) return state_->sunk.error();
  return {ErrorCode::internal, fmt::format("libarchive cannot write: {}", reason_of(state_->handle.get()))};
}

Result<void> TarWriter::begin_member(const std::string& name, std::uint64_t size_bytes, std::int64_t time) {
  ::archive_entry* entry = state_->entry.get();
  ::archive_entry_clear(entry);
  ::archive_entry_set_pathname(entry, name.c_str());
  ::archive_entry_set_filetype(entry, AE_IFREG);
  ::archive_entry_set_perm(entry, kOwnerOnly);
  ::archive_entry_set_size(entry, static_cast<la_int64_t>(size_bytes));
  ::archive_entry_set_mtime(entry, time, 0);
  if (::archive_write_header(state_->handle.get(), entry) == ARCHIVE_OK) return {};
  return failed();
}

Result<void> TarWriter::add_bytes(std::string_view bytes) {
  while (!bytes.empty()) {
    const la_ssize_t taken = ::archive_write_data(state_->handle.get(), bytes.data(), bytes.size());
    if (taken <= 0) return failed();
    bytes.remove_prefix(static_cast<std::size_t>(taken));
  }
  return {};
}

Result<void> TarWriter::finish() {
  if (::archive_write_close(state_->handle.get()) == ARCHIVE_OK && state_->sunk) return {};
  return failed();
}

struct TarReader::State {
  std::unique_ptr<::archive, base::FreedBy<::archive_read_free>> handle{::archive_read_new()};
  std::string name;
  std::uint64_t size_bytes = 0;
};

TarReader::TarReader(std::unique_ptr<State> state) : state_(std::move(state)) {}
TarReader::TarReader(TarReader&&) noexcept = default;
TarReader::~TarReader() = default;

Result<TarReader> TarReader::open(const std::string& path) {
  auto state = std::make_unique<State>();
  ::archive* handle = state->handle.get();
  // Only what TarWriter writes: every other decoder is one more way in.
  if (handle == nullptr || ::archive_read_support_format_tar(handle) != ARCHIVE_OK ||
      ::archive_read_support_filter_zstd(handle) != ARCHIVE_OK) {
    return Error{ErrorCode::internal, "libarchive cannot read a tar packed by Zstandard"};
  }
  TarReader reader(std::move(state));
  if (::archive_read_open_filename(handle, path.c_str(), kBlockBytes) != ARCHIVE_OK) return reader.damaged();
  return reader;
}

Error TarReader::damaged() const {
  return bad_input(fmt::format("it is damaged: {}", reason_of(state_->handle.get())));
}

Result<bool> TarReader::next() {
  ::archive_entry* entry = nullptr;
  const int got = ::archive_read_next_header(state_->handle.get(), &entry);
  if (got == ARCHIVE_EOF) return false;
  if (got != ARCHIVE_OK) return damaged();
  const char* name = ::archive_entry_pathname(entry);
  state_->name = name == nullptr ? "" : name;
  const bool is_plain = ::archive_entry_filetype(entry) == AE_IFREG && ::archive_entry_hardlink(entry) == nullptr &&
                        ::archive_entry_symlink(entry) == nullptr && ::archive_entry_size_is_set(entry) != 0 &&
                        ::archive_entry_sparse_count(entry) == 0;
  if (!is_plain) return bad_input(fmt::format("it holds '{}', which is no plain file", base::printable(state_->name)));
  state_->size_bytes = static_cast<std::uint64_t>(std::max<la_int64_t>(::archive_entry_size(entry), 0));
  return true;
}

const std::string& TarReader::name() const {
  return state_->name;
}
std::uint64_t TarReader::size_bytes() const {
  return state_->size_bytes;
}

Result<std::size_t> TarReader::read(char* room, std::size_t size) {
  const la_ssize_t got = ::archive_read_data(state_->handle.get(), room, size);
  if (got >= 0) return static_cast<std::size_t>(got);
  return damaged();
}

std::uint64_t TarReader::packed_bytes() const {
  return static_cast<std::uint64_t>(std::max<la_int64_t>(::archive_filter_bytes(state_->handle.get(), -1), 0));
}

}  // namespace renown::upkeep
