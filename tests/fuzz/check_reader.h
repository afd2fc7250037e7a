/// What must hold for every reader of a log, whatever the bytes.
#pragma once

#include <algorithm>
#include <string>
#include <utility>

#include "base/time.h"
#include "base/utf8.h"
#include "check.h"
#include "model/interaction_reader.h"

namespace renown::fuzz {

/// What a reader gave, in one text to compare.
struct Outcome {
  std::string rows;
  std::string error;
  model::ReadReport report;
};

inline bool is_text(std::string_view text, std::size_t most) {
  return text.size() <= most && text.find('\0') == std::string_view::npos && !base::find_invalid_utf8(text);
}

/// The rules of a row: docs/formats/flat-log.md.
inline void check_row(const Interaction& act) {
  check(act.time >= 0 && act.time <= base::kMaxTime, "a time lies between 1970 and 9999");
  check(static_cast<std::size_t>(act.kind) < kKindNames.size(), "a kind is a known one");
  check(!act.network.empty() && is_text(act.network, 64), "a network is text");
  check(!act.actor.empty() && is_text(act.actor, 1024), "an actor is text");
  check(is_text(act.target, 1024), "a target is text");
  check(is_text(act.post, 4096) && is_text(act.id, 4096) && is_text(act.tags, 4096), "post, id and tags are text");
  if (act.kind == Kind::post) {
    check(act.target.empty(), "a post has no target");
  } else {
    check(!act.target.empty() || (act.kind == Kind::undo && !act.id.empty()), "an act has a target");
  }
}

/// records = records of interactions + bad + left out; what is shown is what was counted.
inline void check_report(const model::ReadReport& report, std::uint64_t rows) {
  std::uint64_t others = report.bad;
  for (const auto& [reason, count] : report.left_out) {
    check(count > 0 && !reason.empty(), "what is left out has a reason");
    others += count;
  }
  check(others <= report.records, "no record is counted twice");
  check(rows == report.interactions, "every interaction counted is one yielded");
  check(rows > 0 || others == report.records, "a record without interactions is bad or left out");
  check(report.first_bad.size() == std::min<std::uint64_t>(report.bad, model::ReadReport::kShown),
        "first bad ones are kept");
  for (const auto& bad : report.first_bad) check(!bad.place.empty() && !bad.reason.empty(), "a bad record says why");
}

inline Outcome read_all(model::InteractionReader& reader) {
  static model::InteractionBlock block;
  Outcome outcome;
  std::uint64_t rows = 0;
  for (bool more = true; more;) {
    block.clear();
    auto result = reader.read(block);
    for (std::size_t i = 0; i < block.size(); ++i) {
      const Interaction act = block[i];
      check_row(act);
      outcome.rows += std::to_string(act.time);
      for (const std::string_view text :
           {kind_name(act.kind), act.network, act.actor, act.target, act.post, act.id, act.tags}) {
        outcome.rows.append(text).push_back('\0');
      }
    }
    rows += block.size();
    check(!result || !*result || block.full(), "a block that is not the last is full");
    if (!result) outcome.error = result.error().message;
    check(result || !outcome.error.empty(), "an error says why");
    more = result && *result;
  }
  outcome.report = reader.report();
  check_report(outcome.report, rows);
  return outcome;
}

/// Reads the bytes in one piece and in many.
/// open  takes a byte source, gives a reader
template <class Open>
Outcome check_reader(std::string_view bytes, Open open) {
  Outcome whole = read_all(*open(in_one_piece(bytes)));
  const Outcome pieces = read_all(*open(in_pieces(bytes)));
  check(whole.rows == pieces.rows, "the rows do not depend on how the bytes arrive");
  check(whole.error == pieces.error, "the error does not depend on how the bytes arrive");
  check(whole.report.records == pieces.report.records && whole.report.bad == pieces.report.bad &&
            whole.report.left_out == pieces.report.left_out && whole.report.notices == pieces.report.notices,
        "the report does not depend on how the bytes arrive");
  return whole;
}

}  // namespace renown::fuzz
