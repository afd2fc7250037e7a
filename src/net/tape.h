/// Tapes: real exchanges in a file, to be played again where there is no network.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "renown/result.h"

#include "io/file_writer.h"
#include "net/transport.h"

namespace renown::net {

/// Passes requests on and writes each with its answer, one JSON object a line (docs/net.md). Secrets are taken out:
/// credential headers and cookies, values of secret keys in addresses and forms, and wherever these values come again.
class Recorder final : public Transport {
 public:
  /// inner   outlives it
  /// errors  io, naming the file
  static Result<std::unique_ptr<Recorder>> create(Transport& inner, const std::string& path);

  std::vector<Fetched> fetch_all(std::span<const Request> requests, std::stop_token stop = {}) override;

  /// Puts the file in place, once, last; without it there is none. errors  io, of any write before too
  Result<void> commit();

 private:
  Recorder(Transport& inner, io::FileWriter file) : inner_(inner), file_(std::move(file)) {}

  Transport& inner_;
  io::FileWriter file_;
  Result<void> written_;
};

/// Answers from a tape, and from nothing else: failures come as they were recorded, too. A request is known by method,
/// address and body without their secrets; one that came several times gets its answers in their order.
class Replayer final : public Transport {
 public:
  /// errors  io; bad_input, naming file and line
  static Result<std::unique_ptr<Replayer>> open(const std::string& path);

  /// One that is not on the tape, or no more, is FailureKind::not_recorded, and named.
  std::vector<Fetched> fetch_all(std::span<const Request> requests, std::stop_token stop = {}) override;

  /// Exchanges that were not asked for.
  std::size_t left() const { return left_; }

 private:
  struct Track {
    std::vector<Fetched> answers;
    std::size_t played = 0;
  };
  explicit Replayer(std::string path) : path_(std::move(path)) {}
  Fetched play(const Request& request);

  std::string path_;
  std::map<std::string, Track> tracks_;  ///< by request
  std::size_t left_ = 0;
};

}  // namespace renown::net
