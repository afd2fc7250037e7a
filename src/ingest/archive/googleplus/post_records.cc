#include "ingest/archive/googleplus/post_records.h"

#include <algorithm>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "ingest/archive/archive_time.h"
#include "ingest/archive/googleplus/markup.h"
#include "io/json.h"

namespace renown::ingest::archive::googleplus {
namespace {

constexpr std::string_view kNetwork = "googleplus";
constexpr const char* kNotPublic = "on a post that was not public";

/// The number that is a person's for ever, else the alias in the page's address, else the name as shown, marked as one.
/// Empty where there is nothing of these.
std::string account_of(io::JsonValue person) {
  constexpr std::string_view kUsers = "users/";
  constexpr std::string_view kPage = "https://plus.google.com/";
  const std::string_view resource = person["resourceName"].text();
  if (resource.size() > kUsers.size() && resource.starts_with(kUsers))
    return std::string(resource.substr(kUsers.size()));
  const std::string_view page = person["profilePageUrl"].text();
  if (page.size() > kPage.size() && page.starts_with(kPage)) return std::string(page.substr(kPage.size()));
  const std::string_view name = person["displayName"].text();
  return name.empty() ? std::string() : fmt::format("name:{}", name);
}

/// Whether everybody could see the post. What was shown to circles, a community or an event is private.
bool is_public(io::JsonValue post) {
  const io::JsonValue rights = post["postAcl"];
  if (const auto said = rights["isPublic"].boolean()) return *said;
  const auto circles = rights.find({"visibleToStandardAcl", "circles"}).elements();
  return std::ranges::any_of(circles,
                             [](io::JsonValue circle) { return circle["type"].text() == "CIRCLE_TYPE_PUBLIC"; });
}

class PostRecords final : public MemberRecords {
 public:
  PostRecords(std::string bytes, std::uint64_t& without_time)
      : bytes_(std::move(bytes)), without_time_(&without_time) {}

  Result<bool> next(Record& record) override {
    if (next_ == 0) {
      ++next_;
      if (auto read = read_post(record); !read) return read.error();
      return true;
    }
    if (next_ > parts_.size()) return false;
    const auto& [part, value] = parts_[next_++ - 1];
    if (auto taken = take(part, value, record); !taken) return taken.error();
    return true;
  }

  std::string place() const override { return fmt::format("record {}", next_); }

 private:
  enum class Part { comment, plus_one, reshare };

  Result<void> read_post(Record& record) {
    const auto root = parser_.parse(bytes_);
    if (!root) return root.error();
    const io::JsonValue post = *root;
    if (!post.is_object()) return bad_input("the file holds no post");
    author_ = account_of(post["author"]);
    if (author_.empty()) return bad_input("the post names no author");
    const auto time = parse_archive_time(post["creationTime"].text());
    if (!time) return time.error();
    time_ = *time;
    public_ = is_public(post);
    const std::string_view url = post["url"].text();
    url_ = url.empty() ? post["resourceName"].text() : url;
    for (const io::JsonValue comment : post["comments"].elements()) parts_.emplace_back(Part::comment, comment);
    for (const io::JsonValue plus_one : post["plusOnes"].elements()) parts_.emplace_back(Part::plus_one, plus_one);
    for (const io::JsonValue reshare : post["reshares"].elements()) parts_.emplace_back(Part::reshare, reshare);
    if (public_) {
      own_acts(post, record);
    } else {
      record.leave_out("a post that was not public");
    }
    return {};
  }

  /// The post itself, whose post it passes on, and whom it mentions.
  void own_acts(io::JsonValue post, Record& record) {
    const std::string_view content = post["content"].text();
    tags_ = tags_in(content);
    const std::string_view id = post["resourceName"].text();
    record.add({time_, Kind::post, kNetwork, author_, {}, url_, id, tags_});
    const io::JsonValue original = post["resharedPost"];
    if (const std::string_view by = record.keep(account_of(original["author"])); !by.empty()) {
      const std::string_view url = original["url"].text();
      record.add({time_, Kind::repost, kNetwork, author_, by, url, id, tags_});
    }
    for (std::string& mentioned : accounts_in(content)) {
      record.add({time_, Kind::mention, kNetwork, author_, record.keep(std::move(mentioned)), url_, id, tags_});
    }
  }

  Result<void> take(Part part, io::JsonValue value, Record& record) {
    if (!public_) {
      record.leave_out(kNotPublic);
      return {};
    }
    if (part == Part::comment) return comment(value, record);
    const bool is_plus_one = part == Part::plus_one;
    const std::string_view by = record.keep(account_of(value[is_plus_one ? "plusOner" : "resharer"]));
    if (by.empty()) return bad_input(is_plus_one ? "the +1 names nobody" : "the reshare names nobody");
    record.add({time_, is_plus_one ? Kind::like : Kind::repost, kNetwork, by, author_, url_, {}, tags_});
    ++*without_time_;
    return {};
  }

  Result<void> comment(io::JsonValue value, Record& record) const {
    const std::string_view by = record.keep(account_of(value["author"]));
    if (by.empty()) return bad_input("the comment names no author");
    const auto time = parse_archive_time(value["creationTime"].text());
    if (!time) return time.error();
    record.add({*time, Kind::comment, kNetwork, by, author_, url_, value["resourceName"].text(), tags_});
    return {};
  }

  std::string bytes_;
  std::uint64_t* without_time_;
  io::JsonParser parser_;
  std::vector<std::pair<Part, io::JsonValue>> parts_;
  std::size_t next_ = 0;  ///< 0: the post; then parts_, from 1
  std::string author_;
  std::string tags_;
  std::string_view url_;
  std::int64_t time_ = 0;
  bool public_ = false;
};

}  // namespace

Result<std::unique_ptr<MemberRecords>> post_records(std::string bytes, std::uint64_t& without_time) {
  return std::unique_ptr<MemberRecords>(std::make_unique<PostRecords>(std::move(bytes), without_time));
}

}  // namespace renown::ingest::archive::googleplus
