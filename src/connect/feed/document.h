/// RSS 2.0 and Atom (RFC 4287, RFC 4685) as entries.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "renown/result.h"

namespace renown::connect::feed {

struct Entry {
  std::string id;    ///< guid or id; may be empty
  std::string link;  ///< the page; may be empty
  std::string title;
  std::string author_address;        ///< of Atom's author; RSS names authors by name alone
  std::vector<std::string> answers;  ///< addresses of what it is in reply to
  std::optional<std::int64_t> time;  ///< unix seconds, when it was published; else when it was updated
};

struct Document {
  std::string title;
  std::vector<Entry> entries;
};

/// errors  bad_input: one clause, for what is no such feed. A document type, and with it entities of the feed's own, is
///         refused
Result<Document> read_feed(std::string_view xml);

/// Unix seconds of "Sat, 01 Aug 2026 13:53:54 +0200" (RFC 822, as RSS has it; a year of four digits; zones +HHMM, GMT,
/// UT, Z and those of North America). Nothing for anything else.
std::optional<std::int64_t> parse_mail_date(std::string_view text);

}  // namespace renown::connect::feed
