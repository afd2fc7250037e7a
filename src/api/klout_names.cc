#include "api/klout_names.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "base/ascii.h"
#include "base/hash.h"
#include "base/text.h"

namespace renown::api {
namespace {

constexpr std::uint64_t kTopicIds = 1'000'000'000'000'000'000;  // ids have 18 digits, as Klout's of people had

bool is_number(std::string_view account) {
  return !account.empty() && std::ranges::all_of(account, base::is_digit);
}

/// The person's first account there that fits, network by network.
template <class Fits>
std::string_view account_where(const people::Person& person, const std::vector<std::string>& networks, Fits fits) {
  for (const std::string& network : networks) {
    for (const people::LinkedAccount& linked : person.accounts) {
      if (linked.account.network == network && fits(linked.account.account)) return linked.account.account;
    }
  }
  return {};
}

/// The parts of a tag between hyphens, underscores, dots and blanks.
std::vector<std::string> words_of(std::string_view tag) {
  std::string text(tag);
  std::ranges::replace_if(text, [](char c) { return c == '-' || c == '_' || c == '.'; }, ' ');
  std::vector<std::string> words;
  for (const std::string_view word : base::split_words(text)) words.emplace_back(word);
  return words;
}

/// Letters and digits in lower case, bytes beyond ASCII as they are; "+" and "#" as words, since "c++" is not "c".
std::string slug_of(std::string_view word) {
  std::string slug;
  for (const char c : word) {
    const bool stays = base::is_letter_or_digit(c) || static_cast<unsigned char>(c) >= 0x80;
    if (stays) slug += base::lower(c);
    if (c == '+') slug += "-plus";
    if (c == '#' && !slug.empty()) slug += "-sharp";
  }
  return slug;
}

}  // namespace

KloutNetworks::KloutNetworks()
    : networks_{{"tw", "twitter", {"x", "twitter"}},
                {"gp", "googleplus", {"googleplus"}},
                {"ig", "instagram", {"instagram"}},
                {"fb", "facebook", {"facebook"}}} {}

Result<void> KloutNetworks::add(std::string_view rule) {
  const std::size_t equals = rule.find('=');
  if (equals == std::string_view::npos || equals == 0 || equals + 1 == rule.size()) {
    return Error{ErrorCode::usage, fmt::format("'{}' maps no network of Klout's: write tw=NETWORK",
                                               base::printable(rule.substr(0, 100)))};
  }
  const std::string name = base::lower(rule.substr(0, equals));
  if (name == kKloutNetwork || name == "klout") {
    return Error{ErrorCode::usage, fmt::format("'{}' is Klout's own network: its ids are the numbers of people", name)};
  }
  const std::string ours(rule.substr(equals + 1));
  const auto known =
      std::ranges::find_if(networks_, [&](const Network& each) { return name == each.name || name == each.long_name; });
  if (known == networks_.end()) {
    networks_.push_back({name, "", {ours}});
  } else if (std::ranges::find(known->ours, ours) == known->ours.end()) {
    known->ours.push_back(ours);
  }
  return {};
}

const KloutNetworks::Network* KloutNetworks::find(std::string_view klouts) const {
  const std::string name = base::lower(klouts);
  const auto found =
      std::ranges::find_if(networks_, [&](const Network& each) { return name == each.name || name == each.long_name; });
  return found == networks_.end() ? nullptr : &*found;
}

std::vector<std::string> KloutNetworks::ours(std::string_view klouts) const {
  const Network* network = find(klouts);
  return network != nullptr ? network->ours : std::vector{base::lower(klouts)};
}

std::string KloutNetworks::short_name(std::string_view klouts) const {
  const Network* network = find(klouts);
  return network != nullptr ? network->name : base::lower(klouts);
}

std::string_view klout_account(const people::Person& person, const std::vector<std::string>& networks) {
  const std::string_view number = account_where(person, networks, is_number);
  return !number.empty() ? number : account_where(person, networks, [](std::string_view) { return true; });
}

std::string_view klout_screen_name(const people::Person& person, const std::vector<std::string>& networks) {
  return account_where(person, networks, [](std::string_view account) { return !is_number(account); });
}

std::string klout_bucket(double score) {
  const int tens = std::clamp(static_cast<int>(std::floor(score / 10.0)), 0, 9) * 10;
  return fmt::format("{}-{}", tens, tens == 90 ? 100 : tens + 9);
}

KloutTopic klout_topic(std::string_view tag) {
  KloutTopic topic;
  topic.id = fmt::format("{}", base::stable_hash(base::lower(tag)) % kTopicIds);
  for (const std::string& word : words_of(tag)) {
    if (const std::string slug = slug_of(word); !slug.empty()) topic.slug += (topic.slug.empty() ? "" : "-") + slug;
    if (!topic.name.empty()) topic.name += ' ';
    const char first = word.front();
    topic.name += first >= 'a' && first <= 'z' ? static_cast<char>(first - 'a' + 'A') : first;
    topic.name += word.substr(1);
  }
  if (topic.name.empty()) topic.name = tag;
  if (topic.slug.empty()) topic.slug = topic.id;
  return topic;
}

std::vector<KloutTopic> klout_topics(const std::vector<score::Part>& tags, std::size_t most) {
  std::vector<KloutTopic> topics;
  for (const score::Part& part : tags) {
    if (topics.size() == most) break;
    if (part.label.empty() || part.contribution <= 0.0) continue;
    KloutTopic topic = klout_topic(part.label);
    if (std::ranges::find(topics, topic.id, &KloutTopic::id) == topics.end()) topics.push_back(std::move(topic));
  }
  return topics;
}

}  // namespace renown::api
