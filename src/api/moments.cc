#include "api/moments.h"

#include <algorithm>

#include "base/time.h"

namespace renown::api {
namespace {

constexpr std::size_t kMostMoments = 60;

}  // namespace

std::vector<Moment> moments_of(const Explained& explained, std::int64_t since) {
  std::map<std::pair<std::string, std::string>, Moment> by_name;
  const score::ScoreRun& run = explained.run();
  for (const auto& [line, lost] : explained.why.engagers) {
    const std::string post(run.log.texts[line.post]);
    const std::string network(run.log.accounts[line.account].network);
    const std::string day = base::format_day(line.time);
    Moment& moment = by_name[{network, post.empty() ? day : post}];
    moment.post = post;
    moment.network = network;
    moment.part += line.contribution;
    ++moment.engagers;
    moment.latest = std::max(moment.latest, line.time);
  }
  std::vector<Moment> moments;
  for (auto& [name, moment] : by_name) {
    moment.day = base::format_day(moment.latest);
    if (moment.latest >= since) moments.push_back(std::move(moment));
  }
  std::ranges::stable_sort(moments, std::ranges::greater{}, &Moment::part);
  if (moments.size() > kMostMoments) moments.resize(kMostMoments);
  std::ranges::stable_sort(moments, std::ranges::greater{}, &Moment::latest);
  return moments;
}

std::map<std::pair<std::string, std::string>, connect::Post> seen_posts(Context& context,
                                                                        const people::Person& person) {
  std::map<std::pair<std::string, std::string>, connect::Post> posts;
  static_cast<void>(context.instance.ask_people([&](pipeline::PeopleFolder& folder) -> Result<void> {
    for (const people::LinkedAccount& linked : person.accounts) {
      auto seen = folder.seen_posts(linked.account);
      if (!seen) continue;  // what a post said is no reason of a score
      for (connect::Post& post : *seen) posts.emplace(std::pair(post.network, post.id), std::move(post));
    }
    return {};
  }));
  return posts;
}

}  // namespace renown::api
