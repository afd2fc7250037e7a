/// What the program may do on the stream it writes to: colour, width, redrawing.
#pragma once

#include <cstddef>
#include <cstdio>
#include <string>
#include <string_view>

namespace renown::cli {

/// A stream and what it can. Colour only on a terminal, and never where NO_COLOR is set or TERM is dumb.
class Terminal {
 public:
  explicit Terminal(std::FILE* stream);

  bool interactive() const { return interactive_; }
  std::size_t width() const { return width_; }  ///< columns; 100 where it is no terminal

  std::string bold(std::string_view text) const { return styled("1", text); }
  std::string dim(std::string_view text) const { return styled("2", text); }
  std::string accent(std::string_view text) const { return styled("36", text); }  ///< names, bars
  std::string warning(std::string_view text) const { return styled("33", text); }
  std::string error(std::string_view text) const { return styled("31", text); }

  void write(std::string_view text) const;

 private:
  std::string styled(std::string_view code, std::string_view text) const;

  std::FILE* stream_;
  bool interactive_ = false;
  bool colour_ = false;
  std::size_t width_ = 100;
};

/// `text` with blanks behind (or before) it to fill `columns` of a terminal; longer texts are shortened.
std::string pad(std::string_view text, std::size_t columns);
std::string pad_left(std::string_view text, std::size_t columns);

/// A bar of `columns` at most, `share` of it filled, to an eighth of a column.
std::string bar(double share, std::size_t columns);

/// 1234567 as "1,234,567".
std::string grouped(std::uint64_t number);

/// A number for people: three digits that matter, "0.123", "12.3", "1,234".
std::string brief(double number);

}  // namespace renown::cli
