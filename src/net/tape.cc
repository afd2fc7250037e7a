#include "net/tape.h"

#include <memory>

#include <fmt/format.h>

#include "io/byte_source.h"
#include "io/line_reader.h"
#include "net/tape_line.h"
#include "net/url.h"

namespace renown::net {
namespace {

constexpr std::size_t kLongestLine = std::size_t{128} << 20;  ///< a body of 8 MB, every byte escaped, and room

std::string named(const Request& request) {
  const auto url = Url::parse(request.url);
  const std::string_view query = url && url->target().find('?') != std::string::npos ? "?..." : "";
  return fmt::format("{} {}{}", request.method, url ? url->shown() : "of what is no URL", query);
}

}  // namespace

Result<std::unique_ptr<Recorder>> Recorder::create(Transport& inner, const std::string& path) {
  auto file = io::FileWriter::create(path);
  if (!file) return file.error();
  return std::unique_ptr<Recorder>(new Recorder(inner, std::move(*file)));
}

std::vector<Fetched> Recorder::fetch_all(std::span<const Request> requests, std::stop_token stop) {
  auto results = inner_.fetch_all(requests, std::move(stop));
  for (std::size_t i = 0; i < results.size() && written_; ++i) {
    written_ = file_.write(write_tape_line(requests[i], results[i]) + "\n");
  }
  return results;
}

Result<void> Recorder::commit() {
  if (!written_) return written_;
  return file_.commit();
}

Result<std::unique_ptr<Replayer>> Replayer::open(const std::string& path) {
  auto source = io::open_bytes(path);
  if (!source) return source.error();
  io::LineReader lines(std::move(*source), kLongestLine);
  io::JsonParser parser;
  std::unique_ptr<Replayer> replayer(new Replayer(path));
  for (io::Line line;;) {
    auto more = lines.next(line);
    if (!more) return more.error();
    if (!*more) return replayer;
    if (line.text.empty() && !line.too_long) continue;
    auto read = line.too_long ? Result<TapeLine>(bad_input("the line is too long")) : read_tape_line(parser, line.text);
    if (!read)
      return bad_input(fmt::format("{}:{} is no exchange of a tape: {}", path, line.number, read.error().message));
    replayer->tracks_[read->key].answers.push_back(std::move(read->fetched));
    ++replayer->left_;
  }
}

std::vector<Fetched> Replayer::fetch_all(std::span<const Request> requests, std::stop_token stop) {
  std::vector<Fetched> results;
  for (const Request& request : requests) {
    if (stop.stop_requested()) {
      results.push_back(std::unexpected(Failure{FailureKind::cancelled, "the fetch was stopped"}));
    } else {
      results.push_back(play(request));
    }
  }
  return results;
}

Fetched Replayer::play(const Request& request) {
  const auto it = tracks_.find(tape_key(request));
  if (it == tracks_.end()) {
    return std::unexpected(
        Failure{FailureKind::not_recorded, fmt::format("{} is not on the tape {}", named(request), path_)});
  }
  Track& track = it->second;
  if (track.played == track.answers.size()) {
    return std::unexpected(Failure{FailureKind::not_recorded, fmt::format("{} is on the tape {} only {} times",
                                                                          named(request), path_, track.played)});
  }
  --left_;
  return track.answers[track.played++];
}

}  // namespace renown::net
