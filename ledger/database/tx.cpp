#include "ledger/database/tx.hpp"

#include <bit>
#include <charconv>
#include <utility>

#include "ledger/database/session.hpp"
#include "ledger/values/refusal.hpp"

namespace coop {

// Where the answer's values stand, row by row: libpqxx counts references for each row and field it is asked
// for, which took longer than reading them.
struct Rows::Held {
  explicit Held(pqxx::result answer)
      : result{std::move(answer)}, columns{static_cast<std::size_t>(result.columns())} {
    values.reserve(static_cast<std::size_t>(result.size()) * columns);
    const auto no_row = result.end();
    for (auto row = result.begin(); row != no_row; ++row) {
      const auto no_field = row->end();
      for (auto field = row->begin(); field != no_field; ++field)
        values.push_back(field->is_null() ? std::string_view{}
                                          : std::string_view{field->c_str(), field->size()});
    }
  }
  std::string_view at(int row, int column) const {
    ensure(column >= 0 && static_cast<std::size_t>(column) < columns, "a column is read where there is one");
    return values[static_cast<std::size_t>(row) * columns + static_cast<std::size_t>(column)];
  }
  pqxx::result result;
  std::size_t columns;
  std::vector<std::string_view> values;  // NULL points nowhere
};

namespace {
#if PQXX_VERSION_MAJOR >= 7
constexpr auto read_only = pqxx::write_policy::read_only;
#else
constexpr auto read_only = pqxx::readwrite_policy::read_only;
#endif
using Snapshot = pqxx::transaction<pqxx::isolation_level::repeatable_read, read_only>;
}  // namespace

Tx::Held::Held(Session& a_session, Kind a_kind) : session{a_session}, kind{a_kind} {
  if (kind == Kind::autocommit) {
    work = std::make_unique<pqxx::nontransaction>(session.connection);
  } else if (kind == Kind::snapshot) {
    work = std::make_unique<Snapshot>(session.connection);
    // Before anything that sees the tables.
    const std::string shared = std::exchange(session.snapshot, {});
    if (!shared.empty()) work->exec("SET TRANSACTION SNAPSHOT " + work->quote(shared));
    work->exec(
        "SET LOCAL enable_seqscan = on; SET LOCAL enable_hashjoin = on; SET LOCAL enable_mergejoin = on;"
        " SET LOCAL enable_bitmapscan = on; SET LOCAL plan_cache_mode = auto");
  } else {
    work = std::make_unique<pqxx::transaction<>>(session.connection);
  }
}

namespace {

// Plans are kept for good, and one made while a table was empty may choose an index that is wrong for a full
// one. So they are made anew after 1, 2, 4, 8 … database transactions: a handful of times in all, at the
// table's real size.
void renew_plans(pqxx::transaction_base& work, std::uint64_t uses) {
  if (std::has_single_bit(uses)) work.exec("DISCARD PLANS");
}

// NULL is a null pointer in both versions of libpqxx. A text ends at its first NUL character: one inside
// would cut it.
std::vector<const char*> pointers_of(std::span<const SqlValue> values) {
  std::vector<const char*> pointers;
  pointers.reserve(values.size());
  for (const SqlValue& value : values) {
    ensure(value.is_null() || value.text().find('\0') == std::string::npos,
           "a parameter holds no NUL character");
    pointers.push_back(value.is_null() ? nullptr : value.text().c_str());
  }
  return pointers;
}

std::string name_of(const char* sql) { return "s" + std::to_string(reinterpret_cast<std::uintptr_t>(sql)); }

pqxx::result run_prepared(pqxx::transaction_base& work, const std::string& name,
                          std::span<const SqlValue> values, std::span<const std::string> binary) {
  const auto pointers = pointers_of(values);
#if PQXX_VERSION_MAJOR >= 7
  pqxx::params params;
  params.append_multi(pointers);
  for (const std::string& one : binary) params.append(pqxx::binary_cast(one));
  return work.exec(pqxx::prepped{name}, params);
#else
  std::vector<pqxx::binarystring> bytes;
  bytes.reserve(binary.size());
  for (const std::string& one : binary) bytes.emplace_back(one.data(), one.size());
  return work.exec_prepared(name, pqxx::prepare::make_dynamic_params(pointers),
                            pqxx::prepare::make_dynamic_params(bytes));
#endif
}

pqxx::result run_once(pqxx::transaction_base& work, const char* sql, std::span<const SqlValue> values) {
  const auto pointers = pointers_of(values);
#if PQXX_VERSION_MAJOR >= 7
  pqxx::params params;
  params.append_multi(pointers);
  return work.exec(pqxx::zview{sql}, params);
#else
  return work.exec_params(sql, pqxx::prepare::make_dynamic_params(pointers));
#endif
}

template <class Number>
Number number_from(std::string_view text) {
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  ensure(error == std::errc{} && end == text.data() + text.size(), "a number column holds a number");
  return number;
}

int hex_digit(char digit) {
  if (digit >= '0' && digit <= '9') return digit - '0';
  if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
  throw InvariantBroken{"a bytea column holds hexadecimal digits"};
}

}  // namespace

Tx::Tx(Session& session, Kind kind) : held_{std::make_unique<Held>(session, kind)} {
  renew_plans(*held_->work, ++session.uses);
}
Tx::~Tx() = default;

void Tx::commit() { held_->work->commit(); }

Rows Tx::run(const char* sql, std::span<const SqlValue> values) { return run(sql, values, {}); }

Rows Tx::run(const char* sql, std::span<const SqlValue> values, std::span<const std::string> binary) {
  Session& session = held_->session;
  if (session.prepared.insert(sql).second) session.connection.prepare(name_of(sql), sql);
  return Rows{std::make_shared<Rows::Held>(run_prepared(*held_->work, name_of(sql), values, binary))};
}

Rows Tx::run_planned_fresh(const char* sql, std::span<const SqlValue> values) {
  return Rows{std::make_shared<Rows::Held>(run_once(*held_->work, sql, values))};
}

void Tx::run_script(const std::string& sql) { held_->work->exec(sql); }

int Rows::size() const noexcept { return static_cast<int>(held_->result.size()); }
int Rows::affected() const noexcept { return static_cast<int>(held_->result.affected_rows()); }

Row Rows::operator[](int index) const& {
  ensure(index >= 0 && index < size(), "a row is read where there is one");
  return Row{held_.get(), index};
}

OnlyRow::OnlyRow(Rows rows) : Row{only_row(rows).result_, 0}, rows_{std::move(rows)} {}

Row only_row(const Rows& rows) {
  ensure(rows.size() == 1, "exactly one row is answered");
  return rows[0];
}

OnlyRow only_row(Rows&& rows) { return OnlyRow{std::move(rows)}; }

bool Row::is_null(int column) const { return text(column).data() == nullptr; }

std::string_view Row::text(int column) const {
  return static_cast<const Rows::Held*>(result_)->at(index_, column);
}

std::int64_t Row::int64(int column) const { return number_from<std::int64_t>(text(column)); }
int Row::integer(int column) const { return number_from<int>(text(column)); }

bool Row::boolean(int column) const {
  const auto value = text(column);
  ensure(value == "t" || value == "f", "a boolean column holds t or f");
  return value == "t";
}

Day Row::day(int column) const { return Day::parse(text(column)); }

// Connections speak UTC and ISO: "2026-01-15 10:11:12.123456+00".
Instant Row::instant(int column) const {
  std::string iso = string(column);
  ensure(iso.size() > 13 && iso[10] == ' ' && iso.ends_with("+00"), "an instant column is sent in UTC");
  iso[10] = 'T';
  iso.replace(iso.size() - 3, 3, "Z");
  return instant_from_text(iso);
}

std::string Row::bytes(int column) const {
  const auto hex = text(column);
  ensure(hex.starts_with("\\x"), "a bytea column is sent in hexadecimal");
  std::string bytes(hex.size() / 2 - 1, '\0');
  for (std::size_t i = 0; i < bytes.size(); ++i)
    bytes[i] = static_cast<char>(hex_digit(hex[2 * i + 2]) * 16 + hex_digit(hex[2 * i + 3]));
  return bytes;
}

std::optional<std::string> Row::maybe_string(int column) const {
  if (is_null(column)) return std::nullopt;
  return string(column);
}
std::optional<std::int64_t> Row::maybe_int64(int column) const {
  if (is_null(column)) return std::nullopt;
  return int64(column);
}
std::optional<Day> Row::maybe_day(int column) const {
  if (is_null(column)) return std::nullopt;
  return day(column);
}
std::optional<Instant> Row::maybe_instant(int column) const {
  if (is_null(column)) return std::nullopt;
  return instant(column);
}

}  // namespace coop
