#include "aggregate/row_texts.h"

namespace renown::aggregate {

void RowTexts::begin(const model::InteractionBlock& block) {
  texts_.intern(block.posts(), posts_);
  texts_.intern(block.ids(), ids_);
  texts_.intern(block.tags(), tags_);
}

void RowTexts::add(std::size_t partition, const Row& row, std::size_t at) {
  writer_->add(partition, {row.actor, row.target, row.moment, posts_[at], ids_[at], tags_[at]});
}

void RowTexts::finish() {
  writer_.reset();
  if (texts_.size() > 1) return;
  for (std::size_t partition = 0; partition < base::kPartitions; ++partition) rows_.clear(partition);
}

}  // namespace renown::aggregate
