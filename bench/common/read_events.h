/// Reads JSON lines the way the command does, into an intake.
#pragma once

#include <memory>
#include <stdexcept>

#include "renown/account.h"

#include "aggregate/intake.h"
#include "base/spill_area.h"
#include "common/events.h"
#include "ingest/flat/ndjson_reader.h"
#include "io/byte_source.h"

namespace renown::bench {

struct IntakeOfEvents {
  PeopleMap people;
  base::SpillArea area{std::uint64_t{1} << 40, "/var/tmp"};
  aggregate::Intake intake{people, area};

  void read(const Events& events) {
    auto bytes = io::open_bytes(events.path);
    if (!bytes) throw std::runtime_error(bytes.error().message);
    const auto reader = renown::ingest::flat::read_ndjson(events.path, std::move(*bytes), {.strict = true});
    model::InteractionBlock block;
    for (bool more = true; more;) {
      block.clear();
      const auto read = reader->read(block);
      if (!read) throw std::runtime_error(read.error().message);
      intake.add(block);
      more = *read;
    }
    intake.finish();
  }
};

}  // namespace renown::bench
