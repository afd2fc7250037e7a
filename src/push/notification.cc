#include "push/notification.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "base/utf8.h"
#include "io/json_escape.h"

namespace renown::push {
namespace {

// No system shows more. A column is at most four bytes of UTF-8, or six of an escape, but for combining marks, which
// are cut by bytes first: 6 * (200 + 300 + 120) fits a message.
constexpr std::size_t kTitleColumns = 80, kTitleBytes = 200;
constexpr std::size_t kBodyColumns = 200, kBodyBytes = 300;
constexpr std::size_t kUrlBytes = 120;

std::string shown(std::string_view text, std::size_t columns, std::size_t bytes) {
  std::string whole = base::printable(text.substr(0, bytes));
  whole.resize(std::min(whole.size(), bytes));
  while (!base::is_utf8(whole)) whole.pop_back();  // what the cut left of a letter
  return base::shorten(whole, columns);
}

}  // namespace

std::string notification_json(const Notification& notification) {
  const std::string_view url = notification.url;
  return fmt::format(R"({{"title":{},"body":{},"url":{}}})",
                     io::json_string(shown(notification.title, kTitleColumns, kTitleBytes)),
                     io::json_string(shown(notification.body, kBodyColumns, kBodyBytes)),
                     io::json_string(url.size() <= kUrlBytes ? url : std::string_view("/")));
}

}  // namespace renown::push
