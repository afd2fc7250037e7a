#include "api/page.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>

#include <fmt/format.h>

#include "http/static_files.h"

namespace renown::api {
namespace {

namespace fs = std::filesystem;

/// Where the page shows something of its own; every path below is index.html too.
constexpr std::array kPagePaths = {"/",
                                   "/setup/{token}",
                                   "/log-in",
                                   "/log-in/{token}",
                                   "/join/{token}",
                                   "/ledger",
                                   "/moments",
                                   "/networks",
                                   "/topics",
                                   "/influence",
                                   "/what-if",
                                   "/accounts",
                                   "/accounts/{part}",
                                   "/privacy",
                                   "/compare",
                                   "/board",
                                   "/keys",
                                   "/webhooks",
                                   "/settings",
                                   "/sessions",
                                   "/notifications",
                                   "/invite",
                                   "/why",
                                   "/admin",
                                   "/admin/{part}",
                                   "/about",
                                   "/p/{person}"};

Result<std::string> read_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(file), {}};
  if (!file) return Error{ErrorCode::io, fmt::format("{} cannot be read", path.string())};
  return bytes;
}

std::string route_id(std::string_view path) {
  std::string id = "page";
  for (const char letter : path)
    id += (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') ? letter : '_';
  return id;
}

}  // namespace

Result<std::vector<http::Route>> page_routes(const std::string& folder) {
  std::error_code failed;
  if (!fs::is_regular_file(fs::path(folder) / "index.html", failed))
    return bad_input(fmt::format("{} holds no page: it has no index.html; build the page first", folder));
  std::vector<http::Route> routes;
  std::size_t number = 0;
  for (const auto& entry : fs::recursive_directory_iterator(folder, failed)) {
    if (!entry.is_regular_file()) continue;
    const std::string name = entry.path().lexically_relative(folder).generic_string();
    auto bytes = read_file(entry.path());
    if (!bytes) return bytes.error();
    const auto keep = name.starts_with("assets/") ? http::Keep::forever : http::Keep::ask_each_time;
    const auto file =
        std::make_shared<const http::StaticFile>(std::move(*bytes), std::string(http::content_type_of(name)), keep);
    if (name != "index.html") {
      routes.push_back(http::static_route("/" + name, fmt::format("page_file_{}", ++number), file));
      continue;
    }
    for (const char* path : kPagePaths) {
      http::Route route = http::static_route(path, route_id(path), file);
      for (std::size_t at = route.path.find('{'); at != std::string::npos; at = route.path.find('{', at + 1)) {
        const std::size_t end = route.path.find('}', at);
        route.parameters.push_back({.name = route.path.substr(at + 1, end - at - 1), .description = "The page's own."});
      }
      routes.push_back(std::move(route));
    }
  }
  if (failed) return Error{ErrorCode::io, fmt::format("{} cannot be read: {}", folder, failed.message())};
  return routes;
}

}  // namespace renown::api
