/// Bluesky: the CAR file that a server gives out of an account's repository (docs/formats/archives.md).
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "io/byte_source.h"
#include "model/interaction_reader.h"

namespace renown::ingest::archive::bluesky {

/// The file is held in memory; a larger one is an error.
inline constexpr std::uint64_t kMaxCarBytes = std::uint64_t{1} << 30;

/// name  the file in error sentences and places: "repo.car: app.bsky.feed.like/3l3qo2vutsw2b"
std::unique_ptr<model::InteractionReader> make_reader(std::string name, std::unique_ptr<io::ByteSource> source,
                                                      model::ReadOptions options);

}  // namespace renown::ingest::archive::bluesky
