#include "ingest/activitystreams/activity.h"

#include "base/time.h"

namespace renown::ingest::activitystreams {
namespace {

/// Where an activity does not say when it happened, its object may: a note is created when it is published, a tombstone
/// says when it fell. An undo may not borrow the time of what it undoes: it would come too early to undo it.
std::string_view time_text(const Activity& activity) {
  const io::JsonValue published = activity.whole["published"];
  if (!published.is_missing() && !published.is_null()) return published.text_or_number();
  if (activity.type == "Undo") return {};
  if (activity.type == "Delete") return activity.object["deleted"].text();
  return activity.object["published"].text_or_number();
}

}  // namespace

io::JsonValue first_of(io::JsonValue thing) {
  if (!thing.is_array()) return thing;
  for (const io::JsonValue element : thing.elements()) return element;
  return {};
}

std::string_view id_of(io::JsonValue thing) {
  const io::JsonValue one = first_of(thing);
  return one.is_string() ? one.text() : one["id"].text();
}

std::string_view type_of(io::JsonValue thing) {
  return first_of(first_of(thing)["type"]).text();
}

bool is_public(io::JsonValue thing) {
  bool everybody = false;
  for (const char* field : {"to", "cc"}) {
    for_each(thing[field], [&](io::JsonValue address) {
      const std::string_view one = id_of(address);
      everybody = everybody || one.ends_with("activitystreams#Public") || one == "as:Public" || one == "Public";
    });
  }
  return everybody;
}

Result<Activity> read_activity(io::JsonValue whole) {
  Activity activity;
  activity.whole = whole;
  activity.type = first_of(whole["type"]).text();
  if (activity.type.empty()) return bad_input("the activity has no type");
  activity.id = whole["id"].text();
  activity.actor = id_of(whole["actor"]);
  if (activity.actor.empty()) return bad_input("the activity names no actor");
  activity.object = first_of(whole["object"]);
  const std::string_view published = time_text(activity);
  if (published.empty()) return bad_input("the activity does not say when it was published");
  const auto time = base::parse_time(published);
  if (!time) return time.error();
  activity.time = *time;
  return activity;
}

}  // namespace renown::ingest::activitystreams
