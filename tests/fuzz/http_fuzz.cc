// What strangers send a server: heads, chunked bodies, percent-encoding, queries, forwarded addresses. Whatever it is,
// a refusal has a status and a sentence, the way in which bytes arrive changes nothing, and what is taken for a request
// Beast's parser, an implementation of others, takes for the same one.
#include <boost/beast/http.hpp>

#include "check.h"
#include "http/chunks.h"
#include "http/compress.h"
#include "http/conditional.h"
#include "http/head.h"
#include "http/percent.h"
#include "http/proxies.h"
#include "http/router.h"

using namespace renown;

namespace {

namespace beast_http = boost::beast::http;

/// Beast takes more than we do; what we take it must take, and see the same in it.
void check_against_beast(std::string_view bytes, const http::Head& head) {
  while (bytes.starts_with("\r\n")) bytes.remove_prefix(2);
  beast_http::request_parser<beast_http::string_body> parser;
  parser.header_limit(1 << 16);
  parser.body_limit(boost::none);
  boost::system::error_code error;
  parser.put(boost::asio::buffer(bytes), error);
  if (error == beast_http::error::need_more) error = {};
  if (error == beast_http::error::bad_value) return;  // words of Connection and Upgrade that we read over
  fuzz::check(!error && parser.is_header_done(), "Beast takes what we take");
  const auto& seen = parser.get();
  fuzz::check(std::string_view(seen.method_string()) == head.request.method, "the same method");
  fuzz::check(seen.version() == 10u + static_cast<unsigned>(head.request.minor_version), "the same version");
  fuzz::check(std::string_view(seen.target()).contains(head.request.path == "/" ? "" : head.request.path),
              "the same path");
  fuzz::check(seen.has_content_length() == head.request.headers.find("Content-Length").has_value(), "a length or none");
  if (!head.framing.is_chunked) {
    fuzz::check(parser.content_length().value_or(0) == head.framing.content_length, "the same length");
  }
  fuzz::check(parser.chunked() == head.framing.is_chunked, "chunked or not");
  std::size_t headers = 0;
  for (const auto& header : head.request.headers) {
    ++headers;
    if (net::same_name(header.name, "Host")) continue;  // that of an absolute target goes before
    bool is_there = false;
    for (const auto& each : seen) {
      is_there = is_there || (std::string_view(each.name_string()) == header.name &&
                              std::string_view(each.value()) == header.value);
    }
    fuzz::check(is_there, "the same headers");
  }
}

void check_head(std::string_view bytes) {
  const auto end = http::find_head_end(bytes);
  if (bytes.size() < 512) {
    for (std::size_t size = 0; size < bytes.size(); ++size) {
      const auto early = http::find_head_end(bytes.substr(0, size));
      fuzz::check(!early || early == end, "the end of a head does not move");
    }
  }
  if (!end) return;
  const auto head = http::parse_head(bytes.substr(0, *end));
  if (!head) {
    fuzz::check(head.error().status >= 400 && !head.error().sentence.empty(), "a refusal has a status and a sentence");
    return;
  }
  fuzz::check(head->request.path.starts_with('/') || head->request.path == "*", "a path begins with a slash");
  fuzz::check(!head->framing.is_chunked || head->framing.content_length == 0, "one framing alone");
  check_against_beast(bytes.substr(0, *end), *head);
  static_cast<void>(http::accepts(head->request.headers, "gzip"));
  static_cast<void>(http::failed_condition(head->request, "\"a\""));
  const auto ours = http::Proxies::make(std::vector<std::string>{"127.0.0.1"});
  const auto client = ours->client_of(*net::Address::from("127.0.0.1"), head->request.headers);
  fuzz::check(net::Address::from(client.address).has_value(), "a client has an address");
}

/// The body, or nothing where it is refused or not at its end; `taken` is how far it went.
std::optional<std::string> read_chunks(std::string_view bytes, std::size_t piece, std::size_t& taken) {
  http::ChunkReader reader(1 << 20);
  std::string body;
  for (taken = 0; taken < bytes.size() && !reader.is_done();) {
    const auto count = reader.take(bytes.substr(taken, piece), body);
    if (!count) return std::nullopt;
    taken += *count;
  }
  fuzz::check(body.size() <= taken, "a body is no longer than what it was read from");
  if (!reader.is_done()) return std::nullopt;
  return body;
}

void check_chunks(std::string_view bytes) {
  std::size_t whole = 0, pieces = 0;
  const auto at_once = read_chunks(bytes, bytes.size() + 1, whole), bit_by_bit = read_chunks(bytes, 1, pieces);
  fuzz::check(at_once == bit_by_bit, "the pieces of a body change nothing");
  fuzz::check(!at_once || whole == pieces, "nor where it ends");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes = fuzz::text_of(data, size);
  check_head(bytes);
  check_chunks(bytes);
  static const http::Parameter number{.name = "n", .description = "", .type = http::ParameterType::number};
  static const http::Parameter text{.name = "t", .description = ""};
  http::Arguments arguments;
  static_cast<void>(http::read_query({&number, &text}, bytes, arguments).has_value());
  if (const auto decoded = http::percent_decoded(bytes, true)) {
    fuzz::check(decoded->find('\n') == std::string::npos && decoded->size() <= size, "no line breaks");
  }
  return 0;
}
