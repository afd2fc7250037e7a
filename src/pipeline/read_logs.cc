#include "pipeline/read_logs.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <optional>
#include <span>
#include <stop_token>
#include <thread>
#include <utility>

#include <fmt/format.h>

#include "base/digest.h"
#include "io/glob.h"
#include "pipeline/archive_input.h"

namespace renown::pipeline {
namespace {

namespace fs = std::filesystem;

/// Size and time of change of a file, or of all files in a folder.
struct FileState {
  std::uint64_t size_bytes = 0;
  fs::file_time_type changed{};

  bool operator==(const FileState&) const = default;
};

std::vector<std::string> files_of(const std::string& path) {
  std::error_code ignored;
  if (!fs::is_directory(path, ignored)) return {path};
  if (auto read = files_of_unpacked_archive(path)) return std::move(*read);  // the rest stays closed
  std::vector<std::string> files;
  for (const auto& entry : fs::directory_iterator(path, ignored)) {
    if (entry.is_regular_file(ignored)) files.push_back(entry.path().string());
  }
  std::ranges::sort(files);
  return files;
}

FileState state_of(const std::string& path) {
  FileState state;
  for (const std::string& file : files_of(path)) {
    std::error_code failed;
    const auto size = fs::file_size(file, failed);
    if (!failed) state.size_bytes += size;
    const auto changed = fs::last_write_time(file, failed);
    if (!failed) state.changed = std::max(state.changed, changed);
  }
  return state;
}

Result<std::string> digest_file(const std::string& path, const std::stop_token& stop) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return Error{ErrorCode::io, fmt::format("{} cannot be opened for reading", path)};
  base::Sha256 digest;
  std::vector<char> buffer(std::size_t{1} << 20);
  while (!stop.stop_requested() &&
         (file.read(buffer.data(), static_cast<std::streamsize>(buffer.size())) || file.gcount() > 0)) {
    digest.add(std::span(buffer).first(static_cast<std::size_t>(file.gcount())));
  }
  if (stop.stop_requested()) return Error{ErrorCode::cancelled, "stopped"};
  if (file.bad()) return Error{ErrorCode::io, fmt::format("{} cannot be read to its end", path)};
  return digest.hex();
}

/// The digest of a file, or of the digests of a folder's files in byte order of their names; empty if it was stopped.
std::string digest_of(const std::string& path, const std::stop_token& stop) {
  const auto files = files_of(path);
  if (files.size() == 1 && files.front() == path) return digest_file(path, stop).value_or("");
  base::Sha256 all;
  for (const std::string& file : files) {
    const auto digest = digest_file(file, stop);
    if (digest) all.add(fs::path(file).filename().string() + " " + *digest + "\n");
  }
  return all.hex();
}

/// Takes the digest of a log on a thread of its own while the log is read; stops when it is destroyed.
class Digesting {
 public:
  explicit Digesting(const std::string& path)
      : thread_([this, path](const std::stop_token& stop) { digest_ = digest_of(path, stop); }) {}

  std::string wait() {
    thread_.join();
    return digest_;
  }

 private:
  std::string digest_;
  std::jthread thread_;  // last: it must not run before digest_ is there
};

/// A pipe can be read only once, so nothing but the reader may read it.
bool can_be_read_again(const std::string& path) {
  std::error_code ignored;
  return path != "-" && (fs::is_regular_file(path, ignored) || fs::is_directory(path, ignored));
}

}  // namespace

model::ReadReport ReadSummary::total() const {
  model::ReadReport total;
  for (const ReadLog& log : logs) {
    total.records += log.report.records;
    total.interactions += log.report.interactions;
    total.bad += log.report.bad;
    for (const auto& bad : log.report.first_bad) {
      if (total.first_bad.size() < model::ReadReport::kShown) total.first_bad.push_back(bad);
    }
    for (const auto& [reason, count] : log.report.left_out) total.left_out[reason] += count;
    for (const auto& notice : log.report.notices) total.notices.push_back(notice);
  }
  return total;
}

Result<std::string> file_digest(const std::string& path) {
  return digest_file(path, {});
}

Result<void> read_to_end(model::InteractionReader& reader, const std::string& name, std::uint64_t size_bytes,
                         const std::function<Result<void>(const model::InteractionBlock&)>& receive,
                         Progress& progress) {
  const fs::path path(name);  // its last part is what tells logs apart, and a bar has little room
  const std::string stage = "reading " + (path.has_filename() ? path : path.parent_path()).filename().string();
  model::InteractionBlock block;
  while (true) {
    block.clear();
    const auto more = reader.read(block);
    if (!more) return more.error();
    if (auto received = receive(block); !received) return received.error();
    if (progress.cancelled()) return Error{ErrorCode::cancelled, "stopped; nothing was written"};
    progress.update(stage, reader.bytes_read(), size_bytes, "bytes");
    if (!*more) return {};
  }
}

Result<std::vector<std::string>> find_logs(const std::vector<std::string>& paths) {
  std::vector<std::string> logs;
  for (const std::string& path : paths) {
    auto matches = io::expand_glob(path);
    if (!matches) return matches.error();
    logs.insert(logs.end(), matches->begin(), matches->end());
  }
  for (const std::string& log : logs) {  // before the first is read: a typing mistake must not cost a long read
    std::error_code ignored;
    if (log != "-" && fs::status(log, ignored).type() == fs::file_type::not_found)
      return Error{ErrorCode::not_found, fmt::format("{} does not exist", log)};
  }
  if (std::ranges::count(logs, "-") > 1) return Error{ErrorCode::usage, "standard input (-) can be read only once"};
  return logs;
}

Result<ReadLog> read_log(const std::string& path, LogFormat format, model::ReadOptions options,
                         const std::function<Result<void>(const model::InteractionBlock&)>& receive,
                         Progress& progress) {
  ReadLog log{.name = path, .size_bytes = 0, .sha256 = {}, .rows_digest = {}, .changed = false, .report = {}};
  const bool from_file = can_be_read_again(path);
  auto reader = open_log(path, format, options);
  if (!reader) return reader.error();
  const FileState before = from_file ? state_of(path) : FileState{};
  std::optional<Digesting> digest;
  if (from_file) digest.emplace(path);
  if (auto read = read_to_end(**reader, path, before.size_bytes, receive, progress); !read) return read.error();
  if (from_file) log.sha256 = digest->wait();
  log.size_bytes = from_file ? before.size_bytes : (*reader)->bytes_read();
  log.changed = from_file && state_of(path) != before;
  log.report = (*reader)->report();
  return log;
}

Result<ReadSummary> read_logs(const ReadRequest& request,
                              const std::function<Result<void>(const model::InteractionBlock&)>& receive,
                              Progress& progress) {
  const auto paths = find_logs(request.paths);
  if (!paths) return paths.error();
  ReadSummary summary;
  for (const std::string& path : *paths) {
    auto log =
        read_log(path, request.format, {.strict = request.strict, .threads = request.threads}, receive, progress);
    if (!log) return log.error();
    summary.logs.push_back(std::move(*log));
  }
  return summary;
}

}  // namespace renown::pipeline
