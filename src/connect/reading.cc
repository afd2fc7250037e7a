#include "connect/reading.h"

#include <utility>

#include <fmt/format.h>

#include "base/utf8.h"

namespace renown::connect {

std::expected<Pull, Problem> Reading::next(std::stop_token stop) {
  seen_.insert(place_.cursor);
  auto pull = connector_.pull(place_.cursor, std::move(stop));
  if (pull) {
    if (auto good = check(*pull); !good) pull = std::unexpected(std::move(good.error()));
  }
  if (!pull) {
    ended_ = true;
    if (pull.error().kind == ProblemKind::malformed) place_.cursor = place_.whole;
    return pull;
  }
  place_.cursor = pull->cursor;
  if (!pull->more) {
    ended_ = true;
    place_.whole = place_.cursor;
  }
  return pull;
}

std::expected<void, Problem> Reading::check(const Pull& pull) {
  if (pull.cursor.size() > kMostCursorBytes || !base::is_utf8(pull.cursor)) {
    return std::unexpected(Problem{ProblemKind::internal, fmt::format("the connector gave a cursor of {} bytes that is "
                                                                      "too long or not UTF-8; this is a defect",
                                                                      pull.cursor.size())});
  }
  if (!pull.more) return {};
  if (seen_.contains(pull.cursor)) {
    return std::unexpected(Problem{ProblemKind::malformed, "its pages lead in circles"});
  }
  if (seen_.size() >= most_pieces_) {
    return std::unexpected(
        Problem{ProblemKind::try_later,
                fmt::format("it was not at its end after {} pieces; the next reading goes on", most_pieces_)});
  }
  return {};
}

}  // namespace renown::connect
