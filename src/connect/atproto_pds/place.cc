#include "connect/atproto_pds/place.h"

#include <fmt/format.h>

#include "io/json.h"
#include "io/json_escape.h"

namespace renown::connect::atproto_pds {

std::string write_place(const Place& place) {
  return fmt::format(R"({{"since":{},"began":{},"partly":{},"repos":{},"did":{},"collection":{},"page":{}}})",
                     place.since, place.began, place.partly, io::json_string(place.repos), io::json_string(place.did),
                     place.collection, io::json_string(place.page));
}

std::expected<Place, Problem> read_place(std::string_view cursor) {
  if (cursor.empty()) return Place{};
  io::JsonParser parser;
  const auto root = parser.parse(cursor);
  const auto since = root ? (*root)["since"].integer() : std::nullopt;
  const auto began = root ? (*root)["began"].integer() : std::nullopt;
  const auto collection = root ? (*root)["collection"].integer() : std::nullopt;
  if (!since || !began || !collection || *collection < 0) {
    return std::unexpected(
        Problem{ProblemKind::malformed, "the place to go on from is none of a server's repositories"});
  }
  return Place{.since = *since,
               .began = *began,
               .partly = (*root)["partly"].boolean().value_or(true),
               .repos = std::string((*root)["repos"].text()),
               .did = std::string((*root)["did"].text()),
               .collection = static_cast<std::size_t>(*collection),
               .page = std::string((*root)["page"].text())};
}

}  // namespace renown::connect::atproto_pds
