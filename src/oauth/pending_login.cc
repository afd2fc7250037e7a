#include "oauth/pending_login.h"

#include <fmt/format.h>

#include "io/json.h"
#include "io/json_escape.h"

namespace renown::oauth {

std::string to_text(const PendingLogin& pending) {
  return fmt::format(R"({{"ends_at":{},"names_itself":{},"verifier":{},"subject":{},"credential":{}}})",
                     pending.ends_at, pending.names_itself, io::json_string(pending.verifier),
                     io::json_string(pending.subject), to_text(pending.credential));
}

Result<PendingLogin> parse_pending_login(std::string_view text) {
  io::JsonParser parser;
  const auto root = parser.parse(text);
  const auto ends_at = root ? (*root)["ends_at"].integer() : std::nullopt;
  if (!ends_at) return bad_input("a stored log-in is damaged: begin it again");
  auto credential = read_credential((*root)["credential"]);
  if (!credential) return credential.error();
  return PendingLogin{.credential = std::move(*credential),
                      .verifier = std::string((*root)["verifier"].text()),
                      .subject = std::string((*root)["subject"].text()),
                      .ends_at = *ends_at,
                      .names_itself = (*root)["names_itself"].boolean().value_or(true)};
}

}  // namespace renown::oauth
