/// Sentence: what the title of a record of Facebook says: "Ann Cross commented on Bob Ray's post."
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "renown/interaction.h"

namespace renown::ingest::archive::facebook {

enum class Whom : std::uint8_t {
  nobody,  ///< "commented on a post."
  actor,   ///< "commented on his own post.": whoever acts
  reader,  ///< "wrote on your timeline.": the owner of the export
  named    ///< "commented on Bob Ray's post."
};

struct Sentence {
  Kind kind = Kind::comment;
  std::string_view actor;
  Whom whom = Whom::nobody;
  std::string_view name;  ///< of whom, if named
};

/// Only what is said in words that are known is taken; nobody's name is guessed from others.
///
/// title  mended, in English
/// actor  who acts, where the record says it beside the title; empty: whoever stands before the verb
/// returns  views into title and actor; nothing where the sentence tells no act that counts
std::optional<Sentence> read_sentence(std::string_view title, std::string_view actor);

}  // namespace renown::ingest::archive::facebook
