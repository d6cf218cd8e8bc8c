#include "reports/cost_tables.hpp"

#include <algorithm>

#include "ledger/costs/cost_bill_store.hpp"
#include "ledger/costs/cost_pool_store.hpp"
#include "ledger/costs/cost_usage.hpp"
#include "ledger/sharing/division_words.hpp"
#include "ledger/values/money.hpp"

namespace coop::reports {

namespace {

constexpr int longest_shown = 40;

struct CostSums {
  std::int64_t share = 0;
  std::int64_t paid = 0;
  std::int64_t given = 0;
  void add(const CostSums& other) {
    share = checked_add(share, other.share);
    paid = checked_add(paid, other.paid);
    given = checked_add(given, other.given);
  }
};

std::string cost_lines(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& one : words) text += (text.empty() ? "" : "; ") + one;
  return text;
}

std::string words_of_share(const sharing::Division& division, const std::string& code, const Unit& unit) {
  const auto share = std::ranges::find(division.participants, code, &sharing::ParticipantShare::id);
  return share == division.participants.end() ? std::string{}
                                              : cost_lines(sharing::words_of(share->why, unit));
}

// "bcn, mcr (weight 2), circle tech"
std::string sharers_of(const costs::CostTerm& term) {
  std::string text;
  for (const costs::CostParticipant& one : term.participants) {
    text += (text.empty() ? "" : ", ");
    if (one.who.kind != costs::CostPartyKind::node) text += std::string{costs::text_of(one.who.kind)} + " ";
    text += one.who.code;
    if (one.weight_millionths) text += " (weight " + costs::millionths_text_of(*one.weight_millionths) + ")";
  }
  return text;
}

}  // namespace

Table table_of_cost_pools(const ReportNode& node, const std::vector<costs::CostPool>& pools) {
  Table table{"cost_pools", "Shared costs", {}, {}, {}, {}};
  table.columns = {{"pool", "Pool", ColumnKind::text},
                   {"term", "Term", ColumnKind::number},
                   {"from_on", "From", ColumnKind::day},
                   {"until_on", "To", ColumnKind::day},
                   {"title", "What", ColumnKind::text, longest_shown},
                   {"rule", "Rule", ColumnKind::text},
                   {"shared_by", "Shared by", ColumnKind::text},
                   {"decision", "Decision", ColumnKind::text, longest_shown}};
  add_node(table, node);
  for (const costs::CostPool& pool : pools)
    for (const costs::CostTerm& term : pool.terms)
      table.rows.push_back(
          {RowKind::line,
           0,
           {pool.code, std::int64_t{term.number}, term.from_on, term.until_on ? Cell{*term.until_on} : Cell{},
            term.title, term.rule, sharers_of(term), term.decision}});
  return table;
}

Table table_of_cost_bills(const ReportNode& node, const std::vector<costs::CostBill>& bills,
                          const std::optional<std::string>& next) {
  Table table{"cost_bills", "Bills of shared costs", {}, {}, {}, next};
  table.columns = {{"number", "No.", ColumnKind::number},
                   {"pool", "Pool", ColumnKind::text},
                   {"bill", "Bill", ColumnKind::text},
                   {"state", "Stands", ColumnKind::text},
                   {"billed_on", "Day", ColumnKind::day},
                   {"payer", "Paid by", ColumnKind::text},
                   {"title", "For", ColumnKind::text, longest_shown},
                   {"amount", "Amount", ColumnKind::amount},
                   {"unit", "Unit", ColumnKind::text},
                   {"entry", "Entry", ColumnKind::number},
                   {"allocation", "Division", ColumnKind::number},
                   {"document", "Document", ColumnKind::text, 0, false}};
  add_node(table, node);
  for (const costs::CostBill& bill : bills)
    table.rows.push_back(
        {RowKind::line,
         0,
         {std::int64_t{bill.number.number()}, bill.pool, std::string{costs::text_of(bill.kind)},
          std::string{costs::text_of(bill.state)}, bill.billed_on, bill.payer.code, bill.title,
          Amount{bill.minor, bill.scale, bill.unit}, bill.unit,
          bill.entry ? Cell{bill.entry->number()} : Cell{},
          bill.allocation ? Cell{std::int64_t{bill.allocation->number()}} : Cell{},
          text_or_none(bill.document)}});
  return table;
}

