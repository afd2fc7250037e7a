/// ScoreView: what a picture of a score is told. Plain values; whether anybody may see them was decided before.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace renown::picture {

enum class ScoreState : std::uint8_t {
  scored,
  not_enough_data,  ///< the person alone is told so
  unscored,         ///< what others are told, whatever the reason: never to be read as low
};

struct ScoreView {
  ScoreState state = ScoreState::unscored;
  double score = 0, low = 0, high = 0;  ///< points, 1 to 100; with scored alone
  std::optional<double> percentile;     ///< 0 to 100, against the model's quantiles
  int missing = 0;                      ///< engagers that are needed before there is a score; 0: not known
  std::string model;                    ///< "renown-0.1"
  std::string as_of;                    ///< a day, "2026-11-29"
};

/// The words of pictures, in the reader's language; {} stands for numbers, first to last.
struct ScoreWords {
  std::string score = "Influence score";
  std::string of_hundred = "of 100";
  std::string between = "likely between {} and {}";
  std::string above = "above {} % of the reference";
  std::string not_enough = "Not enough data";
  std::string missing = "{} more people needed";
  std::string missing_unknown = "more people must take part";
  std::string unscored = "Unscored";
  std::string never_low = "never to be read as low";
  std::string as_of = "as of {}";
};

/// The picture in a sentence: "Influence score 42 of 100, likely between 38 and 45, ...".
std::string sentence(const ScoreView& view, const ScoreWords& words);

/// What stands in the place of the number: "42", and "n/a" where there is none.
std::string whole_points(double points);

/// `pattern` with its {} replaced, in order; more {} than values stay. No value is read as a pattern.
std::string filled(const std::string& pattern, std::initializer_list<std::string> values);

}  // namespace renown::picture
