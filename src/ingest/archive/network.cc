#include "ingest/archive/network.h"

#include <algorithm>

#include "base/ascii.h"

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

bool is_part(std::string_view member, std::string_view name, std::string_view before_number, std::string_view ending) {
  std::string_view file = file_name(member);
  if (file.size() < name.size() + ending.size() || !file.starts_with(name) || !file.ends_with(ending)) return false;
  file.remove_prefix(name.size());
  file.remove_suffix(ending.size());
  if (file.empty()) return true;
  if (!file.starts_with(before_number)) return false;
  file.remove_prefix(before_number.size());
  return !file.empty() && std::ranges::all_of(file, base::is_digit);
}

std::string_view file_name(std::string_view member) {
  return member.substr(member.rfind('/') + 1);  // npos + 1 is 0
}

}  // namespace renown::ingest::archive
