#include "api/card.h"

#include <algorithm>
#include <cmath>

#include "api/sources_of.h"
#include "base/time.h"
#include "pipeline/source_standing.h"

namespace renown::api {
namespace {

constexpr double kObservedDays = 30.0;
constexpr std::uint64_t kLeastEngagers = 3;  ///< shown where no run says another number

void write_stale(JsonText& json, const std::vector<log::Source>& all, const people::Person& person) {
  json.begin_array("stale");
  for (const log::Source* source : sources_of(all, person)) {
    if (pipeline::standing_of(source->state) == pipeline::SourceStanding::current) continue;
    json.begin_object();
    json.text("network", source->network);
    time_or_null(json, "since", pipeline::stale_since(source->state).value_or(0));
    json.end_object();
  }
  json.end_array();
}

void write_moves(JsonText& json, const instance::ScoreMoves& moves) {
  json.begin_object("change");
  json.number("day", moves.day);
  json.number("week", moves.week);
  json.number("month", moves.month);
  json.end_object();
}

}  // namespace

std::uint64_t missing_engagers(const Context& context, const ScoreCard* card) {
  const auto reasons = context.instance.reasons();
  const auto least =
      reasons ? static_cast<std::uint64_t>(std::ceil(reasons->run().model.minimum_engagers)) : kLeastEngagers;
  const std::uint64_t there = card != nullptr ? card->reach : 0;
  return there >= least ? 0 : least - there;
}

double observed_share(const Context& context, const people::Person& person) {
  const auto all = context.instance.sources();
  const auto sources = sources_of(*all, person);
  if (sources.empty()) return 1.0;
  double observed_days = 0.0;
  for (const log::Source* source : sources) {
    double missing = 0.0;
    if (pipeline::standing_of(source->state) == pipeline::SourceStanding::unread) missing = kObservedDays;
    if (const auto since = pipeline::stale_since(source->state))
      missing = static_cast<double>(context.now() - *since) / static_cast<double>(base::kSecondsPerDay);
    observed_days += kObservedDays - std::clamp(missing, 0.0, kObservedDays);
  }
  return observed_days / (kObservedDays * static_cast<double>(sources.size()));
}

void write_numbers(JsonText& json, const ScoreCard& card) {
  json.number("score", card.score);
  json.number("low", card.score_low);
  json.number("high", card.score_high);
  json.number("vouched_score", card.vouched_score);
  json.number("bound_score", card.bound_score);
  json.number("percentile", card.percentile);
  json.number("raw", card.raw);
  json.number("vouched_raw", card.vouched_raw);
  json.count("reach", card.reach);
  json.number("amplification", card.amplification);
  json.count("interactions", card.interactions);
}

void write_unscored(JsonText& json, std::string_view key) {
  json.begin_object(key);
  json.text("state", "unscored");
  json.end_object();
}

void write_card(JsonText& json, std::string_view key, const Context& context, const Subject& subject) {
  const auto published = context.instance.published();
  const auto& run = published->run();
  const ScoreCard* card = subject.preferences.opted_out ? nullptr : published->card(subject.person->id);
  const bool is_scored = run && card != nullptr && card->score;
  const bool is_inside = subject.nearness != Nearness::other;
  if (!is_scored && !is_inside) return write_unscored(json, key);
  json.begin_object(key);
  json.text("state", is_scored ? "scored" : subject.preferences.opted_out ? "unscored" : "not_enough_data");
  write_numbers(json, card != nullptr ? *card : ScoreCard{});
  json.number("percentile_here", is_scored ? published->percentile_here(card->raw) : std::nullopt);
  json.number("coverage", card != nullptr ? card->coverage * observed_share(context, *subject.person) : 0.0);
  json.text("model", run ? run->model : "");
  time_or_null(json, "as_of", run ? run->as_of : 0);
  json.text("protection", run && run->is_protected ? "verified" : "unprotected");
  write_moves(json, published->moves(subject.person->id));
  if (is_inside) {
    json.count("missing", missing_engagers(context, card));
    const auto sources = context.instance.sources();
    write_stale(json, *sources, *subject.person);
    json.boolean("hidden", subject.preferences.number_hidden);
  }
  json.end_object();
}

}  // namespace renown::api
