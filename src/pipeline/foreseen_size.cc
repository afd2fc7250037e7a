#include "pipeline/foreseen_size.h"

#include <algorithm>
#include <system_error>

#include <fmt/format.h>

#include "model/interaction_block.h"

namespace renown::pipeline {
namespace {

constexpr std::uint64_t kSampleRows = 256;
constexpr std::uint64_t kSamples = 16;  // spread over the rows: names and times grow along them

}  // namespace

std::uint64_t foreseen_bytes(std::uint64_t rows, const RowMaker& make,
                             void (RowText::*add_rows)(const model::InteractionBlock& block)) {
  RowText text;
  model::InteractionBlock block;
  std::uint64_t sampled = 0;
  for (std::uint64_t sample = 0; sample < kSamples; ++sample) {
    const std::uint64_t begin = rows / kSamples * sample;
    const std::uint64_t end = std::min(rows, begin + kSampleRows);
    block.clear();
    make(begin, end, block);
    (text.*add_rows)(block);
    sampled += end - begin;
  }
  const double bytes_a_row = static_cast<double>(text.size()) / static_cast<double>(sampled);
  return static_cast<std::uint64_t>(bytes_a_row * static_cast<double>(rows));
}

Result<void> check_room(const std::string& what, const std::filesystem::path& folder, std::uint64_t foreseen,
                        std::uint64_t max_bytes) {
  if (foreseen > max_bytes) return too_large(what, foreseen, max_bytes);
  std::error_code unknown;
  std::filesystem::path there = folder.empty() ? "." : folder;
  while (!std::filesystem::exists(there, unknown) && there.has_relative_path())
    there = there.has_parent_path() ? there.parent_path() : ".";
  const auto room = std::filesystem::space(there, unknown);
  if (unknown || foreseen <= room.available) return {};
  return Error{ErrorCode::io, fmt::format("{} would take about {} bytes and the disk has room for {}: ask for fewer "
                                          "events or write to another disk",
                                          what, foreseen, room.available)};
}

Error too_large(const std::string& what, std::uint64_t size_bytes, std::uint64_t max_bytes) {
  return {ErrorCode::io, fmt::format("{} would take about {} bytes, which is more than the {} allowed: ask for fewer "
                                     "events or allow more",
                                     what, size_bytes, max_bytes)};
}

}  // namespace renown::pipeline
