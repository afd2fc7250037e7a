#include "people/suggest.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <map>
#include <memory>
#include <set>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>
#include <utf8proc.h>

#include "base/text.h"

namespace renown::people {
namespace {

constexpr std::size_t kRun = 3;

using Runs = std::set<std::string>;

Runs runs_of(std::string_view folded) {
  Runs runs;
  if (!folded.empty() && folded.size() < kRun) runs.emplace(folded);
  for (std::size_t i = 0; i + kRun <= folded.size(); ++i) runs.emplace(folded.substr(i, kRun));
  return runs;
}

/// The ways in which a name becomes a handle: adalovelace, lovelaceada, alovelace.
Runs runs_of_name(std::string_view name) {
  std::vector<std::string> words;
  for (const std::string_view word : base::split_words(name)) {
    std::string folded = fold_name(word);
    if (!folded.empty()) words.push_back(std::move(folded));
  }
  Runs runs;
  if (words.empty()) return runs;
  std::string whole;
  for (const std::string& word : words) whole += word;
  for (const std::string& way :
       {whole, words.front() + words.back(), words.back() + words.front(), words.front().substr(0, 1) + words.back()})
    runs.merge(runs_of(way));
  return runs;
}

/// How much each run says: the logarithm of how rare it is.
class Weights {
 public:
  void add(const Runs& runs) {
    ++texts_;
    for (const std::string& run : runs) ++count_[run];
  }
  double of(const std::string& run) const {
    const auto found = count_.find(run);
    const double count = found == count_.end() ? 0.0 : static_cast<double>(found->second);
    return std::log((1.0 + static_cast<double>(texts_)) / (1.0 + count));
  }
  double of(const Runs& runs) const {
    double sum = 0.0;
    for (const std::string& run : runs) sum += of(run);
    return sum;
  }
  double shared(const Runs& a, const Runs& b) const {
    double sum = 0.0;
    for (const std::string& run : a) {
      if (b.contains(run)) sum += of(run);
    }
    return sum;
  }

 private:
  std::unordered_map<std::string, std::size_t> count_;
  std::size_t texts_ = 0;
};

struct KnownRuns {
  Runs name;
  std::vector<Runs> handles;
};

struct Likeness {
  double by_handle = 0.0, by_name = 0.0;
  std::size_t handle = 0;  ///< which of the person's is most like it

  /// Two signs of which either may be right by itself.
  double score() const { return 1.0 - (1.0 - by_handle) * (1.0 - by_name); }
};

Likeness likeness(const Runs& handle, const Runs& name, const KnownRuns& person, const Weights& weights) {
  Likeness likeness;
  const double own = weights.of(handle);
  if (own <= 0.0) return likeness;
  for (std::size_t i = 0; i < person.handles.size(); ++i) {
    const double all = own + weights.of(person.handles[i]);
    const double alike = 2.0 * weights.shared(handle, person.handles[i]) / all;
    if (alike > likeness.by_handle) likeness.by_handle = alike, likeness.handle = i;
  }
  likeness.by_name = weights.shared(handle, person.name) / own;
  if (!name.empty() && !person.name.empty()) {
    const double names = 2.0 * weights.shared(name, person.name) / (weights.of(name) + weights.of(person.name));
    likeness.by_name = std::max(likeness.by_name, names);
  }
  return likeness;
}

std::string reason_for(const Likeness& likeness, const KnownPerson& person, const UnlinkedAccount& account) {
  std::string reason;
  if (likeness.by_handle > 0.0)
    reason = fmt::format("'{}' is like their '{}' ({:.0f} %)", account.handle, person.handles[likeness.handle],
                         100 * likeness.by_handle);
  if (likeness.by_name > 0.0)
    reason += fmt::format("{}it is like their name '{}' ({:.0f} %)", reason.empty() ? "" : ", and ", person.name,
                          100 * likeness.by_name);
  return reason + "; only a proof can link it";
}

}  // namespace

std::string fold_name(std::string_view text) {
  utf8proc_uint8_t* folded = nullptr;
  const auto options = static_cast<utf8proc_option_t>(UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD |
                                                      UTF8PROC_STRIPMARK | UTF8PROC_IGNORE);
  const auto size = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                 static_cast<utf8proc_ssize_t>(text.size()), &folded, options);
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owned(folded, &std::free);
  if (size < 0) return {};  // not UTF-8: like nothing
  std::string out;
  for (const char byte : std::string_view(reinterpret_cast<const char*>(folded), static_cast<std::size_t>(size))) {
    const auto code = static_cast<unsigned char>(byte);
    if (code >= 128 || (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9')) out += byte;
  }
  return out;
}

std::vector<Suggestion> suggest_owners(std::span<const KnownPerson> people, std::span<const UnlinkedAccount> accounts,
                                       const SuggestRules& rules) {
  Weights weights;
  std::vector<KnownRuns> known(people.size());
  std::unordered_map<std::string, std::vector<std::size_t>> who_has;
  for (std::size_t i = 0; i < people.size(); ++i) {
    known[i].name = runs_of_name(people[i].name);
    Runs all = known[i].name;
    for (const std::string& handle : people[i].handles) {
      known[i].handles.push_back(runs_of(fold_name(handle)));
      weights.add(known[i].handles.back());
      all.insert(known[i].handles.back().begin(), known[i].handles.back().end());
    }
    for (const std::string& run : all) who_has[run].push_back(i);
  }
  std::vector<Runs> handles;
  for (const UnlinkedAccount& account : accounts) {
    handles.push_back(runs_of(fold_name(account.handle)));
    weights.add(handles.back());
  }

  std::vector<Suggestion> suggestions;
  for (std::size_t at = 0; at < accounts.size(); ++at) {
    const Runs name = runs_of_name(accounts[at].name);
    std::set<std::size_t> candidates;
    for (const Runs* runs : {&std::as_const(handles[at]), &name}) {
      for (const std::string& run : *runs) {
        if (const auto found = who_has.find(run); found != who_has.end())
          candidates.insert(found->second.begin(), found->second.end());
      }
    }
    Likeness best;
    std::size_t person = 0;
    double next = 0.0;
    for (const std::size_t candidate : candidates) {
      const Likeness each = likeness(handles[at], name, known[candidate], weights);
      if (each.score() > best.score()) {
        next = best.score();
        best = each, person = candidate;
      } else {
        next = std::max(next, each.score());
      }
    }
    if (best.score() < rules.threshold || best.score() - next < rules.margin) continue;
    suggestions.push_back({person, at, best.score(), reason_for(best, people[person], accounts[at])});
  }
  std::ranges::stable_sort(suggestions, std::greater(), &Suggestion::score);
  return suggestions;
}

}  // namespace renown::people
