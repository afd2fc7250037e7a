#include "twin/golden_world.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/hash.h"
#include "base/time.h"

namespace renown::twin {
namespace {

constexpr std::string_view kInteractionsHeader = "time,network,kind,actor,target,post,id,tags";
constexpr std::string_view kPeopleHeader = "person,network,account";
constexpr std::string_view kVerifiedHeader = "network,account";
constexpr std::string_view kCardsHeader =
    "network,account,score,vouched_score,raw,vouched_raw,reach,amplification,interactions,coverage,"
    "score_low,score_high,bound_raw,bound_score,protection,person";
constexpr std::string_view kLedgerHeader =
    "network,account,actor_network,actor,post,kind,day,tags,verified,contribution,vouched_contribution,person";

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

/// One line of CSV as its fields. Golden files have no line breaks inside fields.
std::vector<std::string> csv_fields(std::string_view line) {
  std::vector<std::string> fields(1);
  bool quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (quoted && c == '"' && i + 1 < line.size() && line[i + 1] == '"') {
      fields.back() += '"';
      ++i;
    } else if (c == '"') {
      quoted = !quoted;
    } else if (c == ',' && !quoted) {
      fields.emplace_back();
    } else {
      fields.back() += c;
    }
  }
  return fields;
}

std::string csv_line(const std::vector<std::string>& fields) {
  std::vector<std::string> quoted;
  for (const std::string& field : fields) {
    if (field.find_first_of(",\"") == std::string::npos) {
      quoted.push_back(field);
      continue;
    }
    std::string text;
    for (const char c : field) text += c == '"' ? std::string("\"\"") : std::string(1, c);
    quoted.push_back('"' + text + '"');
  }
  return fmt::format("{}\n", fmt::join(quoted, ","));
}

/// The records of a section below its header line, which must be `header`.
Result<std::vector<std::vector<std::string>>> records(const std::string& name, const std::string& section,
                                                      std::string_view header) {
  const auto lines = lines_of(section);
  if (lines.empty() || lines.front() != header) {
    return bad_input(fmt::format("section '{}' must begin with the line '{}'", name, header));
  }
  const std::size_t width = csv_fields(header).size();
  std::vector<std::vector<std::string>> result;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    result.push_back(csv_fields(lines[i]));
    if (result.back().size() != width) {
      return bad_input(fmt::format("section '{}' has a line without {} fields: {}", name, width, lines[i]));
    }
  }
  return result;
}

Result<Row> parse_row(const std::vector<std::string>& fields) {
  const auto time = base::parse_time(fields[0]);
  if (!time) return time.error();
  const auto kind = parse_kind(fields[2]);
  if (!kind) return bad_input(fmt::format("'{}' is not a kind of interaction", fields[2]));
  return Row{.time = *time,
             .kind = *kind,
             .network = fields[1],
             .actor = fields[3],
             .target = fields[4],
             .post = fields[5],
             .id = fields[6],
             .tags = fields[7]};
}

std::string number(double value) {
  return fmt::format("{:.12g}", value);
}

std::string number_or_empty(const std::optional<double>& value) {
  return value ? number(*value) : "";
}

std::string card_line(const Card& card, bool is_protected) {
  return csv_line({card.account.network, card.account.account, number_or_empty(card.score),
                   number_or_empty(card.vouched_score), number(card.raw), number_or_empty(card.vouched_raw),
                   fmt::to_string(card.reach), number(card.amplification), fmt::to_string(card.interactions),
                   number(card.coverage), number_or_empty(card.score_low), number_or_empty(card.score_high),
                   number_or_empty(card.bound_raw), number_or_empty(card.bound_score),
                   is_protected ? "verified" : "unprotected", card.person});
}

std::string ledger_line(const LedgerRow& row) {
  return csv_line({row.account.network, row.account.account, row.actor.network, row.actor.account, row.post,
                   std::string(kind_name(row.kind)), row.day, row.tags, row.verified ? "true" : "false",
                   number(row.contribution), number_or_empty(row.vouched_contribution), row.person});
}

