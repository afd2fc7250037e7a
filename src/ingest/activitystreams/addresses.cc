#include "ingest/activitystreams/addresses.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/ascii.h"

namespace renown::ingest::activitystreams {
namespace {

/// Takes the part up to the next '/' off the front of `path`, with the '/'.
std::string_view take_segment(std::string_view& path) {
  const std::string_view segment = path.substr(0, path.find('/'));
  path.remove_prefix(std::min(segment.size() + 1, path.size()));
  return segment;
}

bool is_number(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, base::is_digit);
}

bool is_plain(std::string_view segment) {
  return !segment.empty() && segment.find_first_of("@?#") == std::string_view::npos;
}

}  // namespace

std::string author_in(std::string_view address) {
  constexpr std::string_view kScheme = "https://";
  if (!address.starts_with(kScheme)) return {};
  std::string_view path = address.substr(kScheme.size());
  const std::string_view host = take_segment(path);
  const std::string_view first = take_segment(path);
  if (!is_plain(host)) return {};
  if (first.starts_with('@')) {
    const std::string_view name = first.substr(1);
    return is_plain(name) && is_number(path) ? fmt::format("https://{}/users/{}", host, name) : "";
  }
  if (first != "users") return {};
  const std::string_view name = take_segment(path);
  if (!is_plain(name) || take_segment(path) != "statuses") return {};
  return is_plain(path) && path.find('/') == std::string_view::npos ? fmt::format("https://{}/users/{}", host, name)
                                                                    : "";
}

bool is_personal(std::string_view address) {
  return !address.empty() && !address.ends_with("/followers") && !address.ends_with("/following") &&
         !address.ends_with("#Public") && address != "as:Public" && address != "Public";
}

}  // namespace renown::ingest::activitystreams
