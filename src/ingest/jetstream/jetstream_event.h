/// Which acts a Jetstream event stands for (the table in docs/formats/jetstream.md).
#pragma once

#include <cstdint>
#include <string_view>

#include "renown/result.h"

#include "ingest/record.h"
#include "io/json.h"

namespace renown::ingest::jetstream {

/// Fills `record`, which is clear, with rows or the reason why there are none. The rows' texts point into the document.
/// Time is when the server saw the event; of a record, what its key says where that agrees (atproto/record_key.h).
///
/// errors  bad_input, saying as one clause what the event lacks
Result<void> read_event(io::JsonValue event, Record& record);

/// As read_event, for one record of `did` on its own, as a repository holds it.
///
/// collection  one that is_read()
/// time        unix seconds
Result<void> read_created(std::string_view did, std::string_view collection, std::string_view rkey, std::int64_t time,
                          io::JsonValue content, Record& record);

/// Whether records of this collection become interactions: "app.bsky.feed.like".
bool is_read(std::string_view collection);

/// The DID in "at://did:plc:ann/app.bsky.feed.post/3k"; empty if the address is of another form.
std::string_view account_in(std::string_view address);

}  // namespace renown::ingest::jetstream
