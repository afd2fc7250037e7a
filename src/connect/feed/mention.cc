#include "connect/feed/mention.h"

#include <array>
#include <memory>
#include <utility>
#include <vector>

#include <expat.h>

#include "base/ascii.h"
#include "connect/ask.h"
#include "connect/web_account.h"
#include "net/url.h"
#include "people/html_tokens.h"

namespace renown::connect::feed {
namespace {

constexpr std::size_t kMostCallBytes = std::size_t{16} << 10;

/// The texts of <methodName> and of each <value> of a call.
struct Call {
  std::string method, text;
  std::vector<std::string> values;
  bool is_refused = false;
  XML_Parser expat = XML_ParserCreate(nullptr);

  Call() {
    XML_SetUserData(expat, this);
    XML_SetElementHandler(expat, &Call::on_start, &Call::on_end);
    XML_SetCharacterDataHandler(expat, &Call::on_text);
    XML_SetStartDoctypeDeclHandler(expat, &Call::on_doctype);
  }
  ~Call() { XML_ParserFree(expat); }
  Call(const Call&) = delete;
  Call& operator=(const Call&) = delete;

  static void on_start(void* data, const char* name, const char**) {
    if (std::string_view(name) != "string")
      static_cast<Call*>(data)->text.clear();  // <value><string>..</string></value>
  }
  static void on_end(void* data, const char* name) {
    auto* self = static_cast<Call*>(data);
    const std::string value(base::trim(self->text));
    if (std::string_view(name) == "methodName") self->method = value;
    if (std::string_view(name) == "value") self->values.push_back(value);
  }
  static void on_text(void* data, const char* bytes, int size) {
    static_cast<Call*>(data)->text.append(bytes, static_cast<std::size_t>(size));
  }
  static void on_doctype(void* data, const char*, const char*, const char*, int) {
    auto* self = static_cast<Call*>(data);
    self->is_refused = true;
    XML_StopParser(self->expat, XML_FALSE);
  }
};

/// Whether a page of that address has a link to `target`.
bool has_link(std::string_view html, const net::Url& page, const std::string& target) {
  constexpr std::array<std::string_view, 2> kAttributes = {"href", "src"};
  net::Url base = page;
  people::HtmlTokens tokens(html);
  people::HtmlTag tag;
  int templates = 0;
  while (tokens.next(tag)) {
    if (tag.name == "template") templates += tag.closes ? -1 : 1;
    if (tag.closes || templates > 0) continue;
    for (const std::string_view attribute : kAttributes) {
      const std::string_view reference = base::trim(tag[attribute]);
      if (reference.empty()) continue;
      const auto address = base.resolve(reference);
      if (!address) continue;
      if (tag.name == "base") {
        base = *address;
      } else if (address->text() == target) {
        return true;
      }
    }
  }
  return false;
}

}  // namespace

Result<Mention> read_pingback(std::string_view xml) {
  const auto call = std::make_unique<Call>();
  const bool parsed = xml.size() <= kMostCallBytes &&
                      XML_Parse(call->expat, xml.data(), static_cast<int>(xml.size()), XML_TRUE) == XML_STATUS_OK;
  if (!parsed || call->is_refused || call->method != "pingback.ping" || call->values.size() != 2) {
    return bad_input("the call is no pingback.ping with a source and a target");
  }
  return Mention{std::move(call->values[0]), std::move(call->values[1])};
}

std::expected<LinkState, Problem> look_for_link(net::Transport& http, const Mention& mention,
                                                const std::stop_token& stop) {
  const auto source = net::Url::parse(mention.source);
  const auto target = net::Url::parse(mention.target);
  if (!source || !target || source->text() == target->text()) {
    return std::unexpected(Problem{ProblemKind::refused, "source and target must be the addresses of two pages"});
  }
  net::Request request{.url = source->text()};
  request.headers.set("Accept", "text/html, application/xhtml+xml;q=0.9");
  const auto page = ask(http, request, "the page " + source->shown(), stop);
  if (!page && (page.error().kind == ProblemKind::not_found || page.error().kind == ProblemKind::gone)) {
    return LinkState::gone;
  }
  if (!page) return std::unexpected(page.error());
  const auto here = net::Url::parse(page->url);
  if (!here || here->host() != source->host()) {  // else an open redirect of a site would speak for it
    return std::unexpected(Problem{ProblemKind::refused, source->shown() + " leads to another site"});
  }
  const bool links = has_link(page->body, *here, target->text());
  return links ? LinkState::links : LinkState::does_not_link;
}

void rows_of(const Mention& mention, LinkState state, std::string_view site, std::int64_t now, ingest::Record& record) {
  const std::string_view actor = record.keep(web_site(mention.source));
  if (actor.empty() || actor == site) return record.leave_out("a mention by the site itself, or by no site");
  const std::string_view id = record.keep(mention.source + " " + mention.target);
  if (state == LinkState::links) {
    record.add({now, Kind::mention, "web", actor, site, mention.source, id, {}});
  } else {
    record.add({now, Kind::undo, "web", actor, {}, {}, id, {}});
  }
}

}  // namespace renown::connect::feed
