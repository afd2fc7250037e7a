#include "cli/terminal.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstdlib>

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/text.h"

namespace renown::cli {
namespace {

bool is_set(const char* variable) {
  const char* value = std::getenv(variable);
  return value != nullptr && *value != '\0';
}

std::size_t columns_of(int descriptor) {
  winsize size{};
  if (ioctl(descriptor, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return 100;
  return std::max<std::size_t>(size.ws_col, 40);
}

}  // namespace

Terminal::Terminal(std::FILE* stream) : stream_(stream), interactive_(isatty(fileno(stream)) == 1) {
  const char* term = std::getenv("TERM");
  const bool dumb = term != nullptr && std::string_view(term) == "dumb";
  colour_ = interactive_ && !dumb && !is_set("NO_COLOR");
  if (interactive_) width_ = columns_of(fileno(stream));
}

void Terminal::write(std::string_view text) const {
  std::fwrite(text.data(), 1, text.size(), stream_);
}

std::string Terminal::styled(std::string_view code, std::string_view text) const {
  return colour_ && !text.empty() ? fmt::format("\x1b[{}m{}\x1b[0m", code, text) : std::string(text);
}

std::string pad(std::string_view text, std::size_t columns) {
  std::string result = base::shorten(text, columns);
  const std::size_t width = base::display_width(result);
  if (width < columns) result.append(columns - width, ' ');
  return result;
}

std::string pad_left(std::string_view text, std::size_t columns) {
  const std::string result = base::shorten(text, columns);
  const std::size_t width = base::display_width(result);
  return std::string(columns - std::min(columns, width), ' ') + result;
}

std::string bar(double share, std::size_t columns) {
  constexpr std::array<std::string_view, 8> kEighths = {"",       "\u258f", "\u258e", "\u258d",
                                                        "\u258c", "\u258b", "\u258a", "\u2589"};
  const auto eighths =
      static_cast<std::size_t>(std::lround(std::clamp(share, 0.0, 1.0) * static_cast<double>(columns) * 8.0));
  std::string result;
  for (std::size_t i = 0; i < eighths / 8; ++i) result += "\u2588";
  result += kEighths[eighths % 8];
  return result;
}

std::string grouped(std::uint64_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t at = digits.size(); at > 3;) digits.insert(at -= 3, ",");
  return digits;
}

std::string brief(double number) {
  const double size = std::fabs(number);
  if (size >= 1000.0) return (number < 0 ? "-" : "") + grouped(static_cast<std::uint64_t>(std::llround(size)));
  if (size >= 100.0) return fmt::format("{:.0f}", number);
  if (size >= 10.0) return fmt::format("{:.1f}", number);
  return fmt::format("{:.2f}", number);
}

}  // namespace renown::cli
