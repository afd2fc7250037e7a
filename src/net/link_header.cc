#include "net/link_header.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/ascii.h"
#include "base/text.h"
#include "net/url.h"

namespace renown::net {
namespace {

/// Goes through a header's value from left to right.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  bool at_end() const { return rest_.empty(); }

  void skip(std::string_view characters) {
    while (!rest_.empty() && characters.find(rest_.front()) != std::string_view::npos) rest_.remove_prefix(1);
  }

  bool take(char c) {
    skip(" \t");
    if (rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }

  /// Up to one of `ends`, which stays.
  std::string_view take_until(std::string_view ends) {
    const std::size_t size = std::min(rest_.find_first_of(ends), rest_.size());
    const std::string_view taken = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return taken;
  }

  /// What stands between quotes, escapes resolved; the opening one is taken already. Nothing without a closing one.
  std::optional<std::string> take_quoted() {
    std::string text;
    while (!rest_.empty()) {
      char c = rest_.front();
      rest_.remove_prefix(1);
      if (c == '"') return text;
      if (c == '\\') {
        if (rest_.empty()) break;
        c = rest_.front();
        rest_.remove_prefix(1);
      }
      text += c;
    }
    return std::nullopt;
  }

 private:
  std::string_view rest_;
};

struct Parameter {
  std::string name;
  std::string value;
};

std::optional<Parameter> read_parameter(Reader& reader) {
  reader.skip(" \t");
  Parameter parameter{base::lower(reader.take_until(" \t=;,")), {}};
  if (!reader.take('=')) return parameter;
  if (reader.take('"')) {
    auto text = reader.take_quoted();
    if (!text) return std::nullopt;
    parameter.value = std::move(*text);
    return parameter;
  }
  parameter.value = std::string(reader.take_until(" \t;,"));
  return parameter;
}

std::optional<Link> read_link(Reader& reader) {
  if (!reader.take('<')) return std::nullopt;
  Link link{std::string(reader.take_until(">")), {}};
  if (!reader.take('>')) return std::nullopt;
  bool has_relations = false;
  while (reader.take(';')) {
    const auto parameter = read_parameter(reader);
    if (!parameter) return std::nullopt;
    link.has_anchor |= parameter->name == "anchor";
    if (parameter->name != "rel" || has_relations) continue;  // only the first counts
    has_relations = true;
    const std::string names = base::lower(parameter->value);
    for (const std::string_view name : base::split_words(names)) link.relations.emplace_back(name);
  }
  return link;
}

}  // namespace

std::vector<Link> parse_links(std::string_view value) {
  std::vector<Link> links;
  Reader reader(value);
  for (reader.skip(" \t,"); !reader.at_end(); reader.skip(" \t,")) {
    auto link = read_link(reader);
    if (!link) break;
    links.push_back(std::move(*link));
    reader.skip(" \t");
    if (!reader.at_end() && !reader.take(',')) break;
  }
  return links;
}

Result<std::optional<std::string>> linked_page(const Response& response, std::string_view relation) {
  for (const Link& link : parse_links(response.headers.all("link"))) {
    if (link.has_anchor || std::ranges::find(link.relations, relation) == link.relations.end()) continue;
    auto base = Url::parse(response.url);
    if (!base) return base.error();
    auto page = base->resolve(link.target);
    if (!page)
      return bad_input(fmt::format("{} names a {} page that is {}", base->shown(), relation, page.error().message));
    return std::optional(page->text());
  }
  return std::optional<std::string>();
}

}  // namespace renown::net
