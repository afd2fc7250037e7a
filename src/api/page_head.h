/// PageHead: what index.html says about itself to those who run no script: search engines, and sites that show a link.
#pragma once

#include <string>
#include <string_view>

namespace renown::api {

struct PageHead {
  std::string title;        ///< plain text
  std::string description;  ///< plain text, a sentence
  std::string more;         ///< further elements, as they are: what stands in them is escaped already
};

/// The document with that title and description in place of its own, and `more` at the end of its head. What it does
/// not have is left out.
///
/// index  has <title>, <meta name="description" content="..."> and </head>, as web/index.html
std::string with_head(std::string index, const PageHead& head);

/// Text as it may stand in an element, and in an attribute in double quotes.
std::string html_text(std::string_view text);

}  // namespace renown::api
