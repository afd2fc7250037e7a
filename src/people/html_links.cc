#include "people/html_links.h"

#include <algorithm>

#include "base/ascii.h"
#include "base/text.h"
#include "people/html_tokens.h"
#include "people/web_address.h"

namespace renown::people {
namespace {

bool has_word(std::string_view words, std::string_view word) {
  std::string plain = base::lower(words);
  std::ranges::replace_if(
      plain, [](char byte) { return byte == '\t' || byte == '\n' || byte == '\r' || byte == '\f'; }, ' ');
  const auto all = base::split_words(plain);
  return std::ranges::find(all, word) != all.end();
}

void take(const HtmlTag& tag, HtmlLinks& links) {
  if (tag.name == "base" && links.base.empty()) links.base = tag["href"];
  if (tag.name == "meta" && base::lower(tag["name"]) == "renown-proof" && links.proofs.size() < kMaxLinks)
    links.proofs.emplace_back(tag["content"]);
  if (tag.name != "a" && tag.name != "link") return;
  const std::string_view rel = tag["rel"];
  if (!has_word(rel, "me") || has_word(rel, "ugc") || has_word(rel, "sponsored")) return;
  if (!base::trim(tag["href"]).empty() && links.me.size() < kMaxLinks) links.me.emplace_back(tag["href"]);
}

}  // namespace

HtmlLinks find_html_links(std::string_view html) {
  HtmlLinks links;
  HtmlTokens tokens(html);
  HtmlTag tag;
  std::size_t templates = 0;  // what stands in a <template> is not part of the page
  while (tokens.next(tag)) {
    if (tag.name == "template") {
      if (!tag.closes) ++templates;
      if (tag.closes && templates > 0) --templates;
    } else if (!tag.closes && templates == 0) {
      take(tag, links);
    }
  }
  return links;
}

}  // namespace renown::people
