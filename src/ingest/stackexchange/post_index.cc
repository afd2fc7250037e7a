#include "ingest/stackexchange/post_index.h"

namespace renown::ingest::stackexchange {

PostIndex::PostNumber PostIndex::number_of(std::string_view id) {
  const PostNumber number = ids_.intern(id);
  if (number == entries_.size()) entries_.emplace_back();
  return number;
}

PostIndex::PostNumber PostIndex::add(std::string_view id, std::string_view owner, std::string_view parent,
                                     std::string_view tags) {
  Entry entry;
  if (!owner.empty()) entry.owner = owners_.intern(owner);
  if (!parent.empty()) entry.parent = number_of(parent);
  entry.tags = tags_.intern(tags);
  const PostNumber number = number_of(id);
  entries_[number] = entry;
  return number;
}

PostIndex::Post PostIndex::find(std::string_view id) const {
  const auto number = ids_.find(id);
  return number ? (*this)[*number] : Post{};
}

PostIndex::Post PostIndex::operator[](PostNumber number) const {
  const Entry& entry = entries_[number];
  Post post{.known = entry.tags != kNone, .id = ids_[number], .owner = {}, .parent = {}, .tags = {}};
  if (!post.known) return post;
  if (entry.owner != kNone) post.owner = owners_[entry.owner];
  post.tags = tags_[entry.tags];
  if (entry.parent == kNone) return post;
  post.parent = ids_[entry.parent];
  if (const Entry& parent = entries_[entry.parent]; parent.tags != kNone) post.tags = tags_[parent.tags];
  return post;
}

}  // namespace renown::ingest::stackexchange
