#include "connect/stream_connector.h"

#include <charconv>
#include <utility>

#include <fmt/format.h>

#include "base/text.h"
#include "net/url.h"

namespace renown::connect {
namespace {

std::expected<std::optional<std::int64_t>, Problem> read_cursor(std::string_view cursor) {
  if (cursor.empty()) return std::nullopt;
  std::int64_t place = 0;
  const auto [end, error] = std::from_chars(cursor.data(), cursor.data() + cursor.size(), place);
  if (error != std::errc() || end != cursor.data() + cursor.size() || place < 0) {
    return std::unexpected(Problem{ProblemKind::malformed, fmt::format("'{}' is no place in a stream",
                                                                       base::shorten(base::printable(cursor), 40))});
  }
  return place;
}

}  // namespace

std::expected<Pull, Problem> StreamConnector::pull(std::string_view cursor, std::stop_token stop) {
  const auto place = read_cursor(cursor);
  if (!place) return std::unexpected(place.error());
  if (stream_ == nullptr || place_ != *place) {
    if (auto opened = open(*place, stop); !opened) return std::unexpected(opened.error());
  }
  Pull pull;
  const auto problem = fill(pull, std::move(stop));
  if (problem) {
    stream_.reset();
    if (pull.report.records == 0 || problem->kind == ProblemKind::cancelled) return std::unexpected(*problem);
    pull.more = true;  // what came stands; opening the stream again will tell whether anything is the matter
  }
  if (place_) pull.cursor = std::to_string(*place_);
  return pull;
}

std::expected<void, Problem> StreamConnector::open(std::optional<std::int64_t> place, std::stop_token stop) {
  stream_.reset();
  messages_.clear();
  next_ = 0;
  place_ = place;
  auto stream = MessageStream::open(url(place), access_.stream, std::move(stop));
  if (!stream) return std::unexpected(stream.error());
  stream_ = std::move(*stream);
  return {};
}

/// Why the stream ended, if it did.
std::optional<Problem> StreamConnector::fill(Pull& pull, std::stop_token stop) {
  while (pull.dated.size() < kRows && pull.report.records < kRows) {
    if (next_ == messages_.size()) {
      auto came = stream_->take(pull.report.records == 0 ? kPatience : kPause, stop);
      if (!came) return came.error();
      if (came->empty()) return std::nullopt;
      messages_ = std::move(*came);
      next_ = 0;
    }
    Taken taken = take(messages_[next_++], place_, pull);
    if (taken.place) place_ = taken.place;
    if (taken.time > 0) reached_ = taken.time;
    if (taken.ends) return taken.ends;
  }
  pull.more = reached_ < access_.now;
  return std::nullopt;
}

Result<std::string> stream_server(const Source& source, std::string_view own) {
  const std::string text = source.server.empty() ? std::string(own) : source.server;
  const auto url = net::Url::parse(text);
  if (!url) return Error{ErrorCode::usage, fmt::format("the server of a stream: {}", url.error().message)};
  if (url->target() != "/") {
    return Error{ErrorCode::usage, fmt::format("the server of a stream is like {}, not {}", own, url->shown())};
  }
  const std::string host = url->text().substr(url->text().find("://"));
  return (url->is_secure() ? "wss" : "ws") + host.substr(0, host.size() - 1);
}

Result<bool> starts_with_oldest(const Source& source) {
  const auto start = source.settings.find("start");
  if (start == source.settings.end() || start->second == "now") return false;
  if (start->second == "oldest") return true;
  return Error{ErrorCode::usage,
               fmt::format("start is 'now' or 'oldest', not '{}'", base::shorten(base::printable(start->second), 40))};
}

}  // namespace renown::connect
