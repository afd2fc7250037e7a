/// What an HTML page says about who owns it: its rel=me links, and its renown-proof.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace renown::people {

struct HtmlLinks {
  std::string base;  ///< of the first <base href>; empty without one
  std::vector<std::string>
      me;  ///< href of each <a> and <link> whose rel has the word "me", as written, references resolved
  std::vector<std::string> proofs;  ///< content of each <meta name="renown-proof">
};

/// Reads a page as the HTML standard's tokenizer does, as far as these links need it: comments, scripts, styles,
/// templates, text areas and other content that is no markup hold no links; of two attributes with one name the first
/// counts. Never fails. A link that also says rel=ugc or rel=sponsored is not the owner's word and is left out.
/// Cost: one pass. Bounded: at most kMaxLinks links.
HtmlLinks find_html_links(std::string_view html);

inline constexpr std::size_t kMaxLinks = 1000;

}  // namespace renown::people
