#include "http/compress.h"

#include <algorithm>
#include <array>

#include <zlib.h>

#include "base/ascii.h"

namespace renown::http {
namespace {

constexpr int kLevel = 5;  // a tenth larger than 9 and three times as quick

std::string_view cut(std::string_view& rest, char at) {
  const std::size_t end = std::min(rest.find(at), rest.size());
  const std::string_view part = base::trim(rest.substr(0, end));
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return part;
}

/// ";q=0", ";q=0.00": explicitly not. Any other weight is a yes.
bool is_refused(std::string_view parameters) {
  const std::string_view parameter = cut(parameters, ';');
  if (parameter.size() < 3 || base::lower(parameter[0]) != 'q' || parameter[1] != '=') return false;
  return parameter.substr(2).find_first_not_of("0.") == std::string_view::npos;
}

}  // namespace

std::string gzip(std::string_view bytes, int level) {
  constexpr int kGzipWindow = 15 + 16;  // the largest window, with the head of gzip
  z_stream stream{};
  std::string packed;
  if (deflateInit2(&stream, level, Z_DEFLATED, kGzipWindow, 8, Z_DEFAULT_STRATEGY) != Z_OK) return packed;
  packed.resize(deflateBound(&stream, bytes.size()));
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));  // zlib does not write to it
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  deflate(&stream, Z_FINISH);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

bool accepts(const Headers& headers, std::string_view wanted) {
  const std::string value = headers.all("Accept-Encoding");
  bool by_any = false;
  for (std::string_view rest = value; !rest.empty();) {
    std::string_view item = cut(rest, ',');
    const std::string_view coding = cut(item, ';');
    if (base::same_but_for_case(coding, wanted)) return !is_refused(item);
    if (coding == "*") by_any = !is_refused(item);
  }
  return by_any;
}

bool is_compressible(std::string_view content_type) {
  const std::string type = base::lower(base::trim(content_type.substr(0, content_type.find(';'))));
  constexpr std::array<std::string_view, 4> kTypes{"application/json", "application/javascript", "application/xml",
                                                   "application/manifest+json"};
  return type.starts_with("text/") || type.ends_with("+json") || type.ends_with("+xml") ||
         std::ranges::find(kTypes, type) != kTypes.end();
}

bool announce_compression(const Request& request, Response& response) {
  if (!response.may_compress || response.body.size() < kLeastCompressed || response.headers.find("Content-Encoding") ||
      !is_compressible(response.content_type)) {
    return false;
  }
  response.headers.add("Vary", "Accept-Encoding");
  if (!accepts(request.headers, "gzip")) return false;
  if (const auto etag = response.headers.find("ETag"); etag && etag->ends_with('"')) {
    response.headers.set("ETag", std::string(etag->substr(0, etag->size() - 1)) + "-gzip\"");
  }
  return true;
}

void compress(Response& response) {
  std::string packed = gzip(response.body.bytes(), kLevel);
  if (packed.empty()) return;  // for want of memory: as it is
  response.body = std::move(packed);
  response.headers.add("Content-Encoding", "gzip");
}

}  // namespace renown::http
