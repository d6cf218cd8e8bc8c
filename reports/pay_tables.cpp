#include "reports/pay_tables.hpp"

#include "ledger/pay/pay_local.hpp"
#include "ledger/sharing/division_words.hpp"
#include "ledger/values/fraction.hpp"

namespace coop::reports {

namespace {

Cell hours_cell(std::int64_t minutes) { return Cell{Fraction{minutes, 60}.mixed_text()}; }

std::string in_one_cell(const std::vector<std::string>& sentences) {
  std::string words;
  for (const std::string& sentence : sentences) words += (words.empty() ? "" : "; ") + sentence;
  return words;
}

std::string name_of(const pay::PayRun& run) {
  return "Pay run " + std::to_string(run.number.number()) + ": " + std::string{pay::text_of(run.kind)} +
         ", " + std::string{pay::text_of(pay::state_of(run))};
}

void add_run_facts(Table& table, const pay::PayRun& run) {
  table.facts.push_back({"run", "Run", Cell{std::int64_t{run.number.number()}}});
  table.facts.push_back({"kind", "Kind", Cell{std::string{pay::text_of(run.kind)}}});
  table.facts.push_back({"state", "Stands", Cell{std::string{pay::text_of(pay::state_of(run))}}});
  table.facts.push_back({"from", "From", Cell{run.from_on}});
  table.facts.push_back({"to", "To", Cell{run.to_on}});
  if (run.rule) {
    table.facts.push_back({"rule", "Rule", Cell{run.rule->code}});
    table.facts.push_back({"version", "Version", Cell{std::int64_t{run.rule->version}}});
  }
  if (!run.decision.empty()) table.facts.push_back({"decision", "Decision", Cell{run.decision}});
  if (!run.fund.empty()) table.facts.push_back({"fund", "Fund", Cell{run.fund}});
  if (run.mandate)
    table.facts.push_back({"mandate", "Spending mandate", Cell{std::int64_t{run.mandate->number.number()}}});
  if (!run.circle.empty()) table.facts.push_back({"circle", "Circle", Cell{run.circle}});
  table.facts.push_back({"deferred_as", "Deferred as", Cell{std::string{pay::text_of(run.deferred_as)}}});
}

// Who approved it, once somebody did.
void add_approvals(Table& table, const pay::PayRun& run) {
  for (const pay::PayStep& step : run.steps)
    if (step.kind == pay::PayStepKind::approved)
      table.facts.push_back({"approved_by", "Approved by", Cell{step.recorded_by_name.value_or("somebody")}});
}

// What stays in each pot, and where it is booked.
void add_pot_facts(Table& table, const pay::PayRun& run) {
  for (const pay::PayPot& pot : run.pots) {
    if (pot.amount_minor == 0) continue;
    const std::string where =
        pot.booked.to.empty()
            ? "not booked"
            : "to " + pot.booked.to + (pot.booked.fund.empty() ? "" : ", " + pot.booked.fund);
    table.facts.push_back({"pot", "Stays in " + pot.name + " (" + where + ")",
                           Cell{Amount{pot.amount_minor, run.unit.scale, run.unit.code}}});
  }
}

// Where a run has a part in a local unit: what each member gets in it.
void add_local_column(Table& table, const pay::PayRun& run) {
  if (!run.local) return;
  const pay::LocalPay& local = *run.local;
  table.facts.push_back({"local", "In " + local.unit.code,
                         Cell{Amount{pay::local_minor_of(run), local.unit.scale, local.unit.code}}});
  table.facts.push_back({"converted", "Of what is paid",
                         Cell{Amount{pay::converted_minor_of(run), run.unit.scale, run.unit.code}}});
  table.columns.push_back({"local", "In " + local.unit.code, ColumnKind::amount});
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    const std::int64_t minor = i < run.shares.size() ? run.shares[i].local_minor : pay::local_minor_of(run);
    table.rows[i].cells.push_back(Cell{Amount{minor, local.unit.scale, local.unit.code}});
  }
}

// Where a run grants: what each member gets beyond their claims.
void add_granted_column(Table& table, const pay::PayRun& run) {
  if (!run.grants) return;
  const auto amount = [&](std::int64_t minor) { return Cell{Amount{minor, run.unit.scale, run.unit.code}}; };
  table.columns.push_back({"granted", "Granted", ColumnKind::amount});
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < run.shares.size(); ++i) {
    const std::int64_t granted = pay::granted_minor_of(run, run.shares[i]);
    table.rows[i].cells.push_back(amount(granted));
    sum += granted;
  }
  table.rows.back().cells.push_back(amount(sum));
}

