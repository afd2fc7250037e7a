#include "atproto/repository.h"

#include <optional>
#include <unordered_set>
#include <utility>

#include "atproto/cbor_map.h"

namespace renown::atproto {
namespace {

constexpr std::size_t kMaxPathBytes = 1024;

/// A node has the first subtree in "l" and entries in "e"; an entry has in "p" how many bytes its path shares with that
/// before it, in "k" the rest, in "v" the record and in "t" the subtree behind it.
struct Entry {
  std::uint64_t shared = 0;
  std::string_view rest;
  std::string_view record;
  std::string_view subtree;  ///< empty if there is none
};

struct Node {
  std::string_view first_subtree;
  std::vector<Entry> entries;
};

Error broken_node() {
  return bad_input("a node of its tree of records is broken");
}

/// The link that comes next, or nothing where there is a null.
Result<std::string_view> read_link(CborReader& reader) {
  const auto head = reader.next();
  if (!head) return head.error();
  if (head->type == CborType::link) return head->content;
  if (head->type == CborType::simple) return std::string_view{};
  return broken_node();
}

Result<void> read_into(CborReader& reader, std::string_view& link) {
  const auto read = read_link(reader);
  if (!read) return read.error();
  link = *read;
  return {};
}

Result<Entry> read_entry(CborReader& reader) {
  Entry entry;
  auto read = read_map(reader, [&](std::string_view key) -> Result<void> {
    if (key == "v") return read_into(reader, entry.record);
    if (key == "t") return read_into(reader, entry.subtree);
    if (key != "p" && key != "k") return reader.skip();
    const auto head = reader.next();
    if (!head) return head.error();
    if (head->type != (key == "p" ? CborType::unsigned_integer : CborType::bytes)) return broken_node();
    if (key == "p") {
      entry.shared = head->value;
    } else {
      entry.rest = head->content;
    }
    return {};
  });
  if (!read) return read.error();
  return entry;
}

Result<Node> read_node(std::string_view block) {
  CborReader reader(block);
  Node node;
  auto read = read_map(reader, [&](std::string_view key) -> Result<void> {
    if (key == "l") return read_into(reader, node.first_subtree);
    if (key != "e") return reader.skip();
    const auto list = reader.next();
    if (!list) return list.error();
    if (list->type != CborType::array) return broken_node();
    for (std::uint64_t i = 0; i < list->value; ++i) {
      auto entry = read_entry(reader);
      if (!entry) return entry.error();
      node.entries.push_back(*entry);
    }
    return {};
  });
  if (!read) return read.error();
  return node;
}

/// Goes through the tree in the order of its paths, without recursion: its depth is the file's affair.
class Walk {
 public:
  explicit Walk(const Car& car) : car_(car) {}

  Result<void> run(std::string_view tree, std::vector<RepositoryRecord>& records) {
    if (auto entered = enter(tree); !entered) return entered;
    while (!open_.empty()) {
      if (auto gone = step(records); !gone) return gone;
    }
    return {};
  }

 private:
  struct OpenNode {
    Node node;
    std::size_t next = 0;  ///< into its entries
    std::string path;      ///< of the entry before
  };

  /// Goes down to the first path below: a loop, because a recursion could be as deep as the file has blocks.
  Result<void> enter(std::string_view cid) {
    while (!cid.empty()) {
      if (!seen_.insert(cid).second) return bad_input("a node of its tree of records hangs in two places");
      const std::string_view* block = car_.find(cid);
      if (block == nullptr) return bad_input("it is not whole: a node of its tree of records is missing");
      auto node = read_node(*block);
      if (!node) return node.error();
      cid = node->first_subtree;
      open_.push_back({std::move(*node), 0, {}});
    }
    return {};
  }

  Result<void> step(std::vector<RepositoryRecord>& records) {
    OpenNode& top = open_.back();
    if (top.next == top.node.entries.size()) {
      open_.pop_back();
      return {};
    }
    const Entry entry = top.node.entries[top.next++];
    if (entry.shared > top.path.size() || entry.shared + entry.rest.size() > kMaxPathBytes || entry.record.empty()) {
      return broken_node();
    }
    top.path.resize(entry.shared);
    top.path += entry.rest;
    if (!records.empty() && records.back().path >= top.path) return bad_input("its tree of records is out of order");
    records.push_back({top.path, entry.record});
    return enter(entry.subtree);
  }

  const Car& car_;
  std::unordered_set<std::string_view> seen_;
  std::vector<OpenNode> open_;
};

}  // namespace

Result<Repository> read_repository(const Car& car) {
  const std::string_view* commit = car.find(car.root());
  if (commit == nullptr) return bad_input("it is not whole: the commit that it begins with is missing");
  CborReader reader(*commit);
  Repository repository;
  std::string_view tree;
  auto read = read_map(reader, [&](std::string_view key) -> Result<void> {
    if (key == "data") return read_into(reader, tree);
    if (key != "did") return reader.skip();
    const auto did = reader.next();
    if (!did) return did.error();
    if (did->type != CborType::text) return bad_input("its commit names no account");
    repository.did = did->content;
    return {};
  });
  if (!read) return read.error();
  if (!repository.did.starts_with("did:") || tree.empty())
    return bad_input("its commit names no account and no records");
  Walk walk(car);
  if (auto walked = walk.run(tree, repository.records); !walked) return walked.error();
  return repository;
}

}  // namespace renown::atproto
