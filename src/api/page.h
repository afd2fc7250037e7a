/// The page: static files from a folder, and its paths, which all are index.html.
#pragma once

#include <string>
#include <vector>

#include "renown/result.h"

#include "http/route.h"

namespace renown::api {

/// Reads all files of the folder into memory. Names with a digest in them (NAME-XXXXXXXX.ext in assets/) are kept by
/// browsers forever.
/// errors  bad_input for a folder without index.html; io
Result<std::vector<http::Route>> page_routes(const std::string& folder);

}  // namespace renown::api
