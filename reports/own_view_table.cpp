#include <algorithm>

#include "ledger/values/money.hpp"
#include "reports/own_view.hpp"

namespace coop::reports {

namespace {

std::string amount_text(std::int64_t minor, const Unit& unit) {
  return text_from_minor(minor, unit.scale) + " " + unit.code;
}

void add_fact(Table& table, const std::string& name, const std::string& title, const std::string& words) {
  table.facts.push_back({name, title, words});
}

std::string membership_words(const OwnMembership& own) {
  std::string words = own.class_title + " since " + own.membership.from_on.text();
  if (own.standing) words += ", " + std::string{members::text_of(*own.standing)};
  if (own.covered_until) words += ", dues paid until " + own.covered_until->text();
  return words + (own.on_roll ? "; " + vote_words(*own.on_roll) : "");
}

void add_balances(Table& table, const OwnView& view, const UnitOf& unit_of) {
  for (const OwnBalance& balance : view.balances) {
    const Unit unit = unit_of(balance.unit);
    std::string words = amount_text(balance.state.open_minor, unit);
    if (balance.state.overdue_since)
      words += ", " + amount_text(balance.state.ageing.overdue_minor(), unit) + " of it overdue since " +
               balance.state.overdue_since->text();
    add_fact(table, "owed", "You owe", words);
    if (balance.state.credit_minor > 0)
      add_fact(table, "paid_ahead", "You paid ahead", amount_text(balance.state.credit_minor, unit));
  }
}

void add_next(Table& table, const OwnView& view, const UnitOf& unit_of) {
  if (view.next_due)
    add_fact(table, "next_due", "Next due",
             amount_text(view.next_due->open_minor, unit_of(view.next_due->charge.unit)) + " by " +
                 view.next_due->charge.due_on.text());
  if (view.upcoming)
    add_fact(table, "upcoming", "To come",
             amount_text(view.upcoming->owed_minor(), unit_of(view.upcoming->unit)) + " by " +
                 view.upcoming->due_on.text());
  for (const dues::ChargeState& obligation : view.obligations) {
    const Unit unit = unit_of(obligation.charge.unit);
    add_fact(table, "obligation", "Obligation",
             amount_text(obligation.charge.owed_minor, unit) + ", " +
                 amount_text(obligation.open_minor, unit) + " of it open");
  }
}

std::string_view words_of(dues::StatementKind kind) {
  switch (kind) {
    case dues::StatementKind::charge:
      return "Charge";
    case dues::StatementKind::charge_reversed:
      return "Charge taken back";
    case dues::StatementKind::payment:
      return "Your payment";
    case dues::StatementKind::payment_returned:
      return "Payment returned";
    case dues::StatementKind::refund:
      return "Given back to you";
    case dues::StatementKind::refund_returned:
      return "Refund returned";
  }
  return {};
}

}  // namespace

std::string vote_words(const rolls::RollLine& line) {
  if (line.is_eligible()) return std::to_string(line.votes) + (line.votes == 1 ? " vote" : " votes");
  std::string words;
  for (const rolls::Exclusion& one : line.exclusions) words += (words.empty() ? "" : ", ") + one.words;
  return "no vote: " + words;
}

std::string words_of(const dues::StatementLine& line) {
  std::string words = std::string{words_of(line.kind)} + " " + std::to_string(line.number);
  if (line.period) words += ", " + dues::text_of(*line.period);
  return line.words.empty() ? words : words + ": " + line.words;
}

Table table_of_own_view(const OwnView& view, const std::string& node_title, const UnitOf& unit_of) {
  Table table{"own_view", view.name.value_or(view.party.number), {}, {}, {}, std::nullopt};
  add_fact(table, "node", "Co-operative", node_title);
  add_fact(table, "member", "Member", view.party.number);
  add_viewpoint(table, {view.moment.as_of, view.moment.known_at});
  for (const OwnMembership& own : view.memberships)
    add_fact(table, "membership", "Membership", membership_words(own));
  add_balances(table, view, unit_of);
  add_next(table, view, unit_of);
  add_signs(table, "what is owed counts up, what you pay counts down; below zero is paid ahead");
  table.columns = {{"on", "Day", ColumnKind::day},
                   {"what", "What", ColumnKind::text, 60},
                   {"unit", "Unit", ColumnKind::text},
                   {"amount", "Amount", ColumnKind::amount},
                   {"owed_after", "Owed after it", ColumnKind::amount}};
  for (const auto& [id, minor] : view.statement.before_minor) {
    const Unit unit = unit_of(id);
    table.rows.push_back({RowKind::line,
                          0,
                          {view.from, std::string{"From before"}, unit.code, std::monostate{},
                           Amount{minor, unit.scale, unit.code}}});
  }
  for (const dues::StatementLine& line : view.statement.lines) {
    const Unit unit = unit_of(line.unit);
    table.rows.push_back({RowKind::line,
                          0,
                          {line.on, words_of(line), unit.code, Amount{line.minor, unit.scale, unit.code},
                           Amount{line.balance_minor, unit.scale, unit.code}}});
  }
  return table;
}

}  // namespace coop::reports
