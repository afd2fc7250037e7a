#include "net/stored_response.h"

#include "base/digest.h"

namespace renown::net {
namespace {

constexpr std::string_view kMagic = "renown-cache 1 ";
constexpr std::size_t kDigestDigits = 64;

/// The next line, without its end, taken off `rest`. Nothing where no line ends.
std::optional<std::string_view> take_line(std::string_view& rest) {
  const std::size_t end = rest.find('\n');
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view line = rest.substr(0, end);
  rest.remove_prefix(end + 1);
  return line;
}

}  // namespace

std::string digest_of(std::string_view bytes) {
  base::Sha256 digest;
  digest.add(bytes);
  return digest.hex();
}

std::string pack_response(const Response& response) {
  std::string content = response.url + "\n";
  for (const Header& header : response.headers) {
    if (!same_name(header.name, "set-cookie")) content += header.name + ": " + header.value + "\n";
  }
  content += "\n" + response.body;
  return std::string(kMagic) + digest_of(content) + "\n" + content;
}

std::optional<Response> unpack_response(std::string_view bytes) {
  auto first = take_line(bytes);
  if (!first || !first->starts_with(kMagic) || first->size() != kMagic.size() + kDigestDigits) return std::nullopt;
  if (first->substr(kMagic.size()) != digest_of(bytes)) return std::nullopt;
  // From here on the bytes are ours.
  Response response;
  response.status = 200;
  response.url = std::string(take_line(bytes).value_or(""));
  for (auto line = take_line(bytes); line && !line->empty(); line = take_line(bytes)) {
    const std::size_t colon = line->find(": ");
    response.headers.add(std::string(line->substr(0, colon)), std::string(line->substr(colon + 2)));
  }
  response.body = std::string(bytes);
  return response;
}

}  // namespace renown::net
