#include "net/http_cache.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <optional>
#include <system_error>

#include <fcntl.h>
#include <sys/stat.h>

#include "base/ascii.h"
#include "io/file_writer.h"
#include "net/stored_response.h"

namespace renown::net {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kShareOfOne = 4;  ///< no response may take more than a quarter of the folder

bool lists(const Headers& headers, std::string_view directive) {
  return base::lower(headers.all("cache-control")).find(directive) != std::string::npos;
}

/// Whether the request is one whose answer may be kept, and that does not ask for itself whether a page changed.
bool may_ask(const Request& request) {
  return request.method == "GET" && request.body.empty() && !lists(request.headers, "no-store") &&
         !request.headers.find("range") && !request.headers.find("if-none-match") &&
         !request.headers.find("if-modified-since");
}

bool may_store(const Response& response) {
  return response.status == 200 && !lists(response.headers, "no-store") && response.headers.all("vary") != "*" &&
         (response.headers.find("etag") || response.headers.find("last-modified"));
}

/// The file's name: a digest of everything that is sent, so that nothing of it can be read there.
std::string name_of(const Request& request) {
  std::vector<std::string> lines;
  for (const Header& header : request.headers) {
    lines.push_back(base::lower(header.name) + ": " + header.value + "\n");
  }
  std::ranges::sort(lines);
  std::string all = request.url + "\n";
  for (const std::string& line : lines) all += line;
  return digest_of(all);
}

std::optional<Response> read_entry(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return std::nullopt;
  const std::string bytes{std::istreambuf_iterator<char>(file), {}};
  return unpack_response(bytes);
}

/// What changed since is said by the headers of the 304 (RFC 9111, 3.2); the body's own description stays.
void refresh(Response& stored, const Response& not_modified) {
  for (const Header& header : not_modified.headers) {
    if (same_name(header.name, "content-length") || same_name(header.name, "content-encoding")) continue;
    if (same_name(header.name, "content-type")) continue;
    stored.headers.set(header.name, not_modified.headers.all(header.name));
  }
  stored.from_cache = true;
}

}  // namespace

HttpCache::HttpCache(Transport& inner, std::string folder, std::uint64_t max_bytes)
    : inner_(inner), folder_(std::move(folder)), max_bytes_(max_bytes) {
  std::error_code error;
  fs::create_directories(folder_, error);
  ::chmod(folder_.c_str(), 0700);
  read_folder();
  make_room();
}

/// Every file counts, what a killed process left half-written included: it goes when it is the oldest.
void HttpCache::read_folder() {
  struct Found {
    fs::file_time_type used;
    std::string name;
    std::uint64_t size_bytes;
  };
  std::vector<Found> found;
  std::error_code error;
  for (fs::directory_iterator it(folder_, error), end; !error && it != end; it.increment(error)) {
    std::error_code gone;
    if (!it->is_regular_file(gone)) continue;
    const std::uint64_t bytes = it->file_size(gone);
    const auto used = it->last_write_time(gone);
    if (!gone) found.push_back({used, it->path().filename().string(), bytes});
  }
  std::ranges::sort(found, {}, [](const Found& f) { return std::pair(f.used, f.name); });
  for (const Found& one : found) note(one.name, one.size_bytes);
}

std::vector<Fetched> HttpCache::fetch_all(std::span<const Request> requests, std::stop_token stop) {
  std::vector<Request> asked(requests.begin(), requests.end());
  std::vector<std::optional<Response>> stored(requests.size());
  std::vector<std::string> names(requests.size());
  for (std::size_t i = 0; i < requests.size(); ++i) {
    if (!may_ask(requests[i])) continue;
    names[i] = name_of(requests[i]);
    if (!by_name_.contains(names[i])) continue;
    stored[i] = read_entry(path(names[i]));
    if (!stored[i]) {
      drop(names[i]);
      continue;
    }
    if (const auto tag = stored[i]->headers.find("etag")) asked[i].headers.set("If-None-Match", std::string(*tag));
    if (const auto date = stored[i]->headers.find("last-modified")) {
      asked[i].headers.set("If-Modified-Since", std::string(*date));
    }
  }
  auto results = inner_.fetch_all(asked, stop);
  for (std::size_t i = 0; i < results.size(); ++i) {
    if (!results[i] || names[i].empty()) continue;
    // A redirect that leads elsewhere now: what the other page's tag says is nothing about this one's.
    if (results[i]->status == 304 && stored[i] && results[i]->url != stored[i]->url) {
      results[i] = inner_.fetch(requests[i], stop);
      if (!results[i]) continue;
    }
    if (results[i]->status == 304 && stored[i]) {
      refresh(*stored[i], *results[i]);
      results[i] = std::move(*stored[i]);
      touch(names[i]);
    } else if (may_store(*results[i])) {
      store(names[i], *results[i]);
    } else if (results[i]->status < 500) {
      drop(names[i]);  // what is gone or must not be kept any more
    }
  }
  return results;
}

void HttpCache::store(const std::string& name, const Response& response) {
  drop(name);
  const std::string bytes = pack_response(response);
  if (bytes.size() > max_bytes_ / kShareOfOne) return;
  auto writer = io::FileWriter::create(path(name));
  if (!writer) return;
  ::chmod(writer->temporary_path().c_str(), 0600);
  if (!writer->write(bytes) || !writer->commit()) return;
  note(name, bytes.size());
  make_room();
}

void HttpCache::note(const std::string& name, std::uint64_t bytes) {
  by_name_[name] = entries_.insert(entries_.end(), {name, bytes});
  size_bytes_ += bytes;
}

/// In memory for this process, by the file's time for the next.
void HttpCache::touch(const std::string& name) {
  const auto it = by_name_.find(name);
  if (it == by_name_.end()) return;
  entries_.splice(entries_.end(), entries_, it->second);
  ::utimensat(AT_FDCWD, path(name).c_str(), nullptr, 0);
}

void HttpCache::drop(const std::string& name) {
  const auto it = by_name_.find(name);
  if (it == by_name_.end()) return;
  std::error_code error;
  fs::remove(path(name), error);
  size_bytes_ -= it->second->size_bytes;
  entries_.erase(it->second);
  by_name_.erase(it);
}

void HttpCache::make_room() {
  while (size_bytes_ > max_bytes_) drop(std::string(entries_.front().name));
}

}  // namespace renown::net
