/// Link headers (RFC 8288): where the next page is.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "renown/result.h"

#include "net/message.h"

namespace renown::net {

struct Link {
  std::string target;                  ///< as written: often relative
  std::vector<std::string> relations;  ///< "next", "prev" ... in lower case
  bool has_anchor = false;             ///< it speaks about another page than the one it came with
  bool operator==(const Link&) const = default;
};

/// The links of a header's value, in order. What cannot be read ends the list: nothing is guessed.
std::vector<Link> parse_links(std::string_view value);

/// The whole address of the page that `response` calls "next" (or "prev" ...); empty where it names none.
/// errors  bad_input where it names what is no URL that Renown fetches
Result<std::optional<std::string>> linked_page(const Response& response, std::string_view relation);

}  // namespace renown::net
