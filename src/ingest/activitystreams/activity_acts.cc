#include "ingest/activitystreams/activity_acts.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "ingest/activitystreams/addresses.h"
#include "ingest/tag_list.h"

namespace renown::ingest::activitystreams {
namespace {

constexpr std::array<std::string_view, 14> kActivityTypes = {"Accept", "Add",     "Announce", "Block",  "Create",
                                                             "Delete", "Dislike", "Flag",     "Follow", "Like",
                                                             "Reject", "Remove",  "Undo",     "Update"};

bool is_activity(io::JsonValue thing) {
  return std::ranges::find(kActivityTypes, type_of(thing)) != kActivityTypes.end();
}

/// The one personal address of an activity other than its actor's: in `to`, or, where that has none, in `cc` (in which
/// Mastodon puts the author whom it announces). Empty where there are several.
std::string_view only_addressee(io::JsonValue activity, std::string_view actor) {
  for (const char* field : {"to", "cc"}) {
    std::string_view only;
    bool several = false;
    for_each(activity[field], [&](io::JsonValue address) {
      const std::string_view one = id_of(address);
      if (!is_personal(one) || one == actor || one == only) return;
      several = several || !only.empty();
      only = one;
    });
    if (!only.empty()) return several ? std::string_view{} : only;
  }
  return {};
}

/// Who wrote an object, as far as the object, the log so far, or the object's address tells. May be empty.
std::string_view author_of(io::JsonValue object, const ObjectAuthors& authors, Record& record) {
  const std::string_view named = id_of(object["attributedTo"]);
  if (!named.empty()) return named;
  const std::string_view remembered = authors.author_of(id_of(object));
  if (!remembered.empty()) return remembered;
  return record.keep(author_in(id_of(object)));
}

void add_row(const Activity& activity, Kind kind, std::string_view target, std::string_view post, std::string_view id,
             std::string_view tags, Record& record) {
  record.add({activity.time, kind, "fediverse", activity.actor, target, post, id, tags});
}

Error no_object(const Activity& activity) {
  return bad_input(fmt::format("the {} names no object", activity.type));
}

std::string tags_of(io::JsonValue object) {
  TagList tags;
  for_each(object["tag"], [&](io::JsonValue tag) {
    if (type_of(tag) == "Hashtag") tags.add(tag["name"].text());
  });
  return tags.text();
}

/// A like or announcement of somebody's object.
Result<void> act_on_object(const Activity& activity, Kind kind, const ObjectAuthors& authors, Record& record) {
  const std::string_view object = id_of(activity.object);
  if (object.empty()) return no_object(activity);
  if (kind == Kind::repost && is_activity(activity.object)) {
    record.leave_out("an activity that a group passes on");
    return {};
  }
  std::string_view author = author_of(activity.object, authors, record);
  if (author.empty()) author = only_addressee(activity.whole, activity.actor);
  if (author.empty()) {
    record.leave_out("author of the object is unknown");
  } else {
    add_row(activity, kind, author, object, activity.id, record.keep(tags_of(activity.object)), record);
  }
  return {};
}

Result<void> follow(const Activity& activity, Record& record) {
  const std::string_view target = id_of(activity.object);
  if (target.empty()) return no_object(activity);
  add_row(activity, Kind::follow, target, {}, activity.id, {}, record);
  return {};
}

/// A vote in a poll is sent as a reply that has a name and no content.
bool is_poll_vote(io::JsonValue object) {
  return !object["name"].text().empty() && object["content"].text().empty() && !id_of(object["inReplyTo"]).empty();
}

/// The quoted object, under the names that the programs of the Fediverse have for it.
io::JsonValue quoted_by(io::JsonValue object) {
  for (const char* field : {"quote", "quoteUrl", "quoteUri", "_misskey_quote"}) {
    if (!id_of(object[field]).empty()) return first_of(object[field]);
  }
  return {};
}

/// The post itself, and what it does: reply, quote, mention. A part whose author is unknown is passed over.
Result<void> create(const Activity& activity, ObjectAuthors& authors, Record& record) {
  const io::JsonValue object = activity.object;
  const std::string_view own = id_of(object);
  if (own.empty()) return no_object(activity);
  if (is_poll_vote(object)) {
    record.leave_out("a vote in a poll");
    return {};
  }
  const std::string_view author = id_of(object["attributedTo"]);
  authors.remember(own, author.empty() ? activity.actor : author);
  const std::string_view tags = record.keep(tags_of(object));
  add_row(activity, Kind::post, {}, own, own, tags, record);

  std::string_view replied_to;
  if (const io::JsonValue parent = first_of(object["inReplyTo"]); !id_of(parent).empty()) {
    replied_to = author_of(parent, authors, record);
    if (replied_to.empty()) replied_to = only_addressee(activity.whole, activity.actor);
    if (!replied_to.empty()) add_row(activity, Kind::reply, replied_to, id_of(parent), own, tags, record);
  }
  if (const io::JsonValue quoted = quoted_by(object); !quoted.is_missing()) {
    const std::string_view target = author_of(quoted, authors, record);
    if (!target.empty()) add_row(activity, Kind::quote, target, id_of(quoted), own, tags, record);
  }
  for_each(object["tag"], [&](io::JsonValue tag) {
    const std::string_view target = tag["href"].text();
    if (type_of(tag) != "Mention" || target.empty() || target == replied_to) return;
    add_row(activity, Kind::mention, target, own, own, tags, record);
  });
  return {};
}

/// Withdraws by the inner activity's id, or, where that has none, by whom and what it was about.
Result<void> undo(const Activity& activity, const ObjectAuthors& authors, Record& record) {
  const io::JsonValue inner = activity.object;
  const std::string_view id = id_of(inner);
  const std::string_view type = type_of(inner);
  if (!type.empty() && type != "Like" && type != "Announce" && type != "Follow") {
    record.leave_out("an Undo of another type of activity");
    return {};
  }
  if (!id.empty()) {
    add_row(activity, Kind::undo, {}, {}, id, {}, record);
    return {};
  }
  const io::JsonValue object = first_of(inner["object"]);
  if (id_of(object).empty()) return bad_input("the Undo does not say of what");
  const bool of_follow = type == "Follow";
  std::string_view target = of_follow ? id_of(object) : author_of(object, authors, record);
  if (target.empty()) target = only_addressee(inner, activity.actor);
  if (target.empty()) {
    record.leave_out("author of the object is unknown");
  } else {
    add_row(activity, Kind::undo, target, of_follow ? std::string_view{} : id_of(object), {}, {}, record);
  }
  return {};
}

/// The rows of a Create have the object's id, so that the Delete, which names only that, withdraws them all.
Result<void> withdraw(const Activity& activity, Record& record) {
  const std::string_view object = id_of(activity.object);
  if (object.empty()) return no_object(activity);
  if (object == activity.actor) {
    record.leave_out("an account that was deleted");
  } else {
    add_row(activity, Kind::undo, {}, {}, object, {}, record);
  }
  return {};
}

}  // namespace

Result<void> acts_of(const Activity& activity, ObjectAuthors& authors, Record& record) {
  const std::string_view type = activity.type;
  if (type == "Like") return act_on_object(activity, Kind::like, authors, record);
  if (type == "Announce") return act_on_object(activity, Kind::repost, authors, record);
  if (type == "Create") return create(activity, authors, record);
  if (type == "Follow") return follow(activity, record);
  if (type == "Undo") return undo(activity, authors, record);
  if (type == "Delete") return withdraw(activity, record);
  const auto* const known = std::ranges::find(kActivityTypes, type);
  record.leave_out(known == kActivityTypes.end() ? "an activity of another type" : std::string(*known));
  return {};
}

}  // namespace renown::ingest::activitystreams
