#include "connect/firehose/frame.h"

#include <cstdlib>
#include <map>
#include <random>
#include <set>
#include <sstream>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/text.h"
#include "connect/firehose/frames_testing.h"
#include "ingest/read_all.h"

namespace renown::connect::firehose {
namespace {

using namespace test;
using Rows = std::vector<std::string>;

struct Read {
  Frame frame;
  Rows rows;
  model::ReadReport report;
};

Read read(const std::string& bytes, std::int64_t after = 41) {
  Read read;
  model::InteractionBlock block;
  FrameReader reader;
  read.frame = reader.read(bytes, after, block, read.report);
  for (std::size_t i = 0; i < block.size(); ++i) read.rows.push_back(ingest::shown(block[i]));
  return read;
}

/// "seq 17: the commit has no seq" of a frame that is bad altogether.
std::string problem(const std::string& bytes) {
  const Read bad = read(bytes);
  EXPECT_TRUE(bad.rows.empty());
  EXPECT_EQ(bad.report.bad, 1u);
  EXPECT_EQ(bad.report.records, 1u);
  return bad.report.bad == 0 ? "" : bad.report.first_bad[0].place + ": " + bad.report.first_bad[0].reason;
}

/// Rows as the script of acts wrote them by hand. Whoever writes that script cannot know to the second when the server
/// saw a delete, so its time is left out.
std::multiset<std::string> acts_by_hand() {
  std::multiset<std::string> rows;
  std::istringstream lines(source_file("tests/peers/atproto/frames.csv"));
  std::string line;
  for (std::getline(lines, line); std::getline(lines, line);) {
    std::vector<std::string> cells;
    std::istringstream row(line + ",");
    for (std::string cell; std::getline(row, cell, ',');) cells.push_back(cell);
    const auto kind = parse_kind(cells.at(2));
    const std::int64_t time = *kind == Kind::undo ? 0 : std::stoll(cells[0]);
    rows.insert(ingest::shown({time, *kind, cells[1], cells[3], cells[4], cells[5], cells[6], cells.at(7)}));
  }
  return rows;
}

TEST(FirehoseFrame, recorded_ones_hold_the_acts_that_were_done) {
  model::InteractionBlock block;
  model::ReadReport report;
  FrameReader reader;
  std::int64_t seq = 0;
  const auto frames = recorded_frames();
  ASSERT_GE(frames.size(), 200u) << "RENOWN_SOURCE must name the project's root";
  for (const std::string& bytes : frames) {
    const Frame frame = reader.read(bytes, seq, block, report);
    EXPECT_GT(frame.seq, seq);
    EXPECT_GT(frame.time, 1'700'000'000);
    seq = frame.seq;
  }
  EXPECT_EQ(report.bad, 0u) << report.first_bad.at(0).place << ": " << report.first_bad[0].reason;
  EXPECT_GT(report.left_out["a handle that changed (identity)"], 0u);
  EXPECT_GT(report.left_out["an account that came or went (account)"], 0u);
  EXPECT_GT(report.left_out["a repository that was set anew (sync)"], 0u);
  EXPECT_EQ(report.left_out["a record that was changed"], 4u);

  std::multiset<std::string> rows;
  for (std::size_t i = 0; i < block.size(); ++i) {
    Interaction row = block[i];
    if (row.kind == Kind::undo) row.time = 0;
    rows.insert(ingest::shown(row));
  }
  EXPECT_EQ(rows, acts_by_hand());
}

TEST(FirehoseFrame, a_delete_undoes_a_record) {
  const Read undo = read(deletion(42, "app.bsky.feed.like/k1"));
  EXPECT_EQ(undo.rows, Rows{"1795896000 undo bluesky did:plc:ann id=app.bsky.feed.like/k1"});
  EXPECT_EQ(undo.frame.seq, 42);
  EXPECT_EQ(undo.frame.time, 1795896000);
  EXPECT_EQ(undo.report.records, 1u);
}

TEST(FirehoseFrame, what_is_no_interaction) {
  const std::string body =
      map({{"did", text("did:plc:ann")}, {"seq", number(42)}, {"time", text("2026-11-28T20:00:00Z")}});
  const std::map<std::string, std::string> cases = {
      {message("#identity", body), "a handle that changed (identity)"},
      {message("#account", body), "an account that came or went (account)"},
      {message("#sync", body), "a repository that was set anew (sync)"},
      {message("#labels", body), "an event of another kind"},
      {deletion(42, "app.bsky.graph.block/k1"), "a record of another collection"}};
  for (const auto& [bytes, reason] : cases) {
    const Read none = read(bytes);
    EXPECT_TRUE(none.rows.empty());
    EXPECT_EQ(none.report.left_out, (std::map<std::string, std::uint64_t>{{reason, 1}}));
    EXPECT_EQ(none.frame.seq, 42);
  }
  const Read info = read(message("#info", map({{"name", text("OutdatedCursor")}, {"message", text("too old")}})));
  EXPECT_EQ(info.frame.info, "OutdatedCursor");
  EXPECT_EQ(info.frame.seq, -1);
}

TEST(FirehoseFrame, an_error_is_told) {
  const Read ended = read(error("FutureCursor", "not \x1b[2J yet"));
  EXPECT_EQ(ended.frame.error, "FutureCursor");
  EXPECT_EQ(ended.frame.message, "not \\x1b[2J yet") << "it may be shown on a terminal";
  EXPECT_EQ(ended.report.bad, 1u);
}

TEST(FirehoseFrame, what_cannot_be_used_has_a_place) {
  const std::string time = text("2026-11-28T20:00:00Z");
  const auto commit = [&](std::vector<std::pair<std::string_view, std::string>> members) {
    return message("#commit", map(members));
  };
  const std::map<std::string, std::string> cases = {
      {"", "the frame after seq 41: no DAG-CBOR at byte 1: it ends too early"},
      {text("hello"), "the frame after seq 41: something else stands where a map should be"},
      {map({{"t", text("#commit")}}), "the frame after seq 41: its header has no op"},
      {map({{"op", number(2)}}), "the frame after seq 41: its op is neither 1 nor -1"},
      {message("#commit", ""), "the frame after seq 41: no DAG-CBOR at byte 1: it ends too early"},
      {commit({{"seq", text("42")}}), "the frame after seq 41: its seq is no place in a stream"},
      {commit({{"seq", number(0)}}), "the frame after seq 41: its seq is no place in a stream"},
      {commit({{"seq", number(42)}}), "seq 42: the commit has no seq or no time"},
      {commit({{"seq", number(42)}, {"time", text("yesterday")}}), "seq 42: time 'yesterday' is neither RFC 3339"},
      {commit({{"seq", number(42)}, {"time", time}, {"repo", text("ann")}}), "seq 42: the commit names no repository"},
      {commit({{"seq", number(42)}, {"time", time}, {"repo", text("did:plc:ann")}, {"tooBig", kTrue}}),
       "seq 42: the commit is too big for the stream: its account's repository has what it held"},
      {commit({{"seq", number(42)}, {"time", time}, {"repo", text("did:plc:ann")}, {"ops", number(1)}}),
       "seq 42: its ops are no list"},
      {deletion(42, "app.bsky.feed.like"), "seq 42: app.bsky.feed.like: its path is not collection/key"},
      {deletion(42, "a/b") + "x", "seq 42: something follows its message"}};
  for (const auto& [bytes, sentence] : cases) {
    const std::string said = problem(bytes);
    EXPECT_TRUE(said.starts_with(sentence)) << said << "\nwanted " << sentence;
  }
}

TEST(FirehoseFrame, one_bad_record_does_not_take_the_others_of_its_commit_along) {
  const auto remove = [](std::string_view path) { return map({{"path", text(path)}, {"action", text("delete")}}); };
  const Read some = read(message(
      "#commit",
      map({{"ops", list({remove("app.bsky.feed.like/k1"), remove("nothing"), remove("app.bsky.feed.repost/k2")})},
           {"seq", number(42)},
           {"repo", text("did:plc:ann")},
           {"time", text("2026-11-28T20:00:00Z")}})));
  EXPECT_EQ(some.rows.size(), 2u);
  EXPECT_EQ(some.report.records, 3u);
  EXPECT_EQ(some.report.bad, 1u);
}

TEST(FirehoseFrame, a_block_that_was_changed_is_not_believed) {
  std::size_t with_rows = 0;
  for (std::string bytes : recorded_frames()) {
    const std::size_t at = bytes.find("did:plc:", bytes.find("subject"));
    if (at == std::string::npos || read(bytes).report.bad > 0) continue;
    ++with_rows;
    bytes[at + 8] = bytes[at + 8] == 'a' ? 'b' : 'a';
    EXPECT_TRUE(read(bytes).rows.empty());
    EXPECT_EQ(read(bytes).report.bad, 1u);
  }
  EXPECT_GT(with_rows, 50u);
}

/// Changes some bytes, cuts, doubles or swaps a part.
std::string mutated(const std::vector<std::string>& frames, std::mt19937_64& random) {
  const auto below = [&](std::size_t n) { return static_cast<std::size_t>(random() % n); };
  std::string bytes = frames[below(frames.size())];
  for (std::size_t change = 1 + below(3); change > 0 && !bytes.empty(); --change) {
    const std::size_t at = below(bytes.size());
    switch (below(6)) {
      case 0:
        bytes[at] = static_cast<char>(random());
        break;
      case 1:
        bytes[at] = static_cast<char>(bytes[at] ^ (1 << below(8)));
        break;
      case 2:
        bytes.resize(at);
        break;
      case 3:
        bytes.insert(at, bytes.substr(below(bytes.size()), below(40)));
        break;
      case 4:
        bytes.erase(at, below(40));
        break;
      default:
        bytes = bytes.substr(0, at) + frames[below(frames.size())].substr(0, 4000);
    }
  }
  return bytes;
}

/// RENOWN_FRAMES frames, or a hundred thousand. Digests are not checked, or nothing behind them would be reached.
TEST(FirehoseFrame, mutated_ones_are_rows_or_dead_letters_and_do_no_harm) {
  const char* const wanted = std::getenv("RENOWN_FRAMES");
  const std::size_t count = wanted == nullptr ? 100'000 : std::stoul(wanted);
  const auto frames = recorded_frames();
  ASSERT_FALSE(frames.empty());
  std::mt19937_64 random(24);
  FrameReader trusting(atproto::Digests::trusted);
  FrameReader checking;
  std::uint64_t bad = 0;
  std::uint64_t bad_when_checked = 0;
  model::InteractionBlock block;
  for (std::size_t i = 0; i < count; ++i) {
    const std::string bytes = mutated(frames, random);
    for (FrameReader* reader : {&trusting, &checking}) {
      block.clear();
      model::ReadReport report;
      reader->read(bytes, 41, block, report);
      ASSERT_GE(report.records, 1u) << "each frame is counted";
      std::uint64_t others = report.bad;
      for (const auto& [reason, number] : report.left_out) others += number;
      ASSERT_LE(others, report.records);
      ASSERT_EQ(report.interactions, block.size());
      ASSERT_TRUE(others == report.records || !block.empty()) << "a record gave rows, or it is bad or left out";
      for (const auto& [place, reason] : report.first_bad) ASSERT_FALSE(place.empty() || reason.empty());
      (reader == &trusting ? bad : bad_when_checked) += report.bad > 0 ? 1 : 0;
    }
  }
  fmt::print("{} mutated frames: {} dead letters, {} where digests are checked\n", count, bad, bad_when_checked);
  EXPECT_GT(bad, count / 4);
  EXPECT_LT(bad, count);
  EXPECT_GE(bad_when_checked, bad);
}

}  // namespace
}  // namespace renown::connect::firehose
