#include "http/static_files.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/ascii.h"
#include "http/compress.h"
#include "http/conditional.h"

namespace renown::http {

StaticFile::StaticFile(std::string bytes, std::string content_type, Keep keep, std::string brotli)
    : content_type_(std::move(content_type)), etag_(strong_etag(bytes)), keep_(keep) {
  if (bytes.size() >= kLeastCompressed && is_compressible(content_type_)) {
    if (std::string packed = gzip(bytes, 9); !packed.empty() && packed.size() < bytes.size()) {
      gzipped_ = std::make_shared<const std::string>(std::move(packed));
    }
  }
  if (!brotli.empty() && brotli.size() < bytes.size()) brotli_ = std::make_shared<const std::string>(std::move(brotli));
  plain_ = std::make_shared<const std::string>(std::move(bytes));
}

Response StaticFile::answer(const Request& request) const {
  Response response{.content_type = content_type_, .body = plain_, .may_compress = false};
  // A script may be a service worker, which lives by the policy that came with it: without the page's it could fetch
  // nothing.
  if (content_type_.starts_with("text/html") || content_type_.starts_with("text/javascript"))
    response.security = Security::page;
  std::string etag = etag_;
  if (gzipped_ || brotli_) response.headers.add("Vary", "Accept-Encoding");
  for (const auto& [coding, packed] : {std::pair("br", &brotli_), std::pair("gzip", &gzipped_)}) {
    if (!*packed || !accepts(request.headers, coding)) continue;
    response.body = *packed;
    response.headers.add("Content-Encoding", coding);
    etag.insert(etag.size() - 1, std::string("-") + coding);
    break;
  }
  response.headers.add("ETag", std::move(etag));
  response.headers.add("Cache-Control", keep_ == Keep::forever ? "public, max-age=31536000, immutable" : "no-cache");
  return response;
}

std::string_view content_type_of(std::string_view name) {
  static constexpr auto kTypes = std::to_array<std::pair<std::string_view, std::string_view>>({
      {"css", "text/css; charset=utf-8"},
      {"html", "text/html; charset=utf-8"},
      {"ico", "image/x-icon"},
      {"js", "text/javascript; charset=utf-8"},
      {"json", "application/json"},
      {"png", "image/png"},
      {"svg", "image/svg+xml"},
      {"txt", "text/plain; charset=utf-8"},
      {"webmanifest", "application/manifest+json"},
      {"webp", "image/webp"},
      {"woff2", "font/woff2"},
  });
  const std::size_t dot = name.rfind('.');
  const std::string end = dot == std::string_view::npos ? std::string() : base::lower(name.substr(dot + 1));
  const auto it = std::ranges::find(kTypes, end, &std::pair<std::string_view, std::string_view>::first);
  return it == kTypes.end() ? "application/octet-stream" : it->second;
}

Route static_route(std::string path, std::string id, std::shared_ptr<const StaticFile> file) {
  return {.path = std::move(path),
          .id = std::move(id),
          .summary = "A file of the page.",
          .takes_any_query = true,
          .is_described = false,
          .handler = [file = std::move(file)](const Request& request) { return file->answer(request); }};
}

}  // namespace renown::http
