/// What the tests of connectors share: a network of answers that are there already, asked in memory or, by the fault
/// matrix, over a socket; and rows as lines of text.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "connect/connector.h"
#include "connect/fault_matrix.h"
#include "connect/reading.h"
#include "net/transport.h"

namespace renown::connect::test {

/// "BASE" in either stands for the server's address.
struct Canned {
  std::string body;
  std::string link = {};  ///< a Link header, where there is one
  int status = 200;
};

/// By target: "/users/ann?page=2"; with a '*' at its end, by how targets begin.
using CannedNetwork = std::map<std::string, Canned, std::less<>>;

const Canned* find_canned(const CannedNetwork& network, std::string_view target);

std::string with_base(std::string text, std::string_view base);

/// Answers from a network, and 400 to what it does not know.
class CannedTransport final : public net::Transport {
 public:
  static constexpr std::string_view kBase = "https://api.example";

  explicit CannedTransport(CannedNetwork answers) : network(std::move(answers)) {}

  std::vector<net::Fetched> fetch_all(std::span<const net::Request> requests, std::stop_token) override;

  CannedNetwork network;
  std::vector<std::string> asked;  ///< targets, in order
};

std::string line_of(const Interaction& row);

/// What a reading gave, piece by piece to its end.
struct ReadWhole {
  std::vector<std::string> dated, undated;  ///< rows by line_of
  std::vector<Post> posts;
  std::vector<ProfileSeen> profiles;
  std::map<std::string, std::uint64_t> left_out;
  std::uint64_t bad = 0;
  std::vector<Problem> problems;  ///< skipped parts, and the one it ended with
};

/// Reads on from `place` and moves it.
ReadWhole read_whole(Connector& connector, Place& place);

using MakeConnector = Result<std::unique_ptr<Connector>> (*)(const Source& source, const Access& access);

/// The subject of a fault matrix whose healthy server is `network`.
/// page  see Subject
Subject subject_of(MakeConnector make, Source source, CannedNetwork network, decltype(Subject::page) page,
                   decltype(Subject::may_be_empty) may_be_empty = {});

}  // namespace renown::connect::test