// What of a member's pay is for which cost object.
void add_cost_facts(Table& table, const pay::PayRun& run, const pay::PayShare& share) {
  const auto paid = pay::split_by_costs(share.paid_minor, share.costs);
  for (std::size_t i = 0; i < share.costs.size(); ++i)
    table.facts.push_back({"cost_object",
                           "Paid for " + (share.costs[i].object.empty() ? std::string{"no cost object"}
                                                                        : share.costs[i].object),
                           Cell{Amount{paid[i], run.unit.scale, run.unit.code}}});
}

}  // namespace

Table table_of_tariffs(const ReportNode& node, const std::vector<pay::Tariff>& listed) {
  Table table{"tariffs", "What an hour is worth", {}, {}, {}, {}};
  table.columns = {{"number", "No.", ColumnKind::number},  {"work", "Work", ColumnKind::text},
                   {"circle", "Circle", ColumnKind::text}, {"member", "Member", ColumnKind::text},
                   {"from_on", "From", ColumnKind::day},   {"amount", "An hour", ColumnKind::amount},
                   {"unit", "Unit", ColumnKind::text},     {"decision", "Decision", ColumnKind::text}};
  add_node(table, node);
  for (const pay::Tariff& one : listed)
    table.rows.push_back({RowKind::line,
                          0,
                          {std::int64_t{one.number.number()}, one.is.work, text_or_none(one.is.circle),
                           text_or_none(one.is.member), one.is.from_on,
                           one.is.minor ? Cell{Amount{*one.is.minor, one.scale, one.is.unit}} : Cell{},
                           text_or_none(one.is.unit), one.is.decision}});
  return table;
}

Table table_of_pay_runs(const ReportNode& node, const std::vector<pay::PayRunSummary>& listed,
                        const std::optional<std::string>& next) {
  Table table{"pay_runs", "Pay runs", {}, {}, {}, next};
  table.columns = {{"number", "No.", ColumnKind::number},
                   {"kind", "Kind", ColumnKind::text},
                   {"state", "Stands", ColumnKind::text},
                   {"from_on", "From", ColumnKind::day},
                   {"to_on", "To", ColumnKind::day},
                   {"members", "Members", ColumnKind::number},
                   {"amount", "Pot", ColumnKind::amount},
                   {"paid", "Paid", ColumnKind::amount},
                   {"deferred", "Deferred", ColumnKind::amount},
                   {"deferred_as", "As", ColumnKind::text},
                   {"unit", "Unit", ColumnKind::text}};
  add_node(table, node);
  for (const pay::PayRunSummary& one : listed)
    table.rows.push_back(
        {RowKind::line,
         0,
         {std::int64_t{one.number.number()}, std::string{pay::text_of(one.kind)},
          std::string{pay::text_of(one.state)}, one.from_on, one.to_on, std::int64_t{one.members},
          Amount{one.amount_minor, one.scale, one.unit}, Amount{one.paid_minor, one.scale, one.unit},
          Amount{one.deferred_minor, one.scale, one.unit}, std::string{pay::text_of(one.deferred_as)},
          one.unit}});
  return table;
}

