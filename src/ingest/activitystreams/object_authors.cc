#include "ingest/activitystreams/object_authors.h"

namespace renown::ingest::activitystreams {

void ObjectAuthors::remember(std::string_view object, std::string_view author) {
  if (object.empty() || author.empty()) return;
  const auto known = authors_.find(object);
  if (known != authors_.end()) {
    bytes_ = bytes_ - known->second.size() + author.size();
    known->second = author;
  } else {
    const auto added = authors_.emplace(object, author).first;
    earliest_first_.push_back(&added->first);
    bytes_ += object.size() + author.size();
  }
  while (authors_.size() > max_objects_ || bytes_ > max_bytes_) forget_earliest();
}

void ObjectAuthors::forget_earliest() {
  const auto earliest = authors_.find(*earliest_first_.front());
  earliest_first_.pop_front();
  bytes_ -= earliest->first.size() + earliest->second.size();
  authors_.erase(earliest);
}

std::string_view ObjectAuthors::author_of(std::string_view object) const {
  const auto known = authors_.find(object);
  return known == authors_.end() ? std::string_view{} : std::string_view(known->second);
}

}  // namespace renown::ingest::activitystreams
