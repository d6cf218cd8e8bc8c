#include "ledger/books/account_list_store.hpp"

#include "ledger/values/refusal.hpp"

namespace coop::books {

namespace {

std::vector<DimensionKind> kinds_from(std::string_view text) {
  std::vector<DimensionKind> kinds;
  for (const DimensionKind kind : dimension_kinds)
    if (("," + std::string{text} + ",").find("," + std::string{text_of(kind)} + ",") != std::string::npos)
      kinds.push_back(kind);
  return kinds;
}

AccountLine line_from(const Row& row) {
  return {Account{row.id<AccountId>(0), row.string(1), row.id<UnitId>(2), account_type_from(row.text(3)),
                  row.string(4), kinds_from(row.text(5)), Limits{row.maybe_int64(8), row.maybe_int64(9)},
                  row.day(6), row.maybe_day(7)},
          row.string(10),
          row.integer(11),
          row.int64(12),
          row.int64(13),
          row.int64(14)};
}

}  // namespace

constexpr const char* list_account_lines_sql = R"sql(
  -- accounts.list
  SELECT a.id, a.path, a.unit_id, a.type, a.title, array_to_string(a.required_dimensions, ','), a.opened_on,
         a.closed_on, b.lower_limit_minor, b.upper_limit_minor, u.code, u.scale, b.balance_minor,
         b.held_debit_minor, b.held_credit_minor
    FROM account a
    JOIN account_balance b ON b.node_id = a.node_id AND b.account_id = a.id
    JOIN unit u ON u.id = a.unit_id
   WHERE a.node_id = $1
     AND ($2::text IS NULL OR a.path = $2 OR starts_with(a.path, $2 || ':'))
     AND ($3::text IS NULL OR a.type = $3)
     AND ($4::text IS NULL OR u.code = $4)
     AND ($5::text IS NULL OR position(lower($5) IN lower(a.path || ' ' || a.title)) > 0)
     AND ($6::boolean IS NULL OR (a.closed_on IS NULL) = $6)
     AND ($7::text IS NULL OR
          CASE WHEN $9::boolean THEN (a.path COLLATE "C", u.code COLLATE "C") < ($7, $8)
               ELSE (a.path COLLATE "C", u.code COLLATE "C") > ($7, $8) END)
   ORDER BY CASE WHEN $9::boolean THEN a.path COLLATE "C" END DESC,
            CASE WHEN $9::boolean THEN u.code COLLATE "C" END DESC,
            a.path COLLATE "C", u.code COLLATE "C"
   LIMIT $10
)sql";

std::vector<AccountLine> list_account_lines(Tx& tx, NodeId node, const AccountFilter& filter,
                                            const std::optional<AccountPlace>& after, AccountOrder order,
                                            int limit) {
  const auto type = filter.type ? std::optional{text_of(*filter.type)} : std::nullopt;
  const auto path = after ? std::optional{after->path} : std::nullopt;
  const auto unit = after ? std::optional{after->unit} : std::nullopt;
  std::vector<AccountLine> lines;
  for (const Row& row :
       report_rows(tx, list_account_lines_sql, node, filter.prefix, type, filter.unit, filter.text,
                   filter.is_open, path, unit, order == AccountOrder::last_path_first, limit))
    lines.push_back(line_from(row));
  return lines;
}

constexpr const char* account_line_sql = R"sql(
  -- accounts.read_line
  SELECT a.id, a.path, a.unit_id, a.type, a.title, array_to_string(a.required_dimensions, ','), a.opened_on,
         a.closed_on, b.lower_limit_minor, b.upper_limit_minor, u.code, u.scale, b.balance_minor,
         b.held_debit_minor, b.held_credit_minor
    FROM account a
    JOIN account_balance b ON b.node_id = a.node_id AND b.account_id = a.id
    JOIN unit u ON u.id = a.unit_id
   WHERE a.node_id = $1 AND a.id = $2
)sql";

AccountLine read_account_line(Tx& tx, NodeId node, AccountId account) {
  return line_from(only_row(rows(tx, account_line_sql, node, account)));
}

}  // namespace coop::books
