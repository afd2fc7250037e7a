#include "ingest/archive/facebook/sentence.h"

#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace renown::ingest::archive::facebook {
namespace {

/// "comment Ann > Bob": kind, actor, and whom.
std::string said(std::string_view title, std::string_view actor) {
  const auto sentence = read_sentence(title, actor);
  if (!sentence) return "nothing";
  const std::string_view whom[] = {"nobody", "actor", "reader", sentence->name};
  return fmt::format("{} {} > {}", kind_name(sentence->kind), sentence->actor, whom[static_cast<int>(sentence->whom)]);
}

TEST(FacebookSentence, says_who_did_what_to_whom) {
  struct Case {
    std::string_view title;
    std::string_view said;
  };
  const Case cases[] = {
      {"", "nothing"},
      {"Ann", "nothing"},
      {"Ann ", "nothing"},
      {"Ann commented on Bob Ray's post.", "comment Ann > Bob Ray"},
      {"Ann commented on Bob Ray's post", "comment Ann > Bob Ray"},
      {"Ann replied to Bob Ray's comment on Cy's photo.", "reply Ann > Bob Ray"},
      {"Ann likes Bob's Burgers's link.", "like Ann > Bob's Burgers"},
      {"Ann liked Conan O'Brien's video.", "like Ann > Conan O'Brien"},
      {"Ann reacted to Bob's live video.", "like Ann > Bob"},
      {"Ann wrote on Bob Ray's timeline.", "mention Ann > Bob Ray"},
      {"Ann shared a link to Bob Ray's timeline.", "mention Ann > Bob Ray"},
      {"Ann shared Bob Ray's post.", "repost Ann > Bob Ray"},
      {"Ann wrote on your timeline.", "mention Ann > reader"},
      {"Ann commented on her own post.", "comment Ann > actor"},
      {"Ann replied to his own comment.", "reply Ann > actor"},
      {"Ann commented on a post.", "comment Ann > nobody"},
      {"Ann likes a post in Owls's group.", "like Ann > nobody"},
      {"Ann commented on a photo from Bob's album.", "comment Ann > nobody"},
      {"Ann shared a link.", "repost Ann > nobody"},
      {"Ann shared a video from the playlist Owls.", "repost Ann > nobody"},
      {"Ann likes Bob's dog.", "like Ann > nobody"},
      {"Ann commented on 's post.", "comment Ann > nobody"},
      {"Ann updated her status.", "nothing"},
      {"Ann hat einen Beitrag von Bob kommentiert.", "nothing"},
  };
  for (const auto& [title, wanted] : cases) {
    EXPECT_EQ(said(title, "Ann"), wanted) << title;
    EXPECT_EQ(said(title, ""), wanted) << title;
  }
}

TEST(FacebookSentence, an_actor_that_is_known_must_stand_first) {
  EXPECT_EQ(said("Bob commented on Ann's post.", "Ann"), "nothing");
  EXPECT_EQ(said("Ann likes Owls commented on Bob's post.", "Ann likes Owls"), "comment Ann likes Owls > Bob");
  EXPECT_EQ(said(" commented on Bob's post.", ""), "nothing");
}

}  // namespace
}  // namespace renown::ingest::archive::facebook
