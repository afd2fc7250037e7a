#include "access/lookup_log.h"

#include <algorithm>
#include <array>

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

Result<void> LookupLog::add(std::span<const Lookup> lookups) {
  return file_.change([&](store::Database& database) -> Result<void> {
    for (const Lookup& lookup : lookups) {
      auto added =
          database.execute("INSERT INTO lookups(time, api_key, asker, purpose, person, outcome) VALUES (?,?,?,?,?,?)",
                           {lookup.time, lookup.key, std::string_view(lookup.asker), purpose_name(lookup.purpose),
                            lookup.person, outcome_name(lookup.outcome)});
      if (!added) return added.error();
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
