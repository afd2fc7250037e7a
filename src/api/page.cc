#include "api/page.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>

#include <fmt/format.h>

#include "api/page_head.h"
#include "api/page_paths.h"
#include "api/subject.h"
#include "base/ascii.h"
#include "http/static_files.h"

namespace renown::api {
namespace {

namespace fs = std::filesystem;
using File = std::shared_ptr<const http::StaticFile>;

constexpr std::string_view kIndex = "index.html";
constexpr std::string_view kBrotli = ".br";

/// The bytes of each file by its name below the folder, without what the builder keeps for itself.
Result<std::map<std::string, std::string>> read_folder(const std::string& folder) {
  std::map<std::string, std::string> files;
  std::error_code failed;
  for (fs::recursive_directory_iterator each(folder, failed), end; !failed && each != end; each.increment(failed)) {
    if (!each->is_regular_file()) continue;
    std::string name = each->path().lexically_relative(folder).generic_string();
    if (name.starts_with('.')) continue;
    std::ifstream file(each->path(), std::ios::binary);
    std::string bytes{std::istreambuf_iterator<char>(file), {}};
    if (!file) return Error{ErrorCode::io, fmt::format("{} cannot be read", each->path().string())};
    files.emplace(std::move(name), std::move(bytes));
  }
  if (failed) return Error{ErrorCode::io, fmt::format("{} cannot be read: {}", folder, failed.message())};
  return files;
}

std::string route_id(std::string_view path) {
  std::string id = "page";
  for (const char letter : path)
    id += (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') ? letter : '_';
  return id;
}

/// What other sites show for a link to this person.
PageHead head_of(const Context& context, const Subject& subject) {
  const std::string id = fmt::format("{}", subject.person->id);
  const std::string url = html_text(context.public_url);
  return {.title = subject.person->name + " · Renown",
          .description = fmt::format("How far the words of {} reach, and why: score, interval, networks and history.",
                                     subject.person->name),
          .more = fmt::format(
              R"(<meta property="og:type" content="profile"><meta property="og:title" content="{} · Renown">)"
              R"(<meta property="og:url" content="{}/p/{}"><meta property="og:image" content="{}/card/{}/card.png">)"
              R"(<meta property="og:image:width" content="1200"><meta property="og:image:height" content="630">)",
              html_text(subject.person->name), url, id, url, id)};
}

/// Whom somebody sees nothing of is nobody to them: 404, as an unknown number. The head is a stranger's in any case.
http::Route person_page_route(Context& context, std::string index) {
  return {.path = "/p/{person}",
          .id = "page_p__person_",
          .summary = "The page of a person.",
          .parameters = {person_parameter()},
          .takes_any_query = true,
          .is_described = false,
          .handler = [&context, index = std::move(index)](const http::Request& request) {
            http::Request stranger = request;
            stranger.caller = {};
            const auto shown = find_subject(context, stranger, access::Scope::score_read);
            const bool is_seen = shown || find_subject(context, request, access::Scope::score_read);
            http::Response response{.status = is_seen ? 200 : 404,
                                    .content_type = "text/html; charset=utf-8",
                                    .body = shown ? with_head(index, head_of(context, *shown)) : index};
            response.headers.add("Cache-Control", "no-cache");
            response.security = http::Security::page;
            return response;
          }};
}

http::Route own_path_route(const std::string& path, const File& index) {
  http::Route route = http::static_route(path, route_id(path), index);
  if (const std::size_t at = path.find('{'); at != std::string::npos) {
    const std::size_t length = path.find('}', at) - at - 1;
    route.parameters.push_back({.name = path.substr(at + 1, length), .description = "The page's own."});
  }
  return route;
}

http::Nowhere nowhere_of(const File& index) {
  return [index](const http::Request& request) -> std::optional<http::Response> {
    if (!base::lower(request.headers.all("Accept")).contains("text/html")) return std::nullopt;
    http::Response response = index->answer(request);
    response.status = 404;
    response.headers.add("Vary", "Accept");
    return response;
  };
}

}  // namespace

Result<Page> read_page(Context& context, const std::string& folder) {
  std::error_code failed;
  if (!fs::is_regular_file(fs::path(folder) / kIndex, failed))
    return bad_input(fmt::format("{} holds no page: it has no index.html; build the page first", folder));
  const auto files = read_folder(folder);
  if (!files) return files.error();
  Page page;
  for (const auto& [name, bytes] : *files) {
    if (name.ends_with(kBrotli) && files->contains(name.substr(0, name.size() - kBrotli.size()))) continue;
    const auto packed = files->find(name + std::string(kBrotli));
    const auto keep = name.starts_with("assets/") ? http::Keep::forever : http::Keep::ask_each_time;
    const auto file = std::make_shared<const http::StaticFile>(bytes, std::string(http::content_type_of(name)), keep,
                                                               packed == files->end() ? "" : packed->second);
    if (name != kIndex) {
      page.routes.push_back(http::static_route("/" + name, fmt::format("page_file_{}", page.routes.size()), file));
      continue;
    }
    page.routes.push_back(person_page_route(context, bytes));
    for (const char* path : kPagePaths) page.routes.push_back(own_path_route(path, file));
    page.nowhere = nowhere_of(file);
  }
  return page;
}

}  // namespace renown::api
