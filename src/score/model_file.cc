#include "score/model_file.h"

#include <cmath>
#include <functional>
#include <optional>
#include <set>
#include <sstream>
#include <utility>

#include <fmt/format.h>
#define TOML_EXCEPTIONS 0
#define TOML_HEADER_ONLY 1
#include <toml++/toml.h>

namespace renown::score {
namespace {

/// Longest half-life, in windows: beyond it the fading formula loses its digits.
constexpr double kMostWindows = 1000.0;

/// Largest count, or time in seconds: both become whole numbers.
constexpr double kMostFromOne = 1e9;

enum class Range { positive, share, share_or_zero, from_one };

/// A constant: where it stands in the file, what it may be, and where it goes.
struct Constant {
  const char* section;
  const char* key;
  Range range;
  double ScoreModel::* field;
};

constexpr Constant kConstants[] = {
    {"window", "days", Range::positive, &ScoreModel::window_days},
    {"fading", "half_life_fast", Range::positive, &ScoreModel::half_life_fast_days},
    {"fading", "half_life_loyal", Range::positive, &ScoreModel::half_life_loyal_days},
    {"fading", "half_life_slow", Range::positive, &ScoreModel::half_life_slow_days},
    {"fading", "loyal_span", Range::positive, &ScoreModel::loyal_span_days},
    {"fading", "fast_share", Range::share_or_zero, &ScoreModel::fast_share},
    {"fading", "loyal_share", Range::share_or_zero, &ScoreModel::loyal_share},
    {"fading", "slow_share", Range::share_or_zero, &ScoreModel::slow_share},
    {"provoked", "days", Range::positive, &ScoreModel::provoked_days},
    {"vouching", "verified_share", Range::share, &ScoreModel::verified_share},
    {"vouching", "room_base_share", Range::share, &ScoreModel::room_base_share},
    {"vouching", "standing_weight", Range::share_or_zero, &ScoreModel::standing_weight},
    {"farm", "slot", Range::from_one, &ScoreModel::farm_slot_seconds},
    {"farm", "sitting", Range::from_one, &ScoreModel::farm_sitting_seconds},
    {"farm", "slot_engagers", Range::from_one, &ScoreModel::farm_slot_engagers},
    {"farm", "account_targets", Range::from_one, &ScoreModel::farm_account_targets},
    {"farm", "account_share", Range::share_or_zero, &ScoreModel::farm_account_share},
    {"farm", "targets", Range::from_one, &ScoreModel::farm_targets},
    {"farm", "evidence", Range::positive, &ScoreModel::farm_evidence},
    {"farm", "reference_density", Range::share, &ScoreModel::farm_reference_density},
    {"farm", "margin", Range::from_one, &ScoreModel::farm_margin},
    {"farm", "wide_slot", Range::from_one, &ScoreModel::farm_wide_slot_seconds},
    {"farm", "wide_sitting", Range::from_one, &ScoreModel::farm_wide_sitting_seconds},
    {"farm", "wide_evidence", Range::positive, &ScoreModel::farm_wide_evidence},
    {"farm", "wide_reference_density", Range::share, &ScoreModel::farm_wide_reference_density},
    {"farm", "wide_margin", Range::from_one, &ScoreModel::farm_wide_margin},
    {"farm", "wide_block_share", Range::share_or_zero, &ScoreModel::farm_wide_block_share},
    {"scale", "unit", Range::positive, &ScoreModel::scale_unit},
    {"scale", "top", Range::positive, &ScoreModel::scale_top},
    {"scale", "minimum_engagers", Range::positive, &ScoreModel::minimum_engagers},
};

bool in_range(double value, Range range) {
  if (!std::isfinite(value)) return false;
  switch (range) {
    case Range::positive:
      return value > 0.0;
    case Range::share:
      return value > 0.0 && value <= 1.0;
    case Range::share_or_zero:
      return value >= 0.0 && value <= 1.0;
    case Range::from_one:
      return value >= 1.0 && value <= kMostFromOne;
  }
  return false;
}

std::string_view range_text(Range range) {
  switch (range) {
    case Range::positive:
      return "above 0";
    case Range::share:
      return "above 0 and at most 1";
    case Range::share_or_zero:
      return "between 0 and 1";
    case Range::from_one:
      return "at least 1 and at most 1000000000";
  }
  return "";
}

/// Reads one file; keeps the first error and which keys were used, so that an unknown one is noticed.
class ModelReader {
 public:
  ModelReader(const toml::table& root, std::string_view name) : root_(root), name_(name) {}

