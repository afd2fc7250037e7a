/// Task `http_lookup`: a small JSON answer asked for over loopback, one question a connection at a time.
///
/// Input       one text of JSON, as a score look-up would answer
/// Equal       the bytes of the body
/// Measured    wall time of one answer, 32 connections, by a client that shares the two processors with the server.
///             `renown` is src/http with one thread and every limit on, `beast` a bare route of Boost.Beast with one
///             thread, without limits, checks, routes or time-outs, whose answers have as many bytes; both in the
///             process of the client. `redis` is a GET of the same text, not pipelined, from a server of its own
/// Target      0.8 times as quick as `beast`
#pragma once

#include <memory>
#include <string>

#include "common/candidate.h"

namespace renown::bench::http_lookup {

struct Input {
  std::string body;
  int redis_port = 0;
};

std::unique_ptr<Candidate> renown(const Input& input);
std::unique_ptr<Candidate> beast(const Input& input);
std::unique_ptr<Candidate> redis(const Input& input);

}  // namespace renown::bench::http_lookup
