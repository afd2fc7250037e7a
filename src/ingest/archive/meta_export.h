/// What the exports of Facebook and Instagram have in common.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "renown/result.h"

#include "io/json.h"

namespace renown::ingest::archive {

/// The list of records in a document: the root itself, or the first list that is a member of it or of one of its
/// members. Its key changes from year to year. Missing where there is none.
io::JsonValue list_in(io::JsonValue root);

/// Unix seconds from a number.
///
/// errors  bad_input, as one clause: no number, out of range
Result<std::int64_t> time_of(io::JsonValue timestamp);

/// The hashtags of a text that is mended, as the log keeps them: a '#' and what follows, up to a sign or blank of
/// ASCII.
std::string tags_in(std::string_view text);

}  // namespace renown::ingest::archive
