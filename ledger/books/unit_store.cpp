#include "ledger/books/unit_store.hpp"

#include <array>

#include "ledger/values/refusal.hpp"

namespace coop::books {

namespace {

constexpr std::array<std::string_view, 3> origin_texts{"currency", "local", "hours"};

constexpr const char* read_units_sql = R"sql(
  -- units.read
  SELECT id, code, scale, name, origin
    FROM unit
   WHERE ($1::text IS NULL OR origin = $1) AND code > $2
   ORDER BY code
   LIMIT $3
)sql";

constexpr const char* find_unit_sql = R"sql(
  -- units.find
  SELECT id, code, scale FROM unit WHERE code = $1
)sql";

constexpr const char* read_unit_code_sql = R"sql(
  -- units.read_code
  SELECT code FROM unit WHERE id = $1
)sql";

constexpr const char* insert_unit_sql = R"sql(
  -- units.insert
  INSERT INTO unit (code, name, scale, origin) VALUES ($1, $2, $3, $4)
  ON CONFLICT (code) DO NOTHING
  RETURNING id
)sql";

constexpr const char* insert_iso4217_sql = R"sql(
  -- units.insert_iso4217
  INSERT INTO unit (code, name, scale, origin)
  SELECT c.code, c.name, c.scale, 'currency' FROM unnest($1::text[], $2::text[], $3::int[]) AS c (code,
         name, scale)
  ON CONFLICT (code) DO NOTHING
)sql";

}  // namespace

std::string_view text_of(UnitOrigin origin) { return origin_texts.at(static_cast<std::size_t>(origin)); }

UnitOrigin unit_origin_from(std::string_view text) {
  for (std::size_t i = 0; i < origin_texts.size(); ++i) {
    if (origin_texts[i] == text) return static_cast<UnitOrigin>(i);
  }
  throw Refused{Refusal::field_invalid, "a unit is a currency, local or hours", "/origin"};
}

std::vector<ListedUnit> read_units(Tx& tx, const UnitListing& wanted) {
  const auto origin = wanted.origin ? std::optional{text_of(*wanted.origin)} : std::nullopt;
  std::vector<ListedUnit> units;
  for (const Row row : rows(tx, read_units_sql, origin, wanted.after, wanted.most)) {
    units.push_back({Unit{row.id<UnitId>(0), row.string(1), row.integer(2)}, row.string(3),
                     unit_origin_from(row.text(4))});
  }
  return units;
}

std::optional<Unit> find_unit(Tx& tx, std::string_view code) {
  const Rows found = rows(tx, find_unit_sql, code);
  if (found.empty()) return std::nullopt;
  return Unit{found[0].id<UnitId>(0), found[0].string(1), found[0].integer(2)};
}

std::string read_unit_code(Tx& tx, UnitId unit) {
  return only_row(rows(tx, read_unit_code_sql, unit)).string(0);
}

Unit insert_unit(Tx& tx, std::string_view code, std::string_view name, int scale, UnitOrigin origin) {
  const Rows added = rows(tx, insert_unit_sql, code, name, scale, text_of(origin));
  if (added.empty())
    throw Refused{Refusal::unit_exists, "the unit " + std::string{code} + " exists already", "/code"};
  return Unit{added[0].id<UnitId>(0), std::string{code}, scale};
}

void insert_iso4217(Tx& tx) {
  SqlArray codes, names, scales;
  for (const Iso4217& currency : iso4217_currencies()) {
    codes.add(currency.code);
    names.add(currency.name);
    scales.add(currency.scale);
  }
  rows(tx, insert_iso4217_sql, codes.value(), names.value(), scales.value());
}

}  // namespace coop::books
