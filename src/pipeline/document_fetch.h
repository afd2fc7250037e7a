/// FetchedDocuments: the documents of proofs, from the networks themselves.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "renown/result.h"

#include "net/transport.h"
#include "net/txt_lookup.h"
#include "people/document.h"
#include "people/robots.h"

namespace renown::pipeline {

/// Pages are asked for only where their host's robots.txt allows it to `renown`; documents that are made for programs
/// (actors, /.well-known, DIDs) have no such rules.
class FetchedDocuments final : public people::DocumentSource {
 public:
  /// http, names  outlive it
  /// now          unix seconds, when what is fetched was seen
  FetchedDocuments(net::Transport& http, net::TxtLookup& names, std::int64_t now)
      : http_(http), names_(names), now_(now) {}

  /// errors  not_found (404, 410, a name without records); io: everything else, saying what; bad_input where robots.txt
  ///         forbids the page
  Result<people::Document> get(const people::Wanted& wanted) override;

 private:
  Result<people::Document> get_records(const people::Wanted& wanted);
  Result<void> check_robots(const std::string& address);
  bool may_fetch(const std::string& origin, const std::string& path);

  net::Transport& http_;
  net::TxtLookup& names_;
  std::int64_t now_;
  std::map<std::string, std::optional<people::Robots>> robots_;  ///< by origin; nothing: all is forbidden
};

}  // namespace renown::pipeline
