/// Log inputs: from the paths a user names to readers, whatever the format.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "renown/result.h"

#include "model/interaction_reader.h"

namespace renown::pipeline {

enum class LogFormat : std::uint8_t {
  automatic,
  flat,
  activitystreams,
  gharchive,
  jetstream,
  higgs,
  stackexchange,
  archive,  ///< of whichever network; the next ones of this one
  googleplus,
  x,
  mastodon,
  linkedin,
  instagram,
  facebook,
  reddit,
  foursquare,
  bluesky  ///< a CAR file
};

/// "auto", "flat", ... as --input-format takes them.
std::optional<LogFormat> parse_log_format(std::string_view name);
std::string_view log_format_name(LogFormat format);
std::vector<std::string> log_format_names();

/// Opens one log: a file, "-" for standard input, the folder of a Stack Exchange dump or of an unpacked archive. Under
/// `automatic` the format is told from the first bytes (after unpacking gzip or zstd), never from the name; the network
/// of an archive from the names in it.
///
/// With options.threads > 1 a file is read on threads of its own while its rows are used.
///
/// errors  not_found, io; bad_input when no format fits, naming those that were tried
Result<std::unique_ptr<model::InteractionReader>> open_log(const std::string& path, LogFormat format,
                                                           model::ReadOptions options);

/// Whether a log may hold undos: false only where that is known before it is read.
bool may_hold_undos(const std::string& path);

}  // namespace renown::pipeline
