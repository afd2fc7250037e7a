/// Document: bytes, and where they came from. All that proofs are made of; whoever fetches implements DocumentSource.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "renown/result.h"

namespace renown::people {

struct Document {
  std::string asked;         ///< the address that was asked for: "https://..." or "dns:_atproto.example.org?type=TXT"
  std::string address;       ///< where the answer came from, after redirects; empty: as asked
  std::string content_type;  ///< as the server said; of DNS nothing
  std::int64_t fetched = 0;  ///< unix seconds
  std::string body;          ///< of DNS: one TXT record a line, its strings joined

  std::string_view final_address() const { return address.empty() ? asked : address; }
};

/// SHA-256 of the body in hexadecimal: what was seen, to be kept beside a proof.
std::string digest_of(const Document& document);

/// A document to ask for.
struct Wanted {
  std::string address;  ///< "https://..." or "dns:..."
  std::string accept;   ///< the type to ask for; empty: whatever there is

  auto operator<=>(const Wanted&) const = default;
};

/// Gives documents: a fetcher, or a file of documents.
class DocumentSource {
 public:
  virtual ~DocumentSource() = default;

  /// errors  not_found where the other side says so; io for everything else that fails
  virtual Result<Document> get(const Wanted& wanted) = 0;
};

}  // namespace renown::people
