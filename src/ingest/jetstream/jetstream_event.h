/// Which acts a Jetstream event stands for (the table in docs/formats/jetstream.md).
#pragma once

#include <string_view>

#include "renown/result.h"

#include "ingest/record.h"
#include "io/json.h"

namespace renown::ingest::jetstream {

/// Fills `record`, which is clear, with rows or the reason why there are none. The rows' texts point into the document.
///
/// errors  bad_input, saying as one clause what the event lacks
Result<void> read_event(io::JsonValue event, Record& record);

/// The DID in "at://did:plc:ann/app.bsky.feed.post/3k"; empty if the address is of another form.
std::string_view account_in(std::string_view address);

}  // namespace renown::ingest::jetstream
