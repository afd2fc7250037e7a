/// Catalogue: the texts of letters in one language: those of src/mail/text, and of the page's own (web/src/text) the
/// sentences that stand in both. So each is written once, and a letter says what the page says.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "mail/message_format.h"

namespace renown::mail {

inline constexpr std::array<std::string_view, 5> kLanguages = {"en", "de", "es", "ar", "ja"};

/// For any number of threads.
class Catalogue {
 public:
  /// Of the language of that locale: "de-AT" is German; English where there is none.
  static const Catalogue& of(std::string_view locale);

  std::string_view language() const { return language_; }
  bool is_right_to_left() const { return language_ == "ar"; }

  /// A text with its values. A key that is not there, or a text that cannot be written, is the key itself: a letter
  /// goes out without a word rather than not at all. Tests read every key in every language.
  std::string text(std::string_view key, const std::vector<Value>& values = {}) const;
  bool has(std::string_view key) const;

  /// As Intl writes them on the page: 42.3 is "42,3" in German. `digits` after the point.
  std::string number(double value, int digits) const;
  /// With its sign, but of what is shown as zero.
  std::string signed_number(double value, int digits) const;
  Value count(std::string_view name, std::uint64_t value) const;

  /// A day of the score, "2026-11-29", in words. What is none is shown as it came.
  std::string day(std::string_view day) const;

  /// A name or a text of somebody's, which may run in another direction than what stands around it.
  std::string isolated(std::string_view text) const;

  /// A network as it writes itself; unknown ones with a capital.
  static std::string network_name(std::string_view network);

 private:
  explicit Catalogue(std::string_view language);

  std::string language_;
  std::unordered_map<std::string, std::string> texts_;
};

}  // namespace renown::mail
