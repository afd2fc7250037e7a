/// Baselines: the simple rankings that a score must beat (docs/scoring/evaluation.md).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "renown/result.h"

#include "evaluate/history.h"

namespace renown::evaluate {

struct Baseline {
  std::string name;
  std::vector<double> value;  ///< by person; more is better
};

/// Names of all baselines, in the order of tables:
///
/// acts, engagers           acts received; distinct engagers
/// engagers-Hd, acts-Hd     the same, each halved every H days: sum of 2^(-age/H) over engagers (age of their latest
///                          act) or acts. H = 0.1, 0.25, 0.5, 1, 2, 7, 30; any other number can be asked for by name
/// pagerank                 of engager -> target, weighted by acts, d = .85;  pagerank-reposts  of reposts and quotes
/// leaderrank, hits         of engager -> target; hits is the authority, weighted by acts
/// h-index                  largest h so that h posts drew at least h acts each; where fewer than half of the acts of
///                          the log name a post: h engagers with at least h acts each
/// k-core                   core number in the undirected simple graph of who engaged with whom
/// own-activity             acts sent
/// followers                distinct followers by follow rows; left out where there are none
std::vector<std::string> baseline_names();

/// "all", "none" or names with commas between them. errors  usage, naming the one that does not exist
Result<std::vector<std::string>> parse_baselines(const std::string& text);

/// Their values, in the order of `names`, which parse_baselines has checked. Deterministic for any number of threads.
std::vector<Baseline> baselines(const History& history, const std::vector<std::string>& names, std::size_t threads);

/// The largest h so that h of the counts are at least h.
std::size_t h_index(std::vector<std::uint64_t> counts);

/// Whether h-index counts posts in this history, as opposed to engagers.
bool posts_are_known(const History& history);

}  // namespace renown::evaluate
