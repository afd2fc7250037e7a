/// Which acts a post in an X archive stands for.
#pragma once

#include <cstdint>
#include <string_view>

#include "renown/result.h"

#include "ingest/record.h"
#include "io/json.h"

namespace renown::ingest::archive::x {

/// What posts received, by number alone: nobody knows from whom.
struct Totals {
  std::uint64_t likes = 0;
  std::uint64_t reposts = 0;
  std::uint64_t nameless_quotes = 0;  ///< quotes that the owner made of accounts without a number
};

/// Fills `record`, which is clear, with rows, and adds to `totals`. The rows' texts point into the document, `owner`
/// and the record.
///
/// owner   the number of the account whose archive it is
/// errors  bad_input, saying as one clause what the post lacks
Result<void> acts_of_post(io::JsonValue post, std::string_view owner, Totals& totals, Record& record);

}  // namespace renown::ingest::archive::x
