/// Task `http_lookup`: a small JSON answer asked for over loopback, one question a connection at a time.
///
/// Input       one text of JSON, as a score look-up would answer
/// Equal       the bytes of the body
/// Measured    wall time of one answer, 32 connections, by a client that shares the two processors with the server.
///             `renown` is src/http with one thread and every limit on, `beast` a bare route of Boost.Beast with one
///             thread, without limits, checks, routes or time-outs, whose answers have as many bytes; both in the
///             process of the client. `redis` is a GET of the same text, not pipelined, from a server of its own
/// Target      0.8 times as quick as `beast`, as quick as `redis`
///
/// With --service the first candidate is `service`, a `renown serve` of its own, asked by the request in --question:
/// its route with key, limits and store. `beast` answers the same head and body from memory, `redis` a ZSCORE of the
/// same score, which then is what must be equal. tests/service/load.py calls it so.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "common/candidate.h"

namespace renown::bench::http_lookup {

inline constexpr const char* kQuestion = "GET /v1/people/7/score HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: */*\r\n\r\n";

struct Input {
  std::string body;
  int redis_port = 0;
  std::size_t padding = 0;  ///< bytes in a header of `beast`, so that its answers are as long as Renown's
  std::string question = kQuestion;
  int service_port = 0;
};

/// What stands behind "score": in a body, to the bit.
std::uint64_t score_bits(std::string_view body);

std::unique_ptr<Candidate> renown(const Input& input);
std::unique_ptr<Candidate> beast(const Input& input);
std::unique_ptr<Candidate> redis(const Input& input);
std::unique_ptr<Candidate> service(const Input& input);
std::unique_ptr<Candidate> redis_score(const Input& input);

}  // namespace renown::bench::http_lookup
