#include <algorithm>
#include <array>
#include <filesystem>
#include <optional>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "base/ascii.h"
#include "ingest/stackexchange/stackexchange_reader.h"

namespace renown::ingest::stackexchange {
namespace {

namespace fs = std::filesystem;

/// The file's name as it stands in the folder; dumps of before 2011 write "posts.xml".
std::optional<fs::path> find_file(const fs::path& folder, std::string_view name) {
  const std::array<std::string, 2> spellings = {std::string(name), base::lower(name)};
  for (const std::string& spelling : spellings) {
    for (const std::string_view packing : {"", ".gz", ".zst"}) {
      const fs::path path = folder / fmt::format("{}{}", spelling, packing);
      std::error_code unreadable;
      if (fs::exists(path, unreadable)) return path;
    }
  }
  return std::nullopt;
}

/// A missing file is one without a source.
Result<DumpFile> open_file(const fs::path& folder, std::string_view name) {
  const auto path = find_file(folder, name);
  if (!path) return DumpFile{(folder / name).string(), nullptr};
  auto source = io::open_bytes(path->string());
  if (!source) return source.error();
  return DumpFile{path->string(), std::move(*source)};
}

/// "bicycles.meta.stackexchange.com" from a folder of that name; a dump tells its site nowhere else.
std::string network_of(const fs::path& folder) {
  std::error_code error;
  fs::path whole = fs::weakly_canonical(folder, error);
  if (error) whole = folder.lexically_normal();
  const std::string name = base::lower((whole.has_filename() ? whole : whole.parent_path()).filename().string());
  constexpr std::size_t kMaxNetworkBytes = 64;
  const bool is_host =
      name.find('.') != std::string::npos && name.size() <= kMaxNetworkBytes && std::ranges::all_of(name, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-';
      });
  return is_host ? name : "stackexchange";
}

}  // namespace

Result<std::unique_ptr<model::InteractionReader>> open_dump(const std::string& folder, model::ReadOptions options) {
  std::error_code error;
  const fs::file_status status = fs::status(folder, error);
  if (!fs::exists(status)) return Error{ErrorCode::not_found, fmt::format("the folder {} is not there", folder)};
  if (!fs::is_directory(status)) {
    return bad_input(
        fmt::format("{} is no folder: name the folder of the Stack Exchange dump, which holds Posts.xml", folder));
  }
  auto posts = open_file(folder, "Posts.xml");
  if (!posts) return posts.error();
  if (!posts->source) {
    return Error{ErrorCode::not_found,
                 fmt::format("{} holds no Posts.xml (or Posts.xml.gz): unpack the dump's .7z file into it", folder)};
  }
  auto comments = open_file(folder, "Comments.xml");
  if (!comments) return comments.error();
  auto votes = open_file(folder, "Votes.xml");
  if (!votes) return votes.error();
  return make_reader(network_of(folder), std::move(*posts), std::move(*comments), std::move(*votes), options);
}

}  // namespace renown::ingest::stackexchange
