/// Activity: the parts of an activity that all have, in whichever of the allowed forms they are written.
#pragma once

#include <cstdint>
#include <string_view>

#include "renown/result.h"

#include "io/json.h"

namespace renown::ingest::activitystreams {

/// The address of a thing that is written as an address, as an object with an `id`, or as a list of these (of which the
/// first counts). Empty if there is none.
std::string_view id_of(io::JsonValue thing);

/// The type of an object; of several the first. Empty for an address.
std::string_view type_of(io::JsonValue thing);

/// The thing itself, or the first of a list.
io::JsonValue first_of(io::JsonValue thing);

/// Calls use() for each element of a list, or for the one thing that stands in its place.
template <class Use>
void for_each(io::JsonValue things, Use use) {
  if (!things.is_array()) {
    if (!things.is_missing()) use(things);
    return;
  }
  for (const io::JsonValue thing : things.elements()) use(thing);
}

/// Whether an activity or object is addressed to everybody, in `to` or (unlisted) in `cc`.
bool is_public(io::JsonValue thing);

/// Views point into the parsed line.
struct Activity {
  std::string_view type;   ///< "Like"
  std::string_view id;     ///< may be empty
  std::string_view actor;  ///< address of the account
  std::int64_t time = 0;   ///< unix seconds
  io::JsonValue object;    ///< the first, if there are several
  io::JsonValue whole;
};

/// errors  bad_input, naming what is missing: type, actor, published
Result<Activity> read_activity(io::JsonValue whole);

}  // namespace renown::ingest::activitystreams
