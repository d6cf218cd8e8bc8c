#include "ledger/values/refusal.hpp"
#include "reports/balances.hpp"

namespace coop::reports {

namespace {

// Whole months ($2 to $3), and a part of a month at either end: $4 to $6 at the first, $7 to $9 at the last.
constexpr const char* turnovers_sql = R"sql(
  -- reports.turnovers
  SELECT account_id, sum(debit), sum(credit)
    FROM (SELECT account_id, debit_minor AS debit, credit_minor AS credit
            FROM account_month
           WHERE node_id = $1 AND month BETWEEN $2 AND $3
          UNION ALL
          SELECT account_id, part.sign * greatest(p.amount_minor, 0), part.sign * greatest(-p.amount_minor, 0)
            FROM (VALUES ($4::date, $5::date, $6::int), ($7::date, $8::date, $9::int))
                   AS part (first, last, sign)
           CROSS JOIN account_balance b
            JOIN posting p USING (node_id, account_id)
           WHERE b.node_id = $1 AND NOT b.has_day_totals AND p.booked_on BETWEEN part.first AND part.last
          UNION ALL
          SELECT account_id, part.sign * d.debit_minor, part.sign * d.credit_minor
            FROM (VALUES ($4::date, $5::date, $6::int), ($7::date, $8::date, $9::int))
                   AS part (first, last, sign)
           CROSS JOIN account_balance b
            JOIN day_total d USING (node_id, account_id)
           WHERE b.node_id = $1 AND b.has_day_totals AND d.booked_on BETWEEN part.first AND part.last) piece
   WHERE $10::int[] IS NULL OR account_id = ANY ($10)
   GROUP BY account_id
)sql";

constexpr const char* turnovers_of_postings_sql = R"sql(
  -- reports.turnovers_of_postings
  SELECT account_id, coalesce(sum(amount_minor) FILTER (WHERE amount_minor > 0), 0),
         coalesce(-sum(amount_minor) FILTER (WHERE amount_minor < 0), 0)
    FROM posting
   WHERE node_id = $1 AND booked_on BETWEEN $2 AND $3
     AND entry_number > $4::bigint AND entry_number <= $5::bigint
     AND ($6::int[] IS NULL OR account_id = ANY ($6))
     AND ($7::int IS NULL OR fund_id = $7) AND ($8::int IS NULL OR member_id = $8)
     AND ($9::int IS NULL OR cost_object_id = $9) AND ($10::int IS NULL OR tax_code_id = $10)
   GROUP BY account_id
)sql";

void add_turnovers(const Rows& found, bool added, TurnoverByAccount& turnovers) {
  for (const Row row : found) {
    Turnover& turnover = turnovers[row.id<AccountId>(0)];
    const Turnover piece{sum_of(row, 1), sum_of(row, 2)};
    turnover = added ? turnover + piece : turnover - piece;
  }
}

Rows turnovers_of_postings(Tx& tx, NodeId node, const AccountIds& accounts, const About& about, Day first,
                           Day last_day, std::int64_t above, std::int64_t up_to) {
  const auto& ids = about.ids;
  return report_rows(tx, turnovers_of_postings_sql, node, first, last_day, above, up_to, sql_of(accounts),
                     ids[0], ids[1], ids[2], ids[3]);
}

// What was booked up to the day before `first` is taken off what was booked up to `last_day`: whole months of
// both meet.
Rows turnovers_of_totals(Tx& tx, NodeId node, const AccountIds& accounts, Day first, Day last_day) {
  const bool from_the_start = first == first_of_days();
  const MonthSplit before = from_the_start ? MonthSplit{0, {}, {}, 1} : month_split_of(first.plus_days(-1));
  const MonthSplit until = month_split_of(last_day);
  return report_rows(tx, turnovers_sql, node, before.last_month + 1, until.last_month, before.first,
                     before.last, -before.sign, until.first, until.last, until.sign, sql_of(accounts));
}

}  // namespace

TurnoverByAccount read_turnovers(Tx& tx, NodeId node, const AccountIds& accounts, const About& about,
                                 Day first, Day last_day, std::optional<EntryNumber> last) {
  constexpr std::int64_t every_entry = std::numeric_limits<std::int64_t>::max();
  TurnoverByAccount turnovers;
  const std::int64_t recorded = last ? read_last_recorded(tx, node).number() : every_entry;
  const std::int64_t up_to = last ? last->number() : every_entry;
  if (!about.all() || (last && up_to <= recorded / 2)) {
    add_turnovers(turnovers_of_postings(tx, node, accounts, about, first, last_day, 0, up_to), true,
                  turnovers);
    return turnovers;
  }
  add_turnovers(turnovers_of_totals(tx, node, accounts, first, last_day), true, turnovers);
  if (last) {
    add_turnovers(turnovers_of_postings(tx, node, accounts, about, first, last_day, up_to, recorded), false,
                  turnovers);
  }
  return turnovers;
}

}  // namespace coop::reports
