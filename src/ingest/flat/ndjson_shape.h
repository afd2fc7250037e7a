/// NdjsonShape: what stands between the values of a log's lines, learned from the lines before.
///
/// The lines of a log mostly have the same keys in the same order. What stands before each value (`,"actor":`) is kept
/// as bytes in a tree, one way through it for each shape of a line; a line that goes such a way needs no parser.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/flat/flat_row.h"

namespace renown::ingest::flat {

class NdjsonShape {
 public:
  /// Reads a line of a shape that was learned.
  ///
  /// at       the line's first byte; the bytes up to its end are UTF-8, and some that are no text follow them (a line
  ///          feed, or NUL) with padding behind
  /// returns  behind the line's ending, or nullptr: the line must be parsed. What is accepted is valid JSON, and
  ///          NdjsonLine would find the texts of row() in it
  const char* read(const char* at);

  /// The texts of the line that was read: strings without escapes, whole numbers, nulls, and tags as a list. They point
  /// into the line, or into this object until the next call.
  const FlatRow& row() const { return row_; }

  /// Takes the shape of a line that NdjsonLine found good.
  void learn(std::string_view line);

 private:
  static constexpr std::size_t kMostNodes = 512;  ///< a log with more shapes has none
  static constexpr std::size_t kIgnored = kColumns;
  static constexpr std::size_t kEnd = kColumns + 1;
  static_assert(kColumns <= 8, "columns have a bit each in a byte");

  /// The bytes before a value, or behind the last one. Node 0 is the beginning of the line and has none.
  struct Node {
    std::array<char, 16> head{};  ///< the first of them
    std::uint16_t head_bits = 0;  ///< one for each byte of the head
    std::uint16_t size = 0;       ///< of all bytes
    std::uint32_t rest = 0;       ///< where those behind the head begin in rests_
    std::uint8_t meaning = 0;     ///< the column of the value, kIgnored, or kEnd
    std::uint8_t columns = 0;     ///< a bit for each that the values up to this one are of
    std::uint16_t child = 0;      ///< first of the nodes that may follow; 0: none
    std::uint16_t next = 0;       ///< another node that may stand in its place; 0: none
  };

  bool matches(const Node& node, const char* at) const;
  std::string_view rest_of(const Node& node) const { return {rests_.data() + node.rest, node.size - node.head.size()}; }
  const char* read_value(const char* at, std::size_t meaning);
  const char* read_other(const char* at, std::size_t meaning);
  const char* read_tags(const char* at);
  void forget_others(std::uint8_t columns);
  bool is(const Node& node, std::string_view literal) const;
  std::uint16_t add(std::uint16_t parent, std::string_view literal, std::size_t meaning);

  std::vector<Node> nodes_ = {Node{}};
  std::string rests_;
  std::vector<char> tags_;
  FlatRow row_;
  std::uint8_t filled_ = 0;  ///< columns of row_ that may hold a text of the line before: a bit for each
};

}  // namespace renown::ingest::flat
