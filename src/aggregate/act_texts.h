/// ActTexts: which texts stand for an act, of all rows that were merged into it.
#pragma once

#include <cstdint>

#include "aggregate/account_order.h"
#include "aggregate/row_texts.h"
#include "aggregate/undo_set.h"
#include "base/buffer.h"

namespace renown::aggregate {

/// The same choice as merge_twins(), which makes it among whole rows: of the rows of one actor, target and second that
/// no undo took back the first by kind order, then by post, id and tags in byte order. Works through one partition
/// after the other, one for each thread.
class ActTexts {
 public:
  /// Numbers of RowTexts::texts().
  struct Texts {
    TextId post = 0;
    TextId id = 0;
    TextId tags = 0;
  };

  /// undos  of the log before as_of, as ActMaker has them
  ActTexts(RowTexts& rows, const UndoSet& undos, const AccountOrder& order, std::int64_t as_of)
      : rows_(rows), undos_(undos), order_(order), as_of_(as_of) {}

  /// Takes the rows of a partition. Time O(n log n).
  void load(std::size_t partition);

  /// The texts of an act that ActMaker made of the loaded partition (accounts by their ranks).
  Texts of(const Row& act) const;

 private:
  bool counts(const TextRow& row) const;
  bool comes_before(const TextRow& a, const TextRow& b) const;

  RowTexts& rows_;
  const UndoSet& undos_;
  const AccountOrder& order_;
  std::int64_t as_of_;
  base::Buffer<TextRow> loaded_, room_;  ///< by target and actor (ranks), second, kind and texts
};

}  // namespace renown::aggregate
