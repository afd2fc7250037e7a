#include "ingest/archive/network.h"

#include <algorithm>

namespace renown::ingest::archive {

bool is_at(std::string_view member, std::string_view path) {
  if (!member.ends_with(path)) return false;
  member.remove_suffix(path.size());
  return member.empty() || member.ends_with('/');
}

bool is_in(std::string_view member, std::string_view folder) {
  const std::size_t slash = member.rfind('/');
  return slash != std::string_view::npos && is_at(member.substr(0, slash), folder);
}

std::string_view file_name(std::string_view member) {
  return member.substr(member.rfind('/') + 1);  // npos + 1 is 0
}

}  // namespace renown::ingest::archive
