#include "ledger/sharing/place_value_store.hpp"

#include "ledger/values/refusal.hpp"
#include "ledger/values/wide_integer.hpp"

namespace coop::sharing {

constexpr const char* read_last_place_value_sql = R"sql(
  -- sharing.read_last_place_value
  SELECT coalesce(max(number), 0) FROM place_value WHERE node_id = $1
)sql";

int read_last_place_value(Tx& tx, NodeId node) {
  return only_row(rows(tx, read_last_place_value_sql, node)).integer(0);
}

constexpr const char* read_place_values_sql = R"sql(
  -- sharing.read_place_values
  SELECT v.number, v.name, v.place, v.valid_from, v.numerator, v.denominator, coalesce(u.code, ''), v.source,
         v.published_on, v.recorded_at, w.name
    FROM place_value v
    LEFT JOIN unit u ON u.id = v.unit_id
    LEFT JOIN user_account w ON w.id = v.recorded_by
   WHERE v.node_id = $1 AND ($2::text IS NULL OR v.name = $2) AND ($3::text IS NULL OR v.place = $3)
     AND ($4::int IS NULL OR v.number > $4)
   ORDER BY v.number
   LIMIT $5::int
)sql";

std::vector<RecordedPlaceValue> read_place_values(Tx& tx, NodeId node, const PlaceValueFilter& filter) {
  std::vector<RecordedPlaceValue> values;
  for (const Row row :
       rows(tx, read_place_values_sql, node, filter.name, filter.place, filter.after, filter.most))
    values.push_back({row.id<PlaceValueNumber>(0),
                      {.name = row.string(1),
                       .place = row.string(2),
                       .valid_from = row.day(3),
                       .value = Fraction{Ratio{row.int64(4), row.int64(5)}},
                       .unit = row.string(6),
                       .source = row.string(7),
                       .published_on = row.maybe_day(8)},
                      row.instant(9),
                      row.maybe_string(10)});
  return values;
}

constexpr const char* insert_place_value_sql = R"sql(
  -- sharing.insert_place_value
  INSERT INTO place_value (node_id, number, name, place, valid_from, numerator, denominator, unit_id, source,
    published_on, recorded_at, recorded_by)
  SELECT $1, coalesce(max(v.number), 0) + 1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11
    FROM place_value v
   WHERE v.node_id = $1
  RETURNING number
)sql";

PlaceValueNumber insert_place_value(Tx& tx, NodeId node, const PlaceValue& value, std::optional<UnitId> unit,
                                    const books::Author& author) {
  return only_row(rows(tx, insert_place_value_sql, node, value.name, value.place, value.valid_from,
                       narrowed(value.value.numerator()), narrowed(value.value.denominator()), unit,
                       value.source, value.published_on, author.now, author.user))
      .id<PlaceValueNumber>(0);
}

}  // namespace coop::sharing
