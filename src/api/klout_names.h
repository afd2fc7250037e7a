/// What Klout's API calls things: networks, buckets of scores, topics.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "renown/result.h"

#include "people/registry.h"
#include "score/explain.h"

namespace renown::api {

/// Klout's names of networks, and which of ours stand behind each.
class KloutNetworks {
 public:
  /// tw, twitter: x and twitter. gp, googleplus: googleplus. ig, instagram: instagram. fb, facebook: facebook.
  KloutNetworks();

  /// "tw=chirp": accounts on our network `chirp` are told as Klout's `tw` too; a new name before the '=' is a new
  /// network of Klout's. errors  usage: not of that form, or a name that Klout keeps for itself
  Result<void> add(std::string_view rule);

  /// Ours, in the order in which they are looked at. A name that is none of Klout's stands for our network of that
  /// name. Names are taken in any case.
  std::vector<std::string> ours(std::string_view klouts) const;

  /// The name as answers have it: "tw" for "Twitter".
  std::string short_name(std::string_view klouts) const;

 private:
  struct Network {
    std::string name;       ///< "tw"
    std::string long_name;  ///< "twitter"; empty: there is none
    std::vector<std::string> ours;
  };
  const Network* find(std::string_view klouts) const;

  std::vector<Network> networks_;
};

/// Klout's own network, whose ids are numbers of people.
inline constexpr std::string_view kKloutNetwork = "ks";

/// The account of a person on the first of those networks where there is one, as Klout's id: on those of a network
/// whose accounts are numbers, the number. Empty: none.
std::string_view klout_account(const people::Person& person, const std::vector<std::string>& networks);

/// The name by which people know the person there: an account that is no number. Empty: none.
std::string_view klout_screen_name(const people::Person& person, const std::vector<std::string>& networks);

/// "70-79": the ten points that a score is in; the highest is "90-100".
std::string klout_bucket(double score);

/// A tag as a topic of Klout's.
struct KloutTopic {
  std::string id;    ///< 1 to 18 digits, the same for ever for one tag in whatever case
  std::string slug;  ///< "c-plus-plus"
  std::string name;  ///< "Machine Learning"
};

KloutTopic klout_topic(std::string_view tag);

/// The first topics of a roll-up by tag, each once.
std::vector<KloutTopic> klout_topics(const std::vector<score::Part>& tags, std::size_t most);

}  // namespace renown::api
