#include "reports/cost_evidence.hpp"

#include <algorithm>

#include "ledger/costs/cost_usage.hpp"
#include "ledger/sharing/division_words.hpp"
#include "ledger/sharing/rule_json.hpp"
#include "ledger/sharing/rule_words.hpp"
#include "ledger/values/money.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::reports {

namespace {

// Rows of the evidence of one division.
class CostEvidence {
 public:
  CostEvidence(Table& table, const costs::CostPool& pool) : table_{table}, pool_{pool} {}

  void begin(const std::string& part, const std::string& words) {
    part_ = part;
    table_.rows.push_back(heading_row(0, words));
  }
  void sentence(const std::string& words) { add({}, words, {}, {}, {}, {}, {}); }
  void number(const std::string& who, const std::string& what, const std::string& value) {
    add(who, what, {}, Cell{value}, {}, {}, {});
  }
  void bill(const costs::CostBill& bill) {
    add(bill.payer.code, bill.title + (bill.document.empty() ? "" : " (" + bill.document + ")"),
        Cell{bill.billed_on}, {}, amount(bill.minor), {}, {});
  }
  void share(const costs::CostShare& share) {
    add(share.who.code, std::string{costs::text_of(share.who.kind)}, {}, {}, amount(share.share),
        amount(share.paid), amount(share.net()));
  }
  void sum(RowKind kind, const std::string& words, std::int64_t minor) {
    add(words, {}, {}, {}, amount(minor), {}, {}, kind);
  }

 private:
  Cell amount(std::int64_t minor) const { return Amount{minor, pool_.scale, pool_.unit}; }
  void add(const std::string& who, const std::string& what, Cell day, Cell value, Cell amount, Cell paid,
           Cell net, RowKind kind = RowKind::line) {
    table_.rows.push_back({kind,
                           1,
                           {part_, text_or_none(who), text_or_none(what), std::move(day), std::move(value),
                            std::move(amount), std::move(paid), std::move(net), pool_.unit}});
  }
  Table& table_;
  const costs::CostPool& pool_;
  std::string part_;
};

void add_evidence_facts(Table& table, const costs::CostAllocation& allocation,
                        const std::string& participant) {
  const sharing::VersionDraft& rule = allocation.rule.is;
  const auto fact = [&](const char* name, const char* title, Cell value) {
    table.facts.push_back({name, title, std::move(value)});
  };
  fact("for", "For", participant);
  fact("allocation", "Division", std::int64_t{allocation.number.number()});
  fact("state", "Stands", std::string{costs::state_of(allocation)});
  if (!allocation.steps.empty() && allocation.steps.front().entry)
    fact("entry", "Entry", allocation.steps.front().entry->number());
  fact("pool", "Pool", allocation.pool.code);
  fact("title", "Shared", allocation.pool.terms.at(static_cast<std::size_t>(allocation.term - 1)).title);
  fact("from_on", "From", allocation.from_on);
  fact("to_on", "To", allocation.to_on);
  fact("rule", "Rule", rule.code + ", version " + std::to_string(allocation.rule.version));
  fact("decision", "Adopted by", rule.decision);
  fact("rule_json", "Rule as JSON", sharing::canonical_text(*rule.rule));
  fact("rule_hash", "Its SHA-256", allocation.rule.hash);
  add_signs(table, "who owes is positive, who is owed is negative");
}

void add_bills(CostEvidence& evidence, const std::vector<costs::CostBill>& bills, std::int64_t minor,
               const std::string& note) {
  evidence.begin("bills", "Bills that are divided");
  for (const costs::CostBill& bill : bills)
    if (bill.kind == costs::CostBillKind::paid) evidence.bill(bill);
  evidence.sum(RowKind::total, "Together", minor);
  if (!note.empty()) evidence.sentence(note);
  evidence.begin("given", "Given, and not divided");
  for (const costs::CostBill& bill : bills)
    if (bill.kind != costs::CostBillKind::paid) evidence.bill(bill);
}

void add_measures(CostEvidence& evidence, const costs::CostAllocation& allocation,
                  const costs::UsageSums& used) {
  evidence.begin("figures", "Numbers given with the period");
  for (const auto& [name, value] : allocation.figures) evidence.number({}, name, value.decimal_text());
  evidence.begin("measures", "What everybody is measured by");
  const costs::CostTerm& term = allocation.pool.terms.at(static_cast<std::size_t>(allocation.term - 1));
  for (const costs::CostParticipant& one : term.participants) {
    if (const auto measured = used.find(one.who.code); measured != used.end())
      for (const auto& [name, millionths] : measured->second)
        evidence.number(one.who.code, name, costs::millionths_text_of(millionths));
    if (one.weight_millionths)
      evidence.number(one.who.code, "weight", costs::millionths_text_of(*one.weight_millionths));
    if (one.fixed_minor)
      evidence.number(one.who.code, "fixed", text_from_minor(*one.fixed_minor, allocation.pool.scale));
  }
}

void add_sums(CostEvidence& evidence, const sharing::Division& division, const Unit& unit,
              const std::string& participant) {
  evidence.begin("sums", "How the share of " + participant + " is worked out");
  for (const sharing::PotShare& pot : division.pots)
    for (const std::string& words : sharing::words_of(pot.why, unit))
      evidence.sentence((pot.name == sharing::main_pot ? "" : pot.name + ": ") + words);
  const auto share = std::ranges::find(division.participants, participant, &sharing::ParticipantShare::id);
  if (share == division.participants.end()) return;
  for (const std::string& words : sharing::words_of(share->why, unit)) evidence.sentence(words);
}

}  // namespace

