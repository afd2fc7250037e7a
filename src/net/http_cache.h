/// HttpCache: pages that did not change are not sent again.
#pragma once

#include <cstdint>
#include <list>
#include <string>
#include <string_view>
#include <unordered_map>

#include "net/transport.h"

namespace renown::net {

/// Keeps responses to GET that carry ETag or Last-Modified, in files of a folder, and asks each time whether they still
/// hold: a 304 gives the stored response, with status 200 and from_cache. Nothing is ever served unasked.
/// Cache-Control: no-store, of request or response, and Vary: * are honoured. What one credential was shown is given to
/// no other: all headers of a request are part of its key. Tokens and cookies are not stored; the files are readable by
/// their owner only.
///
/// The folder is bounded: beyond it the least recently used go. A file is whole or absent; one that was damaged since
/// is as good as absent. A folder that cannot be written is no error: the pages come from the network.
class HttpCache final : public Transport {
 public:
  static constexpr std::uint64_t kMaxBytes = std::uint64_t{256} << 20;

  /// inner   outlives it
  /// folder  made if it is not there; nothing else may be kept in it
  HttpCache(Transport& inner, std::string folder, std::uint64_t max_bytes = kMaxBytes);

  std::vector<Fetched> fetch_all(std::span<const Request> requests, std::stop_token stop = {}) override;

  /// Of all files.
  std::uint64_t size_bytes() const { return size_bytes_; }

 private:
  struct Entry {
    std::string name;
    std::uint64_t size_bytes;
  };

  void read_folder();
  void store(const std::string& name, const Response& response);
  void note(const std::string& name, std::uint64_t bytes);
  void touch(const std::string& name);
  void drop(const std::string& name);
  void make_room();
  std::string path(const std::string& name) const { return folder_ + "/" + name; }

  Transport& inner_;
  std::string folder_;
  std::uint64_t max_bytes_;
  std::uint64_t size_bytes_ = 0;
  std::list<Entry> entries_;  ///< least recently used first
  std::unordered_map<std::string, std::list<Entry>::iterator> by_name_;
};

}  // namespace renown::net
