/// GitHub, by its REST interface (docs/networks/github.md).
#pragma once

#include <memory>

#include "renown/result.h"

#include "connect/connector.h"

namespace renown::connect::github {

/// Who engages with one account: stars, forks, issues, pull requests, comments and reviews in its public repositories,
/// comments, reviews and merges of what it wrote elsewhere, and followers. Rows are those of GH Archive
/// (docs/formats/gharchive.md) but for the id.
///
/// source.account  network "github"; a login
/// source.server   empty: https://api.github.com; a GitHub Enterprise server: https://HOST/api/v3
/// errors          usage, saying what to give
Result<std::unique_ptr<Connector>> make_connector(const Source& source, const Access& access);

}  // namespace renown::connect::github
