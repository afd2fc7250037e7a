#include "access/lookup_log.h"

#include <algorithm>
#include <array>
#include <new>

namespace renown::access {
namespace {

constexpr std::array<std::string_view, 3> kOutcomes = {"score", "unscored", "try_later"};

Lookup lookup_of(const store::Rows& row) {
  const auto outcome = std::ranges::find(kOutcomes, row.text(6));
  return {.number = row.integer(0),
          .time = row.integer(1),
          .key = row.integer(2),
          .asker = std::string(row.text(3)),
          .purpose = parse_purpose(row.text(4)).value_or(Purpose::other),
          .person = row.integer(5),
          .outcome = outcome == kOutcomes.end() ? LookupOutcome::unscored
                                                : static_cast<LookupOutcome>(outcome - kOutcomes.begin())};
}

}  // namespace

std::string_view outcome_name(LookupOutcome outcome) {
  return kOutcomes[static_cast<std::size_t>(outcome)];
}

/// Whoever comes while nobody writes, writes for all that have come till then.
Result<void> LookupLog::add(std::span<const Lookup> lookups) {
  std::unique_lock lock(mutex_);
  const std::shared_ptr<Batch> mine = next_;
  mine->lines.insert(mine->lines.end(), lookups.begin(), lookups.end());
  changed_.wait(lock, [&] { return mine->written || !is_writing_; });
  if (mine->written) return *mine->written;
  next_ = std::make_shared<Batch>();
  is_writing_ = true;
  lock.unlock();
  Result<void> written;
  try {
    written = write(mine->lines);
  } catch (const std::bad_alloc&) {  // whoever waits must hear of it
    written = Error{ErrorCode::io, "there is no memory left to write look-ups down"};
  }
  lock.lock();
  mine->written = written;
  is_writing_ = false;
  changed_.notify_all();
  return written;
}

Result<void> LookupLog::write(std::span<const Lookup> lines) {
  return file_.append([&](store::Database& database) -> Result<void> {
    auto insert =
        database.prepare("INSERT INTO lookups(time, api_key, asker, purpose, person, outcome) VALUES (?,?,?,?,?,?)");
    if (!insert) return insert.error();
    for (const Lookup& line : lines) {
      auto rows = insert->query({line.time, line.key, std::string_view(line.asker), purpose_name(line.purpose),
                                 line.person, outcome_name(line.outcome)});
      if (!rows) return rows.error();
      if (const auto added = rows->next(); !added) return added.error();
    }
    return {};
  });
}

Result<Page<Lookup>> LookupLog::of_person(PersonId person, std::string_view cursor, std::size_t most) {
  const auto below = parse_cursor(cursor);
  if (!below) return below.error();
  most = std::clamp<std::size_t>(most, 1, kMostPerPage);
  auto lookups = file_.read([&](Reader& reader) {
    return all_rows(
        reader.ask("SELECT number, time, api_key, asker, purpose, person, outcome FROM lookups WHERE person = ? "
                   "AND number < ? ORDER BY number DESC LIMIT ?",
                   {person, *below, static_cast<std::int64_t>(most + 1)}),
        lookup_of);
  });
  if (!lookups) return lookups.error();
  return page_of(std::move(*lookups), most);
}

Result<std::vector<Lookup>> LookupLog::all_of_person(PersonId person) {
  return file_.read([&](Reader& reader) {
    return all_rows(
        reader.ask("SELECT number, time, api_key, asker, purpose, person, outcome FROM lookups WHERE person = ? "
                   "ORDER BY number",
                   {person}),
        lookup_of);
  });
}

}  // namespace renown::access
