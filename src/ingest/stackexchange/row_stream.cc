#include "ingest/stackexchange/row_stream.h"

#include <array>
#include <optional>
#include <utility>

#include <expat.h>
#include <fmt/format.h>

namespace renown::ingest::stackexchange {

std::string_view Row::operator[](std::string_view attribute) const {
  for (const char* const* at = attributes_; *at != nullptr; at += 2) {
    if (attribute == at[0]) return at[1];
  }
  return {};
}

/// Expat calls the static functions; the first problem stops it and is kept.
struct RowStream::Parser {
  std::string name;
  std::string root;
  std::unique_ptr<io::ByteSource> source;
  OnRow on_row;
  XML_Parser expat = XML_ParserCreate(nullptr);
  std::optional<Error> problem;
  int depth = 0;
  std::uint64_t fed_bytes = 0;
  std::size_t bytes_since_element = 0;

  ~Parser() { XML_ParserFree(expat); }

  void stop(Error error) {
    if (problem) return;
    problem = std::move(error);
    XML_StopParser(expat, XML_FALSE);
  }

  static void on_start(void* data, const XML_Char* element, const XML_Char** attributes) {
    static_cast<Parser*>(data)->start(element, attributes);
  }
  static void on_end(void* data, const XML_Char*) { --static_cast<Parser*>(data)->depth; }
  static void on_doctype(void* data, const XML_Char*, const XML_Char*, const XML_Char*, int) {
    auto* self = static_cast<Parser*>(data);
    self->stop(bad_input(fmt::format(
        "{} has a document type (<!DOCTYPE>), which no Stack Exchange dump has: it is not read", self->name)));
  }

  void start(std::string_view element, const char* const* attributes) {
    if (problem) return;  // Expat may report elements of the same buffer after it was told to stop
    bytes_since_element = 0;
    ++depth;
    if (depth == 1 && element != root) {
      return stop(bad_input(
          fmt::format("{} is not the {} of a Stack Exchange dump: it begins with <{:.40}> where <{}> must stand", name,
                      root, element, root)));
    }
    if (depth > kMaxDepth) return stop(bad_input(fmt::format("{} nests elements more than {} deep", name, kMaxDepth)));
    if (depth != 2) return;
    if (auto taken = on_row(Row(element, attributes)); !taken) stop(std::move(taken.error()));
  }

  /// The sentence for Expat's own complaint. Its code tells what is cut off from what is wrong; when it complains does
  /// not: it may put off a token that came in pieces until the end.
  Error complaint() const {
    if (fed_bytes == 0) return bad_input(fmt::format("{} is empty: it holds no record to read", name));
    const auto line = static_cast<std::uint64_t>(XML_GetCurrentLineNumber(expat));
    const XML_Error code = XML_GetErrorCode(expat);
    if (code == XML_ERROR_NO_ELEMENTS || code == XML_ERROR_UNCLOSED_TOKEN || code == XML_ERROR_PARTIAL_CHAR ||
        code == XML_ERROR_UNCLOSED_CDATA_SECTION) {
      return bad_input(fmt::format("{} is cut off: its XML ends too early, in line {}", name, line));
    }
    return bad_input(fmt::format("{} is not well-formed XML in line {}: {}", name, line, XML_ErrorString(code)));
  }
};

RowStream::RowStream(std::string name, std::string root, std::unique_ptr<io::ByteSource> source, OnRow on_row)
    : parser_(new Parser{.name = std::move(name),
                         .root = std::move(root),
                         .source = std::move(source),
                         .on_row = std::move(on_row),
                         .problem = {}}) {
  XML_SetUserData(parser_->expat, parser_.get());
  XML_SetElementHandler(parser_->expat, &Parser::on_start, &Parser::on_end);
  XML_SetStartDoctypeDeclHandler(parser_->expat, &Parser::on_doctype);
}

RowStream::~RowStream() = default;

Result<bool> RowStream::advance() {
  Parser& parser = *parser_;
  std::array<char, std::size_t{64} << 10> buffer;
  const auto size = parser.source->read(buffer);
  if (!size) return size.error();
  const bool at_end = *size == 0;
  parser.fed_bytes += *size;
  parser.bytes_since_element += *size;
  const bool parsed = XML_Parse(parser.expat, buffer.data(), static_cast<int>(*size), at_end) == XML_STATUS_OK;
  if (parser.problem) return *parser.problem;
  if (!parsed) return parser.complaint();
  if (parser.bytes_since_element > kMaxRowBytes) {
    return bad_input(fmt::format("{} has a row longer than {} bytes", parser.name, kMaxRowBytes));
  }
  return !at_end;
}

std::uint64_t RowStream::bytes_read() const {
  return parser_->source->bytes_read();
}

}  // namespace renown::ingest::stackexchange
