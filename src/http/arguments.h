/// Arguments: the parameters of one request, read and checked before a handler sees them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace renown::http {

/// A handler asks by the name and in the type that its route declares; another name or type gives nothing.
class Arguments {
 public:
  using Value = std::variant<std::string, std::int64_t, double, bool>;

  void add(std::string name, Value value) { values_.emplace_back(std::move(name), std::move(value)); }
  bool has(std::string_view name) const { return find(name) != nullptr; }

  std::optional<std::string_view> text(std::string_view name) const { return get<std::string, std::string_view>(name); }
  std::optional<std::int64_t> integer(std::string_view name) const { return get<std::int64_t, std::int64_t>(name); }
  std::optional<double> number(std::string_view name) const { return get<double, double>(name); }
  std::optional<bool> boolean(std::string_view name) const { return get<bool, bool>(name); }

 private:
  const Value* find(std::string_view name) const {
    for (const auto& [each, value] : values_) {
      if (each == name) return &value;
    }
    return nullptr;
  }
  template <class Held, class Given>
  std::optional<Given> get(std::string_view name) const {
    const Value* value = find(name);
    const Held* held = value != nullptr ? std::get_if<Held>(value) : nullptr;
    return held != nullptr ? std::optional<Given>(*held) : std::nullopt;
  }

  std::vector<std::pair<std::string, Value>> values_;
};

}  // namespace renown::http
