#include "pipeline/archive_input.h"

#include <algorithm>
#include <filesystem>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "ingest/archive/archive.h"
#include "ingest/archive/archive_log.h"
#include "ingest/archive/facebook/facebook.h"
#include "ingest/archive/foursquare/foursquare.h"
#include "ingest/archive/googleplus/googleplus.h"
#include "ingest/archive/instagram/instagram.h"
#include "ingest/archive/linkedin/linkedin.h"
#include "ingest/archive/mastodon/mastodon.h"
#include "ingest/archive/network.h"
#include "ingest/archive/reddit/reddit.h"
#include "ingest/archive/x/x_archive.h"

namespace renown::pipeline {
namespace {

namespace archive = ingest::archive;

struct NetworkArchive {
  std::string_view network;
  bool (*looks_like)(const archive::Archive&);
  std::unique_ptr<archive::Network> (*make)();
};

constexpr NetworkArchive kNetworks[] = {
    {"googleplus", archive::googleplus::looks_like_googleplus, archive::googleplus::make_network},
    {"x", archive::x::looks_like_x, archive::x::make_network},
    {"mastodon", archive::mastodon::looks_like_mastodon, archive::mastodon::make_network},
    {"linkedin", archive::linkedin::looks_like_linkedin, archive::linkedin::make_network},
    {"instagram", archive::instagram::looks_like_instagram, archive::instagram::make_network},
    {"facebook", archive::facebook::looks_like_facebook, archive::facebook::make_network},
    {"reddit", archive::reddit::looks_like_reddit, archive::reddit::make_network},
    {"foursquare", archive::foursquare::looks_like_foursquare, archive::foursquare::make_network},
};

const NetworkArchive* network_of(const archive::Archive& archive, std::string_view network) {
  for (const NetworkArchive& candidate : kNetworks) {
    if ((network.empty() || network == candidate.network) && candidate.looks_like(archive)) return &candidate;
  }
  return nullptr;
}

}  // namespace

Result<std::unique_ptr<model::InteractionReader>> open_archive_log(const std::string& path, std::string_view network,
                                                                   model::ReadOptions options) {
  auto archive = archive::open_archive(path);
  if (!archive) return archive.error();
  const NetworkArchive* const found = network_of(**archive, network);
  if (found != nullptr) return archive::read_archive(path, std::move(*archive), found->make(), options);
  if (!network.empty()) {
    return bad_input(fmt::format("{} is an archive, but its files are not those of one from {}", path, network));
  }
  return Error{ErrorCode::not_found,
               fmt::format("{} is an archive of no network that Renown reads ({}): see docs/formats/archives.md", path,
                           fmt::join(archive_networks(), ", "))};
}

std::vector<std::string_view> archive_networks() {
  std::vector<std::string_view> networks;
  for (const NetworkArchive& known : kNetworks) networks.push_back(known.network);
  return networks;
}

std::optional<std::vector<std::string>> files_of_unpacked_archive(const std::string& path) {
  std::error_code ignored;
  if (!std::filesystem::is_directory(path, ignored)) return std::nullopt;
  const auto folder = archive::open_archive(path);
  if (!folder) return std::nullopt;
  const NetworkArchive* const found = network_of(**folder, {});
  if (found == nullptr) return std::nullopt;
  const auto network = found->make();
  std::vector<std::string> files;
  for (const archive::Member& member : (*folder)->members()) {
    if (network->turn(member.name)) files.push_back((std::filesystem::path(path) / member.name).string());
  }
  return files;
}

}  // namespace renown::pipeline
