/// Schemas of what the API takes and answers (JSON Schema 2020-12): what its tests validate against. They stand in
/// src/api/schemas, a file a tag.

#include <fmt/format.h>

#include "api/problem_types.h"
#include "api/routes.h"
#include "api/shipped_schemas.h"
#include "base/version.h"

namespace renown::api {
namespace {

/// The members of all files, in one object.
std::string all_schemas() {
  std::string all;
  for (const std::string_view file : shipped_schemas()) {
    const std::size_t begin = file.find('{') + 1;
    all += all.empty() ? "{" : ",";
    all += file.substr(begin, file.rfind('}') - begin);
    while (all.ends_with('\n')) all.pop_back();
  }
  return all + "\n}";
}

}  // namespace

http::ApiInfo api_info() {
  return {.title = "Renown",
          .version = std::string(base::version()),
          .description = "An open, explainable influence score. `unscored` is never to be read as low.",
          .tags = {{"sessions", "Logging in and inviting."},
                   {"people", "Cards, as far as people show them."},
                   {"reasons", "Why a score is what it is, for the person."},
                   {"accounts", "Accounts of one's own."},
                   {"privacy", "What a person decides, takes along and erases."},
                   {"findings", "What the search for farms found among a person's accounts, and appeals."},
                   {"keys", "API keys."},
                   {"lookups", "Others ask, with consent."},
                   {"outlets", "Being told that the score has moved."},
                   {"klout", "As Klout answered, for its old clients."},
                   {"operators", "Running the instance."},
                   {"system", "The program itself."}},
          .schemas = all_schemas(),
          .problem_types = {kProblemTypes.begin(), kProblemTypes.end()}};
}

std::string schema_ref(std::string_view name) {
  return fmt::format(R"({{"$ref":"#/components/schemas/{}"}})", name);
}

std::string page_schema(std::string_view name) {
  return fmt::format(R"({{"type":"object","required":["items","next"],"properties":{{"items":{{"type":"array",)"
                     R"("items":{}}},"next":{{"type":["string","null"]}}}}}})",
                     schema_ref(name));
}

http::Parameter days_parameter(std::int64_t fallback, std::int64_t most) {
  return {.name = "days",
          .description = "How many days back.",
          .type = http::ParameterType::integer,
          .least = 1,
          .most = static_cast<double>(most),
          .fallback = fallback};
}

http::Parameter cursor_parameter() {
  return {.name = "cursor", .description = "Where a page before this one ended.", .most_bytes = 200};
}

}  // namespace renown::api