Table table_of_cost_evidence(const ReportNode& node, const ShownCosts& shown,
                             const std::string& participant) {
  const costs::CostAllocation& allocation = shown.allocation;
  const auto is_them = [&](const costs::CostShare& share) { return share.who.code == participant; };
  if (std::ranges::none_of(allocation.shares, is_them))
    throw Refused{Refusal::field_invalid,
                  "nobody called '" + participant.substr(0, 40) + "' is in this division", "?participant"};
  Table table{"cost_evidence", "How shared costs were divided", {}, {}, {}, {}};
  table.columns = {{"part", "Part", ColumnKind::text, 0, false},
                   {"who", "Who", ColumnKind::text},
                   {"what", "What", ColumnKind::text},
                   {"day", "Day", ColumnKind::day},
                   {"value", "Number", ColumnKind::text},
                   {"amount", "Amount", ColumnKind::amount},
                   {"paid", "Paid for all", ColumnKind::amount},
                   {"net", "Owes", ColumnKind::amount},
                   {"unit", "Unit", ColumnKind::text}};
  add_node(table, node);
  add_evidence_facts(table, allocation, participant);
  CostEvidence evidence{table, allocation.pool};
  evidence.begin("rule", "The rule");
  for (const std::string& words : sharing::words_of(*allocation.rule.is.rule)) evidence.sentence(words);
  const costs::CostPool& pool = allocation.pool;
  const Unit unit{pool.unit_id, pool.unit, pool.scale};
  add_bills(evidence, shown.bills, allocation.minor, costs::note_on(allocation.minor, unit));
  add_measures(evidence, allocation, shown.used);
  evidence.begin("shares", "Who bears what");
  std::int64_t left = allocation.minor;
  for (const costs::CostShare& share : allocation.shares) {
    evidence.share(share);
    left = checked_add(left, -share.share);
  }
  add_sums(evidence, shown.division, unit, participant);
  evidence.begin("proof", "Proof");
  evidence.sum(RowKind::proof, "Bills less shares", left);
  return table;
}

namespace {

constexpr const char* is_cost_party_sql = R"sql(
  -- reports.is_cost_party
  SELECT EXISTS (SELECT FROM cost_participant c
                   JOIN cost_pool_term t ON t.node_id = c.node_id AND t.pool_number = c.pool_number
                                        AND t.term = c.term
                  WHERE c.node_id = $1 AND c.code = $2 AND ($3::timestamptz IS NULL OR t.recorded_at <= $3))
         OR EXISTS (SELECT FROM cost_share s
                      JOIN cost_allocation a ON a.node_id = s.node_id AND a.number = s.allocation_number
                     WHERE s.node_id = $1 AND s.code = $2
                       AND ($3::timestamptz IS NULL OR a.recorded_at <= $3))
)sql";

void require_cost_party_known(Tx& tx, NodeId node, const std::string& participant,
                              std::optional<Instant> known_at) {
  if (!only_row(rows(tx, is_cost_party_sql, node, participant, known_at)).boolean(0))
    throw Refused{Refusal::field_invalid,
                  "nobody called '" + participant.substr(0, 40) + "' shares costs or paid for others",
                  "?participant"};
}

