#include "people/profile.h"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "base/text.h"
#include "io/byte_source.h"
#include "io/json.h"
#include "io/line_reader.h"
#include "people/owner_name.h"
#include "people/suggest.h"

namespace renown::people {
namespace {

/// Bios whose words are this much the same say the same.
constexpr double kSameBio = 0.5;

std::string label(const Account& account) {
  return account.network + ":" + account.account;
}

Result<Profile> make_profile(const io::JsonValue& root) {
  Profile profile;
  profile.account = {std::string(root["network"].text()), std::string(root["account"].text())};
  if (profile.account.network.empty() || profile.account.account.empty())
    return bad_input("a profile needs the texts network and account");
  const auto wrong = [](std::string_view key, std::string_view wanted, const io::JsonValue& value) {
    return bad_input(fmt::format("{} must be {}, not {}", key, wanted, io::json_type_name(value.type())));
  };
  const auto absent = [](const io::JsonValue& value) { return value.is_missing() || value.is_null(); };
  profile.handle = root["handle"].is_string() ? root["handle"].text() : profile.account.account;
  for (const std::string_view key : {"name", "bio"}) {
    const io::JsonValue value = root[key];
    if (absent(value)) continue;
    if (!value.is_string()) return wrong(key, "a string", value);
    (key == "name" ? profile.name : profile.bio) = value.text();
  }
  if (const io::JsonValue picture = root["picture"]; !absent(picture)) {
    profile.picture = picture.boolean();
    if (!profile.picture) return wrong("picture", "true or false", picture);
  }
  if (const io::JsonValue links = root["links"]; !absent(links)) {
    if (!links.is_array()) return wrong("links", "an array", links);
    profile.links.emplace();
    for (const io::JsonValue link : links.elements()) {
      if (!link.is_string()) return wrong("a link", "a string", link);
      profile.links->emplace_back(link.text());
    }
  }
  return profile;
}

std::set<std::string> words_of(const std::string& text) {
  std::set<std::string> words;
  for (const std::string_view word : base::split_words(text)) {
    if (std::string folded = fold_name(word); !folded.empty()) words.insert(std::move(folded));
  }
  return words;
}

/// How much of two bios' words is in both, from 0 to 1.
double likeness(const std::string& a, const std::string& b) {
  const auto left = words_of(a), right = words_of(b);
  if (left.empty() && right.empty()) return 1.0;
  std::size_t both = 0;
  for (const std::string& word : left) both += right.contains(word) ? 1 : 0;
  return static_cast<double>(both) / static_cast<double>(left.size() + right.size() - both);
}

/// "a, b and c"
std::string list_of(const std::vector<std::string>& texts) {
  if (texts.size() < 2) return texts.empty() ? "" : texts[0];
  return fmt::format("{} and {}", fmt::join(texts.begin(), texts.end() - 1, ", "), texts.back());
}

void check_names(std::span<const Profile> profiles, std::vector<ProfileRemark>& remarks) {
  std::map<std::string, std::pair<std::string, std::vector<std::string>>> by_name;  // folded: as written, whose
  for (const Profile& profile : profiles) {
    if (!profile.name) continue;
    const std::string folded = fold_name(*profile.name);
    if (folded.empty()) {
      remarks.push_back({Difference::name, fmt::format("{} shows no name", label(profile.account))});
      continue;
    }
    auto& [written, whose] = by_name.try_emplace(folded, *profile.name, std::vector<std::string>()).first->second;
    whose.push_back(label(profile.account));
  }
  if (by_name.size() < 2) return;
  std::vector<std::string> parts;
  for (const auto& [folded, entry] : by_name)
    parts.push_back(fmt::format("'{}' on {}", entry.first, list_of(entry.second)));
  remarks.push_back({Difference::name, fmt::format("the names differ: {}", list_of(parts))});
}

void check_bios(std::span<const Profile> profiles, std::vector<ProfileRemark>& remarks) {
  const Profile* longest = nullptr;
  for (const Profile& profile : profiles) {
    if (!profile.bio) continue;
    if (longest == nullptr || profile.bio->size() > longest->bio->size()) longest = &profile;
  }
  for (const Profile& profile : profiles) {
    if (!profile.bio || &profile == longest) continue;
    if (words_of(*profile.bio).empty() && !words_of(*longest->bio).empty()) {
      remarks.push_back(
          {Difference::bio, fmt::format("{} has no bio, {} has one", label(profile.account), label(longest->account))});
    } else if (const double alike = likeness(*profile.bio, *longest->bio); alike < kSameBio) {
      remarks.push_back(
          {Difference::bio,
           fmt::format("the bio of {} says something else than that of {} ({:.0f} % of the words are in both)",
                       label(profile.account), label(longest->account), 100 * alike)});
    }
  }
}

bool links_to(const Profile& from, const Profile& to) {
  const auto names = names_of(to.account);
  return std::ranges::any_of(*from.links, [&](const std::string& link) {
    const auto name = owner_name(link);
    return name && names && std::ranges::find(*names, *name) != names->end();
  });
}

void check_links(std::span<const Profile> profiles, std::vector<ProfileRemark>& remarks) {
  for (const Profile& from : profiles) {
    if (!from.links) continue;
    std::vector<std::string> missing;
    for (const Profile& to : profiles) {
      // An account that no address names cannot be linked to.
      if (&from == &to || !names_of(to.account) || links_to(from, to)) continue;
      missing.push_back(label(to.account));
    }
    if (!missing.empty())
      remarks.push_back(
          {Difference::links, fmt::format("{} does not link to {}", label(from.account), list_of(missing))});
  }
}

}  // namespace

Result<std::vector<Profile>> read_profiles(const std::string& path) {
  auto source = io::open_bytes(path);
  if (!source) return source.error();
  io::LineReader lines(std::move(*source));
  io::JsonParser parser;
  std::vector<Profile> profiles;
  io::Line line;
  for (auto more = lines.next(line);; more = lines.next(line)) {
    if (!more) return more.error();
    if (!*more) return profiles;
    if (line.too_long) return bad_input(fmt::format("{}:{}: the line is too long", path, line.number));
    if (line.text.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    const auto root = parser.parse(line.text);
    auto profile = root ? make_profile(*root) : Result<Profile>(root.error());
    if (!profile) return bad_input(fmt::format("{}:{}: {}", path, line.number, profile.error().message));
    profiles.push_back(std::move(*profile));
  }
}

std::vector<ProfileRemark> check_profiles(std::span<const Profile> profiles) {
  std::vector<ProfileRemark> remarks;
  check_names(profiles, remarks);
  check_bios(profiles, remarks);
  for (const Profile& profile : profiles) {
    if (profile.picture && !*profile.picture)
      remarks.push_back({Difference::picture, fmt::format("{} has no picture", label(profile.account))});
  }
  check_links(profiles, remarks);
  return remarks;
}

}  // namespace renown::people