Table table_of_cost_allocation(const ReportNode& node, const costs::CostAllocation& allocation,
                               const sharing::Division& division) {
  const costs::CostPool& pool = allocation.pool;
  Table table{"cost_allocation", "Costs divided", {}, {}, {}, {}};
  table.columns = {{"who", "Who", ColumnKind::text},       {"kind", "Kind", ColumnKind::text},
                   {"share", "Share", ColumnKind::amount}, {"paid", "Paid for all", ColumnKind::amount},
                   {"given", "Gave", ColumnKind::amount},  {"net", "Owes", ColumnKind::amount},
                   {"unit", "Unit", ColumnKind::text},     {"why", "Why", ColumnKind::text, 0, false}};
  add_node(table, node);
  table.facts.push_back({"allocation", "Division", std::int64_t{allocation.number.number()}});
  table.facts.push_back({"state", "Stands", std::string{costs::state_of(allocation)}});
  table.facts.push_back({"pool", "Pool", pool.code});
  table.facts.push_back({"from_on", "From", allocation.from_on});
  table.facts.push_back({"to_on", "To", allocation.to_on});
  table.facts.push_back(
      {"rule", "Rule", allocation.rule.is.code + ", version " + std::to_string(allocation.rule.version)});
  const std::string note = costs::note_on(allocation.minor, {pool.unit_id, pool.unit, pool.scale});
  if (!note.empty()) table.facts.push_back({"note", "Note", note});
  add_signs(table, "who owes is positive, who is owed is negative");
  const auto amount = [&](std::int64_t minor) { return Amount{minor, pool.scale, pool.unit}; };
  CostSums all;
  for (const costs::CostShare& one : allocation.shares) {
    all.add({one.share, one.paid, one.given});
    table.rows.push_back(
        {RowKind::line,
         0,
         {one.who.code, std::string{costs::text_of(one.who.kind)}, amount(one.share), amount(one.paid),
          amount(one.given), amount(one.net()), pool.unit,
          text_or_none(words_of_share(division, one.who.code, {pool.unit_id, pool.unit, pool.scale}))}});
  }
  table.rows.push_back({RowKind::total,
                        0,
                        {std::string{"Together"}, Cell{}, amount(all.share), amount(all.paid),
                         amount(all.given), amount(checked_add(all.share, -all.paid)), pool.unit, Cell{}}});
  return table;
}

namespace {

/// On which days the last days of divisions lie, and when it is known.
struct DivisionDays {
  std::optional<Day> from;
  std::optional<Day> to;
  std::optional<Instant> known_at;
};

constexpr const char* statement_shares_sql = R"sql(
  -- reports.cost_statement_shares
  SELECT s.kind, s.code, sum(s.share_minor)::bigint, sum(s.paid_minor)::bigint, sum(s.given_minor)::bigint
    FROM cost_allocation a
    JOIN cost_share s ON s.node_id = a.node_id AND s.allocation_number = a.number
   WHERE a.node_id = $1 AND a.pool_number = $2 AND ($3::date IS NULL OR a.to_on >= $3)
     AND ($4::date IS NULL OR a.to_on <= $4)
     AND EXISTS (SELECT FROM cost_step t
                  WHERE t.node_id = a.node_id AND t.allocation_number = a.number AND t.kind = 'posted'
                    AND ($5::timestamptz IS NULL OR t.recorded_at <= $5))
     AND NOT EXISTS (SELECT FROM cost_step t
                      WHERE t.node_id = a.node_id AND t.allocation_number = a.number
                        AND t.kind IN ('cancelled', 'reversed')
                        AND ($5::timestamptz IS NULL OR t.recorded_at <= $5))
   GROUP BY s.kind, s.code
   ORDER BY min(s.place), s.kind, s.code
)sql";

struct StatementShare {
  std::string who;
  CostSums sums;
};

std::vector<StatementShare> statement_shares(Tx& tx, NodeId node, const costs::CostPool& pool,
                                             const DivisionDays& days) {
  std::vector<StatementShare> shares;
  for (const Row row :
       report_rows(tx, statement_shares_sql, node, pool.number, days.from, days.to, days.known_at))
    shares.push_back({row.string(1), {row.int64(2), row.int64(3), row.int64(4)}});
  return shares;
}

constexpr const char* statement_usage_sql = R"sql(
  -- reports.cost_statement_usage
  SELECT u.participant, u.measure, sum(u.value_millionths - coalesce(c.value_millionths, 0))::bigint
    FROM cost_allocation a
    JOIN cost_allocation_usage t ON t.node_id = a.node_id AND t.allocation_number = a.number
    JOIN cost_usage u ON u.node_id = t.node_id AND u.number = t.usage_number
    LEFT JOIN cost_usage c ON c.node_id = u.node_id AND c.number = u.corrects
   WHERE a.node_id = $1 AND a.pool_number = $2 AND ($3::date IS NULL OR a.to_on >= $3)
     AND ($4::date IS NULL OR a.to_on <= $4)
     AND EXISTS (SELECT FROM cost_step t
                  WHERE t.node_id = a.node_id AND t.allocation_number = a.number AND t.kind = 'posted'
                    AND ($5::timestamptz IS NULL OR t.recorded_at <= $5))
     AND NOT EXISTS (SELECT FROM cost_step t
                      WHERE t.node_id = a.node_id AND t.allocation_number = a.number
                        AND t.kind IN ('cancelled', 'reversed')
                        AND ($5::timestamptz IS NULL OR t.recorded_at <= $5))
   GROUP BY u.measure, u.participant
   ORDER BY u.measure, u.participant
)sql";

