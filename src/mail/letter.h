/// Letter: what is said to somebody, in parts, and how it looks: as a plain text, and as HTML that is good in light and
/// dark, on a phone, and from right to left.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace renown::mail {

/// Something that moved the score.
struct LetterLine {
  std::string words, value;
};

/// A part that is empty is left out. All texts may hold anything: they are escaped.
struct Letter {
  std::string language = {};
  bool is_right_to_left = false;
  std::string subject = {}, heading = {};
  std::string figure = {};                     ///< large: "42.3"
  std::vector<std::string> figure_words = {};  ///< beside it: "between 38.1 and 45.0"
  std::vector<std::string> paragraphs = {};
  std::string lines_title = {}, lines_unit = {};
  std::vector<LetterLine> lines = {};
  std::vector<std::string> notes = {};  ///< what limits what was said
  std::string action = {}, action_url = {};
  std::vector<std::string> footer = {};
  std::string stop = {}, stop_url = {};
};

std::string letter_text(const Letter& letter);
std::string letter_html(const Letter& letter);

/// A text between tags, or inside an attribute in quotes.
std::string html_text(std::string_view text);

}  // namespace renown::mail
