#include "ingest/activitystreams/activitystreams_reader.h"

#include <algorithm>
#include <array>
#include <utility>

#include "ingest/activitystreams/activity.h"
#include "ingest/activitystreams/activity_acts.h"
#include "ingest/activitystreams/object_authors.h"
#include "ingest/first_line.h"
#include "ingest/line_log.h"
#include "io/json.h"

namespace renown::ingest::activitystreams {
namespace {

class ActivityStreamsReader : public LineLog {
 public:
  ActivityStreamsReader(std::string name, std::unique_ptr<io::ByteSource> source, model::ReadOptions options)
      : LineLog(std::move(name), "a log of ActivityStreams 2.0", std::move(source), options) {}

 protected:
  Result<void> read_record(std::string_view line, Record& record) override {
    const auto whole = parser_.parse(line);
    if (!whole) return whole.error();
    const auto activity = read_activity(*whole);
    if (!activity) return activity.error();
    return acts_of(*activity, authors_, record);
  }

 private:
  io::JsonParser parser_;
  ObjectAuthors authors_;
};

}  // namespace

std::unique_ptr<model::InteractionReader> make_reader(std::string name, std::unique_ptr<io::ByteSource> source,
                                                      model::ReadOptions options) {
  return std::make_unique<ActivityStreamsReader>(std::move(name), std::move(source), options);
}

bool looks_like_activitystreams(std::string_view head) {
  static constexpr std::array<std::string_view, 8> kTypes = {"Like", "Announce", "Create", "Follow",
                                                             "Undo", "Delete",   "Update", "Accept"};
  const std::string_view line = first_line(head);
  return line.find("\"actor\"") != std::string_view::npos && has_text_member(line, "type", [](std::string_view type) {
           return std::ranges::find(kTypes, type) != kTypes.end();
         });
}

}  // namespace renown::ingest::activitystreams
