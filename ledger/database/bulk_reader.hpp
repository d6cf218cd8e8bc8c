#pragma once
#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/database/database.hpp"

namespace coop {

/// The rows of a bulk answer, in PostgreSQL's binary form, held in memory; columns by position. Moves, never
/// copies. A column read as another type than it has breaks our own promise: InvariantBroken.
class BulkRows {
 public:
  int size() const noexcept;
  bool is_null(int row, int column) const noexcept;
  /// The column's bytes (text, bytea, uuid); empty for NULL; valid while the rows live.
  std::string_view bytes(int row, int column) const noexcept;
  /// smallint, int or bigint; 0 for NULL.
  std::int64_t number(int row, int column) const;
  bool boolean(int row, int column) const;
  /// A date as days since 1970-01-01, which may lie outside what Day allows; nothing for NULL.
  std::optional<std::int64_t> days(int row, int column) const;
  /// A timestamptz as microseconds since 1970-01-01 UTC, which may lie outside what Instant allows; nothing
  /// for NULL.
  std::optional<std::int64_t> microseconds(int row, int column) const;
  /// The first column of every row, as number() reads it.
  std::vector<std::int64_t> numbers() const;
  /// A jsonb column's text; empty for NULL.
  std::string_view jsonb(int row, int column) const;

 private:
  friend class BulkReader;
  struct Freed {
    void operator()(void* result) const noexcept;
  };
  explicit BulkRows(void* result) : result_{result} {}
  std::unique_ptr<void, Freed> result_;
};

/// A row that is copied out, in PostgreSQL's binary form: its columns one after the other, each asked for
/// once. A column read as another type than it has, or one too many, breaks our own promise: InvariantBroken.
class CopiedRow {
 public:
  /// smallint, int or bigint; nothing for NULL.
  std::optional<std::int64_t> maybe_number();
  /// The same; 0 for NULL.
  std::int64_t number() { return maybe_number().value_or(0); }
  /// The column's bytes (text, bytea, uuid); empty for NULL; valid as BulkReader::copy() says.
  std::string_view bytes();
  /// A date as days since 1970-01-01, which may lie outside what Day allows; nothing for NULL.
  std::optional<std::int64_t> days();
  /// A timestamptz as microseconds since 1970-01-01 UTC, which may lie outside what Instant allows; nothing
  /// for NULL.
  std::optional<std::int64_t> microseconds();

 private:
  friend class BulkReader;
  explicit CopiedRow(std::string_view columns) : left_{columns} {}
  std::optional<std::string_view> next();
  std::string_view left_;
};

/// Takes a row; true if its bytes are still looked at afterwards.
using TakeRow = std::function<bool(CopiedRow&)>;
/// The bytes of rows, as long as anybody holds them.
using KeptBytes = std::shared_ptr<const void>;

/// A connection of its own, outside the pool, that reads many rows at a few hundred nanoseconds each: for
/// whole-books passes such as verification and export. Never writes. Used by one thread at a time.
class BulkReader {
 public:
  /// Connects. Throws Unavailable.
  explicit BulkReader(const DatabaseSettings& settings);
  ~BulkReader();
  BulkReader(BulkReader&&) noexcept;
  BulkReader(const BulkReader&) = delete;
  BulkReader& operator=(const BulkReader&) = delete;

  /// From here on every answer is of one repeatable-read snapshot, until end_snapshot().
  void begin_snapshot();
  void end_snapshot();
  /// Runs a statement whose parameters ($1 …) are whole numbers, prepared once by its address.
  /// Throws Unavailable (connection lost), InvariantBroken (the statement is wrong).
  template <class... Numbers>
  BulkRows read(const char* sql, Numbers... numbers) {
    const std::array<std::int64_t, sizeof...(Numbers)> list{static_cast<std::int64_t>(numbers)...};
    return read_with(sql, list);
  }
  /// Hands each row of a statement to `take`, at a fifth of what holding it as BulkRows costs. The statement
  /// is planned each time: for thousands of rows. Returns the bytes of rows that `take` wants kept; those of
  /// others end with its call. Throws as read() does.
  template <class... Numbers>
  KeptBytes copy(const char* sql, const TakeRow& take, Numbers... numbers) {
    const std::array<std::string, sizeof...(Numbers)> list{
        std::to_string(static_cast<std::int64_t>(numbers))...};
    return copy_with(sql, take, list);
  }
  /// The same with one array parameter of bigints last.
  KeptBytes copy_any(const char* sql, const TakeRow& take, std::int64_t first,
                     std::span<const std::int64_t> many);

 private:
  BulkRows read_with(const char* sql, std::span<const std::int64_t> numbers);
  BulkRows run(const char* sql, const std::vector<std::string>& values);
  BulkRows required(void* result, int wanted_status, const char* sql);
  KeptBytes copy_with(const char* sql, const TakeRow& take, std::span<const std::string> values);
  void command(const char* words);
  struct Held;
  std::unique_ptr<Held> held_;
};

}  // namespace coop
