#include "access/preferences.h"

#include <array>

#include <fmt/format.h>

#include "access/text_rule.h"

namespace renown::access {
namespace {

constexpr std::array<std::string_view, 3> kAudiences = {"nobody", "members", "everyone"};
constexpr std::array<std::string_view, 3> kDigests = {"weekly", "daily", "none"};

template <class Enum>
std::optional<Enum> parse(const std::array<std::string_view, 3>& names, std::string_view name) {
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i] == name) return static_cast<Enum>(i);
  }
  return std::nullopt;
}

PersonPreferences preferences_of(const store::Rows& row) {
  // A word that this program does not know is read as what shows the least.
  return {.on_public_board = row.integer(0) != 0,
          .card = parse_audience(row.text(1)).value_or(CardAudience::nobody),
          .number_hidden = row.integer(2) != 0,
          .digest = parse_digest(row.text(3)).value_or(Digest::none),
          .opted_out = row.integer(4) != 0,
          .age_confirmed = row.integer(5),
          .locale = std::string(row.text(6)),
          .zone = std::string(row.text(7)),
          .notify_move = row.is_null(8) ? std::nullopt : std::optional(row.real(8))};
}

}  // namespace

std::string_view audience_name(CardAudience audience) {
  return kAudiences[static_cast<std::size_t>(audience)];
}
std::optional<CardAudience> parse_audience(std::string_view name) {
  return parse<CardAudience>(kAudiences, name);
}
std::string_view digest_name(Digest digest) {
  return kDigests[static_cast<std::size_t>(digest)];
}
std::optional<Digest> parse_digest(std::string_view name) {
  return parse<Digest>(kDigests, name);
}

namespace {

constexpr std::string_view kPreferencesOf =
    "SELECT on_board, card, number_hidden, digest, opted_out, age_confirmed, locale, zone, notify_move FROM "
    "preferences WHERE person = ?";

Result<void> write(store::Database& database, PersonId person, const PersonPreferences& preferences) {
  const auto locale = locale_text(preferences.locale);
  if (!locale) return locale.error();
  const auto zone = zone_text(preferences.zone);
  if (!zone) return zone.error();
  const std::optional<double> move = preferences.notify_move;
  if (move && !(*move >= kLeastNotifyMove && *move <= kMostNotifyMove))
    return bad_input(
        fmt::format("a move is told from {} to {} points on, or never", kLeastNotifyMove, kMostNotifyMove));
  auto set = database.execute(
      "INSERT OR REPLACE INTO preferences(person, on_board, card, number_hidden, digest, opted_out, age_confirmed, "
      "locale, zone, notify_move) VALUES (?,?,?,?,?,?,?,?,?,?)",
      {person, std::int64_t{preferences.on_public_board}, audience_name(preferences.card),
       std::int64_t{preferences.number_hidden}, digest_name(preferences.digest), std::int64_t{preferences.opted_out},
       preferences.age_confirmed, std::string_view(*locale), std::string_view(*zone),
       move ? store::Parameter(*move) : store::Parameter()});
  if (!set) return set.error();
  return {};
}

}  // namespace

Result<PersonPreferences> Preferences::of(PersonId person) {
  const auto found = kept_.find(file_, person, [&]() -> Result<std::optional<PersonPreferences>> {
    auto set =
        file_.read([&](Reader& reader) { return first_row(reader.ask(kPreferencesOf, {person}), preferences_of); });
    if (!set) return set.error();
    return std::optional(set->value_or(PersonPreferences()));
  });
  if (!found) return found.error();
  return **found;
}

Result<bool> Preferences::has(PersonId person) {
  const auto set = file_.read([&](Reader& reader) {
    return first_row(reader.ask("SELECT 1 FROM preferences WHERE person = ?", {person}),
                     [](const store::Rows&) { return true; });
  });
  if (!set) return set.error();
  return set->has_value();
}

Result<PersonPreferences> Preferences::change(
    PersonId person, const std::function<Result<PersonPreferences>(PersonPreferences)>& change) {
  if (person == 0) return bad_input("preferences are a person's");
  return file_.change([&](store::Database& database) -> Result<PersonPreferences> {
    const auto stands = first_row(database.query(kPreferencesOf, {person}), preferences_of);
    if (!stands) return stands.error();
    auto changed = change(stands->value_or(PersonPreferences()));
    if (!changed) return changed;
    if (auto written = write(database, person, *changed); !written) return written.error();
    return changed;
  });
}

Result<void> Preferences::set(PersonId person, const PersonPreferences& preferences) {
  auto set = change(person, [&](const PersonPreferences&) { return Result<PersonPreferences>(preferences); });
  if (!set) return set.error();
  return {};
}

}  // namespace renown::access
