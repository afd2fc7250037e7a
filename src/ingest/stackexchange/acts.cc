#include "ingest/stackexchange/acts.h"

#include <string>

#include <fmt/format.h>

namespace renown::ingest::stackexchange {
namespace {

constexpr std::string_view kSite = "-1";  ///< "Community", under which the site's own processes post

bool is_person(std::string_view account) {
  return !account.empty() && account != kSite;
}

std::string no_actor(std::string_view account) {
  return account == kSite ? "by the site itself (user -1)" : "the account that acts was deleted";
}

std::string no_target(const PostIndex::Post& post) {
  if (!post.known) return "the post is not in the dump";
  return post.owner == kSite ? "about a post of the site itself (user -1)" : "the account engaged with was deleted";
}

/// Who does what on which network, when, under which id.
struct Act {
  std::string_view network;
  std::int64_t time;
  Kind kind;
  std::string_view actor;
  std::string_view id;
};

/// The act on the owner of `post`, if there is somebody on both sides.
void act_on(const PostIndex::Post& post, const Act& act, Record& record) {
  if (!is_person(act.actor)) return record.leave_out(no_actor(act.actor));
  if (!is_person(post.owner)) return record.leave_out(no_target(post));
  record.add({act.time, act.kind, act.network, act.actor, post.owner, post.id, act.id, post.tags});
}

/// An answer is accepted by whoever asked; the vote itself does not say who that is.
void accept(const PostIndex::Post& answer, Act act, const PostIndex& index, Record& record) {
  if (!answer.known) return record.leave_out(no_target(answer));
  if (answer.parent.empty()) return record.leave_out("an accepted post that is no answer");
  const PostIndex::Post question = index.find(answer.parent);
  if (!question.known) return record.leave_out("the question is not in the dump");
  act.actor = question.owner;
  act_on(answer, act, record);
}

}  // namespace

void acts_of_post(std::string_view network, const PostIndex::Post& post, std::int64_t time, const PostIndex& index,
                  Record& record) {
  if (!is_person(post.owner)) return record.leave_out(no_actor(post.owner));
  const std::string_view id = record.keep(fmt::format("post-{}", post.id));
  record.add({time, Kind::post, network, post.owner, {}, post.id, id, post.tags});
  if (post.parent.empty()) return;
  const PostIndex::Post question = index.find(post.parent);
  if (is_person(question.owner)) act_on(question, {network, time, Kind::reply, post.owner, id}, record);
}

void acts_of_comment(std::string_view network, const CommentRecord& comment, const PostIndex& index, Record& record) {
  const std::string_view id = record.keep(fmt::format("comment-{}", comment.id));
  act_on(index.find(comment.post), {network, comment.time, Kind::comment, comment.author, id}, record);
}

void acts_of_vote(std::string_view network, const VoteRecord& vote, const PostIndex& index, Record& record) {
  constexpr std::string_view kAccepted = "1";
  constexpr std::string_view kFavourite = "5";
  constexpr std::string_view kBountyStart = "8";
  const PostIndex::Post post = index.find(vote.post);
  const auto act = [&](Kind kind) {
    return Act{network, vote.time, kind, vote.voter, record.keep(fmt::format("vote-{}", vote.id))};
  };
  if (vote.type == kAccepted) return accept(post, act(Kind::endorse), index, record);
  if (vote.voter.empty()) return record.leave_out("vote without a voter");
  if (vote.type == kBountyStart) return act_on(post, act(Kind::tip), record);
  if (vote.type == kFavourite) return act_on(post, act(Kind::star), record);
  record.leave_out("vote that is no engagement");
}

}  // namespace renown::ingest::stackexchange
