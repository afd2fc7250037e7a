/// The three standard streams: open from the first line on, and not lost in silence at the last.
#pragma once

#include "renown/result.h"

namespace renown::cli {

/// Opens /dev/null for each standard stream that the caller has closed (`>&-`, some daemons). Else the next file that
/// is opened takes its number, and what is said there lands in that file: in the worst case in a database.
void open_missing_streams();

/// Writes out what standard output still holds. errors  io: the disk is full, the stream was closed
Result<void> flush_standard_output();

}  // namespace renown::cli
