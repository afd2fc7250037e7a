#include "pipeline/row_set_digest.h"

#include <fmt/format.h>

#include "base/hash.h"

namespace renown::pipeline {

void RowSetDigest::add(const model::InteractionBlock& block) {
  for (std::size_t i = 0; i < block.size(); ++i) {
    const Interaction row = block[i];
    row_bytes_ = std::to_string(row.time);
    for (const std::string_view text :
         {kind_name(row.kind), row.network, row.actor, row.target, row.post, row.id, row.tags}) {
      row_bytes_ += '\0';  // no text holds one
      row_bytes_ += text;
    }
    const std::uint64_t one = base::stable_hash(row_bytes_);
    row_bytes_ += '\0';
    const std::uint64_t two = base::stable_hash(row_bytes_);
    low_ += one;
    high_ += two + (low_ < one ? 1 : 0);
  }
}

std::string RowSetDigest::hex() const {
  return fmt::format("{:016x}{:016x}", high_, low_);
}

}  // namespace renown::pipeline
