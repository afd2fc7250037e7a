#include "access/addresses.h"

#include <fmt/format.h>

#include "base/ascii.h"
#include "base/digest.h"
#include "base/utf8.h"

namespace renown::access {
namespace {

constexpr std::size_t kMostBytes = 254;  ///< RFC 5321, section 4.5.3.1.3, without the brackets

bool is_address(std::string_view text) {
  const std::size_t at = text.rfind('@');
  if (at == std::string_view::npos || at == 0 || at + 1 == text.size() || text.size() > kMostBytes) return false;
  for (const char c : text) {
    if (static_cast<unsigned char>(c) <= ' ' || c == 127) return false;
  }
  return base::is_utf8(text);
}

}  // namespace

Result<std::string> address_hash(std::string_view address) {
  const std::string plain = base::lower(base::trim(address));
  if (!is_address(plain)) return bad_input("this is no e-mail address: it takes a name, an @ and a host");
  base::Sha256 digest;
  digest.add(plain);
  return digest.hex();
}

Result<void> Addresses::add(PersonId person, std::string_view address, std::int64_t now) {
  const auto hash = address_hash(address);
  if (!hash) return hash.error();
  if (person == 0) return bad_input("an address is a person's");
  return file_.change([&](store::Database& database) -> Result<void> {
    const auto others = database.query_integer("SELECT count(*) FROM addresses WHERE person = ? AND sha256 <> ?",
                                               {person, std::string_view(*hash)});
    if (!others) return others.error();
    if (*others >= kMostAddresses)
      return Error{ErrorCode::usage, fmt::format("there are {} addresses: remove one first", kMostAddresses)};
    auto added = database.execute("INSERT OR REPLACE INTO addresses(sha256, person, added) VALUES (?,?,?)",
                                  {std::string_view(*hash), person, now});
    if (!added) return added.error();
    return {};
  });
}

Result<void> Addresses::remove(PersonId person, std::string_view sha256) {
  return file_.change([&](store::Database& database) -> Result<void> {
    auto gone = database.execute("DELETE FROM addresses WHERE person = ? AND sha256 = ?", {person, sha256});
    if (!gone) return gone.error();
    if (*gone == 0) return Error{ErrorCode::not_found, "there is no such address"};
    return {};
  });
}

Result<std::vector<OptedInAddress>> Addresses::of_person(PersonId person) {
  return file_.read([&](Reader& reader) {
    return all_rows(reader.ask("SELECT sha256, added FROM addresses WHERE person = ? ORDER BY added, sha256", {person}),
                    [](const store::Rows& row) { return OptedInAddress{std::string(row.text(0)), row.integer(1)}; });
  });
}

Result<PersonId> Addresses::person_of(std::string_view sha256) {
  const auto person = file_.read([&](Reader& reader) {
    return first_row(reader.ask("SELECT person FROM addresses WHERE sha256 = ?", {sha256}),
                     [](const store::Rows& row) { return row.integer(0); });
  });
  if (!person) return person.error();
  return person->value_or(0);
}

}  // namespace renown::access
