#include "api/page_head.h"

namespace renown::api {
namespace {

/// Puts `text` in place of what stands between the two marks, if both are there.
void replace_between(std::string& document, std::string_view open, std::string_view close, std::string_view text) {
  const std::size_t before = document.find(open);
  if (before == std::string::npos) return;
  const std::size_t begin = before + open.size();
  const std::size_t end = document.find(close, begin);
  if (end != std::string::npos) document.replace(begin, end - begin, text);
}

}  // namespace

std::string with_head(std::string index, const PageHead& head) {
  replace_between(index, "<title>", "</title>", html_text(head.title));
  replace_between(index, "<meta name=\"description\" content=\"", "\"", html_text(head.description));
  if (const std::size_t end = index.find("</head>"); end != std::string::npos) index.insert(end, head.more);
  return index;
}

std::string html_text(std::string_view text) {
  std::string escaped;
  for (const char letter : text) {
    if (letter == '&')
      escaped += "&amp;";
    else if (letter == '<')
      escaped += "&lt;";
    else if (letter == '>')
      escaped += "&gt;";
    else if (letter == '"')
      escaped += "&quot;";
    else
      escaped += letter;
  }
  return escaped;
}

}  // namespace renown::api
