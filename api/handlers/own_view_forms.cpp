#include "api/handlers/own_view_forms.hpp"

#include "api/handlers/dues_forms.hpp"
#include "api/handlers/dues_state_forms.hpp"
#include "api/handlers/roll_forms.hpp"
#include "api/json_writer.hpp"
#include "ledger/dues/due.hpp"
#include "ledger/values/markup.hpp"
#include "ledger/values/money.hpp"

namespace coop::api {

namespace {

void write_own_membership(JsonWriter& out, const reports::OwnMembership& own) {
  out.open().field("id", own.membership.id).field("class", own.class_title);
  out.field("from_on", own.membership.from_on).field("until_on", own.membership.until_on);
  out.field("standing", own.standing ? std::optional{members::text_of(*own.standing)} : std::nullopt);
  out.field("covered_until", own.covered_until);
  if (own.on_roll) {
    out.object("vote").field("eligible", own.on_roll->is_eligible()).field("votes", own.on_roll->votes);
    out.field("paid_up", own.on_roll->is_paid_up).field("waived", own.on_roll->is_waived);
    write_exclusions(out, own.on_roll->exclusions);
    out.close();
  } else {
    out.field("vote", std::nullopt);
  }
  out.close();
}

void write_charge_states(JsonWriter& out, std::string_view name,
                         const std::vector<dues::ChargeState>& charges, UnitDirectory& units) {
  out.array(name);
  for (const dues::ChargeState& charge : charges)
    write_charge_state(out, charge, units.of(charge.charge.unit));
  out.end_array();
}

void write_upcoming(JsonWriter& out, const std::optional<dues::Due>& due, UnitDirectory& units) {
  if (!due) {
    out.field("upcoming", std::nullopt);
    return;
  }
  out.object("upcoming");
  write_due_fields(out, *due, units);
  out.close();
}

void write_own_statement(JsonWriter& out, const reports::OwnView& view, UnitDirectory& units) {
  out.object("statement").field("from", view.from);
  write_amounts(out, "owed_before", view.statement.before_minor, units);
  out.array("lines");
  for (const dues::StatementLine& line : view.statement.lines) {
    const Unit unit = units.of(line.unit);
    out.open().field("on", line.on).field("kind", dues::text_of(line.kind)).field("number", line.number);
    out.field("words", line.words);
    out.field("from", line.period ? std::optional{line.period->first()} : std::nullopt);
    out.field("to", line.period ? std::optional{line.period->last()} : std::nullopt);
    out.field("unit", unit.code);
    out.amount_field("amount", line.minor, unit.scale);
    out.amount_field("owed_after", line.balance_minor, unit.scale).close();
  }
  out.end_array().close();
}

std::string amount_text(std::int64_t minor, const Unit& unit) {
  return text_from_minor(minor, unit.scale) + " " + unit.code;
}

// A sentence for each unit: what is owed or paid ahead.
std::string balance_words(const reports::OwnView& view, UnitDirectory& units) {
  std::string words;
  for (const auto& [unit_id, state] : view.balances) {
    const Unit unit = units.of(unit_id);
    if (state.open_minor > 0) {
      words += "<p class=\"sum\">You owe <strong>" + amount_text(state.open_minor, unit) + "</strong>";
      if (state.overdue_since)
        words += ", of which " + amount_text(state.ageing.overdue_minor(), unit) + " is overdue since " +
                 state.overdue_since->text();
      words += ".</p>\n";
    }
    if (state.credit_minor > 0)
      words += "<p class=\"sum\">You have paid <strong>" + amount_text(state.credit_minor, unit) +
               "</strong> ahead; it is yours and goes to your next dues.</p>\n";
  }
  return words.empty() ? "<p class=\"sum\">You owe nothing.</p>\n" : words;
}

std::string membership_rows(const reports::OwnView& view) {
  std::string rows;
  for (const reports::OwnMembership& own : view.memberships) {
    const std::string covered = own.covered_until ? own.covered_until->text() : "–";
    const std::string standing = own.standing ? std::string{members::text_of(*own.standing)} : "–";
    rows += "<tr><td>" + markup_escaped(own.class_title) + "</td><td>" + own.membership.from_on.text() +
            "</td><td>" + standing + "</td><td>" + covered + "</td><td>" +
            (own.on_roll ? reports::vote_words(*own.on_roll) : "–") + "</td></tr>\n";
  }
  return rows;
}

std::string statement_rows(const reports::OwnView& view, UnitDirectory& units) {
  std::string rows;
  for (const auto& [unit_id, minor] : view.statement.before_minor) {
    rows += "<tr><td>" + view.from.text() + "</td><td>From before</td><td></td><td class=\"n\">" +
            amount_text(minor, units.of(unit_id)) + "</td></tr>\n";
  }
  for (const dues::StatementLine& line : view.statement.lines) {
    const Unit unit = units.of(line.unit);
    rows += "<tr><td>" + line.on.text() + "</td><td>" + markup_escaped(reports::words_of(line)) +
            "</td><td class=\"n\">" + amount_text(line.minor, unit) + "</td><td class=\"n\">" +
            amount_text(line.balance_minor, unit) + "</td></tr>\n";
  }
  return rows;
}

std::string next_words(const reports::OwnView& view, UnitDirectory& units) {
  if (view.next_due)
    return "<p>Next due: " + amount_text(view.next_due->open_minor, units.of(view.next_due->charge.unit)) +
           " by " + view.next_due->charge.due_on.text() + ".</p>\n";
  if (view.upcoming)
    return "<p>Next to come: " + amount_text(view.upcoming->owed_minor(), units.of(view.upcoming->unit)) +
           " by " + view.upcoming->due_on.text() + " (" + markup_escaped(view.upcoming->why) + ").</p>\n";
  return {};
}

}  // namespace

std::string own_view_json(const books::Node& node, const reports::OwnView& view, UnitDirectory& units) {
  JsonWriter out;
  out.open().field("node", node.name).field("node_title", node.title).field("member", view.party.number);
  out.field("kind", members::text_of(view.party.kind)).field("name", view.name);
  out.field("as_of", view.moment.as_of).field("known_at", view.moment.known_at).array("memberships");
  for (const reports::OwnMembership& own : view.memberships) write_own_membership(out, own);
  out.end_array().array("balances");
  for (const reports::OwnBalance& balance : view.balances) {
    out.open();
    write_debtor(out, balance.state, units.of(balance.unit));
    out.close();
  }
  out.end_array().name("next_due");
  if (view.next_due) write_charge_state(out, *view.next_due, units.of(view.next_due->charge.unit));
  else out.value(std::nullopt);
  write_upcoming(out, view.upcoming, units);
  write_charge_states(out, "open_charges", view.open_charges, units);
  write_charge_states(out, "obligations", view.obligations, units);
  write_own_statement(out, view, units);
  out.close();
  return out.take();
}

std::string own_view_page(const books::Node& node, const reports::OwnView& view, UnitDirectory& units) {
  const std::string name = markup_escaped(view.name.value_or(view.party.number));
  std::string body = "<h1>" + name + "</h1>\n<p>Member " + markup_escaped(view.party.number) + " of " +
                     markup_escaped(node.title) + ", as of " + view.moment.as_of.text() + ".</p>\n";
  body += balance_words(view, units) + next_words(view, units);
  body +=
      "<h2>Memberships</h2>\n<table>\n<tr><th>As</th><th>Since</th><th>Standing</th><th>Dues paid "
      "until</th><th>Vote</th></tr>\n" +
      membership_rows(view) + "</table>\n";
  body +=
      "<h2>Statement</h2>\n<table>\n<tr><th>Day</th><th>What</th><th class=\"n\">Amount</th><th "
      "class=\"n\">Owed after it</th></tr>\n" +
      statement_rows(view, units) +
      "</table>\n<p>What is owed counts up, what you pay counts down; below zero is paid ahead.</p>\n";
  return body;
}

}  // namespace coop::api
