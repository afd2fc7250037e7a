#include <fstream>
#include <string>
#include <unordered_map>
#include <vector>

#include "ingest/task.h"

namespace renown::bench::ingest {
namespace {

/// The text or number behind "key": in a line without escapes.
std::string value_of(const std::string& line, const std::string& key) {
  std::size_t begin = line.find("\"" + key + "\":") + key.size() + 3;
  if (line[begin] == '"') {
    ++begin;
    return line.substr(begin, line.find('"', begin) - begin);
  }
  return line.substr(begin, line.find_first_of(",}", begin) - begin);
}

class Naive final : public Candidate {
 public:
  explicit Naive(const Events& events) : events_(events) {}
  double operations() const override { return static_cast<double>(events_.rows); }

  void run() override {
    std::ifstream file(events_.path);
    for (std::string line; std::getline(file, line);) {
      const std::string id = value_of(line, "id");
      rows_.push_back({std::stoll(value_of(line, "time")), parse_kind(value_of(line, "kind")).value(),
                       number_of(value_of(line, "actor")), number_of(value_of(line, "target")),
                       std::hash<std::string>{}(id)});
    }
  }

  Outcome outcome() override {
    std::vector<std::size_t> size(numbers_.size());
    for (const auto& [name, number] : numbers_) size[number] = name.size();
    Sums sums;
    for (const Row& row : rows_) sums.add(row.time, row.kind, size[row.actor], size[row.target]);
    return sums.outcome();
  }

 private:
  struct Row {
    std::int64_t time;
    Kind kind;
    std::uint32_t actor, target;
    std::uint64_t id;
  };

  std::uint32_t number_of(const std::string& name) {
    return numbers_.try_emplace(name, static_cast<std::uint32_t>(numbers_.size())).first->second;
  }

  const Events& events_;
  std::unordered_map<std::string, std::uint32_t> numbers_;
  std::vector<Row> rows_;
};

}  // namespace

std::unique_ptr<Candidate> naive(const Events& events) {
  return std::make_unique<Naive>(events);
}

}  // namespace renown::bench::ingest