struct StatementUsage {
  std::string who;
  std::string measure;
  std::int64_t millionths;
};

std::vector<StatementUsage> statement_usage(Tx& tx, NodeId node, const costs::CostPool& pool,
                                            const DivisionDays& days) {
  std::vector<StatementUsage> used;
  for (const Row row :
       report_rows(tx, statement_usage_sql, node, pool.number, days.from, days.to, days.known_at))
    used.push_back({row.string(0), row.string(1), row.int64(2)});
  return used;
}

constexpr const char* statement_divisions_sql = R"sql(
  -- reports.cost_statement_divisions
  SELECT a.number
    FROM cost_allocation a
   WHERE a.node_id = $1 AND a.pool_number = $2 AND ($3::date IS NULL OR a.to_on >= $3)
     AND ($4::date IS NULL OR a.to_on <= $4)
     AND EXISTS (SELECT FROM cost_step t
                  WHERE t.node_id = a.node_id AND t.allocation_number = a.number AND t.kind = 'posted'
                    AND ($5::timestamptz IS NULL OR t.recorded_at <= $5))
     AND NOT EXISTS (SELECT FROM cost_step t
                      WHERE t.node_id = a.node_id AND t.allocation_number = a.number
                        AND t.kind IN ('cancelled', 'reversed')
                        AND ($5::timestamptz IS NULL OR t.recorded_at <= $5))
   ORDER BY a.number
)sql";

std::vector<costs::CostBill> statement_bills(Tx& tx, NodeId node, const costs::CostPool& pool,
                                             const DivisionDays& days) {
  std::vector<costs::CostBill> bills;
  for (const Row row :
       report_rows(tx, statement_divisions_sql, node, pool.number, days.from, days.to, days.known_at))
    for (costs::CostBill& bill :
         costs::read_cost_bills(tx, node, {.allocation = row.id<costs::CostAllocationNumber>(0)}))
      bills.push_back(std::move(bill));
  return bills;
}

// A row of the statement: what stands in it, and what it comes to.
class CostStatement {
 public:
  CostStatement(Table& table, const costs::CostPool& pool) : table_{table}, pool_{pool} {}
  void heading(const std::string& words) { table_.rows.push_back(heading_row(0, words)); }
  void bill(const costs::CostBill& bill) {
    const bool is_paid = bill.kind == costs::CostBillKind::paid;
    add(RowKind::line, is_paid ? "bills" : "given", bill.payer.code, bill.title, bill.billed_on,
        {is_paid ? Cell{} : Cell{std::string{costs::text_of(bill.kind)}}, Cell{},
         is_paid ? Cell{amount(bill.minor)} : Cell{}, is_paid ? Cell{} : Cell{amount(bill.minor)}, Cell{}});
  }
  void open_bill(const costs::CostBill& bill) {
    add(RowKind::line, "not_divided", bill.payer.code, bill.title, bill.billed_on,
        {Cell{}, Cell{}, Cell{amount(bill.minor)}, Cell{}, Cell{}});
  }
  void usage(const std::string& who, const std::string& measure, std::int64_t millionths) {
    add(RowKind::line, "usage", who, measure, {},
        {Cell{costs::millionths_text_of(millionths)}, Cell{}, Cell{}, Cell{}, Cell{}});
  }
  void share(RowKind kind, const std::string& who, const CostSums& sums) {
    add(kind, "shares", who, {}, {},
        {Cell{}, Cell{amount(sums.share)}, Cell{amount(sums.paid)}, Cell{amount(sums.given)},
         Cell{amount(checked_add(sums.share, -sums.paid))}});
  }

 private:
  Amount amount(std::int64_t minor) const { return {minor, pool_.scale, pool_.unit}; }
  void add(RowKind kind, const std::string& part, const std::string& who, const std::string& what,
           std::optional<Day> day, std::vector<Cell> figures) {
    std::vector<Cell> cells{part, who, text_or_none(what), day ? Cell{*day} : Cell{}};
    cells.insert(cells.end(), figures.begin(), figures.end());
    cells.emplace_back(pool_.unit);
    table_.rows.push_back({kind, 1, std::move(cells)});
  }
  Table& table_;
  const costs::CostPool& pool_;
};

}  // namespace

