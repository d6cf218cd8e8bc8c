#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/database/sql_value.hpp"
#include "ledger/values/day.hpp"
#include "ledger/values/ids.hpp"

namespace coop {

/// One row of an answer, valid while the Rows it came from live: it cannot be copied, so that it does not
/// outlive them by accident. Columns are read by position, in the order of the statement's select list.
/// Reading NULL as a plain value, or text that is not of the asked type, breaks our own promise:
/// InvariantBroken.
class Row {
 public:
  Row(const Row&) = delete;
  Row& operator=(const Row&) = delete;
  bool is_null(int column) const;
  /// The text PostgreSQL sent; valid while the Rows live. Empty for NULL.
  std::string_view text(int column) const;
  std::string string(int column) const { return std::string{text(column)}; }
  std::int64_t int64(int column) const;
  int integer(int column) const;
  bool boolean(int column) const;
  Day day(int column) const;
  Instant instant(int column) const;
  /// The bytes of a bytea column.
  std::string bytes(int column) const;
  template <class SomeId>
  SomeId id(int column) const {
    return SomeId{static_cast<typename SomeId::number_type>(int64(column))};
  }
  std::optional<std::string> maybe_string(int column) const;
  std::optional<std::int64_t> maybe_int64(int column) const;
  std::optional<Day> maybe_day(int column) const;
  std::optional<Instant> maybe_instant(int column) const;

 private:
  friend class Rows;
  friend class OnlyRow;
  Row(const void* result, int index) : result_{result}, index_{index} {}
  const void* result_;
  int index_;
};

/// The rows of an answer, held in memory.
class Rows {
 public:
  class Iterator {
   public:
    Iterator(const Rows* rows, int index) : rows_{rows}, index_{index} {}
    Row operator*() const { return (*rows_)[index_]; }
    Iterator& operator++() {
      ++index_;
      return *this;
    }
    bool operator!=(const Iterator& other) const { return index_ != other.index_; }

   private:
    const Rows* rows_;
    int index_;
  };

  int size() const noexcept;
  bool empty() const noexcept { return size() == 0; }
  Row operator[](int index) const&;
  Row operator[](int index) const&& = delete;
  Iterator begin() const { return {this, 0}; }
  Iterator end() const { return {this, size()}; }
  /// Rows inserted, updated or deleted.
  int affected() const noexcept;

  struct Held;
  explicit Rows(std::shared_ptr<const Held> held) : held_{std::move(held)} {}

 private:
  friend class OnlyRow;
  std::shared_ptr<const Held> held_;
};

/// One database transaction, rolled back unless the owner (Database::in_tx) commits it; or, inside
/// Database::in_autocommit, statements each of which commits by itself.
class Tx {
 public:
  Tx(const Tx&) = delete;
  Tx& operator=(const Tx&) = delete;
  ~Tx();

  /// Runs one statement with its parameters ($1 …). Statements are prepared once per connection, by their
  /// address.
  Rows run(const char* sql, std::span<const SqlValue> values);
  /// The same with parameters in binary (BinaryArray) behind the values: with two values the first is $3.
  Rows run(const char* sql, std::span<const SqlValue> values, std::span<const std::string> binary);
  /// The same without preparing: for reports, whose best plan depends on the values.
  Rows run_planned_fresh(const char* sql, std::span<const SqlValue> values);
  /// Runs statements without parameters or answer: migrations, SET LOCAL.
  void run_script(const std::string& sql);

  struct Session;
  /// What stands around the statements.
  enum class Kind {
    write,       ///< a read-committed database transaction
    snapshot,    ///< a repeatable-read, read-only one
    autocommit,  ///< nothing: each statement stands alone
  };

 private:
  friend class Database;
  explicit Tx(Session& session, Kind kind);
  void commit();
  struct Held;
  std::unique_ptr<Held> held_;
};

/// Runs a statement: `rows(tx, sql, node, day, "text")`.
template <class... Values>
Rows rows(Tx& tx, const char* sql, const Values&... values) {
  const std::array<SqlValue, sizeof...(Values)> list{SqlValue{values}...};
  return tx.run(sql, list);
}

/// Runs a report's statement with a plan made for these very values.
template <class... Values>
Rows report_rows(Tx& tx, const char* sql, const Values&... values) {
  const std::array<SqlValue, sizeof...(Values)> list{SqlValue{values}...};
  return tx.run_planned_fresh(sql, list);
}

/// The only row of an answer, together with the answer: it lives on its own.
class OnlyRow : public Row {
 public:
  /// Throws InvariantBroken if there is no row or more than one.
  explicit OnlyRow(Rows rows);

 private:
  Rows rows_;
};

/// The only row. InvariantBroken if there is none or more than one.
Row only_row(const Rows& rows);
/// The same of an answer that nobody else keeps: `const auto row = only_row(rows(tx, …))`.
OnlyRow only_row(Rows&& rows);

}  // namespace coop
