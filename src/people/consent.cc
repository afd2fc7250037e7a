#include "people/consent.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/ascii.h"
#include "io/json.h"
#include "people/web_address.h"

namespace renown::people {
namespace {

/// The text of HTML, enough to find words in: tags become blanks, but for those that Mastodon puts inside a tag word.
std::string plain_text(std::string_view html) {
  std::string text;
  for (std::size_t i = 0; i < html.size(); ++i) {
    if (html[i] != '<') {
      text += html[i];
      continue;
    }
    const std::size_t end = html.find('>', i);
    if (end == std::string_view::npos) return text + std::string(html.substr(i));
    const std::string tag = base::lower(html.substr(i, end - i + 1));
    const bool inline_tag = tag.starts_with("<span") || tag.starts_with("</span") || tag.starts_with("</a");
    if (!inline_tag) text += ' ';
    i = end;
  }
  return text;
}

bool is_word_byte(char byte) {
  const auto code = static_cast<unsigned char>(byte);
  return (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') || byte == '_' || code >= 128;
}

bool has_tag(std::string_view text, std::string_view tag) {
  for (std::size_t at = text.find(tag); at != std::string_view::npos; at = text.find(tag, at + 1)) {
    const std::size_t end = at + tag.size();
    const bool begins = at == 0 || (!is_word_byte(text[at - 1]) && text[at - 1] != '&');
    const bool ends = end == text.size() || !is_word_byte(text[end]);
    if (begins && ends) return true;
  }
  return false;
}

void append(std::vector<Signal>& signals, std::vector<Signal> more) {
  signals.insert(signals.end(), more.begin(), more.end());
}

Result<io::JsonValue> parse_object(io::JsonParser& parser, std::string_view json, std::string_view what) {
  auto root = parser.parse(json);
  if (!root) return bad_input(fmt::format("the {} is {}", what, root.error().message));
  if (!root->is_object())
    return bad_input(fmt::format("the {} is {}, not an object", what, io::json_type_name(root->type())));
  return *root;
}

std::string sentence(const Signal& signal) {
  const std::string in = signal.where.empty() ? "" : " (" + signal.where + ")";
  switch (signal.kind) {
    case SignalKind::discoverable:
      return "the account does not say that it may be discovered" + in;
    case SignalKind::indexable:
      return "the account does not say that its posts may be searched" + in;
    case SignalKind::noindex:
      return "the account opted out of search engines" + in;
    case SignalKind::nobot:
      return "the account says #nobot" + in;
    case SignalKind::noindex_tag:
      return "the account says #noindex" + in;
    case SignalKind::no_unauthenticated:
      return "the account asks not to be shown to those who are not logged in" + in;
    case SignalKind::robots:
      return "robots.txt forbids the page" + in;
  }
  return {};
}

/// Whether the signal refuses at all.
bool refuses(const Signal& signal) {
  const bool consents_by_true = signal.kind == SignalKind::discoverable || signal.kind == SignalKind::indexable;
  return signal.value != consents_by_true;
}

}  // namespace

// What each refusal takes from whom:
//                        strangers        enrolled
//   discoverable         both             showing
//   indexable            both             nothing: it is about posts in searches, and they brought theirs
//   noindex, #noindex    both             showing
//   #nobot               both             both: no program is to work on the account at all
//   !no-unauthenticated  both             showing
//   robots               both             both: the page may not be fetched
Consent resolve_consent(const std::vector<Signal>& signals, bool enrolled) {
  Consent consent{.may_profile = true, .may_show = true, .why_not = {}};
  const auto take = [&](const Signal& signal, bool profile, bool show) {
    const bool changes = (profile && consent.may_profile) || (show && consent.may_show);
    if (!changes) return;
    consent.may_profile = consent.may_profile && !profile;
    consent.may_show = consent.may_show && !show;
    consent.why_not = sentence(signal);
  };
  for (const Signal& signal : signals) {
    if (!refuses(signal)) continue;
    const bool always = signal.kind == SignalKind::nobot || signal.kind == SignalKind::robots;
    take(signal, always || !enrolled, !enrolled || signal.kind != SignalKind::indexable);
  }
  if (!enrolled && signals.empty()) return {false, false, "nothing is known of what the account consents to"};
  return consent;
}

std::vector<Signal> tag_signals(std::string_view text, std::string_view where) {
  const std::string plain = base::lower(plain_text(text));
  std::vector<Signal> signals;
  if (has_tag(plain, "#nobot") || has_tag(plain, "#nobots"))
    signals.push_back({SignalKind::nobot, true, std::string(where)});
  if (has_tag(plain, "#noindex")) signals.push_back({SignalKind::noindex_tag, true, std::string(where)});
  return signals;
}

Result<std::vector<Signal>> fediverse_signals(std::string_view json) {
  io::JsonParser parser;
  const auto account = parse_object(parser, json, "account");
  if (!account) return account.error();
  std::vector<Signal> signals;
  for (const SignalKind kind : {SignalKind::discoverable, SignalKind::indexable}) {
    const auto said = (*account)[kind == SignalKind::discoverable ? "discoverable" : "indexable"].boolean();
    signals.push_back({kind, said.value_or(false), said ? "" : "silence is not consent"});
  }
  if ((*account)["noindex"].boolean().value_or(false)) signals.push_back({SignalKind::noindex, true, ""});
  append(signals, tag_signals((*account)["note"].text(), "the profile's bio"));
  append(signals, tag_signals((*account)["summary"].text(), "the profile's bio"));
  for (const std::string_view fields : {"fields", "attachment"}) {
    for (const io::JsonValue field : (*account)[fields].elements()) {
      append(signals, tag_signals(field["name"].text(), "a field's name"));
      append(signals, tag_signals(field["value"].text(), "a field of the profile"));
    }
  }
  return signals;
}

Result<std::vector<Signal>> bluesky_signals(std::string_view json) {
  io::JsonParser parser;
  const auto profile = parse_object(parser, json, "profile");
  if (!profile) return profile.error();
  constexpr std::string_view kLabel = "!no-unauthenticated";
  const std::string_view did = (*profile)["did"].text();
  bool refused = false;
  for (const io::JsonValue label : (*profile)["labels"].elements()) {
    // A label that somebody else put on the account is not the account's word.
    if (label["val"].text() != kLabel || (!label["src"].is_missing() && label["src"].text() != did)) continue;
    refused = !label["neg"].boolean().value_or(false);
  }
  const io::JsonValue record = (*profile)["value"].is_object() ? (*profile)["value"] : *profile;
  for (const io::JsonValue label : record.find({"labels", "values"}).elements())
    refused = refused || label["val"].text() == kLabel;
  std::vector<Signal> signals = {{SignalKind::no_unauthenticated, refused, ""}};
  append(signals, tag_signals(record["description"].text(), "the profile's bio"));
  return signals;
}

}  // namespace renown::people
