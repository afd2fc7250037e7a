#include "api/page.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>

#include <fmt/format.h>

#include "api/subject.h"
#include "http/static_files.h"

namespace renown::api {
namespace {

namespace fs = std::filesystem;

/// Where the page shows something of its own; every path below is index.html too.
constexpr std::array kPagePaths = {"/",
                                   "/setup",
                                   "/setup/{token}",
                                   "/enrol",
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
                                   "/confirm-address/{token}",
                                   "/unsubscribe/{token}",
                                   "/invite",
                                   "/why",
                                   "/admin",
                                   "/admin/{part}",
                                   "/about"};

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

/// Text inside an attribute in quotes.
std::string attribute(std::string_view text) {
  std::string escaped;
  for (const char letter : text) {
    if (letter == '&')
      escaped += "&amp;";
    else if (letter == '<')
      escaped += "&lt;";
    else if (letter == '>')
      escaped += "&gt;";
    else if (letter == '"')
      escaped += "&quot;";
    else
      escaped += letter;
  }
  return escaped;
}

/// What other sites show for a link to this person.
std::string open_graph(const Context& context, const Subject& subject) {
  const std::string id = fmt::format("{}", subject.person->id);
  return fmt::format(
      R"(<meta property="og:type" content="profile"><meta property="og:title" content="{} · Renown">)"
      R"(<meta property="og:url" content="{}/p/{}"><meta property="og:image" content="{}/card/{}/card.png">)"
      R"(<meta property="og:image:width" content="1200"><meta property="og:image:height" content="630">)",
      attribute(subject.person->name), attribute(context.public_url), id, attribute(context.public_url), id);
}

http::Route person_page_route(Context& context, std::string index) {
  const std::size_t head = index.find("</head>");
  return {.path = "/p/{person}",
          .id = "page_p__person_",
          .summary = "The page of a person.",
          .parameters = {person_parameter()},
          .is_described = false,
          .handler = [&context, index = std::move(index), head](const http::Request& request) {
            http::Request stranger = request;
            stranger.caller = {};
            const auto subject = find_subject(context, stranger, access::Scope::score_read);
            std::string page = index;
            if (subject && head != std::string::npos) page.insert(head, open_graph(context, *subject));
            http::Response response{.content_type = "text/html; charset=utf-8", .body = std::move(page)};
            response.headers.add("Cache-Control", "no-cache");
            response.security = http::Security::page;
            return response;
          }};
}

}  // namespace

Result<std::vector<http::Route>> page_routes(Context& context, const std::string& folder) {
  std::error_code failed;
  if (!fs::is_regular_file(fs::path(folder) / "index.html", failed))
    return bad_input(fmt::format("{} holds no page: it has no index.html; build the page first", folder));
  std::vector<http::Route> routes;
  std::size_t number = 0;
  for (const auto& entry : fs::recursive_directory_iterator(folder, failed)) {
    if (!entry.is_regular_file()) continue;
    const std::string name = entry.path().lexically_relative(folder).generic_string();
    if (name.starts_with('.')) continue;  // what the builder keeps for itself
    auto bytes = read_file(entry.path());
    if (!bytes) return bytes.error();
    const std::string bytes_of_index = name == "index.html" ? *bytes : std::string();
    const auto keep = name.starts_with("assets/") ? http::Keep::forever : http::Keep::ask_each_time;
    const auto file =
        std::make_shared<const http::StaticFile>(std::move(*bytes), std::string(http::content_type_of(name)), keep);
    if (name == "index.html") routes.push_back(person_page_route(context, bytes_of_index));
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
