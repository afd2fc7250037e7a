#include "http/openapi.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "base/ascii.h"
#include "io/json_escape.h"

namespace renown::http {
namespace {

using io::json_string;

/// `{"a":1,"b":2}` or `[1,2]` from its parts.
std::string braced(const std::vector<std::string>& parts, char open, char close) {
  std::string text(1, open);
  for (const std::string& part : parts) {
    if (text.size() > 1) text += ',';
    text += part;
  }
  return text + close;
}
std::string object(const std::vector<std::string>& members) {
  return braced(members, '{', '}');
}
std::string array(const std::vector<std::string>& values) {
  return braced(values, '[', ']');
}
std::string member(std::string_view name, std::string_view json) {
  return fmt::format("{}:{}", json_string(name), json);
}
std::string member_text(std::string_view name, std::string_view text) {
  return member(name, json_string(text));
}

std::string value_json(const Arguments::Value& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return json_string(*text);
  if (const auto* integer = std::get_if<std::int64_t>(&value)) return fmt::format("{}", *integer);
  if (const auto* number = std::get_if<double>(&value)) return fmt::format("{}", *number);
  return std::get<bool>(value) ? "true" : "false";
}

std::string_view type_name(ParameterType type) {
  switch (type) {
    case ParameterType::text:
      return "string";
    case ParameterType::integer:
      return "integer";
    case ParameterType::number:
      return "number";
    case ParameterType::boolean:
      return "boolean";
  }
  return "string";
}

std::string parameter_schema(const Parameter& parameter) {
  std::vector<std::string> members{member_text("type", type_name(parameter.type))};
  if (parameter.least) members.push_back(member("minimum", fmt::format("{}", *parameter.least)));
  if (parameter.most) members.push_back(member("maximum", fmt::format("{}", *parameter.most)));
  if (!parameter.choices.empty()) {
    std::vector<std::string> choices;
    for (const std::string& each : parameter.choices) choices.push_back(json_string(each));
    members.push_back(member("enum", array(choices)));
  } else if (parameter.type == ParameterType::text) {
    members.push_back(member("minLength", "1"));
    // Characters are never more than bytes: whoever keeps to this is not refused unless he writes beyond ASCII.
    members.push_back(member("maxLength", fmt::format("{}", parameter.most_bytes)));
  }
  if (parameter.fallback) members.push_back(member("default", value_json(*parameter.fallback)));
  return object(members);
}

std::string parameter_json(const Parameter& parameter, bool in_path) {
  return object({member_text("name", parameter.name), member_text("in", in_path ? "path" : "query"),
                 member("required", in_path || parameter.is_required ? "true" : "false"),
                 member_text("description", parameter.description), member("schema", parameter_schema(parameter))});
}

std::string content(std::string_view type, std::string_view schema) {
  return object({member(type, object({member("schema", schema)}))});
}

std::string answers_json(const Route& route) {
  std::vector<std::string> answers;
  for (const Answer& each : route.answers) {
    std::vector<std::string> members{member_text("description", each.description)};
    if (!each.content_type.empty()) members.push_back(member("content", content(each.content_type, each.schema)));
    answers.push_back(member(fmt::format("{}", each.status), object(members)));
  }
  const auto error = [&](std::string_view status) {
    if (!route.errors) return member(status, R"({"$ref":"#/components/responses/Problem"})");
    return member(status, object({member_text("description", "What went wrong, in one sentence."),
                                  member("content", content(route.errors->content_type, route.errors->schema))}));
  };
  const auto declares = [&](int status) {
    return std::ranges::find(route.answers, status, &Answer::status) != route.answers.end();
  };
  if (!declares(400)) answers.push_back(error("4XX"));
  answers.push_back(error("default"));
  return object(answers);
}

std::string security_json(const Route& route) {
  std::vector<std::string> ways;
  for (const std::string& scope : route.scopes) {
    ways.push_back(object({member("bearer", array({json_string(scope)}))}));
    if (route.takes_key_in_query) ways.push_back(object({member("key_in_query", array({json_string(scope)}))}));
  }
  return array(ways);
}

std::string operation_json(const Route& route) {
  std::vector<std::string> parameters;
  for (const Parameter& each : route.parameters) {
    parameters.push_back(parameter_json(each, route.path.find('{' + each.name + '}') != std::string::npos));
  }
  std::vector<std::string> members{member_text("operationId", route.id), member_text("summary", route.summary),
                                   member_text("description", route.summary),
                                   member("tags", array({json_string(route.tag)}))};
  if (!parameters.empty()) members.push_back(member("parameters", array(parameters)));
  if (route.body) {
    members.push_back(
        member("requestBody", object({member("required", "true"),
                                      member("content", content(route.body->content_type, route.body->schema))})));
  }
  members.push_back(member("responses", answers_json(route)));
  members.push_back(member("security", security_json(route)));
  return member(base::lower(route.method), object(members));
}

std::string paths_json(const Router& router) {
  std::map<std::string, std::vector<std::string>> by_path;
  for (const Route& route : router.routes()) {
    if (route.is_described) by_path[route.path].push_back(operation_json(route));
  }
  std::vector<std::string> paths;
  for (const auto& [path, operations] : by_path) paths.push_back(member(path, object(operations)));
  return object(paths);
}

std::string problem_schema(const std::vector<std::string>& types) {
  std::string names = json_string("about:blank");
  for (const std::string& type : types) names += "," + json_string(type);
  return fmt::format(R"({{"type":"object","required":["type","title","status","detail"],"properties":{{)"
                     R"("type":{{"type":"string","format":"uri-reference","enum":[{}]}},"title":{{"type":"string"}},)"
                     R"("status":{{"type":"integer","minimum":400,"maximum":599}},"detail":{{"type":"string"}}}}}})",
                     names);
}

std::string components_json(const ApiInfo& info) {
  std::string schemas = info.schemas;
  schemas.insert(schemas.size() - 1,
                 (schemas == "{}" ? "" : ",") + member("Problem", problem_schema(info.problem_types)));
  return object(
      {member("schemas", schemas),
       member("responses",
              object({member("Problem",
                             object({member_text("description", "What went wrong, in one sentence (RFC 9457)."),
                                     member("content", content("application/problem+json",
                                                               R"({"$ref":"#/components/schemas/Problem"})"))}))})),
       member("securitySchemes", fmt::format(R"({{"bearer":{{"type":"http","scheme":"bearer"}},)"
                                             R"("key_in_query":{{"type":"apiKey","in":"query","name":{}}}}})",
                                             json_string(kKeyParameter)))});
}

}  // namespace

std::string openapi_document(const Router& router, const ApiInfo& info) {
  std::vector<std::string> tags;
  for (const ApiInfo::Tag& tag : info.tags) {
    tags.push_back(object({member_text("name", tag.name), member_text("description", tag.description)}));
  }
  const std::string about =
      object({member_text("title", info.title), member_text("version", info.version),
              member_text("description", info.description),
              member("license",
                     object({member_text("name", info.licence_name), member_text("identifier", info.licence_name)}))});
  return object({member_text("openapi", "3.1.0"), member("info", about),
                 member("servers", array({object({member_text("url", info.server)})})), member("tags", array(tags)),
                 member("paths", paths_json(router)), member("components", components_json(info))});
}

}  // namespace renown::http
