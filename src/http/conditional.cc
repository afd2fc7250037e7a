#include "http/conditional.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/digest.h"
#include "http/problem.h"

namespace renown::http {
namespace {

constexpr std::array<std::string_view, 2> kPacked{"-gzip\"", "-br\""};

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t,");
  return begin == std::string_view::npos ? std::string_view{} : text.substr(begin);
}

std::string_view plain(std::string_view tag) {
  for (const std::string_view end : kPacked) {
    if (tag.ends_with(end)) return tag.substr(0, tag.size() - end.size());
  }
  return tag.substr(0, tag.size() - 1);
}

/// Whether a list of tags names this one: `"a", W/"b"`, or "*" for any. What is not a list of tags names none.
///
/// weak  whether W/"a" names "a"
bool names(std::string_view list, std::string_view etag, bool weak) {
  if (etag.empty()) return false;
  list = trimmed(list);
  if (list == "*") return true;
  while (!list.empty()) {
    const bool is_weak = list.starts_with("W/");
    if (is_weak) list.remove_prefix(2);
    const std::size_t end = list.starts_with('"') ? list.find('"', 1) : std::string_view::npos;
    if (end == std::string_view::npos) return false;
    if ((weak || !is_weak) && plain(list.substr(0, end + 1)) == plain(etag)) return true;
    list = trimmed(list.substr(end + 1));
  }
  return false;
}

Response changed_meanwhile() {
  return problem(412, "what is asked for is not in the state that If-Match or If-None-Match names; fetch it again");
}

}  // namespace

std::string strong_etag(std::string_view bytes) {
  base::Sha256 digest;
  digest.add(bytes);
  return fmt::format("\"{}\"", digest.hex().substr(0, 32));
}

void apply_conditions(const Request& request, Response& response) {
  const auto etag = response.headers.find("ETag");
  if (response.status != 200 || !etag || (request.method != "GET" && request.method != "HEAD")) return;
  if (const std::string match = request.headers.all("If-Match"); !match.empty() && !names(match, *etag, false)) {
    response = changed_meanwhile();
  } else if (names(request.headers.all("If-None-Match"), *etag, true)) {
    response.status = 304;
    response.body = {};
  }
}

std::optional<Response> failed_condition(const Request& request, std::string_view etag) {
  const std::string match = request.headers.all("If-Match"), none = request.headers.all("If-None-Match");
  if (!match.empty() && !names(match, etag, false)) return changed_meanwhile();
  if (names(none, etag, true)) return changed_meanwhile();
  return std::nullopt;
}

}  // namespace renown::http
