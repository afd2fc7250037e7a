// Archives of accounts: the first byte chooses a network and one of the members that it opens, the rest is its content.
#include "check_reader.h"
#include "ingest/archive/archive.h"
#include "ingest/archive/archive_log.h"
#include "ingest/archive/archive_time.h"
#include "ingest/archive/facebook/facebook.h"
#include "ingest/archive/foursquare/foursquare.h"
#include "ingest/archive/googleplus/googleplus.h"
#include "ingest/archive/instagram/instagram.h"
#include "ingest/archive/linkedin/linkedin.h"
#include "ingest/archive/mastodon/mastodon.h"
#include "ingest/archive/member_list.h"
#include "ingest/archive/mended_text.h"
#include "ingest/archive/reddit/reddit.h"
#include "ingest/archive/x/x_archive.h"

using namespace renown;
namespace archive = ingest::archive;

namespace {

/// Two members in memory: who the owner is, and what is tried.
class MemoryArchive final : public archive::Archive {
 public:
  MemoryArchive(const char* owner_name, const char* owner, const char* name, std::string_view content)
      : contents_{owner, std::string(content)} {
    members_ = {{.name = owner_name, .position = 0}, {.name = name, .position = 1}};
  }
  Result<std::string> read(const archive::Member& member) override { return contents_[member.position]; }
  std::uint64_t bytes_read() const override { return 0; }

 private:
  std::string contents_[2];
};

struct Target {
  std::unique_ptr<archive::Network> (*make)();
  const char* owner_name;
  const char* owner;
  const char* name;
};

constexpr const char* kXOwner = R"([{"account":{"accountId":"42"}}])";
constexpr const char* kProfile = "First Name,Last Name\nAnn,Cross\n";
constexpr const char* kInstagramOwner = R"([{"string_map_data":{"Username":{"value":"ann"}}}])";
constexpr const char* kFacebookOwner = R"({"profile_v2":{"name":{"full_name":"Ann"}}})";
constexpr const char* kStatistics = "statistic,value\naccount name,ann\n";
constexpr const char* kUsers = R"({"self":{"id":"42"}})";
constexpr const char* kFacebookProfile = "profile_information/profile_information.json";
constexpr const char* kPersonal = "personal_information/personal_information.json";

constexpr Target kTargets[] = {
    {archive::googleplus::make_network, "other", "", "Google+ Stream/Posts/a.json"},
    {archive::x::make_network, "data/account.js", kXOwner, "data/tweets.js"},
    {archive::x::make_network, "other", "", "data/account.js"},
    {archive::mastodon::make_network, "actor.json", "", "outbox.json"},
    {archive::linkedin::make_network, "Profile.csv", kProfile, "Endorsement_Received_Info.csv"},
    {archive::linkedin::make_network, "Profile.csv", kProfile, "Recommendations_Received.csv"},
    {archive::linkedin::make_network, "Profile.csv", kProfile, "Shares.csv"},
    {archive::linkedin::make_network, "other", "", "Profile.csv"},
    {archive::instagram::make_network, kPersonal, kInstagramOwner, "likes/liked_posts.json"},
    {archive::instagram::make_network, kPersonal, kInstagramOwner, "comments/post_comments_1.json"},
    {archive::instagram::make_network, "other", "", kPersonal},
    {archive::facebook::make_network, kFacebookProfile, kFacebookOwner, "comments_and_reactions/comments.json"},
    {archive::facebook::make_network, kFacebookProfile, kFacebookOwner,
     "comments_and_reactions/likes_and_reactions.json"},
    {archive::facebook::make_network, kFacebookProfile, kFacebookOwner, "posts/your_posts_1.json"},
    {archive::facebook::make_network, "other", "", kFacebookProfile},
    {archive::reddit::make_network, "statistics.csv", kStatistics, "posts.csv"},
    {archive::reddit::make_network, "statistics.csv", kStatistics, "comments.csv"},
    {archive::reddit::make_network, "statistics.csv", kStatistics, "gold_received.csv"},
    {archive::reddit::make_network, "statistics.csv", kStatistics, "gilded_content.csv"},
    {archive::foursquare::make_network, "users.json", kUsers, "checkins1.json"},
    {archive::foursquare::make_network, "other", "", "users.json"},
};

fuzz::Outcome read(const Target& target, std::string_view content, bool strict) {
  auto memory = std::make_unique<MemoryArchive>(target.owner_name, target.owner, target.name, content);
  const auto reader = archive::read_archive("a", std::move(memory), target.make(), {.strict = strict});
  return fuzz::read_all(*reader);
}

void check_text(std::string_view text) {
  archive::leads_astray(text);
  if (const auto time = archive::parse_archive_time(text)) {
    fuzz::check(*time >= 0 && *time <= base::kMaxTime, "a time lies between 1970 and 9999");
  }
  if (base::is_utf8(text)) fuzz::check(base::is_utf8(archive::mended_text(text)), "a mended text is UTF-8");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view content = fuzz::text_of(data + 1, size - 1);
  check_text(content.substr(0, 64));
  const Target& target = kTargets[data[0] % std::size(kTargets)];
  const fuzz::Outcome lenient = read(target, content, false);
  const fuzz::Outcome strict = read(target, content, true);
  fuzz::check(strict.error.empty() == (lenient.error.empty() && lenient.report.bad == 0),
              "a strict reading fails exactly where something is bad");
  fuzz::check(lenient.rows.starts_with(strict.rows), "a strict reading yields the same rows up to there");
  return 0;
}
