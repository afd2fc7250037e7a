/// StaticFile: one file of the page, in memory, with all that its answer needs made beforehand.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "http/message.h"
#include "http/route.h"

namespace renown::http {

/// How long browsers and caches may keep a file without asking.
enum class Keep {
  ask_each_time,  ///< "no-cache": its name stays when its bytes change; by ETag it is not sent again
  forever,        ///< its name holds a digest of its bytes
};

class StaticFile {
 public:
  /// brotli  the bytes as Brotli (RFC 7932), made by whoever made the file; empty: there are none
  StaticFile(std::string bytes, std::string content_type, Keep keep, std::string brotli = {});

  /// Shares its bytes: as Brotli where the request takes it, else as gzip, made once at the highest level, else plain.
  Response answer(const Request& request) const;

 private:
  std::shared_ptr<const std::string> plain_, gzipped_, brotli_;  ///< the two: nullptr where they are not shorter
  std::string content_type_, etag_;
  Keep keep_;
};

/// The type of a file by the end of its name: "index.html" is "text/html; charset=utf-8"; application/octet-stream for
/// what is not known.
std::string_view content_type_of(std::string_view name);

/// A route that answers GET `path` with the file; not in the OpenAPI document.
Route static_route(std::string path, std::string id, std::shared_ptr<const StaticFile> file);

}  // namespace renown::http
