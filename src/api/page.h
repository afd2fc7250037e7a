/// The page: static files from a folder, and its paths, which all are index.html. That of a person who shows the card
/// to everybody says in its head what other sites may show of it (Open Graph). A path that nobody has is the page too,
/// by which it says so, with the status 404.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "renown/result.h"

#include "api/context.h"
#include "http/route.h"
#include "http/service.h"

namespace renown::api {

struct Page {
  std::vector<http::Route> routes;
  http::Nowhere nowhere;  ///< for those who want HTML; programs are told by a problem, as without a page
};

/// context  outlives the page
///
/// Reads all files of the folder into memory. Names with a digest in them (NAME-XXXXXXXX.ext in assets/) are kept by
/// browsers forever. NAME.br beside NAME is NAME for those who take Brotli.
/// errors  bad_input for a folder without index.html; io
Result<Page> read_page(Context& context, const std::string& folder);

}  // namespace renown::api
