#include "ingest/archive/facebook/facebook.h"

#include <algorithm>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "ingest/archive/facebook/sentence.h"
#include "ingest/archive/json_list.h"
#include "ingest/archive/mended_text.h"
#include "ingest/archive/meta_export.h"

namespace renown::ingest::archive::facebook {
namespace {

constexpr std::string_view kNetwork = "facebook";

enum Turn { kOwner, kPosts, kWall, kComments, kReactions };

/// A table that is opened: which folder it is in, and what its parts are called before their number.
struct OpenedTable {
  std::string_view folder;
  std::string_view name;
  Turn turn;
};

/// All that is opened. Which folders are around these, and what they are called, changes from year to year.
constexpr OpenedTable kOpened[] = {
    {"profile_information", "profile_information", kOwner},
    {"posts", "your_posts", kPosts},
    {"posts", "your_posts__check_ins__photos_and_videos", kPosts},
    {"posts", "posts_on_other_pages_and_profiles", kPosts},
    {"groups", "group_posts_and_comments", kPosts},
    {"groups", "your_posts_in_groups", kPosts},
    {"posts", "other_people's_posts_to_your_timeline", kWall},
    {"posts", "other_people_s_posts_to_your_timeline", kWall},
    {"comments", "comments", kComments},
    {"comments_and_reactions", "comments", kComments},
    {"groups", "your_comments_in_groups", kComments},
    {"likes_and_reactions", "posts_and_comments", kReactions},
    {"comments_and_reactions", "posts_and_comments", kReactions},
    {"comments_and_reactions", "likes_and_reactions", kReactions},
};

std::optional<int> turn_of(std::string_view member) {
  for (const auto& [folder, name, turn] : kOpened) {
    if (is_in(member, folder) && is_part(member, name, "_", ".json")) return turn;
  }
  return std::nullopt;
}

/// The value of the first entry of `list` that has `key`: data is a list of objects with one member each.
io::JsonValue entry_in(io::JsonValue list, std::string_view key) {
  for (const io::JsonValue entry : list.elements()) {
    if (const io::JsonValue value = entry[key]; !value.is_missing()) return value;
  }
  return {};
}

/// Who wrote what was reacted to, in the form of about 2025: a list of values with labels, some with values of their
/// own.
std::string_view labelled_author(io::JsonValue item) {
  for (const io::JsonValue value : item["label_values"].elements()) {
    if (value["title"].text() != "Author") continue;
    for (const io::JsonValue part : value["dict"].elements()) {
      if (part["label"].text() == "Name") return part["value"].text();
    }
  }
  return {};
}

class Facebook final : public Network {
 public:
  std::string format() const override { return "an export of Facebook as JSON"; }

  std::optional<int> turn(std::string_view member) const override { return turn_of(member); }

  Result<std::unique_ptr<MemberRecords>> open(const Member& member, std::string bytes) override {
    const int turn = *turn_of(member.name);
    if (turn == kOwner) {
      return json_document(bytes, [this](io::JsonValue root, Record& record) { return owner(root, record); });
    }
    if (owner_.empty()) {
      return bad_input(
          "whose export this is is not known: profile_information/profile_information.json is missing, or has no "
          "full_name");
    }
    return json_list(bytes, list_in, [this, turn](io::JsonValue item, Record& record) -> Result<void> {
      const auto time = time_of(item["timestamp"]);
      if (!time) return time.error();
      switch (turn) {
        case kPosts:
          return post(item, *time, record);
        case kWall:
          return told(item, {}, *time, {}, record);
        case kComments:
          return comment(item, *time, record);
        default:
          return reaction(item, *time, record);
      }
    });
  }

 private:
  Result<void> owner(io::JsonValue root, Record& record) {
    const io::JsonValue profile = root["profile_v2"].is_missing() ? root["profile"] : root["profile_v2"];
    const io::JsonValue name = profile["name"];
    const std::string full_name = mended_text(name.is_string() ? name.text() : name["full_name"].text());
    if (full_name.empty()) return bad_input("the profile has no full_name");
    owner_ = full_name;
    owner_account_ = fmt::format("name:{}", owner_);
    record.leave_out("the profile itself");
    return {};
  }

