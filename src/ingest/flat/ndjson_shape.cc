#include "ingest/flat/ndjson_shape.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "base/byte_scan.h"
#include "model/interaction_block.h"

namespace renown::ingest::flat {
namespace {

constexpr std::size_t kLongestLiteral = 1024;
constexpr std::size_t kPadding = model::TextColumn::kPadding;

constexpr bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

constexpr bool is_space(char c) {
  return c == ' ' || c == '\t';
}

// Each of the following reads one value at `at` and returns what is behind it, or nullptr for one that it does not
// take. They stop at the control character that ends the line.

/// The closing quote of the string whose first byte is `at`: one without escapes.
const char* end_of_text(const char* at) {
  const char* const end = base::find_any(at, '"', '\\');
  return *end == '"' ? end : nullptr;
}

/// A string that nobody needs may have escapes, the short ones.
const char* pass_string(const char* at) {
  for (const char* end = base::find_any(at + 1, '"', '\\');; end = base::find_any(end + 2, '"', '\\')) {
    if (*end == '"') return end + 1;
    if (*end != '\\' || end[1] == '\0' || std::strchr("\"\\/bfnrt", end[1]) == nullptr) return nullptr;
  }
}

const char* pass_digits(const char* at) {
  const char* const end = base::find_no_digit(at);
  return at == end ? nullptr : end;
}

/// A number without sign, fraction and exponent, so that it is the text it is written as.
const char* pass_whole_number(const char* at) {
  return *at == '0' ? at + 1 : pass_digits(at);
}

const char* pass_number(const char* at) {
  if (*at == '-') ++at;
  at = pass_whole_number(at);
  if (at != nullptr && *at == '.') at = pass_digits(at + 1);
  if (at == nullptr || (*at != 'e' && *at != 'E')) return at;
  ++at;
  if (*at == '+' || *at == '-') ++at;
  return pass_digits(at);
}

const char* pass_literal(const char* at) {
  for (const std::string_view literal : {"true", "false", "null"}) {
    if (std::strncmp(at, literal.data(), literal.size()) == 0) return at + literal.size();
  }
  return nullptr;
}

const char* pass_scalar(const char* at) {
  if (*at == '"') return pass_string(at);
  return *at == '-' || is_digit(*at) ? pass_number(at) : pass_literal(at);
}

/// Elements behind a bracket, each read by `element`, up to the bracket that closes it, with blanks behind commas only.
template <class Element>
const char* pass_elements(const char* at, char close, const Element& element) {
  ++at;
  if (*at == close) return at + 1;
  for (;;) {
    at = element(at);
    if (at == nullptr || (*at != ',' && *at != close)) return nullptr;
    if (*at++ == close) return at;
    while (*at == ' ') ++at;
  }
}

constexpr std::size_t kDeepest = 16;  ///< brackets in brackets; deeper ones are left to the parser

const char* pass_value(const char* at, std::size_t depth);

/// A name and its value, with a blank behind the colon or without.
const char* pass_member(const char* at, std::size_t depth) {
  at = *at == '"' ? pass_string(at) : nullptr;
  if (at == nullptr || *at++ != ':') return nullptr;
  if (*at == ' ') ++at;
  return pass_value(at, depth);
}

/// Any value that nobody needs.
const char* pass_value(const char* at, std::size_t depth) {
  if (*at != '[' && *at != '{') return pass_scalar(at);
  if (depth == kDeepest) return nullptr;
  if (*at == '[')
    return pass_elements(at, ']', [depth](const char* element) { return pass_value(element, depth + 1); });
  return pass_elements(at, '}', [depth](const char* member) { return pass_member(member, depth + 1); });
}

/// For learning: behind the value at `at` of a line that is known to be good.
std::size_t skip_string(std::string_view line, std::size_t at) {
  for (++at; line[at] != '"'; ++at) {
    if (line[at] == '\\') ++at;
  }
  return at + 1;
}

std::size_t skip_value(std::string_view line, std::size_t at) {
  if (line[at] == '"') return skip_string(line, at);
  if (line[at] != '[') return std::min(line.find_first_of(",} \t\r", at), line.size());
  std::size_t depth = 0;
  do {
    if (line[at] == '"') {
      at = skip_string(line, at);
      continue;
    }
    depth += line[at] == '[' || line[at] == '{' ? 1 : 0;
    depth -= line[at] == ']' || line[at] == '}' ? 1 : 0;
    ++at;
  } while (depth > 0);
  return at;
}

}  // namespace

inline bool NdjsonShape::matches(const Node& node, const char* at) const {
  if ((~base::equal_of_sixteen(at, node.head.data()) & node.head_bits) != 0) return false;
  if (node.size <= node.head.size()) return true;
  const std::string_view rest = rest_of(node);
  return std::strncmp(at + node.head.size(), rest.data(), rest.size()) == 0;  // which stops at the line's end
}

const char* NdjsonShape::read(const char* at) {
  const std::uint8_t filled = std::exchange(filled_, std::uint8_t{0xff});  // of a line that is no more than begun
  const Node* node = &nodes_[0];
  do {
    std::size_t next = node->child;
    while (next != 0 && !matches(nodes_[next], at)) next = nodes_[next].next;
    if (next == 0) return nullptr;
    node = &nodes_[next];
    at += node->size;
    if (node->meaning != kEnd) at = read_value(at, node->meaning);
    if (at == nullptr) return nullptr;
  } while (node->meaning != kEnd);
  if (*at == '\r') ++at;
  if (*at != '\n') return nullptr;
  if (filled != node->columns) forget_others(node->columns);
  filled_ = node->columns;
  return at + 1;
}

/// Lines of one shape fill the same columns: only between shapes something has to be emptied.
void NdjsonShape::forget_others(std::uint8_t columns) {
  for (std::size_t column = 0; column < kColumns; ++column) {
    if ((columns >> column & 1) == 0) row_[static_cast<Column>(column)] = {};
  }
}

/// Most values are texts of columns.
inline const char* NdjsonShape::read_value(const char* at, std::size_t meaning) {
  if (*at != '"' || meaning == kIgnored) return read_other(at, meaning);
  const char* const end = end_of_text(at + 1);
  if (end == nullptr) return nullptr;
  row_[static_cast<Column>(meaning)] = {at + 1, static_cast<std::size_t>(end - at - 1)};
  return end + 1;
}

const char* NdjsonShape::read_other(const char* at, std::size_t meaning) {
  if (meaning == kIgnored) return pass_value(at, 0);
  const auto column = static_cast<Column>(meaning);
  if (is_digit(*at) && column != Column::network && column != Column::kind && column != Column::tags) {
    const char* const end = pass_whole_number(at);
    row_[column] = {at, static_cast<std::size_t>(end - at)};
    return end;
  }
  if (*at == '[' && column == Column::tags) return read_tags(at);
  if (std::strncmp(at, "null", 4) != 0) return nullptr;
  row_[column] = {};
  return at + 4;
}

const char* NdjsonShape::read_tags(const char* at) {
  tags_.clear();
  const char* const end = pass_elements(at, ']', [this](const char* tag) -> const char* {
    const char* const close = *tag == '"' ? end_of_text(tag + 1) : nullptr;
    if (close == nullptr) return nullptr;
    if (!tags_.empty()) tags_.push_back(' ');
    tags_.insert(tags_.end(), tag + 1, close);
    return close + 1;
  });
  const std::size_t size = tags_.size();
  tags_.resize(size + kPadding);
  row_[Column::tags] = {tags_.data(), size};
  return end;
}

void NdjsonShape::learn(std::string_view line) {
  if (line.find('\r') != std::string_view::npos) return;  // a rare blank
  std::uint16_t node = 0;
  std::size_t begin = 0;  // of the bytes before the next value
  std::size_t depth = 0;
  for (std::size_t at = 0; at < line.size();) {
    const char c = line[at++];
    if (c == '{') ++depth;
    if (c == '}' && --depth == 0) {
      add(node, line.substr(begin), kEnd);
      return;
    }
    if (c != '"') continue;  // a blank, or a comma
    const std::size_t key_end = skip_string(line, at - 1);
    const std::string_view key = line.substr(at, key_end - at - 1);
    if (key.find('\\') != std::string_view::npos) return;
    at = line.find(':', key_end) + 1;
    while (is_space(line[at])) ++at;
    if (line[at] == '{') continue;  // what it holds has keys of its own
    const auto column = depth == 1 ? parse_column(key) : std::nullopt;
    node = add(node, line.substr(begin, at - begin), column ? static_cast<std::size_t>(*column) : kIgnored);
    if (node == 0) return;
    begin = at = skip_value(line, at);
  }
}

bool NdjsonShape::is(const Node& node, std::string_view literal) const {
  if (node.size != literal.size()) return false;
  const std::string_view head(node.head.data(), std::min(literal.size(), node.head.size()));
  return literal.starts_with(head) && (literal.size() <= head.size() || rest_of(node) == literal.substr(head.size()));
}

/// The node of that literal behind `parent`; 0 if there is no room for one.
std::uint16_t NdjsonShape::add(std::uint16_t parent, std::string_view literal, std::size_t meaning) {
  std::uint16_t* link = &nodes_[parent].child;
  for (; *link != 0; link = &nodes_[*link].next) {
    if (is(nodes_[*link], literal)) return *link;
  }
  if (nodes_.size() == kMostNodes || literal.size() > kLongestLiteral) return 0;
  const auto added = static_cast<std::uint16_t>(nodes_.size());
  *link = added;  // before nodes_ grows under it
  Node& node = nodes_.emplace_back();
  const std::string_view head = literal.substr(0, node.head.size());
  std::ranges::copy(head, node.head.begin());
  node.head_bits = static_cast<std::uint16_t>((1U << head.size()) - 1);
  node.size = static_cast<std::uint16_t>(literal.size());
  node.rest = static_cast<std::uint32_t>(rests_.size());
  node.meaning = static_cast<std::uint8_t>(meaning);
  node.columns = nodes_[parent].columns | static_cast<std::uint8_t>(meaning < kColumns ? 1U << meaning : 0U);
  rests_ += literal.substr(head.size());
  return added;
}

}  // namespace renown::ingest::flat
