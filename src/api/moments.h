/// Moments: what brought people together with a person, and what it is worth.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "api/explained.h"
#include "connect/connector.h"

namespace renown::api {

/// Engagement with one post, or, where no post is named, on one network within one day.
struct Moment {
  std::string post, network, day;
  double part = 0.0;
  std::uint64_t engagers = 0;
  std::int64_t latest = 0;
};

/// Those with an act since then (unix seconds): of the largest part, newest first.
std::vector<Moment> moments_of(const Explained& explained, std::int64_t since);

/// Texts and addresses of the person's posts, as the networks showed them, by network and post.
std::map<std::pair<std::string, std::string>, connect::Post> seen_posts(Context& context, const people::Person& person);

}  // namespace renown::api
