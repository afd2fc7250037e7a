#include "connect/github/webhook.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include <fmt/format.h>
#include <sodium.h>

#include "base/encoding.h"
#include "base/time.h"
#include "connect/settle.h"
#include "ingest/gharchive/github_acts.h"
#include "ingest/gharchive/github_event.h"
#include "ingest/tag_list.h"
#include "io/json.h"

namespace renown::connect::github {
namespace {

using ingest::gharchive::login_of;
using io::JsonValue;

/// What GH Archive calls a delivery, and where in it the act stands: its time, its author, its id.
struct Delivery {
  std::string_view event;
  std::string_view type;
  std::string_view subject;    ///< the member that was made or changed; empty where it is the delivery itself
  std::string_view time;       ///< its member with the time; empty where there is none
  std::string_view id_prefix;  ///< as in the lists; empty where rows have no id
};

constexpr std::array kDeliveries = {
    Delivery{"star", "WatchEvent", "", "starred_at", ""},
    Delivery{"fork", "ForkEvent", "forkee", "created_at", ""},
    Delivery{"issues", "IssuesEvent", "issue", "created_at", ""},
    Delivery{"issue_comment", "IssueCommentEvent", "comment", "created_at", "comment"},
    Delivery{"pull_request", "PullRequestEvent", "pull_request", "created_at", ""},
    Delivery{"pull_request_review", "PullRequestReviewEvent", "review", "submitted_at", "review"},
    Delivery{"pull_request_review_comment", "PullRequestReviewCommentEvent", "comment", "created_at", "review-comment"},
    Delivery{"commit_comment", "CommitCommentEvent", "comment", "created_at", "commit-comment"},
    Delivery{"member", "MemberEvent", "", "", ""},
    Delivery{"discussion", "DiscussionEvent", "discussion", "created_at", ""},
    Delivery{"discussion_comment", "DiscussionCommentEvent", "comment", "created_at", "discussion-comment"},
    Delivery{"sponsorship", "SponsorshipEvent", "sponsorship", "created_at", ""},
};

/// What is taken back: the lists' rows are then undone, by their id, or by repository where they have none.
bool is_taken_back(std::string_view event, std::string_view action) {
  return action == "deleted" && (event == "star" || event.ends_with("_comment"));
}

std::string_view first_of(std::string_view one, std::string_view other) {
  return one.empty() ? other : one;
}

/// The event as GH Archive would have it.
ingest::gharchive::GithubEvent event_of(const Delivery& kind, JsonValue body, std::int64_t received) {
  const JsonValue subject = kind.subject.empty() ? body : body[kind.subject];
  const bool is_merge = kind.event == "pull_request" && subject["merged"].boolean() == true;
  ingest::gharchive::GithubEvent event;
  event.type = kind.type;
  // Whoever sends the delivery, save where somebody edits or merges what is another's.
  event.actor = first_of(login_of(is_merge ? subject["merged_by"] : subject["user"]), login_of(body["sender"]));
  event.time = base::parse_time(subject[is_merge ? "merged_at" : kind.time].text()).value_or(received);
  event.repository = std::string(body.find({"repository", "full_name"}).text());
  event.subject = event.repository;
  for (const std::string_view numbered : {"issue", "pull_request", "discussion"}) {
    const std::string_view number = body.find({numbered, "number"}).number();
    if (!number.empty()) event.subject = fmt::format("{}#{}", event.repository, number);
  }
  ingest::TagList language;
  language.add(body.find({"pull_request", "base", "repo", "language"}).text());
  event.language = language.text();
  event.payload = body;
  return event;
}

}  // namespace

bool is_signed(std::string_view body, std::string_view signature, std::string_view secret) {
  constexpr std::string_view kPrefix = "sha256=";
  if (secret.empty() || !signature.starts_with(kPrefix)) return false;
  crypto_auth_hmacsha256_state state;
  std::array<unsigned char, crypto_auth_hmacsha256_BYTES> sum{};
  crypto_auth_hmacsha256_init(&state, reinterpret_cast<const unsigned char*>(secret.data()), secret.size());
  crypto_auth_hmacsha256_update(&state, reinterpret_cast<const unsigned char*>(body.data()), body.size());
  crypto_auth_hmacsha256_final(&state, sum.data());
  const std::string wanted = base::hex(sum);
  signature.remove_prefix(kPrefix.size());
  return signature.size() == wanted.size() && sodium_memcmp(signature.data(), wanted.data(), wanted.size()) == 0;
}

void read_delivery(std::string_view event_name, std::string_view body, std::int64_t received,
                   model::InteractionBlock& rows, model::ReadReport& report) {
  const std::string place = fmt::format("a delivery of '{}'", event_name);
  io::JsonParser parser;
  const auto root = parser.parse(body);
  if (!root) return count_bad(report, place, root.error().message);
  if (!root->is_object()) return count_bad(report, place, "it is no JSON object");
  ingest::Record record;
  const auto* kind = std::ranges::find(kDeliveries, event_name, &Delivery::event);
  if (kind == kDeliveries.end()) {
    record.leave_out("a delivery of another kind");
    return settle(record, rows, report, place);
  }
  auto event = event_of(*kind, *root, received);
  if (event.actor.empty()) return count_bad(report, place, "it names no sender");
  const JsonValue subject = kind->subject.empty() ? *root : (*root)[kind->subject];
  const std::string_view number = subject["id"].number();
  const std::string id = kind->id_prefix.empty() || number.empty() ? "" : fmt::format("{}-{}", kind->id_prefix, number);
  event.id = id;
  if (is_taken_back(kind->event, (*root)["action"].text())) {
    const std::string_view owner = id.empty() ? event.owner() : std::string_view();
    record.add({received, Kind::undo, "github", event.actor, owner, event.subject, event.id, {}});
  } else {
    acts_of(event, record);
  }
  settle(record, rows, report, place);
}

}  // namespace renown::connect::github
