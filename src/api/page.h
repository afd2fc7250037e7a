/// The page: static files from a folder, and its paths, which all are index.html; that of a person who shows the card
/// to everybody says in its head what other sites may show of it (Open Graph).
#pragma once

#include <string>
#include <vector>

#include "renown/result.h"

#include "api/context.h"
#include "http/route.h"

namespace renown::api {

/// context  outlives the routes
///
/// Reads all files of the folder into memory. Names with a digest in them (NAME-XXXXXXXX.ext in assets/) are kept by
/// browsers forever.
/// errors  bad_input for a folder without index.html; io
Result<std::vector<http::Route>> page_routes(Context& context, const std::string& folder);

}  // namespace renown::api
