#include "people/evidence_file.h"

#include <array>
#include <filesystem>

#include <fmt/format.h>

#include "base/time.h"
#include "io/byte_source.h"
#include "io/json.h"

namespace renown::people {
namespace {

constexpr std::size_t kMaxFileBytes = std::size_t{64} << 20;
constexpr std::size_t kMaxDocuments = 100;

Result<std::string> read_whole(const std::string& path) {
  auto source = io::open_bytes(path);
  if (!source) return source.error();
  auto text = io::read_head(**source, kMaxFileBytes + 1);
  if (text && text->size() > kMaxFileBytes)
    return bad_input(fmt::format("{} is larger than {} bytes", path, kMaxFileBytes));
  return text;
}

Result<Document> make_document(const io::JsonValue& root, const std::string& path) {
  if (!root.is_object()) return bad_input("it must be an object");
  Document document;
  const std::array<std::pair<std::string_view, std::string*>, 4> texts = {{{"asked", &document.asked},
                                                                           {"address", &document.address},
                                                                           {"content_type", &document.content_type},
                                                                           {"body", &document.body}}};
  for (const auto& [key, text] : texts) {
    const io::JsonValue value = root[key];
    if (!value.is_missing() && !value.is_string()) return bad_input(fmt::format("{} must be a string", key));
    *text = value.text();
  }
  if (document.asked.empty()) return bad_input("it needs asked, the address that was asked for");
  const auto fetched = base::parse_time(root["fetched"].text_or_number());
  if (!fetched) return bad_input(fmt::format("fetched: {}", fetched.error().message));
  document.fetched = *fetched;
  if (root["body"].is_string()) return document;
  if (root["file"].text().empty()) return bad_input("it needs body, or file");
  auto body = read_whole((std::filesystem::path(path).parent_path() / root["file"].text()).string());
  if (!body) return body.error();
  document.body = std::move(*body);
  return document;
}

}  // namespace

Result<std::vector<Document>> read_evidence(const std::string& path) {
  const auto text = read_whole(path);
  if (!text) return text.error();
  io::JsonParser parser;
  const auto root = parser.parse(*text);
  if (!root) return bad_input(fmt::format("{} is {}", path, root.error().message));
  const io::JsonValue list = (*root)["documents"];
  if (!list.is_array())
    return bad_input(fmt::format("{} must be an object with documents, an array (docs/people.md)", path));
  std::vector<Document> documents;
  for (const io::JsonValue each : list.elements()) {
    if (documents.size() == kMaxDocuments)
      return bad_input(fmt::format("{} has more than {} documents", path, kMaxDocuments));
    auto document = make_document(each, path);
    if (!document)
      return bad_input(fmt::format("{}, document {}: {}", path, documents.size() + 1, document.error().message));
    documents.push_back(std::move(*document));
  }
  return documents;
}

}  // namespace renown::people
