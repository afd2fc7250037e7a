/// One post of a Google+ stream and everything that others did to it.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "renown/result.h"

#include "ingest/archive/network.h"

namespace renown::ingest::archive::googleplus {

/// The records of a file: the post, each comment, each +1, each reshare.
///
/// without_time  counts the +1 and reshares that gave rows; must outlive the records
/// errors        none: a file that is no post is one bad record
Result<std::unique_ptr<MemberRecords>> post_records(std::string bytes, std::uint64_t& without_time);

}  // namespace renown::ingest::archive::googleplus
