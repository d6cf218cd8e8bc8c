#include "reports/bank_proof.hpp"

#include "ledger/bank/bank_account_store.hpp"
#include "ledger/bank/line_list_store.hpp"
#include "ledger/bank/signoff_store.hpp"
#include "reports/bank_known.hpp"

namespace coop::reports {

namespace {

// In the words that a treasurer uses.
std::string state_of(const BankProof& proof) {
  const Reconciliation& of = proof.reconciliation;
  if (!of.begins_on) return "no statement";
  if (of.contradicted_on || of.difference_minor != 0) return "contradicts";
  if (proof.open_lines > 0 || of.uncleared_minor != 0 || of.unbooked_minor != 0 || of.suspended.lines > 0)
    return "open";
  return "agrees";
}

Cell day_or_nothing(const std::optional<Day>& day) { return day ? Cell{*day} : Cell{}; }

constexpr const char* count_lines_open_then_sql = R"sql(
  -- reports.bank_lines_open_then
  SELECT count(*)
    FROM unnest($3::bigint[]) AS v (line_number)
    JOIN bank_line l ON l.node_id = $1 AND l.number = v.line_number AND l.amount_minor <> 0
   WHERE NOT EXISTS (SELECT FROM bank_match m
                       LEFT JOIN bank_match_end e ON e.node_id = m.node_id AND e.match_number = m.number
                      WHERE m.node_id = $1 AND m.line_number = v.line_number AND m.recorded_at <= $2
                        AND coalesce(e.recorded_at > $2, true))
     AND (SELECT x.kind FROM bank_line_step x
           WHERE x.node_id = $1 AND x.line_number = v.line_number AND x.recorded_at <= $2
           ORDER BY x.number DESC LIMIT 1) IS DISTINCT FROM 'ignored'
)sql";

std::int64_t count_lines_open(Tx& tx, NodeId node, const bank::BankAccount& account,
                              std::optional<Instant> known_at) {
  if (!known_at) return bank::count_open_lines(tx, node, account.number);
  const BankKnown known = read_bank_known(tx, node, account, known_at);
  return only_row(report_rows(tx, count_lines_open_then_sql, node, known.at, known.lines)).int64(0);
}

}  // namespace

std::vector<BankProof> read_bank_proofs(Tx& tx, NodeId node, Day as_of,
                                        const std::function<Unit(UnitId)>& unit_of,
                                        std::optional<Instant> known_at) {
  std::vector<BankProof> proofs;
  for (const bank::BankAccount& account : bank::read_bank_accounts(tx, node, {.known_at = known_at})) {
    if (account.is_closed) continue;
    proofs.push_back({read_reconciliation(tx, node, account, unit_of(account.unit), as_of, false, known_at),
                      count_lines_open(tx, node, account, known_at),
                      bank::find_latest_signoff(tx, node, account.number, as_of, known_at)});
    BankProof& proof = proofs.back();
    if (proof.signoff) proof.changes = bank::read_changes_since(tx, node, *proof.signoff, known_at);
  }
  return proofs;
}

Table table_of_bank_proofs(const ReportNode& node, const Viewpoint& viewpoint,
                           const std::vector<BankProof>& proofs) {
  Table table{"bank_proof", "Accounts with statements", {}, {}, {}, std::nullopt};
  add_node(table, node);
  add_viewpoint(table, viewpoint);
  table.columns = {{"number", "No.", ColumnKind::number},
                   {"account", "Account", ColumnKind::text},
                   {"state", "State", ColumnKind::text},
                   {"proved_until", "Agrees through", ColumnKind::day},
                   {"contradicted_on", "Contradicts on", ColumnKind::day},
                   {"open_lines", "Lines for you", ColumnKind::number},
                   {"unit", "", ColumnKind::text},
                   {"books", "Books", ColumnKind::amount},
                   {"bank", "Bank", ColumnKind::amount},
                   {"unexplained", "Unexplained", ColumnKind::amount},
                   {"in_suspense", "In suspense", ColumnKind::amount},
                   {"in_suspense_since", "Since", ColumnKind::day},
                   {"signed_until", "Signed up to", ColumnKind::day},
                   {"changed_by", "Since changed by", ColumnKind::text, 40}};
  for (const BankProof& proof : proofs) {
    const Reconciliation& of = proof.reconciliation;
    const auto amount = [&](std::int64_t minor) { return Amount{minor, of.unit.scale, of.unit.code}; };
    table.rows.push_back(
        {RowKind::line,
         0,
         {std::int64_t{of.account.number.number()}, of.account.path, state_of(proof),
          day_or_nothing(of.proved_until), day_or_nothing(of.contradicted_on), proof.open_lines, of.unit.code,
          amount(of.books_minor), of.bank_minor ? Cell{amount(*of.bank_minor)} : Cell{},
          amount(of.difference_minor),
          of.suspended.lines > 0 ? Cell{amount(of.suspended.amount_minor)} : Cell{},
          day_or_nothing(of.suspended.since), proof.signoff ? Cell{proof.signoff->as_of} : Cell{},
          proof.changes.empty() ? Cell{} : Cell{bank::words_of(proof.changes)}}});
  }
  return table;
}

}  // namespace coop::reports
