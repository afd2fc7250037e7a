/// What a code of libcurl means. For the sources of this folder only.
#pragma once

#include <curl/curl.h>

#include "net/failure.h"
#include "net/fetcher.h"
#include "net/url.h"

namespace renown::net {

/// The sentence is ours: libcurl's own ones may show a query.
Failure curl_failure(CURLcode code, const Url& url, const FetchLimits& limits);

}  // namespace renown::net