// The account of one unit, line by line.
class CostAccount {
 public:
  CostAccount(Table& table, std::string unit, int scale, const std::optional<Day>& from)
      : table_{table}, unit_{std::move(unit)}, scale_{scale}, from_{from} {}
  const std::string& unit() const { return unit_; }

  void add(const Row& row) {
    const Day day = row.day(3);
    const std::int64_t minor = row.int64(6);
    const bool is_before = from_ && day < *from_;
    if (!is_before) open();
    sum_ = checked_add(sum_, minor);
    if (!is_before)
      add_row(RowKind::line, row.int64(2), day, row.string(4), text_or_none(row.string(5)), amount(minor));
  }
  void close() {
    open();
    add_row(RowKind::total, {}, {}, "Open at last", {}, {});
  }

 private:
  void open() {
    if (is_open_) return;
    is_open_ = true;
    add_row(RowKind::subtotal, {}, from_ ? Cell{*from_} : Cell{}, "Open before", {}, {});
  }
  Cell amount(std::int64_t minor) const { return Amount{minor, scale_, unit_}; }
  void add_row(RowKind kind, Cell entry, Cell day, const std::string& what, Cell reference, Cell minor) {
    table_.rows.push_back({kind,
                           0,
                           {std::move(entry), std::move(day), what, std::move(reference), std::move(minor),
                            amount(sum_), unit_}});
  }
  Table& table_;
  std::string unit_;
  int scale_;
  const std::optional<Day>& from_;
  std::int64_t sum_ = 0;
  bool is_open_ = false;
};

}  // namespace

constexpr const char* cost_account_lines_sql = R"sql(
  -- reports.cost_account_lines
  SELECT u.code, u.scale::int, g.entry_number, g.booked_on, e.description, coalesce(e.reference, ''),
         sum(g.amount_minor)::bigint
    FROM (SELECT DISTINCT p.claims_account_id AS id FROM cost_pool p
           WHERE p.node_id = $1 AND ($4::timestamptz IS NULL OR p.recorded_at <= $4)) c
    JOIN account a ON a.node_id = $1 AND a.id = c.id
    JOIN unit u ON u.id = a.unit_id
    JOIN posting g ON g.node_id = $1 AND g.account_id = a.id AND ($3::date IS NULL OR g.booked_on <= $3)
     AND ($5::bigint IS NULL OR g.entry_number <= $5)
    JOIN entry e ON e.node_id = $1 AND e.number = g.entry_number
    LEFT JOIN dimension m ON m.node_id = $1 AND m.id = g.member_id
    LEFT JOIN dimension o ON o.node_id = $1 AND o.id = g.cost_object_id
   WHERE coalesce(m.code, o.code) = $2
   GROUP BY u.code, u.scale, g.entry_number, g.booked_on, e.description, e.reference
   ORDER BY u.code, g.booked_on, g.entry_number
)sql";

Table read_cost_account(Tx& tx, NodeId node, const std::string& participant, std::optional<Day> from,
                        std::optional<Day> to, std::optional<Instant> known_at) {
  require_cost_party_known(tx, node, participant, known_at);
  Table table{"cost_account", "Account of shared costs", {}, {}, {}, {}};
  table.columns = {{"entry", "Entry", ColumnKind::number},   {"day", "Day", ColumnKind::day},
                   {"what", "What", ColumnKind::text, 60},   {"reference", "Reference", ColumnKind::text},
                   {"amount", "Amount", ColumnKind::amount}, {"open", "Open", ColumnKind::amount},
                   {"unit", "Unit", ColumnKind::text}};
  add_node(table, read_report_node(tx, node));
  table.facts.push_back({"for", "For", participant});
  if (from) table.facts.push_back({"from", "From", *from});
  if (to) table.facts.push_back({"to", "To", *to});
  add_viewpoint(table, {{}, known_at});
  add_signs(table, "what they owe is positive, what they are owed is negative");
  std::optional<CostAccount> account;
  const Rows lines = report_rows(tx, cost_account_lines_sql, node, participant, to, known_at,
                                 read_last_known(tx, node, known_at));
  for (const Row row : lines) {
    if (!account || account->unit() != row.text(0)) {
      if (account) account->close();
      account.emplace(table, row.string(0), row.integer(1), from);
    }
    account->add(row);
  }
  if (account) account->close();
  return table;
}

}  // namespace coop::reports
