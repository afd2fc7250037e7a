#include "connect/feed/document.h"

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

#include <expat.h>
#include <fmt/format.h>

#include "base/ascii.h"
#include "base/text.h"
#include "base/time.h"

namespace renown::connect::feed {
namespace {

constexpr std::size_t kMostEntries = 5'000;
constexpr std::size_t kMostTextBytes = std::size_t{64} << 10;  ///< of one element; a longer one is cut
constexpr int kMostDepth = 100;

/// Elements by namespace and name, of RSS without the first.
constexpr std::string_view kAtom = "http://www.w3.org/2005/Atom ";
constexpr std::string_view kThread = "http://purl.org/syndication/thread/1.0 ";

std::string_view attribute(const char* const* attributes, std::string_view name) {
  for (; *attributes != nullptr; attributes += 2) {
    if (name == attributes[0]) return attributes[1];
  }
  return {};
}

/// Expat calls the static functions; the first problem stops it and is kept.
struct Reader {
  Document document;
  XML_Parser expat = XML_ParserCreateNS(nullptr, ' ');
  std::string problem;
  std::vector<std::string> open;  ///< elements around what is read, the root first; of Atom without its namespace
  std::string text;
  bool is_atom = false;

  Reader() {
    XML_SetUserData(expat, this);
    XML_SetElementHandler(expat, &Reader::on_start, &Reader::on_end);
    XML_SetCharacterDataHandler(expat, &Reader::on_text);
    XML_SetStartDoctypeDeclHandler(expat, &Reader::on_doctype);
  }
  ~Reader() { XML_ParserFree(expat); }
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;

  static void on_start(void* data, const char* name, const char** attributes) {
    static_cast<Reader*>(data)->start(name, attributes);
  }
  static void on_end(void* data, const char*) { static_cast<Reader*>(data)->end(); }
  static void on_text(void* data, const char* bytes, int size) {
    std::string& text = static_cast<Reader*>(data)->text;
    text.append(bytes,
                std::min(static_cast<std::size_t>(size), kMostTextBytes - std::min(kMostTextBytes, text.size())));
  }
  static void on_doctype(void* data, const char*, const char*, const char*, int) {
    static_cast<Reader*>(data)->stop("it has a document type, which no feed needs");
  }

  void stop(std::string why) {
    if (!problem.empty()) return;
    problem = std::move(why);
    XML_StopParser(expat, XML_FALSE);
  }

  bool is_in_entry() const {
    return is_atom ? open.size() >= 2 && open[1] == "entry" : open.size() >= 3 && open[2] == "item";
  }

  void start(std::string_view name, const char* const* attributes) {
    if (!problem.empty()) return;
    if (open.empty()) is_atom = name.starts_with(kAtom);
    if (is_atom && name.starts_with(kAtom)) name.remove_prefix(kAtom.size());
    if (open.empty() && name != (is_atom ? "feed" : "rss")) return stop("it is neither RSS nor Atom");
    open.emplace_back(name);
    text.clear();
    if (static_cast<int>(open.size()) > kMostDepth) return stop("its elements nest too deep");
    const bool is_entry = is_in_entry() && open.size() == (is_atom ? 2u : 3u);
    if (is_entry && document.entries.size() == kMostEntries) return stop("it has too many entries");
    if (is_entry) document.entries.emplace_back();
    if (!is_in_entry()) return;
    Entry& entry = document.entries.back();
    if (name.starts_with(kThread) && name.ends_with(" in-reply-to")) {
      entry.answers.emplace_back(attribute(attributes, "href"));
    }
    const std::string_view relation = attribute(attributes, "rel");
    if (is_atom && name == "link" && open.size() == 3 && (relation.empty() || relation == "alternate")) {
      entry.link = attribute(attributes, "href");
    }
  }

  void end() {
    if (!problem.empty() || open.empty()) return;
    take(open.back(), std::string(base::trim(text)));
    open.pop_back();
    text.clear();
  }

  void take(const std::string& name, std::string value) {
    if (value.empty()) return;
    if (!is_in_entry()) {
      if (name == "title" && open.size() == (is_atom ? 2u : 3u)) document.title = std::move(value);
      return;
    }
    Entry& entry = document.entries.back();
    if (is_atom && open.size() == 4 && open[2] == "author" && name == "uri") entry.author_address = std::move(value);
    if (open.size() != (is_atom ? 3u : 4u)) return;
    if (name == "title") entry.title = std::move(value);
    if (name == "guid" || (is_atom && name == "id")) entry.id = std::move(value);
    if (!is_atom && name == "link") entry.link = std::move(value);
    if (!is_atom && name == "pubDate") entry.time = parse_mail_date(value);
    if (is_atom && (name == "published" || (name == "updated" && !entry.time))) {
      if (const auto time = base::parse_time(value)) entry.time = *time;
    }
  }
};

}  // namespace

Result<Document> read_feed(std::string_view xml) {
  const auto reader = std::make_unique<Reader>();
  const bool parsed = XML_Parse(reader->expat, xml.data(), static_cast<int>(xml.size()), XML_TRUE) == XML_STATUS_OK;
  if (!reader->problem.empty()) return bad_input(reader->problem);
  if (!parsed) {
    return bad_input(fmt::format("it is not well-formed XML in line {}: {}", XML_GetCurrentLineNumber(reader->expat),
                                 XML_ErrorString(XML_GetErrorCode(reader->expat))));
  }
  return std::move(reader->document);
}

std::optional<std::int64_t> parse_mail_date(std::string_view text) {
  constexpr std::array<std::string_view, 12> kMonths = {"jan", "feb", "mar", "apr", "may", "jun",
                                                        "jul", "aug", "sep", "oct", "nov", "dec"};
  constexpr std::array<std::pair<std::string_view, std::string_view>, 12> kZones = {{{"gmt", "+00:00"},
                                                                                     {"ut", "+00:00"},
                                                                                     {"utc", "+00:00"},
                                                                                     {"z", "+00:00"},
                                                                                     {"est", "-05:00"},
                                                                                     {"edt", "-04:00"},
                                                                                     {"cst", "-06:00"},
                                                                                     {"cdt", "-05:00"},
                                                                                     {"mst", "-07:00"},
                                                                                     {"mdt", "-06:00"},
                                                                                     {"pst", "-08:00"},
                                                                                     {"pdt", "-07:00"}}};
  const std::size_t comma = text.find(',');
  const std::string lower = base::lower(comma == std::string_view::npos ? text : text.substr(comma + 1));
  const auto words = base::split_words(lower);  // 01 aug 2026 13:53:54 +0200
  if (words.size() != 5) return std::nullopt;
  const auto month = std::ranges::find(kMonths, words[1].substr(0, 3));
  if (month == kMonths.end() || words[0].size() > 2 || words[2].size() != 4) return std::nullopt;
  std::string zone(words[4]);
  const auto named = std::ranges::find(kZones, words[4], &std::pair<std::string_view, std::string_view>::first);
  if (named != kZones.end()) zone = named->second;
  if (zone.size() == 5) zone.insert(3, ":");
  const std::string clock = std::string(words[3]) + (words[3].size() == 5 ? ":00" : "");
  const auto time = base::parse_time(
      fmt::format("{}-{:02}-{:0>2}T{}{}", words[2], month - kMonths.begin() + 1, words[0], clock, zone));
  return time ? std::optional(*time) : std::nullopt;
}

}  // namespace renown::connect::feed
