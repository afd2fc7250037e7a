#include "mail/digest_letter.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "mail/catalogue.h"

namespace renown::mail {
namespace {

constexpr std::size_t kAboutColumns = 80;

/// A post may have lines.
std::string in_one_line(std::string_view text) {
  std::string line(text);
  std::ranges::replace_if(line, [](char c) { return static_cast<unsigned char>(c) < ' '; }, ' ');
  return base::shorten(base::printable(line), kAboutColumns);
}

class Digest {
 public:
  Digest(const DigestFacts& facts, const DigestFrame& frame)
      : facts_(facts), frame_(frame), texts_(Catalogue::of(frame.locale)) {}

  Letter letter() const;

 private:
  std::string subject() const;
  void write_score(Letter& letter) const;
  void write_movers(Letter& letter) const;
  void write_notes(Letter& letter) const;
  std::optional<std::string> move() const;
  LetterLine line(const Mover& mover) const;

  const DigestFacts& facts_;
  const DigestFrame& frame_;
  const Catalogue& texts_;
};

/// The move that the letter is about: of a day where it comes on such days, else of a week.
std::optional<std::string> Digest::move() const {
  const auto points = frame_.cause == DigestCause::daily ? facts_.moved_day : facts_.moved_week;
  if (!points) return std::nullopt;
  return texts_.signed_number(*points, 1);
}

std::string Digest::subject() const {
  if (!facts_.score) return texts_.text("mail.subject_none");
  if (facts_.is_hidden) return texts_.text("mail.subject_hidden");
  const Value score{"score", texts_.number(*facts_.score, 1), 0};
  const auto moved = move();
  return moved ? texts_.text("mail.subject_moved", {score, {"move", *moved, 0}}) : texts_.text("mail.subject", {score});
}

void Digest::write_score(Letter& letter) const {
  if (!facts_.score) {
    letter.paragraphs.push_back(texts_.text("home.missing", {texts_.count("missing", facts_.missing)}));
  } else if (facts_.is_hidden) {
    letter.paragraphs.push_back(texts_.text("home.hidden"));
  } else {
    letter.figure = texts_.number(*facts_.score, 1);
    if (facts_.low && facts_.high)
      letter.figure_words.push_back(texts_.text(
          "mail.interval", {{"low", texts_.number(*facts_.low, 1), 0}, {"high", texts_.number(*facts_.high, 1), 0}}));
    if (const auto moved = move())
      letter.figure_words.push_back(texts_.text(
          frame_.cause == DigestCause::daily ? "mail.moved_day" : "mail.moved_week", {{"move", *moved, 0}}));
  }
  letter.figure_words.push_back(
      texts_.text("mail.state", {{"day", texts_.day(facts_.day), 0}, {"model", texts_.isolated(facts_.model), 0}}));
}

LetterLine Digest::line(const Mover& mover) const {
  const std::string key = "change." + mover.code;
  std::string words = mover.code.empty() ? texts_.text("moment.words", {texts_.count("engagers", mover.engagers)})
                      : texts_.has(key)  ? texts_.text(key)
                                         : mover.code;
  if (!mover.about.empty()) words += ": " + texts_.isolated(in_one_line(mover.about));
  return {std::move(words), texts_.signed_number(mover.part, 2)};
}

void Digest::write_movers(Letter& letter) const {
  letter.lines_title = texts_.text("mail.what_moved");
  const std::size_t shown = std::min(facts_.movers.size(), kMostMovers);
  for (std::size_t i = 0; i < shown; ++i) letter.lines.push_back(line(facts_.movers[i]));
  letter.lines_unit = texts_.text(shown == 0 ? "change.empty" : "unit.people");
}

void Digest::write_notes(Letter& letter) const {
  for (const std::string& network : facts_.stale)
    letter.notes.push_back(
        texts_.text("reason.stale", {{"about", texts_.isolated(Catalogue::network_name(network)), 0}}));
  if (!facts_.is_protected) letter.notes.push_back(texts_.text("reason.unprotected"));
}

Letter Digest::letter() const {
  constexpr std::string_view kFooters[] = {"mail.footer.weekly", "mail.footer.daily", "mail.footer.now"};
  Letter letter{.language = std::string(texts_.language()),
                .is_right_to_left = texts_.is_right_to_left(),
                .subject = subject(),
                .heading = texts_.text(facts_.score ? "mail.subject_hidden" : "state.not_enough_data"),
                .action = texts_.text("mail.open"),
                .action_url = frame_.public_url + "/",
                .footer = {texts_.text(kFooters[static_cast<std::size_t>(frame_.cause)],
                                       {{"server", texts_.isolated(frame_.server), 0}})},
                .stop = texts_.text("mail.footer.stop"),
                .stop_url = frame_.stop_url};
  if (facts_.score && !facts_.is_hidden) letter.heading.clear();
  write_score(letter);
  write_movers(letter);
  write_notes(letter);
  return letter;
}

}  // namespace

Letter digest_letter(const DigestFacts& facts, const DigestFrame& frame) {
  return Digest(facts, frame).letter();
}

}  // namespace renown::mail
