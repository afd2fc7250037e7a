/// ListProgress: how far a ListConnector has come; the cursor's content.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace renown::connect {

/// A list of the network that is to be asked for, or the rest of one.
struct Errand {
  std::string list;         ///< the connector's word for it: "stargazers"
  std::string of = {};      ///< what it belongs to: "ann/tool"; empty for the account's own lists
  std::string whom = {};    ///< the account that whoever stands in it engages with
  std::int64_t count = -1;  ///< how long the network says it is; -1 where it does not say
  std::int64_t since = 0;   ///< unix seconds: nothing that is new in it can be older
  std::string page = {};    ///< where to go on, as the network calls it; empty: at the beginning
  std::uint64_t items = 0;  ///< on the pages before
  bool operator==(const Errand&) const = default;
};

/// A list as it was when it was last read to its end.
struct ListMark {
  std::int64_t count = -1;  ///< as Errand's
  std::int64_t time = 0;    ///< unix seconds, when that reading began
  bool in_doubt = false;    ///< it came empty though `count` is not 0; said a second time, it is believed
  bool operator==(const ListMark&) const = default;
};

struct ListProgress {
  static constexpr std::size_t kCursorBytes = std::size_t{60} << 10;  ///< of a cursor, as far as marks fill it

  std::int64_t started = 0;               ///< unix seconds: the reading under way, or the last one
  std::int64_t spent = 0;                 ///< of a budget, in its unit,
  std::int64_t spent_from = 0;            ///< since this second
  std::map<std::string, ListMark> marks;  ///< by key_of
  std::vector<Errand> todo;               ///< the next one is the last
  std::vector<Errand> missed;             ///< could not be read; the next reading asks for them again
  bool operator==(const ListProgress&) const = default;
};

/// Under what a list is remembered: "stargazers ann/tool".
std::string key_of(const Errand& errand);

/// Bytes that an errand takes in a cursor, without its page; not fewer.
std::size_t size_in_cursor(const Errand& errand);

/// Whether a text can stand in a cursor: no control characters.
bool is_plain(std::string_view text);

/// All texts in it are plain. The marks beyond kCursorBytes are left out, those that were read longest ago first: their
/// lists are then read once more, which costs requests and gives equal rows.
std::string write_cursor(const ListProgress& progress);

/// Nothing for what write_cursor() does not write; an empty one is the beginning.
std::optional<ListProgress> read_cursor(std::string_view cursor);

}  // namespace renown::connect
