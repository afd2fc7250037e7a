#include "ingest/archive/facebook/sentence.h"

#include <algorithm>

#include "base/ascii.h"

namespace renown::ingest::archive::facebook {
namespace {

/// How an act reads between the name of who acts and the name of whose thing it is done to.
struct Wording {
  std::string_view words;
  Kind kind;
};

/// Of two that begin alike the longer one stands first.
constexpr Wording kWordings[] = {{" commented on ", Kind::comment},
                                 {" replied to ", Kind::reply},
                                 {" likes ", Kind::like},
                                 {" liked ", Kind::like},
                                 {" reacted to ", Kind::like},
                                 {" wrote on ", Kind::mention},
                                 {" posted on ", Kind::mention},
                                 {" posted to ", Kind::mention},
                                 {" added a photo to ", Kind::mention},
                                 {" added a new photo to ", Kind::mention},
                                 {" added a new video to ", Kind::mention},
                                 {" shared a link to ", Kind::mention},
                                 {" shared a post to ", Kind::mention},
                                 {" shared a photo to ", Kind::mention},
                                 {" shared a video to ", Kind::mention},
                                 {" shared a memory to ", Kind::mention},
                                 {" shared ", Kind::repost}};

/// What people own and others act on.
constexpr std::string_view kThings[] = {"post",  "photo", "video", "comment", "link",  "status", "timeline", "wall",
                                        "album", "note",  "event", "reel",    "story", "live",   "activity", "memory"};

/// Whether a word, or the beginning of one that goes on with a sign or blank, is a thing: "post.", "comment on".
bool begins_with_thing(std::string_view text) {
  const auto* const end = std::ranges::find_if(text, [](char c) { return !base::is_letter(c); });
  return std::ranges::find(kThings, text.substr(0, static_cast<std::size_t>(end - text.begin()))) != std::end(kThings);
}

bool is_own(std::string_view object) {
  return object.starts_with("his own ") || object.starts_with("her own ") || object.starts_with("their own ");
}

/// "Bob Ray" of "Bob Ray's post."; empty for "a post." and "a photo from Bob Ray's album."
std::string_view name_in(std::string_view object) {
  constexpr std::string_view kOf = "'s ";
  if (object.starts_with("a ") || object.starts_with("an ") || object.starts_with("the ")) return {};
  for (std::size_t at = object.find(kOf); at != std::string_view::npos; at = object.find(kOf, at + 1)) {
    if (begins_with_thing(object.substr(at + kOf.size()))) return object.substr(0, at);
  }
  return {};
}

/// The wording that comes first in `text`.
const Wording* first_wording(std::string_view text, std::size_t& at) {
  const Wording* first = nullptr;
  at = std::string_view::npos;
  for (const Wording& wording : kWordings) {
    const std::size_t found = text.find(wording.words);
    if (found == std::string_view::npos || (first != nullptr && found >= at)) continue;
    first = &wording;
    at = found;
  }
  return first;
}

}  // namespace

std::optional<Sentence> read_sentence(std::string_view title, std::string_view actor) {
  std::size_t at = actor.size();
  const Wording* wording = nullptr;
  if (actor.empty()) {
    wording = first_wording(title, at);
    if (wording == nullptr || at == 0) return std::nullopt;
    actor = title.substr(0, at);
  } else if (title.starts_with(actor)) {
    const auto* const found = std::ranges::find_if(
        kWordings, [&](const Wording& known) { return title.substr(at).starts_with(known.words); });
    wording = found == std::end(kWordings) ? nullptr : found;
  }
  if (wording == nullptr) return std::nullopt;
  const std::string_view object = title.substr(at + wording->words.size());
  if (is_own(object)) return Sentence{wording->kind, actor, Whom::actor, {}};
  if (object.starts_with("your ")) return Sentence{wording->kind, actor, Whom::reader, {}};
  const std::string_view name = name_in(object);
  return Sentence{wording->kind, actor, name.empty() ? Whom::nobody : Whom::named, name};
}

}  // namespace renown::ingest::archive::facebook