  /// What the owner wrote: a post, whose timeline it is on, whose post it passes on, and whom it tags.
  Result<void> post(io::JsonValue item, std::int64_t time, Record& record) const {
    const std::string_view shown_to = item["privacy"].text();
    if (!shown_to.empty() && shown_to != "Public") {
      record.leave_out("a post that was not public");
      return {};
    }
    const std::string_view tags = record.keep(tags_in(mended_text(entry_in(item["data"], "post").text())));
    record.add({time, Kind::post, kNetwork, owner_account_, {}, {}, {}, tags});
    const std::string_view title = record.keep(mended_text(item["title"].text()));
    if (const auto sentence = read_sentence(title, owner_); sentence && sentence->whom == Whom::named) {
      if (sentence->name != owner_) add(*sentence, account_of(sentence->name, record), time, tags, record);
    }
    for (const io::JsonValue tag : item["tags"].elements()) {
      const std::string_view name = record.keep(mended_text(tag.is_string() ? tag.text() : tag["name"].text()));
      if (name.empty() || name == owner_) continue;
      add({Kind::mention, owner_, Whom::named, name}, account_of(name, record), time, tags, record);
    }
    return {};
  }

  Result<void> comment(io::JsonValue item, std::int64_t time, Record& record) const {
    const io::JsonValue comment = entry_in(item["data"], "comment");
    const std::string_view tags = record.keep(tags_in(mended_text(comment["comment"].text())));
    return told(item, comment["author"].text(), time, tags, record);
  }

  Result<void> reaction(io::JsonValue item, std::int64_t time, Record& record) const {
    if (!item["label_values"].is_missing()) {
      const std::string_view author = record.keep(mended_text(labelled_author(item)));
      const Whom whom = author.empty() ? Whom::nobody : Whom::named;
      return act({Kind::like, owner_, whom, author}, time, {}, record);
    }
    return told(item, entry_in(item["data"], "reaction")["actor"].text(), time, {}, record);
  }

  /// A record whose title says all.
  Result<void> told(io::JsonValue item, std::string_view by, std::int64_t time, std::string_view tags,
                    Record& record) const {
    const std::string_view title = record.keep(mended_text(item["title"].text()));
    const auto sentence = read_sentence(title, record.keep(mended_text(by)));
    if (sentence) return act(*sentence, time, tags, record);
    record.leave_out("a record whose title tells no act in words that are known (exports in English do)");
    return {};
  }

  /// An act of the owner on somebody, or of somebody on the owner.
  Result<void> act(const Sentence& said, std::int64_t time, std::string_view tags, Record& record) const {
    const bool by_owner = said.actor == owner_;
    const bool on_owner = said.whom == Whom::reader || (said.whom == Whom::named && said.name == owner_);
    if (said.whom == Whom::nobody) {
      record.leave_out("an act on the post of somebody who is not named");
    } else if (said.whom == Whom::actor || (by_owner && on_owner)) {
      record.leave_out("an act on one's own post");
    } else if (!by_owner && !on_owner) {
      record.leave_out("an act between others");
    } else {
      add(said, on_owner ? owner_account_ : account_of(said.name, record), time, tags, record);
    }
    return {};
  }

  void add(const Sentence& said, std::string_view target, std::int64_t time, std::string_view tags,
           Record& record) const {
    const std::string_view actor = said.actor == owner_ ? owner_account_ : account_of(said.actor, record);
    record.add({time, said.kind, kNetwork, actor, target, {}, {}, tags});
  }

  static std::string_view account_of(std::string_view name, Record& record) {
    return record.keep(fmt::format("name:{}", name));
  }

  std::string owner_;          ///< as sentences call the owner
  std::string owner_account_;  ///< "name:" and that
};

}  // namespace

std::unique_ptr<Network> make_network() {
  return std::make_unique<Facebook>();
}

bool looks_like_facebook(const Archive& archive) {
  const auto has = [&](bool is_owner) {
    return std::ranges::any_of(archive.members(), [&](const Member& member) {
      const auto turn = turn_of(member.name);
      return turn && (*turn == kOwner) == is_owner;
    });
  };
  return has(true) && has(false);
}

}  // namespace renown::ingest::archive::facebook
