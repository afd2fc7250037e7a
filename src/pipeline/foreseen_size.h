/// Foreseen size: what rows that can be made will take, told from some of them, and whether there is room for it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "renown/result.h"

#include "pipeline/row_pieces.h"
#include "pipeline/row_text.h"

namespace renown::pipeline {

/// Bytes of all rows as lines, foreseen from some rows of all their parts. rows >= 1.
std::uint64_t foreseen_bytes(std::uint64_t rows, const RowMaker& make,
                             void (RowText::*add_rows)(const model::InteractionBlock& block));

/// Whether `foreseen` bytes are allowed and have room on the disk of `folder` (which may be missing: its parents are
/// asked then).
///
/// what    is to be written, for the sentence: a path
/// errors  io, saying which of both it is
Result<void> check_room(const std::string& what, const std::filesystem::path& folder, std::uint64_t foreseen,
                        std::uint64_t max_bytes);

/// "more than the N allowed"
Error too_large(const std::string& what, std::uint64_t size_bytes, std::uint64_t max_bytes);

}  // namespace renown::pipeline
