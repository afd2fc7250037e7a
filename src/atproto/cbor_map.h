/// Maps of DAG-CBOR whose keys are known.
#pragma once

#include <cstdint>
#include <string_view>

#include "renown/result.h"

#include "atproto/cbor.h"

namespace renown::atproto {

/// Calls use(key) for each pair of the map that comes next; use reads the value, or passes over it.
///
/// errors  bad_input, as one clause: no map, a key that is no text, and what use says
template <class Use>
Result<void> read_map(CborReader& reader, Use use) {
  const auto map = reader.next();
  if (!map) return map.error();
  if (map->type != CborType::map) return bad_input("something else stands where a map should be");
  for (std::uint64_t i = 0; i < map->value; ++i) {
    const auto key = reader.next();
    if (!key) return key.error();
    if (key->type != CborType::text) return bad_input("no DAG-CBOR: a key is no text");
    if (auto used = use(key->content); !used) return used;
  }
  return {};
}

/// Takes the next item into `head`, whatever it is.
inline Result<void> read_into(CborReader& reader, CborHead& head) {
  auto read = reader.next();
  if (!read) return read.error();
  head = *read;
  return {};
}

}  // namespace renown::atproto
