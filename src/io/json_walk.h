/// JsonWalk: from the tokens of a JSON document to its nodes, checking the grammar (RFC 8259) on the way. Inside of
/// json.cc.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "io/json.h"

namespace renown::io {

class JsonWalk {
 public:
  /// Walks one document, unescaping its strings in place.
  ///
  /// bytes    the document: valid UTF-8, every string closed and without control characters
  /// tokens   offsets of each of { } [ ] : , outside strings, of each opening quote, and of the first byte of each
  /// other
  ///          run of bytes that is no white space
  /// returns  whether it is valid; if not, problem() and problem_offset() say why not
  bool run(std::span<char> bytes, std::span<const std::uint32_t> tokens);

  /// The values, the root first.
  const std::vector<JsonNode>& nodes() const { return nodes_; }

  std::string_view problem() const { return problem_; }
  std::size_t problem_offset() const { return problem_offset_; }

 private:
  enum class Expect : std::uint8_t { value, first_element, key, first_key, comma_or_close };

  bool step();
  bool read_value();
  bool read_key();
  bool read_comma_or_close(char token);
  bool open(JsonType type, Expect first);
  bool close();
  bool read_string();
  bool read_number();
  bool read_literal(std::string_view literal, JsonType type);
  bool push_scalar(JsonType type, std::size_t begin, std::size_t size);
  bool ends_at(std::size_t offset) const;
  bool fail(std::size_t offset, std::string_view problem);
  std::size_t offset() const { return at_ < tokens_.size() ? tokens_[at_] : bytes_.size(); }

  std::span<char> bytes_;
  std::span<const std::uint32_t> tokens_;
  std::size_t at_ = 0;  ///< the next token
  Expect expect_ = Expect::value;
  std::vector<JsonNode> nodes_;
  std::vector<std::uint32_t> open_;  ///< nodes of the containers around the next token, outermost first
  std::string_view problem_;
  std::size_t problem_offset_ = 0;
};

}  // namespace renown::io
