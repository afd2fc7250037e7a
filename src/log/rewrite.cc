#include "log/rewrite.h"

#include <string>
#include <vector>

#include <fmt/format.h>

#include "duck/appender.h"
#include "duck/connection.h"
#include "duck/sql.h"
#include "log/batch.h"
#include "log/logged_row.h"
#include "log/schema.h"
#include "log/source_table.h"

namespace renown::log {
namespace {

/// The new database's name in statements.
constexpr const char* kFresh = "fresh";

// $1 is the network, $2 the account.
constexpr const char* kIsTheAccounts = "(network = $1 AND (actor = $2 OR target = $2))";
/// A superset of the rows that name the account: lower() folds more than ASCII, and edges are not looked at.
constexpr const char* kMayNameIt =
    "(network = $1 AND (contains(lower(post), lower($2)) OR contains(lower(id), lower($2)) OR"
    " contains(lower(tags), lower($2))))";

class Rewrite {
 public:
  Rewrite(const OpenLog& log, duck::Connection& connection, std::string_view network, std::string_view account)
      : log_(log), connection_(connection), network_(network), account_(account), gone_(log.key) {
    gone_.add(gone_.make(network, account));
  }

  Result<EraseCounts> run() {
    for (const auto step :
         {&Rewrite::attach, &Rewrite::copy_other_rows, &Rewrite::copy_cleaned_rows, &Rewrite::copy_imports,
          &Rewrite::copy_sources, &Rewrite::copy_tombstones, &Rewrite::detach}) {
      auto done = (this->*step)();
      if (!done) return done.error();
    }
    return counts_;
  }

 private:
  Result<void> execute(const std::string& sql, duck::Parameters parameters = {}) {
    auto done = connection_.execute(sql, parameters);
    if (!done) return done.error();
    return {};
  }

  Result<void> attach() {
    auto attached = execute(fmt::format("ATTACH {} AS {}", duck::text_literal(log_.folder.fresh_database()), kFresh));
    if (!attached) return attached;
    return create_tables(connection_, kFresh, log_.key);
  }

  // By far the most rows: DuckDB copies them by itself.
  Result<void> copy_other_rows() {
    auto copied = connection_.execute(
        fmt::format("INSERT INTO {}.interactions SELECT {} FROM interactions WHERE NOT {} AND NOT {}", kFresh, kColumns,
                    kIsTheAccounts, kMayNameIt),
        {network_, account_});
    if (!copied) return copied.error();
    auto before = connection_.query_int64("SELECT count(*) FROM interactions");
    if (!before) return before.error();
    counts_.rows_removed = static_cast<std::uint64_t>(*before) - *copied;  // copy_cleaned_rows takes off what it copies
    return {};
  }

  Result<void> copy_cleaned_rows() {
    auto rows = connection_.query(
        fmt::format("SELECT {} FROM interactions WHERE NOT {} AND {}", kColumns, kIsTheAccounts, kMayNameIt),
        {network_, account_});
    if (!rows) return rows.error();
    auto writing = connect(log_);  // the connection that reads cannot write meanwhile
    if (!writing) return writing.error();
    Batch batch(*writing);
    for (auto more = rows->next();; more = rows->next()) {
      if (!more) return more.error();
      if (!*more) break;
      add_cleaned(*rows, batch);
    }
    counts_.rows_removed -= batch.size();
    auto moved = batch.move_into(kFresh);
    if (!moved) return moved.error();
    return {};
  }

  void add_cleaned(const duck::QueryResult& rows, Batch& batch) {
    for (std::size_t i = 0; i < rows.size(); ++i) {
      Interaction row = logged_row(rows, i);
      if (gone_.clean(row, room_)) ++counts_.rows_cleaned;
      batch.add(row);
    }
  }

  // Names are cleaned on the way: the new file never sees the old ones.
  Result<void> copy_imports() {
    auto rows = connection_.query("FROM imports");
    if (!rows) return rows.error();
    auto writing = connect(log_);
    if (!writing) return writing.error();
    auto appender = duck::Appender::create(*writing, "imports", kFresh);
    if (!appender) return appender.error();
    for (auto more = rows->next();; more = rows->next()) {
      if (!more) return more.error();
      if (!*more) return appender->finish();
      for (std::size_t i = 0; i < rows->size(); ++i) {
        auto copied = copy_import(*rows, i, *appender);
        if (!copied) return copied;
      }
    }
  }

  Result<void> copy_import(const duck::QueryResult& from, std::size_t row, duck::Appender& to) {
    duck::RowBuffer& rows = to.rows();
    rows.add_row();
    for (std::size_t column = 0; column < from.column_count(); ++column) {
      const duck::Column& cell = from.column(column);
      if (cell.type() == duck::Type::text) {
        rows.set_text(column, gone_.clean_name(cell.text(row)));
      } else if (cell.type() == duck::Type::boolean) {
        rows.set_boolean(column, cell.boolean(row));
      } else {
        rows.set_int64(column, cell.int64(row));
      }
    }
    return rows.full() ? to.push() : Result<void>();
  }

  // A source that was set up with the name asks for the account. What a source only remembers is forgotten: it then
  // reads from the start, which doubles nothing.
  Result<void> copy_sources() {
    auto all = read_sources(connection_);
    if (!all) return all.error();
    for (Source& source : *all) {
      if (source.network == network_) {
        if (source.account == account_ || source.state.subject == account_ || names(source.server) ||
            names(source.settings) || names(source.name)) {
          ++counts_.sources;
          continue;
        }
        SourceState& state = source.state;
        if (names(state.cursor) || names(state.whole)) state.cursor = state.whole = "";
        if (names(state.sentence)) state.sentence = "(it named an account that was erased)";
      }
      if (auto copied = insert_source(connection_, kFresh, source); !copied) return copied;
    }
    return {};
  }

  bool names(std::string_view text) const { return gone_.clean_name(text) != text; }

  Result<void> copy_tombstones() {
    const Tombstone tombstone = gone_.make(network_, account_);
    const std::string_view digest = tombstone.digest;
    auto copied = execute(fmt::format("INSERT INTO {}.tombstones FROM tombstones WHERE digest <> ?", kFresh), {digest});
    if (!copied) return copied;
    return execute(fmt::format("INSERT INTO {}.tombstones VALUES (?, ?, ?, ?)", kFresh),
                   {network_, digest, static_cast<std::int64_t>(tombstone.name_hash),
                    static_cast<std::int64_t>(tombstone.name_bytes)});
  }

  Result<void> detach() {
    auto written = execute(fmt::format("CHECKPOINT {}", kFresh));
    if (!written) return written;
    auto detached = execute(fmt::format("DETACH {}", kFresh));
    if (!detached) return detached;
    return sync_file(log_.folder.fresh_database());
  }

  const OpenLog& log_;
  duck::Connection& connection_;
  std::string_view network_;
  std::string_view account_;
  Tombstones gone_;  ///< the account alone
  std::vector<std::string> room_;
  EraseCounts counts_;
};

}  // namespace

Result<EraseCounts> write_without(const OpenLog& log, std::string_view network, std::string_view account) {
  auto connection = connect(log);
  if (!connection) return connection.error();
  return Rewrite(log, *connection, network, account).run();
}

}  // namespace renown::log
