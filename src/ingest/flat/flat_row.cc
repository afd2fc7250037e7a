#include "ingest/flat/flat_row.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/text.h"
#include "base/time.h"
#include "base/utf8.h"

namespace renown::ingest::flat {
namespace {

constexpr std::size_t kShownColumns = 20;  ///< names in one sentence; a log may have thousands
constexpr std::size_t kShownWidth = 40;    ///< columns on a terminal that one name takes at most

std::string shown(std::string_view text) {
  return base::shorten(base::printable(text), kShownWidth);
}

/// "'a', 'b' and 'c'"
std::string listed(const std::vector<std::string>& names) {
  std::string text;
  const std::size_t count = std::min(names.size(), kShownColumns);
  for (std::size_t i = 0; i < count; ++i) {
    if (i > 0) text += i + 1 == names.size() ? " and " : ", ";
    text += fmt::format("'{}'", shown(names[i]));
  }
  if (names.size() > count) text += fmt::format(" and {} more", names.size() - count);
  return text;
}

/// What is wrong with one text, or nothing.
std::optional<Error> check_text(Column column, std::string_view text) {
  if (text.size() > max_bytes(column)) {
    return bad_input(fmt::format("{} is longer than {} bytes", column_name(column), max_bytes(column)));
  }
  if (text.find('\0') != std::string_view::npos) {
    return bad_input(fmt::format("{} holds a NUL byte", column_name(column)));
  }
  if (const auto offset = base::find_invalid_utf8(text)) {
    return bad_input(fmt::format("{} is not UTF-8 (its byte {})", column_name(column), *offset + 1));
  }
  return std::nullopt;
}

Error unknown_kind(std::string_view kind) {
  return bad_input(fmt::format("kind '{}' is unknown: the kinds are {}", shown(kind), fmt::join(kKindNames, ", ")));
}

/// A post is about nobody; an undo may name the act instead of the target.
bool needs_target(const Interaction& act) {
  return act.kind != Kind::post && !(act.kind == Kind::undo && !act.id.empty());
}

std::optional<Error> check_presence(const Interaction& act) {
  if (act.network.empty()) return bad_input("network is empty");
  if (act.actor.empty()) return bad_input("actor is empty");
  if (!act.target.empty() || !needs_target(act)) return std::nullopt;
  if (act.kind == Kind::undo) return bad_input("target and id are both empty: an undo needs one of them");
  return bad_input("target is empty");
}

}  // namespace

Result<Interaction> read_row(const FlatRow& row) {
  const auto time = base::parse_time(row[Column::time]);
  if (!time) return time.error();
  return read_row(*time, row);
}

Result<Interaction> read_row(std::int64_t time, const FlatRow& row) {
  if (auto checked = base::check_unix_seconds(time); !checked) return checked.error();
  if (row[Column::kind].empty()) return bad_input("kind is empty");
  const auto kind = parse_kind(row[Column::kind]);
  if (!kind) return unknown_kind(row[Column::kind]);

  Interaction act;
  act.time = time;
  act.kind = *kind;
  act.network = row[Column::network];
  act.actor = row[Column::actor];
  if (act.kind != Kind::post) act.target = row[Column::target];
  act.post = row[Column::post];
  act.id = row[Column::id];
  act.tags = row[Column::tags];
  if (auto problem = check_presence(act)) return std::move(*problem);
  if (auto problem = check_text(Column::network, act.network)) return std::move(*problem);
  if (auto problem = check_text(Column::actor, act.actor)) return std::move(*problem);
  if (auto problem = check_text(Column::target, act.target)) return std::move(*problem);
  if (auto problem = check_text(Column::post, act.post)) return std::move(*problem);
  if (auto problem = check_text(Column::id, act.id)) return std::move(*problem);
  if (auto problem = check_text(Column::tags, act.tags)) return std::move(*problem);
  return act;
}

Error missing_column(std::string_view log, Column missing, const std::vector<std::string>& seen) {
  return bad_input(fmt::format("{} has no column '{}': it has {}; a flat log needs {}", log, column_name(missing),
                               seen.empty() ? "none" : listed(seen),
                               fmt::join(kColumnNames.begin(), kColumnNames.begin() + kNeededColumns, ", ")));
}

std::string ignored_columns(std::string_view log, const std::vector<std::string>& names) {
  const bool one = names.size() == 1;
  return fmt::format("{}: {} {} {} no part of a flat log and ignored", log, one ? "column" : "columns", listed(names),
                     one ? "is" : "are");
}

}  // namespace renown::ingest::flat