  Result<ScoreModel> read() {
    ScoreModel model;
    model.name = text("", "name", root_["name"]);
    for (const Constant& constant : kConstants)
      model.*constant.field = number(constant.section, constant.key, constant.range);
    for (std::size_t kind = 0; kind < kEngagementKinds; ++kind) {
      model.kind_weight[kind] = number("kinds", std::string(kKindNames[kind]), Range::share);
    }
    read_networks(model);
    model.quantiles_unprotected = quantiles("unprotected");
    model.quantiles_verified = quantiles("verified");
    refuse_unknown();
    check_relations(model);
    if (error_) return *error_;
    return model;
  }

 private:
  void fail(std::string sentence) {
    if (!error_) error_ = bad_input(fmt::format("model file {}: {}", name_, sentence));
  }

  template <class Node>
  std::string text(const std::string& section, const std::string& key, const Node& node) {
    used_.insert({section, key});
    const auto value = node.template value<std::string>();
    if (!value || value->empty())
      fail(fmt::format("{} must be a text that is not empty", section.empty() ? key : section + "." + key));
    return value.value_or("");
  }

  double number(const std::string& section, const std::string& key, Range range) {
    used_.insert({section, key});
    const auto node = root_[section][key];
    const auto value = node["value"].value<double>();
    if (!value) {
      fail(fmt::format("{}.{} is missing; it must read {{ value = ..., unit = ..., reason = ..., source = ... }}",
                       section, key));
      return 0.0;
    }
    if (!in_range(*value, range))
      fail(fmt::format("{}.{} is {}; it must be {}", section, key, *value, range_text(range)));
    for (const char* part : {"unit", "reason", "source"}) {
      if (!node[part].is_string()) fail(fmt::format("{}.{} has no {}: every constant says it", section, key, part));
    }
    return *value;
  }

  void read_networks(ScoreModel& model) {
    const toml::table* networks = root_["networks"].as_table();
    if (!networks) return;
    for (const auto& [network, unused] : *networks) {
      const std::string key(network.str());
      model.network_weight[key] = number("networks", key, Range::share);
    }
  }

  ReferenceQuantiles quantiles(const std::string& mode) {
    ReferenceQuantiles result;
    const auto section = root_["quantiles"][mode];
    used_.insert({"quantiles", mode});
    if (!section) return result;
    if (const toml::table* table = section.as_table()) {
      for (const auto& [key, unused] : *table) {
        if (key != "source" && key != "percent" && key != "raw")
          fail(fmt::format("'quantiles.{}.{}' is not known", mode, key.str()));
      }
    }
    result.source = text("quantiles", mode + ".source", section["source"]);
    const auto read_list = [&](const char* key, std::vector<double>& list) {
      const toml::array* values = section[key].as_array();
      if (!values) return fail(fmt::format("quantiles.{}.{} must be a list of numbers", mode, key));
      for (const toml::node& value : *values) {
        const auto one = value.value<double>();
        if (!one || !std::isfinite(*one))
          return fail(fmt::format("quantiles.{}.{} must be a list of numbers", mode, key));
        if (!list.empty() && *one < list.back()) return fail(fmt::format("quantiles.{}.{} must never fall", mode, key));
        list.push_back(*one);
      }
    };
    read_list("percent", result.percent);
    read_list("raw", result.raw);
    if (result.percent.size() != result.raw.size())
      fail(fmt::format("quantiles.{}: percent and raw differ in length", mode));
    return result;
  }

