/// YouTube, by its Data API v3 (docs/networks/youtube.md).
#pragma once

#include <memory>

#include "renown/result.h"

#include "connect/connector.h"

namespace renown::connect::youtube {

/// Who comments under the videos of one channel. Requests carry the person's token, or an API key in the
/// header X-Goog-Api-Key.
///
/// source.account   network "youtube"; a channel's id: "UC" and 22 more characters
/// source.server    empty: https://www.googleapis.com
/// source.settings  "max_units": units of quota that may be spent in 24 hours; 5000 of the 10,000 that Google gives
/// errors           usage, saying what to give
Result<std::unique_ptr<Connector>> make_connector(const Source& source, const Access& access);

}  // namespace renown::connect::youtube