Table table_of_pay_run(const ReportNode& node, const pay::PayRun& run,
                       const std::optional<pay::PayExplanation>& explained) {
  Table table{"pay_run", name_of(run), {}, {}, {}, {}};
  table.columns = {{"member", "Member", ColumnKind::text},       {"hours", "Hours", ColumnKind::text},
                   {"claim", "Claim", ColumnKind::amount},       {"paid", "Paid", ColumnKind::amount},
                   {"deferred", "Deferred", ColumnKind::amount}, {"settled", "Settled", ColumnKind::amount},
                   {"unit", "Unit", ColumnKind::text},           {"why", "Why", ColumnKind::text}};
  add_node(table, node);
  add_run_facts(table, run);
  add_approvals(table, run);
  add_pot_facts(table, run);
  const auto amount = [&](std::int64_t minor) { return Cell{Amount{minor, run.unit.scale, run.unit.code}}; };
  std::int64_t claims = 0;
  std::int64_t settled = 0;
  for (std::size_t i = 0; i < run.shares.size(); ++i) {
    const pay::PayShare& share = run.shares[i];
    claims += share.claim_minor;
    settled += pay::settled_minor_of(share);
    const auto words =
        explained ? in_one_cell(sharing::words_of(explained->division.participants.at(i).why, run.unit))
                  : run.decision;
    table.rows.push_back({RowKind::line,
                          0,
                          {Cell{share.member}, hours_cell(share.minutes), amount(share.claim_minor),
                           amount(share.paid_minor), amount(share.deferred_minor),
                           amount(pay::settled_minor_of(share)), Cell{run.unit.code}, text_or_none(words)}});
  }
  table.rows.push_back(
      {RowKind::total,
       0,
       {Cell{}, hours_cell(pay::minutes_of(run)), amount(claims), amount(pay::paid_minor_of(run)),
        amount(pay::deferred_minor_of(run)), amount(settled), Cell{run.unit.code}, Cell{}}});
  add_granted_column(table, run);
  add_local_column(table, run);
  return table;
}

Table table_of_payslip(const ReportNode& node, const pay::PayRun& run, const pay::PayShare& share,
                       const std::vector<std::string>& words) {
  Table table{"payslip", "Payslip of " + share.member, {}, {}, {}, {}};
  table.columns = {{"step", "Step", ColumnKind::number}, {"why", "Why", ColumnKind::text}};
  add_node(table, node);
  table.facts.push_back({"member", "Member", Cell{share.member}});
  add_run_facts(table, run);
  const auto add_amount = [&](const char* name, const char* title, std::int64_t minor) {
    table.facts.push_back({name, title, Cell{Amount{minor, run.unit.scale, run.unit.code}}});
  };
  if (run.kind == pay::PayRunKind::wages) {
    table.facts.push_back({"hours", "Hours", hours_cell(share.minutes)});
    if (share.rate_minor) add_amount("rate", "An hour", *share.rate_minor);
    add_amount("claim", "Claim", share.claim_minor);
  }
  add_amount("paid", "Paid", share.paid_minor);
  if (run.kind == pay::PayRunKind::wages) add_amount("deferred", "Deferred", share.deferred_minor);
  else add_amount("settled", "Settled", pay::settled_minor_of(share));
  if (run.grants) add_amount("granted", "Granted", pay::granted_minor_of(run, share));
  add_cost_facts(table, run, share);
  std::int64_t step = 0;
  for (const std::string& sentence : words)
    table.rows.push_back({RowKind::line, 0, {Cell{++step}, Cell{sentence}}});
  return table;
}