  void refuse_unknown() {
    static const std::set<std::string> kSections = {"window", "fading", "provoked", "vouching", "farm",
                                                    "scale",  "kinds",  "networks", "quantiles"};
    for (const auto& [section, node] : root_) {
      const std::string section_name(section.str());
      if (node.is_table() && !kSections.contains(section_name))
        fail(fmt::format("section '{}' is not known", section_name));
      const toml::table* table = node.as_table();
      if (!table && !used_.contains({"", section_name})) fail(fmt::format("'{}' is not known", section_name));
      if (!table) continue;
      for (const auto& [key, unused] : *table) {
        const std::string key_name(key.str());
        if (!used_.contains({section_name, key_name}))
          fail(fmt::format("'{}.{}' is not known", section_name, key_name));
      }
    }
  }

  void check_relations(const ScoreModel& model) {
    const double shares = model.fast_share + model.loyal_share + model.slow_share;
    if (std::fabs(shares - 1.0) > 1e-12)
      fail(fmt::format("fading: the three shares sum to {}; they must sum to 1", shares));
    for (const double half_life : {model.half_life_fast_days, model.half_life_loyal_days, model.half_life_slow_days}) {
      if (half_life > kMostWindows * model.window_days)
        fail(fmt::format("fading: half-lives above {:g} windows are not supported", kMostWindows));
    }
    for (std::size_t kind = 1; kind < kEngagementKinds; ++kind) {
      if (model.kind_weight[kind] > model.kind_weight[kind - 1]) {
        fail(fmt::format("kinds.{} is {}, more than kinds.{} ({}): weights never rise along the order of kinds",
                         kKindNames[kind], model.kind_weight[kind], kKindNames[kind - 1], model.kind_weight[kind - 1]));
      }
    }
  }

  const toml::table& root_;
  std::string_view name_;
  std::set<std::pair<std::string, std::string>> used_;
  std::optional<Error> error_;
};

}  // namespace

Result<ScoreModel> parse_model(std::string_view text, std::string_view name) {
  const toml::parse_result parsed = toml::parse(text);
  if (!parsed) {
    return bad_input(fmt::format("model file {}, line {}: {}", name, parsed.error().source().begin.line,
                                 parsed.error().description()));
  }
  return ModelReader(parsed.table(), name).read();
}

Result<ScoreModel> with_half_life(ScoreModel model, double days) {
  if (!(days > 0.0) || !std::isfinite(days))
    return Error{ErrorCode::usage, "--half-life-days must be a number above 0"};
  if (days > kMostWindows * model.window_days) {
    return Error{ErrorCode::usage, fmt::format("--half-life-days {}: at most {:g} windows of {:g} days", days,
                                               kMostWindows, model.window_days)};
  }
  const double scale = days / model.half_life_slow_days;
  model.half_life_fast_days *= scale;
  model.half_life_loyal_days *= scale;
  model.half_life_slow_days = days;
  model.name += fmt::format("~h={}", days);
  return model;
}

Result<ScoreModel> with_verified_share(ScoreModel model, double share) {
  if (!(share > 0.0) || share > 1.0) return Error{ErrorCode::usage, "--verified-share must be above 0 and at most 1"};
  model.verified_share = share;
  model.name += fmt::format("~rho={}", share);
  return model;
}

std::vector<std::pair<std::string, std::string>> constants(const ScoreModel& model) {
  std::vector<std::pair<std::string, std::string>> result;
  for (const Constant& constant : kConstants) {
    result.emplace_back(fmt::format("{}.{}", constant.section, constant.key), fmt::format("{}", model.*constant.field));
  }
  for (std::size_t kind = 0; kind < kEngagementKinds; ++kind) {
    result.emplace_back(fmt::format("kinds.{}", kKindNames[kind]), fmt::format("{}", model.kind_weight[kind]));
  }
  for (const auto& [network, weight] : model.network_weight) {
    result.emplace_back(fmt::format("networks.{}", network), fmt::format("{}", weight));
  }
  return result;
}

}  // namespace renown::score