std::string dropped_lines(const Dropped& dropped, std::size_t kept) {
  return fmt::format(
      "reason,rows\nkept,{}\nfuture,{}\nwithdrawn,{}\nweight_0,{}\nmerged,{}\nown,{}\nprovoked,{}\nfarm,{}\n", kept,
      dropped.future, dropped.withdrawn, dropped.weight_0, dropped.merged, dropped.own, dropped.provoked, dropped.farm);
}

std::optional<double> as_number(const std::string& text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

bool same_field(const std::string& want, const std::string& got) {
  if (want == got) return true;
  const auto a = as_number(want);
  const auto b = as_number(got);
  return a && b && std::abs(*a - *b) <= 1e-9 * std::max(1.0, std::abs(*a));
}

}  // namespace

Sections split_sections(std::string_view text) {
  Sections sections;
  std::string name;
  for (const std::string_view line : lines_of(text)) {
    if (line.starts_with("## ")) {
      name = line.substr(3);
      sections[name];
    } else if (!name.empty() && !(line.empty() && sections[name].empty())) {
      sections[name] += std::string(line) + '\n';
    }
  }
  for (auto& [section, content] : sections) {
    while (content.ends_with("\n\n")) content.pop_back();
  }
  return sections;
}

Result<World> parse_golden_world(const Sections& sections) {
  for (const char* required : {"shows", "as_of", "interactions"}) {
    if (!sections.contains(required)) return bad_input(fmt::format("section '{}' is missing", required));
  }
  World world;
  world.hash = base::stable_hash;

  const std::string& as_of_line = sections.at("as_of");
  const auto as_of = base::parse_time(std::string_view(as_of_line).substr(0, as_of_line.find('\n')));
  if (!as_of) return as_of.error();
  world.as_of = *as_of;

  const auto interactions = records("interactions", sections.at("interactions"), kInteractionsHeader);
  if (!interactions) return interactions.error();
  for (const auto& fields : *interactions) {
    const auto row = parse_row(fields);
    if (!row) return row.error();
    world.rows.push_back(*row);
  }
  if (sections.contains("people")) {
    const auto people = records("people", sections.at("people"), kPeopleHeader);
    if (!people) return people.error();
    for (const auto& fields : *people) world.people[{fields[1], fields[2]}] = fields[0];
  }
  if (sections.contains("verified")) {
    const auto verified = records("verified", sections.at("verified"), kVerifiedHeader);
    if (!verified) return verified.error();
    world.verified.emplace();
    for (const auto& fields : *verified) world.verified->insert({fields[0], fields[1]});
  }
  return world;
}

Sections expected_sections(const Scores& scores, bool is_protected) {
  Sections sections;
  sections["cards"] = std::string(kCardsHeader) + '\n';
  for (const Card& card : scores.cards) sections["cards"] += card_line(card, is_protected);
  sections["ledger"] = std::string(kLedgerHeader) + '\n';
  for (const LedgerRow& row : scores.ledger) sections["ledger"] += ledger_line(row);
  sections["dropped"] = dropped_lines(scores.dropped, scores.kept);
  return sections;
}

std::string with_expected(std::string_view text, const Sections& expected) {
  std::string result;
  bool replaced = false;
  for (const std::string_view line : lines_of(text)) {
    if (line.starts_with("## ")) replaced = expected.contains(std::string(line.substr(3)));
    if (!replaced) result += std::string(line) + '\n';
  }
  while (result.ends_with("\n\n")) result.pop_back();
  for (const char* name : {"cards", "ledger", "dropped"}) {
    result += fmt::format("\n## {}\n{}", name, expected.at(name));
  }
  return result;
}

std::string difference(std::string_view want, std::string_view got) {
  const auto want_lines = lines_of(want);
  const auto got_lines = lines_of(got);
  for (std::size_t i = 0; i < std::max(want_lines.size(), got_lines.size()); ++i) {
    const std::string_view want_line = i < want_lines.size() ? want_lines[i] : "(no line)";
    const std::string_view got_line = i < got_lines.size() ? got_lines[i] : "(no line)";
    const auto want_fields = csv_fields(want_line);
    const auto got_fields = csv_fields(got_line);
    if (!std::equal(want_fields.begin(), want_fields.end(), got_fields.begin(), got_fields.end(), same_field)) {
      return fmt::format("line {}:\n  want {}\n  got  {}", i + 1, want_line, got_line);
    }
  }
  return "";
}

}  // namespace renown::twin