Table table_of_pay_payment(const ReportNode& node, pay::PayRunNumber run,
                           const disbursements::Disbursement& proposed,
                           const std::vector<LeftOut>& left_out) {
  Table table{"pay_payment", "Payment of pay run " + std::to_string(run.number()), {}, {}, {}, {}};
  table.columns = {{"member", "Member", ColumnKind::text},
                   {"amount", "Amount", ColumnKind::amount},
                   {"unit", "Unit", ColumnKind::text},
                   {"ordered", "Ordered", ColumnKind::text},
                   {"order", "Order", ColumnKind::number}};
  add_node(table, node);
  table.facts.push_back({"disbursement", "Disbursement", Cell{std::int64_t{proposed.number.number()}}});
  table.facts.push_back({"requested_on", "To be paid on", Cell{proposed.requested_on}});
  const auto amount = [](std::int64_t minor) { return Cell{Amount{minor, 2, "EUR"}}; };
  std::int64_t sum = 0;
  for (const disbursements::Order& order : proposed.orders) {
    sum += order.minor;
    table.rows.push_back({RowKind::line,
                          0,
                          {Cell{order.member}, amount(order.minor), Cell{std::string{"EUR"}},
                           Cell{std::string{"yes"}}, Cell{std::int64_t{order.number}}}});
  }
  for (const LeftOut& left : left_out)
    table.rows.push_back(
        {RowKind::line,
         0,
         {Cell{left.member}, amount(left.minor), Cell{std::string{"EUR"}}, Cell{"no: " + left.why}, Cell{}}});
  table.rows.push_back(
      {RowKind::total,
       0,
       {Cell{}, amount(sum), Cell{std::string{"EUR"}}, Cell{std::string{"ordered"}}, Cell{}}});
  return table;
}

Table table_of_claims(const ReportNode& node, const std::vector<pay::DeferredClaim>& claims, Day on,
                      std::optional<Instant> known_at, const std::optional<std::string>& next) {
  Table table{"deferred_claims", "Deferred claims", {}, {}, {}, next};
  table.columns = {{"since", "Since", ColumnKind::day},        {"run", "Run", ColumnKind::number},
                   {"member", "Member", ColumnKind::text},     {"deferred_as", "As", ColumnKind::text},
                   {"age_days", "Days", ColumnKind::number},   {"deferred", "Deferred", ColumnKind::amount},
                   {"settled", "Settled", ColumnKind::amount}, {"lapsed", "Lapsed", ColumnKind::amount},
                   {"open", "Open", ColumnKind::amount},       {"unit", "Unit", ColumnKind::text},
                   {"account", "Account", ColumnKind::text}};
  add_node(table, node);
  table.facts.push_back({"on", "On", Cell{on}});
  add_viewpoint(table, {{}, known_at});
  for (const pay::DeferredClaim& claim : claims) {
    const auto amount = [&](std::int64_t minor) { return Cell{Amount{minor, claim.scale, claim.unit}}; };
    table.rows.push_back(
        {RowKind::line,
         0,
         {Cell{claim.since}, Cell{std::int64_t{claim.run.number()}}, Cell{claim.member},
          Cell{std::string{pay::text_of(claim.as)}}, Cell{std::int64_t{pay::age_days(claim, on)}},
          amount(claim.deferred_minor), amount(claim.settled_minor), amount(claim.lapsed_minor),
          amount(pay::open_minor_of(claim)), Cell{claim.unit}, text_or_none(claim.account)}});
  }
  return table;
}

Table table_of_claim_quarters(const ReportNode& node, const Viewpoint& viewpoint,
                              const std::vector<pay::ClaimQuarter>& quarters) {
  Table table{"deferred_summary", "Deferred claims by quarters", {}, {}, {}, {}};
  table.columns = {
      {"quarter", "Quarter from", ColumnKind::day},  {"deferred_as", "As", ColumnKind::text},
      {"arisen", "Arisen", ColumnKind::amount},      {"settled", "Settled", ColumnKind::amount},
      {"lapsed", "Lapsed", ColumnKind::amount},      {"open", "Open at its end", ColumnKind::amount},
      {"open_claims", "Claims", ColumnKind::number}, {"unit", "Unit", ColumnKind::text}};
  add_node(table, node);
  add_viewpoint(table, viewpoint);
  for (const pay::ClaimQuarter& one : quarters) {
    const auto amount = [&](std::int64_t minor) { return Cell{Amount{minor, one.scale, one.unit}}; };
    table.rows.push_back({RowKind::line,
                          0,
                          {Cell{one.from_on}, Cell{std::string{pay::text_of(one.as)}},
                           amount(one.arisen_minor), amount(one.settled_minor), amount(one.lapsed_minor),
                           amount(one.open_minor), Cell{std::int64_t{one.open_claims}}, Cell{one.unit}}});
  }
  return table;
}

}  // namespace coop::reports
