/// Intake files: what was taken in, so that a later run goes on from there instead of reading the whole log again
/// (docs/formats/interaction-log.md, "tally").
///
/// A file holds what came after the one before it: a day costs a day. The first is mapped: its names are found where
/// they stand, its rows stay there until they are made into acts. They are derived from the log and can be dropped at
/// any time.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "renown/result.h"

#include "aggregate/intake.h"

namespace renown::aggregate {

/// How far an intake was saved. A fresh one: nothing was.
struct IntakeMark {
  std::uint64_t rows = 0;
  std::uint64_t accounts = 0;
  std::uint64_t undos = 0;
  std::array<std::array<std::uint64_t, base::kPartitions>, 3> sizes{};  ///< of plain rows, keyed rows, words
};

/// All of a finished intake.
IntakeMark mark_of(const Intake& intake);

/// Writes what came since `since`, whole or not at all. note  a text of the caller's that comes back when it is read
/// errors  io
Result<void> save_intake(Intake& intake, const IntakeMark& since, std::string_view note, const std::string& path);

/// Adds what a file holds to an intake that is not finished and holds exactly what it was saved since. The file must
/// not be changed in place later.
///
/// returns  the note; nothing if the file is none of this program's, is cut off, or does not go on from `intake`: then
///          the intake must not be used
Result<std::optional<std::string>> load_intake(Intake& intake, const std::string& path);

}  // namespace renown::aggregate