Table read_cost_pool_statement(Tx& tx, NodeId node, const std::string& code, std::optional<Day> from,
                               std::optional<Day> to, std::optional<Instant> known_at) {
  const costs::CostPool pool = costs::read_cost_pool(tx, node, code, known_at);
  Table table{"cost_pool", "Statement of a cost pool", {}, {}, {}, {}};
  table.columns = {{"part", "Part", ColumnKind::text, 0, false},
                   {"who", "Who", ColumnKind::text},
                   {"what", "What", ColumnKind::text, longest_shown},
                   {"day", "Day", ColumnKind::day},
                   {"used", "Used", ColumnKind::text},
                   {"share", "Share", ColumnKind::amount},
                   {"paid", "Paid for all", ColumnKind::amount},
                   {"given", "Gave", ColumnKind::amount},
                   {"net", "Owes", ColumnKind::amount},
                   {"unit", "Unit", ColumnKind::text}};
  add_node(table, read_report_node(tx, node));
  table.facts.push_back({"pool", "Pool", pool.code});
  table.facts.push_back({"title", "Shared", pool.terms.back().title});
  if (from) table.facts.push_back({"from", "From", *from});
  if (to) table.facts.push_back({"to", "To", *to});
  add_viewpoint(table, {{}, known_at});
  add_signs(table, "who owes is positive, who is owed is negative");
  CostStatement statement{table, pool};
  const DivisionDays days{from, to, known_at};
  statement.heading("Bills that were divided, and what was given");
  for (const costs::CostBill& bill : statement_bills(tx, node, pool, days)) statement.bill(bill);
  statement.heading("What was used");
  for (const StatementUsage& one : statement_usage(tx, node, pool, days))
    statement.usage(one.who, one.measure, one.millionths);
  statement.heading("Who bears what");
  CostSums all;
  for (const StatementShare& one : statement_shares(tx, node, pool, days)) {
    statement.share(RowKind::line, one.who, one.sums);
    all.add(one.sums);
  }
  statement.share(RowKind::total, "Together", all);
  statement.heading("Not divided yet");
  for (const costs::CostBill& bill :
       costs::read_cost_bills(tx, node, {.pool = code, .from = from, .to = to, .known_at = known_at}))
    if (bill.state == costs::CostBillState::open || bill.state == costs::CostBillState::proposed)
      statement.open_bill(bill);
  return table;
}

// A claim is gone from the day on which the reversal of its entry is booked, as in the books.
constexpr const char* cost_claims_sql = R"sql(
  -- reports.cost_claims
  SELECT s.kind, s.code, p.code, u.code, u.scale::int, sum(s.share_minor - s.paid_minor)::bigint
    FROM cost_allocation a
    JOIN cost_pool p ON p.node_id = a.node_id AND p.number = a.pool_number
    JOIN unit u ON u.id = p.unit_id
    JOIN cost_share s ON s.node_id = a.node_id AND s.allocation_number = a.number
   WHERE a.node_id = $1 AND ($2::date IS NULL OR a.booked_on <= $2)
     AND NOT is_inside(a.node_id, s.kind, s.code)
     AND EXISTS (SELECT FROM cost_step t
                  WHERE t.node_id = a.node_id AND t.allocation_number = a.number AND t.kind = 'posted'
                    AND ($3::timestamptz IS NULL OR t.recorded_at <= $3))
     AND NOT EXISTS (SELECT FROM cost_step t
                       LEFT JOIN entry e ON e.node_id = t.node_id AND e.number = t.entry_number
                      WHERE t.node_id = a.node_id AND t.allocation_number = a.number
                        AND t.kind = 'reversed' AND coalesce(e.booked_on <= $2, true)
                        AND ($3::timestamptz IS NULL OR t.recorded_at <= $3))
   GROUP BY s.kind, s.code, p.code, u.code, u.scale
  HAVING sum(s.share_minor - s.paid_minor) <> 0
   ORDER BY s.kind, s.code, p.code
)sql";

Table read_cost_claims(Tx& tx, NodeId node, const Viewpoint& viewpoint) {
  Table table{"cost_claims", "Claims from shared costs", {}, {}, {}, {}};
  table.columns = {{"kind", "Kind", ColumnKind::text},
                   {"who", "Who", ColumnKind::text},
                   {"pool", "Pool", ColumnKind::text},
                   {"net", "Owes", ColumnKind::amount},
                   {"unit", "Unit", ColumnKind::text}};
  add_node(table, read_report_node(tx, node));
  add_viewpoint(table, viewpoint);
  add_signs(table, "who owes is positive, who is owed is negative");
  for (const Row row : report_rows(tx, cost_claims_sql, node, viewpoint.as_of, viewpoint.known_at))
    table.rows.push_back({RowKind::line,
                          0,
                          {row.string(0), row.string(1), row.string(2),
                           Amount{row.int64(5), row.integer(4), row.string(3)}, row.string(3)}});
  return table;
}

}  // namespace coop::reports
