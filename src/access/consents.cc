#include "access/consents.h"

#include <fmt/format.h>

#include "access/text_rule.h"

namespace renown::access {
namespace {

GivenConsent consent_of(const store::Rows& row) {
  GivenConsent consent{.id = row.integer(0),
                       .terms = {.key = row.integer(1), .organisation = std::string(row.text(2)), .purpose = {}},
                       .given = row.integer(4),
                       .withdrawn = row.integer(5)};
  if (auto purpose = parse_purpose(row.text(3))) consent.terms.purpose = *purpose;
  return consent;
}

}  // namespace

Result<std::int64_t> Consents::give(PersonId person, const ConsentTerms& terms, std::int64_t now) {
  const auto organisation = plain_text("the organisation", terms.organisation, 100);
  if (!organisation) return organisation.error();
  const std::string_view purpose = terms.purpose ? purpose_name(*terms.purpose) : "";
  if (person == 0) return bad_input("a consent is a person's");
  if (terms.key == 0 && organisation->empty() && purpose.empty())
    return bad_input("a consent says to whom or for which purpose: name a key, an organisation or a purpose");
  return file_.change([&](store::Database& database) -> Result<std::int64_t> {
    const auto same = first_row(
        database.query(
            "SELECT consent FROM consents WHERE person = ? AND api_key = ? AND organisation = ? AND purpose = ? "
            "AND withdrawn = 0",
            {person, terms.key, std::string_view(*organisation), purpose}),
        [](const store::Rows& row) { return row.integer(0); });
    if (!same) return same.error();
    if (*same) return **same;
    const auto standing =
        database.query_integer("SELECT count(*) FROM consents WHERE person = ? AND withdrawn = 0", {person});
    if (!standing) return standing.error();
    if (*standing >= kMostConsents)
      return Error{ErrorCode::usage, fmt::format("there are {} consents: withdraw one first", kMostConsents)};
    auto given = database.execute(
        "INSERT INTO consents(person, api_key, organisation, purpose, given, withdrawn) VALUES (?,?,?,?,?,0)",
        {person, terms.key, std::string_view(*organisation), purpose, now});
    if (!given) return given.error();
    return database.last_row();
  });
}

Result<void> Consents::withdraw(PersonId person, std::int64_t consent, std::int64_t now) {
  return file_.change([&](store::Database& database) -> Result<void> {
    auto withdrawn = database.execute(
        "UPDATE consents SET withdrawn = ? WHERE person = ? AND consent = ? AND withdrawn = 0", {now, person, consent});
    if (!withdrawn) return withdrawn.error();
    if (*withdrawn == 0) return Error{ErrorCode::not_found, "there is no such consent that stands"};
    return {};
  });
}

Result<std::vector<GivenConsent>> Consents::of_person(PersonId person) {
  return file_.read([&](Reader& reader) {
    return all_rows(reader.ask("SELECT consent, api_key, organisation, purpose, given, withdrawn FROM consents WHERE "
                               "person = ? ORDER BY consent DESC",
                               {person}),
                    consent_of);
  });
}

Result<bool> Consents::allows(PersonId person, const ApiKey& asker, Purpose purpose) {
  const auto allowed = file_.read([&](Reader& reader) {
    return first_row(
        reader.ask(
            "SELECT EXISTS (SELECT 1 FROM consents WHERE person = ?1 AND withdrawn = 0 AND api_key IN (0, ?2) AND "
            "(organisation = '' OR organisation = ?3) AND purpose IN ('', ?4)) AND NOT EXISTS (SELECT 1 FROM "
            "preferences WHERE person = ?1 AND opted_out <> 0)",
            {person, asker.id, std::string_view(asker.organisation), purpose_name(purpose)}),
        [](const store::Rows& row) { return row.integer(0) != 0; });
  });
  if (!allowed) return allowed.error();
  return allowed->value_or(false);
}

}  // namespace renown::access
