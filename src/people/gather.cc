#include "people/gather.h"

#include <set>

#include <fmt/format.h>

#include "people/claims.h"
#include "people/owner_name.h"

namespace renown::people {

Gathered gather(DocumentSource& source, std::span<const Account> accounts, std::string_view plc_directory) {
  Gathered gathered;
  std::vector<Wanted> wanted;
  std::set<Wanted> asked;
  const auto want = [&](const std::vector<Wanted>& more) {
    for (const Wanted& each : more) {
      if (wanted.size() < kMaxGathered && asked.insert(each).second) wanted.push_back(each);
    }
  };
  for (const Account& account : accounts) {
    const auto documents = documents_of(account, plc_directory);
    if (documents) {
      want(*documents);
    } else {
      gathered.failed.push_back(documents.error().message);
    }
  }
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    auto document = source.get(Wanted(wanted[i]));
    if (!document) {
      gathered.failed.push_back(fmt::format("{}: {}", wanted[i].address, document.error().message));
      continue;
    }
    if (const auto claims = read_claims(*document, plc_directory)) want(claims->also_ask);
    gathered.documents.push_back(std::move(*document));
  }
  return gathered;
}

}  // namespace renown::people
