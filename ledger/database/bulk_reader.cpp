#include "ledger/database/bulk_reader.hpp"

#include <endian.h>
#include <libpq-fe.h>

#include <algorithm>
#include <cstring>
#include <limits>
#include <unordered_set>

#include "ledger/database/session_address.hpp"
#include "ledger/values/refusal.hpp"

namespace coop {

namespace {

constexpr int binary = 1;
// PostgreSQL counts days and microseconds from 2000-01-01.
constexpr std::int64_t days_to_2000 = 10'957;
constexpr std::int64_t microseconds_to_2000 = days_to_2000 * 86'400'000'000;

constexpr const char* bulk_session_options =
    "-c TimeZone=UTC -c DateStyle=ISO -c client_min_messages=warning -c default_transaction_read_only=on"
    " -c idle_in_transaction_session_timeout=0 -c jit=off -c enable_seqscan=off -c enable_bitmapscan=off"
    " -c max_parallel_workers_per_gather=0";

PGresult* result_of(void* held) { return static_cast<PGresult*>(held); }

template <class Number>
Number read_big_endian(const char* bytes) {
  Number number{};
  std::memcpy(&number, bytes, sizeof number);
  if constexpr (sizeof number == 8) return static_cast<Number>(be64toh(static_cast<std::uint64_t>(number)));
  if constexpr (sizeof number == 4) return static_cast<Number>(be32toh(static_cast<std::uint32_t>(number)));
  return static_cast<Number>(be16toh(static_cast<std::uint16_t>(number)));
}

// Infinities stay at the ends of the range.
std::int64_t shifted(std::int64_t number, std::int64_t by) {
  std::int64_t sum = 0;
  if (!__builtin_add_overflow(number, by, &sum)) return sum;
  return std::numeric_limits<std::int64_t>::max();
}

struct CopiedFreed {
  void operator()(char* bytes) const noexcept { PQfreemem(bytes); }
};
using CopiedBytes = std::unique_ptr<char, CopiedFreed>;

// COPY takes no parameters, so the values, whole numbers and arrays of them, are written where $1 to $9
// stand.
std::string with_values(std::string_view sql, std::span<const std::string> values) {
  std::string text;
  for (std::size_t at = 0; at < sql.size(); ++at) {
    if (sql[at] != '$') {
      text += sql[at];
      continue;
    }
    const auto position = static_cast<std::size_t>(sql.at(++at) - '1');
    ensure(position < values.size(), "each parameter of a statement has a value");
    text.append("(").append(values[position]).append(")");
  }
  return text;
}

// The columns of a row as it is copied: behind the header, if it is the first, and the count of columns;
// empty for the end mark.
std::string_view columns_in(std::string_view bytes, bool begun) {
  constexpr std::size_t header = 19;  // its last four bytes are the length of more, which is 0
  if (!begun) bytes.remove_prefix(std::min(header, bytes.size()));
  if (bytes.size() <= 2) return {};
  return bytes.substr(2);
}

}  // namespace

struct BulkReader::Held {
  PGconn* connection = nullptr;
  std::unordered_set<const char*> prepared;
  ~Held() { PQfinish(connection); }
};

void BulkRows::Freed::operator()(void* result) const noexcept { PQclear(result_of(result)); }

int BulkRows::size() const noexcept { return PQntuples(result_of(result_.get())); }

bool BulkRows::is_null(int row, int column) const noexcept {
  return PQgetisnull(result_of(result_.get()), row, column) == 1;
}

std::string_view BulkRows::bytes(int row, int column) const noexcept {
  const PGresult* result = result_of(result_.get());
  return {PQgetvalue(result, row, column), static_cast<std::size_t>(PQgetlength(result, row, column))};
}

std::int64_t BulkRows::number(int row, int column) const {
  const PGresult* result = result_of(result_.get());
  switch (PQgetlength(result, row, column)) {
    case 8:
      return read_big_endian<std::int64_t>(PQgetvalue(result, row, column));
    case 4:
      return read_big_endian<std::int32_t>(PQgetvalue(result, row, column));
    case 2:
      return read_big_endian<std::int16_t>(PQgetvalue(result, row, column));
    default:
      ensure(is_null(row, column), "a number column holds a number");
      return 0;
  }
}

bool BulkRows::boolean(int row, int column) const {
  const std::string_view value = bytes(row, column);
  ensure(value.size() == 1, "a boolean column holds a boolean");
  return value[0] != 0;
}

std::optional<std::int64_t> BulkRows::days(int row, int column) const {
  const PGresult* result = result_of(result_.get());
  if (PQgetlength(result, row, column) == 4)
    return read_big_endian<std::int32_t>(PQgetvalue(result, row, column)) + days_to_2000;
  ensure(is_null(row, column), "a date column holds a date");
  return std::nullopt;
}

std::optional<std::int64_t> BulkRows::microseconds(int row, int column) const {
  const PGresult* result = result_of(result_.get());
  if (PQgetlength(result, row, column) == 8) {
    return shifted(read_big_endian<std::int64_t>(PQgetvalue(result, row, column)), microseconds_to_2000);
  }
  ensure(is_null(row, column), "an instant column holds an instant");
  return std::nullopt;
}

std::optional<std::string_view> CopiedRow::next() {
  ensure(left_.size() >= 4, "a row has the columns that are asked for");
  const auto size = read_big_endian<std::int32_t>(left_.data());
  left_.remove_prefix(4);
  if (size < 0) return std::nullopt;
  ensure(left_.size() >= static_cast<std::size_t>(size), "a column is whole");
  const std::string_view column = left_.substr(0, static_cast<std::size_t>(size));
  left_.remove_prefix(column.size());
  return column;
}

std::string_view CopiedRow::bytes() { return next().value_or(std::string_view{}); }

std::optional<std::int64_t> CopiedRow::maybe_number() {
  const auto column = next();
  if (!column) return std::nullopt;
  if (column->size() == 4) return read_big_endian<std::int32_t>(column->data());
  if (column->size() == 8) return read_big_endian<std::int64_t>(column->data());
  ensure(column->size() == 2, "a number column holds a number");
  return read_big_endian<std::int16_t>(column->data());
}

std::optional<std::int64_t> CopiedRow::days() {
  const auto column = next();
  if (!column) return std::nullopt;
  ensure(column->size() == 4, "a date column holds a date");
  return read_big_endian<std::int32_t>(column->data()) + days_to_2000;
}

std::optional<std::int64_t> CopiedRow::microseconds() {
  const auto column = next();
  if (!column) return std::nullopt;
  ensure(column->size() == 8, "an instant column holds an instant");
  return shifted(read_big_endian<std::int64_t>(column->data()), microseconds_to_2000);
}

std::vector<std::int64_t> BulkRows::numbers() const {
  std::vector<std::int64_t> all;
  for (int row = 0; row < size(); ++row) all.push_back(number(row, 0));
  return all;
}

std::string_view BulkRows::jsonb(int row, int column) const {
  const std::string_view value = bytes(row, column);
  return value.empty() ? value : value.substr(1);  // the first byte is the format's version
}

BulkReader::BulkReader(const DatabaseSettings& settings) : held_{std::make_unique<Held>()} {
  held_->connection = PQconnectdb(session_address(settings, bulk_session_options).c_str());
  if (PQstatus(held_->connection) != CONNECTION_OK) {
    throw Unavailable{std::string{"PostgreSQL cannot be reached: "} + PQerrorMessage(held_->connection)};
  }
}

BulkReader::~BulkReader() = default;
BulkReader::BulkReader(BulkReader&&) noexcept = default;

void BulkReader::begin_snapshot() { command("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"); }
void BulkReader::end_snapshot() { command("COMMIT"); }

void BulkReader::command(const char* words) {
  const std::unique_ptr<PGresult, decltype(&PQclear)> answer{PQexec(held_->connection, words), PQclear};
  if (PQresultStatus(answer.get()) == PGRES_COMMAND_OK) return;
  throw Unavailable{std::string{"PostgreSQL refused "} + words + ": " + PQerrorMessage(held_->connection)};
}

BulkRows BulkReader::read_with(const char* sql, std::span<const std::int64_t> numbers) {
  std::vector<std::string> values;
  values.reserve(numbers.size());
  for (const std::int64_t number : numbers) values.push_back(std::to_string(number));
  return run(sql, values);
}

BulkRows BulkReader::required(void* result, int wanted_status, const char* sql) {
  BulkRows answer{result};
  const PGresult* known = result_of(result);
  if (PQresultStatus(known) == wanted_status) return answer;
  const std::string fault = PQerrorMessage(held_->connection);
  if (PQstatus(held_->connection) != CONNECTION_OK) {
    throw Unavailable{"the connection to PostgreSQL was lost: " + fault};
  }
  const char* state = PQresultErrorField(known, PG_DIAG_SQLSTATE);
  const std::string_view category = state == nullptr ? std::string_view{} : std::string_view{state, 2};
  if (category == "40" || category == "53" || category == "57" || category == "58") throw Unavailable{fault};
  throw InvariantBroken{fault + " in " + sql};
}

BulkRows BulkReader::run(const char* sql, const std::vector<std::string>& values) {
  PGconn* connection = held_->connection;
  const std::string name = "b" + std::to_string(reinterpret_cast<std::uintptr_t>(sql));
  std::vector<const char*> pointers;
  pointers.reserve(values.size());
  for (const std::string& value : values) pointers.push_back(value.c_str());
  const int count = static_cast<int>(pointers.size());
  if (!held_->prepared.contains(sql)) {
    required(PQprepare(connection, name.c_str(), sql, count, nullptr), PGRES_COMMAND_OK, sql);
    held_->prepared.insert(sql);
  }
  return required(PQexecPrepared(connection, name.c_str(), count, pointers.data(), nullptr, nullptr, binary),
                  PGRES_TUPLES_OK, sql);
}

KeptBytes BulkReader::copy_any(const char* sql, const TakeRow& take, std::int64_t first,
                               std::span<const std::int64_t> many) {
  std::string array{"'{"};
  for (const std::int64_t number : many) {
    if (array.size() > 2) array += ',';
    array += std::to_string(number);
  }
  const std::array<std::string, 2> values{std::to_string(first), array + "}'"};
  return copy_with(sql, take, values);
}

KeptBytes BulkReader::copy_with(const char* sql, const TakeRow& take, std::span<const std::string> values) {
  PGconn* connection = held_->connection;
  const std::string words = "COPY (" + with_values(sql, values) + ") TO STDOUT (FORMAT binary)";
  required(PQexec(connection, words.c_str()), PGRES_COPY_OUT, sql);
  auto kept = std::make_shared<std::vector<CopiedBytes>>();
  char* bytes = nullptr;
  bool begun = false;
  for (int size = 0; (size = PQgetCopyData(connection, &bytes, 0)) > 0; begun = true) {
    CopiedBytes row{bytes};
    const std::string_view columns = columns_in({bytes, static_cast<std::size_t>(size)}, begun);
    if (columns.empty()) continue;
    CopiedRow copied{columns};
    if (take(copied)) kept->push_back(std::move(row));
  }
  required(PQgetResult(connection), PGRES_COMMAND_OK, sql);
  while (PGresult* more = PQgetResult(connection)) PQclear(more);
  return kept;
}

}  // namespace coop
