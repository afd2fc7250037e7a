#include "ingest/gharchive/github_acts.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace renown::ingest::gharchive {
namespace {

constexpr std::string_view kNoOwner = "the repository is not named";
constexpr std::string_view kNoAuthor = "the author of the pull request is not named";

void act(const GithubEvent& event, Kind kind, std::string_view target, Record& record) {
  record.add({event.time, kind, "github", event.actor, target, event.subject, event.id, event.language});
}

/// An act on `target`, or, where the event does not name it, no act.
void act_on(const GithubEvent& event, Kind kind, std::string_view target, std::string_view if_missing, Record& record) {
  if (target.empty()) return record.leave_out(std::string(if_missing));
  act(event, kind, target, record);
}

bool action_is(const GithubEvent& event, std::string_view action) {
  return event.payload["action"].text() == action;
}

/// Events of before 2015 say no action where there was only one.
bool is_new(const GithubEvent& event) {
  const io::JsonValue action = event.payload["action"];
  return action.text().empty() || action.text() == "created";
}

std::string_view pull_request_author(const GithubEvent& event) {
  return login_of(event.payload.find({"pull_request", "user"}));
}

void own_work(const GithubEvent& event, Record& record) {
  act(event, Kind::post, {}, record);
}

void star(const GithubEvent& event, Record& record) {
  act_on(event, Kind::star, event.owner(), kNoOwner, record);
}

void fork(const GithubEvent& event, Record& record) {
  act_on(event, Kind::repost, event.owner(), kNoOwner, record);
}

void comment_on_commit(const GithubEvent& event, Record& record) {
  if (!is_new(event)) return record.leave_out("a comment that is not new");
  act_on(event, Kind::comment, event.owner(), kNoOwner, record);
}

void comment_on_issue(const GithubEvent& event, Record& record) {
  if (!is_new(event)) return record.leave_out("a comment that is not new");
  const std::string_view author = login_of(event.payload.find({"issue", "user"}));
  act_on(event, Kind::comment, author.empty() ? event.owner() : author, kNoOwner, record);
}

void issue(const GithubEvent& event, Record& record) {
  if (!action_is(event, "opened")) return record.leave_out("an issue that is not new");
  act_on(event, Kind::comment, event.owner(), kNoOwner, record);
}

/// Closed as merged; since late 2025 the action itself says "merged".
bool is_merged(const GithubEvent& event) {
  if (action_is(event, "merged")) return true;
  const io::JsonValue request = event.payload["pull_request"];
  return action_is(event, "closed") && (request["merged"].boolean() == true || request["merged_at"].is_string());
}

void pull_request(const GithubEvent& event, Record& record) {
  if (action_is(event, "opened")) return act_on(event, Kind::comment, event.owner(), kNoOwner, record);
  if (is_merged(event)) return act_on(event, Kind::endorse, pull_request_author(event), kNoAuthor, record);
  record.leave_out("a pull request that is neither new nor merged");
}

void review(const GithubEvent& event, Record& record) {
  if (!is_new(event) && !action_is(event, "submitted")) return record.leave_out("a review that is not new");
  act_on(event, Kind::review, pull_request_author(event), kNoAuthor, record);
}

void member(const GithubEvent& event, Record& record) {
  if (!action_is(event, "added")) return record.leave_out("a member that is not new");
  act_on(event, Kind::endorse, login_of(event.payload["member"]), "the member is not named", record);
}

void discussion(const GithubEvent& event, Record& record) {
  if (!is_new(event)) return record.leave_out("a discussion that is not new");
  act_on(event, Kind::comment, event.owner(), kNoOwner, record);
}

void comment_on_discussion(const GithubEvent& event, Record& record) {
  if (!is_new(event)) return record.leave_out("a comment that is not new");
  const std::string_view author = login_of(event.payload.find({"discussion", "user"}));
  act_on(event, Kind::comment, author, "the author of the discussion is not named", record);
}

void sponsorship(const GithubEvent& event, Record& record) {
  if (!is_new(event)) return record.leave_out("a sponsorship that is not new");
  const std::string_view sponsored = login_of(event.payload.find({"sponsorship", "sponsorable"}));
  act_on(event, Kind::tip, sponsored, "the sponsored account is not named", record);
}

void follow(const GithubEvent& event, Record& record) {
  act_on(event, Kind::follow, login_of(event.payload["target"]), "the followed account is not named", record);
}

void branch_or_tag_deleted(const GithubEvent&, Record& record) {
  record.leave_out("a deleted branch or tag");
}

void wiki(const GithubEvent&, Record& record) {
  record.leave_out("an edited wiki page");
}

struct Rule {
  std::string_view type;
  void (*apply)(const GithubEvent&, Record&);
};

constexpr std::array kRules = {
    Rule{"PushEvent", own_work},
    Rule{"WatchEvent", star},
    Rule{"CreateEvent", own_work},
    Rule{"IssueCommentEvent", comment_on_issue},
    Rule{"PullRequestEvent", pull_request},
    Rule{"IssuesEvent", issue},
    Rule{"ForkEvent", fork},
    Rule{"PullRequestReviewEvent", review},
    Rule{"PullRequestReviewCommentEvent", review},
    Rule{"CommitCommentEvent", comment_on_commit},
    Rule{"MemberEvent", member},
    Rule{"ReleaseEvent", own_work},
    Rule{"PublicEvent", own_work},
    Rule{"DiscussionEvent", discussion},
    Rule{"DiscussionCommentEvent", comment_on_discussion},
    Rule{"SponsorshipEvent", sponsorship},
    Rule{"FollowEvent", follow},
    Rule{"DeleteEvent", branch_or_tag_deleted},
    Rule{"GollumEvent", wiki},
};

}  // namespace

void acts_of(const GithubEvent& event, Record& record) {
  const auto* rule = std::ranges::find(kRules, event.type, &Rule::type);
  if (rule == kRules.end()) return record.leave_out("an event of another type");
  rule->apply(event, record);
}

}  // namespace renown::ingest::gharchive
