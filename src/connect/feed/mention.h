/// Mentions that other sites announce, by Webmention or Pingback: believed once the page was looked at. For servers
/// that receive them.
#pragma once

#include <cstdint>
#include <expected>
#include <stop_token>
#include <string>
#include <string_view>

#include "renown/result.h"

#include "connect/problem.h"
#include "ingest/record.h"
#include "net/transport.h"

namespace renown::connect::feed {

struct Mention {
  std::string source;  ///< address of the page that is said to link
  std::string target;  ///< to this one
};

/// Reads the call pingback.ping (XML-RPC). errors  bad_input, for what is another
Result<Mention> read_pingback(std::string_view xml);

enum class LinkState {
  links,          ///< the page links to the target
  does_not_link,  ///< it does not, or not any more
  gone,           ///< there is no such page (404, 410)
};

/// Looks at the source page. A link is an <a>, <area>, <link>, <img> ... whose address, taken from the page's own, is
/// the target's, fragments set aside; links in comments, scripts and templates are none.
///
/// errors  a Problem where the page cannot be had now; refused where source and target are one page, or are none, and
///         where the source leads to another site
std::expected<LinkState, Problem> look_for_link(net::Transport& http, const Mention& mention,
                                                const std::stop_token& stop);

/// The row of it: the source's site mentions `site`, in the post that is the source; or takes that back.
/// A mention has no time of its own: it belongs to Pull::undated. Its texts point into `mention`, `site` and the
/// record. now  unix seconds, when it was looked at
void rows_of(const Mention& mention, LinkState state, std::string_view site, std::int64_t now, ingest::Record& record);

}  // namespace renown::connect::feed
