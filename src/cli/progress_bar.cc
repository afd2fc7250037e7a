#include "cli/progress_bar.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "cli/interrupt.h"

namespace renown::cli {
namespace {

constexpr std::size_t kFiguresWidth = 38;  ///< " 88 %  103.7 MB/s, 12 min 34 s left" and some air

std::string amount(double number, std::string_view unit) {
  if (unit != "bytes") return fmt::format("{} {}", grouped(static_cast<std::uint64_t>(number)), unit);
  if (number >= 1e9) return fmt::format("{:.1f} GB", number / 1e9);
  if (number >= 1e6) return fmt::format("{:.1f} MB", number / 1e6);
  return fmt::format("{:.0f} kB", number / 1e3);
}

std::string duration(double seconds) {
  const auto whole = static_cast<std::uint64_t>(seconds + 0.5);
  if (whole >= 3600) return fmt::format("{} h {} min", whole / 3600, whole / 60 % 60);
  if (whole >= 60) return fmt::format("{} min {} s", whole / 60, whole % 60);
  return fmt::format("{} s", whole);
}

}  // namespace

void ProgressBar::update(std::string_view stage, std::uint64_t done, std::uint64_t total, std::string_view unit) {
  if (!terminal_.interactive()) return;
  const auto now = Clock::now();
  if (stage != stage_) {
    stage_ = stage;
    stage_began_ = now;
    drawn_ = now;
    return;
  }
  if (now - drawn_ < std::chrono::milliseconds(150)) return;
  drawn_ = now;
  const double seconds = std::chrono::duration<double>(now - stage_began_).count();
  const double rate = static_cast<double>(done) / seconds;
  const std::string stage_text = base::printable(base::shorten(stage_, terminal_.width() / 3)) + "  ";
  const std::size_t room = terminal_.width() - base::display_width(stage_text) - 1;  // a full line would wrap
  std::string line = stage_text;
  if (total > 0 && done <= total) {
    const double share = static_cast<double>(done) / static_cast<double>(total);
    std::string figures = fmt::format("{:3.0f} %  {}/s", share * 100.0, amount(rate, unit));
    if (share > 0.02) figures += fmt::format(", {} left", duration(seconds / share - seconds));
    const std::size_t columns = std::min<std::size_t>(20, room - std::min(room, kFiguresWidth));
    if (columns >= 5) line += terminal_.accent(pad(bar(share, columns), columns)) + " ";
    line += base::shorten(figures, room);
  } else {
    line += base::shorten(fmt::format("{}, {}/s", amount(static_cast<double>(done), unit), amount(rate, unit)), room);
  }
  terminal_.write("\r\x1b[2K" + line);
  shown_ = true;
}

bool ProgressBar::cancelled() {
  return Interrupt::requested();
}

void ProgressBar::clear() {
  if (shown_) terminal_.write("\r\x1b[2K");
  shown_ = false;
}

}  // namespace renown::cli
