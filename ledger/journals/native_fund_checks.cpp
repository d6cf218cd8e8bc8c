#include "ledger/journals/native_fund_checks.hpp"

#include <boost/json.hpp>

#include "ledger/journals/native_row_rules.hpp"
#include "ledger/values/money.hpp"
#include "ledger/values/wide_integer.hpp"

namespace coop::journals {

namespace {

using books::DimensionKind;

std::string mandate_name(std::size_t number) { return "spending mandate " + std::to_string(number); }

}  // namespace

void FundSpending::add(const books::Entry& entry, const std::string& fund, const std::string& cost_object,
                       const std::string& unit, const std::string& type, std::int64_t minor) {
  if (type == "asset") return;
  lines_[{entry.number.number(), fund}].push_back({cost_object, unit, type == "liability", minor});
  days_.emplace(entry.number.number(), entry.booked_on);
}

std::optional<Day> FundSpending::day_of(std::int64_t entry) const {
  const auto found = days_.find(entry);
  return found == days_.end() ? std::nullopt : std::optional{found->second};
}

std::int64_t FundSpending::spent(std::int64_t entry, const std::string& fund, const std::string& cost_object,
                                 const std::string& unit, bool is_held) const {
  const auto found = lines_.find({entry, fund});
  std::int64_t sum = 0;
  if (found == lines_.end()) return sum;
  for (const Line& line : found->second)
    if (line.unit == unit && (cost_object.empty() || line.cost_object == cost_object) &&
        (is_held || !line.is_owed))
      sum = checked_add(sum, line.minor);
  return sum;
}

bool FundChecks::take(const NativeRow& row, const Before& before) {
  const std::string_view kind = row.of->kind;
  if (!kind.starts_with("fund_") && !kind.starts_with("spending_") && kind != "order_mandate") return false;
  const auto value = boost::json::parse(row.json);
  JsonFields fields = JsonFields::of(value);
  if (kind == "fund_term") take_term(fields, before);
  else if (kind == "fund_buffer") take_buffer(fields);
  else if (kind == "fund_account") take_account(fields, before);
  else if (kind == "spending_rule") take_rule(fields, before);
  else if (kind == "order_mandate") take_order(fields, before);
  else if (kind == "spending_mandate") take_mandate(fields, before);
  else take_step(fields, before);
  return true;
}

void FundChecks::take_term(JsonFields& row, const Before& before) {
  const std::string fund = row.text("fund");
  require_consistent(before.dimensions.contains({DimensionKind::fund, fund}), "there is no fund " + fund);
  std::vector<KnownTerm>& terms = terms_[fund];
  require_consistent(row.number("number") == static_cast<std::int64_t>(terms.size()) + 1,
                     "the terms of the fund " + fund + " are numbered with a gap or twice");
  const std::string purpose = require_word(
      row, "purpose",
      {"media", "venue", "community", "civil_society", "reserve", "hardship", "grant", "held", "other"});
  const std::string unit = row.text("unit");
  require_consistent(before.scales.contains(unit), "there is no unit " + unit);
  require_consistent(!row.truth("indivisible") || (purpose != "held" && purpose != "grant"),
                     "money of others is not indivisible");
  if (row.has("funder")) require_text(row, "funder", 1, 200);
  if (row.has("conditions")) require_text(row, "conditions", 1, 2'000);
  require_text(row, "decision", 1, 500);
  const KnownTerm term{unit,
                       purpose == "held",
                       row.truth("indivisible"),
                       row.day("from_on"),
                       row.instant("recorded_at"),
                       require_count(row, "buffers", 0),
                       require_count(row, "accounts", 0)};
  require_consistent(term.buffers_said <= 20 && term.accounts_said <= 20, "a fund has too many measures");
  require_consistent(terms.empty() || (terms.front().unit == unit && terms.front().is_held == term.is_held),
                     "the fund " + fund + " has another unit, or becomes money of others");
  terms.push_back(term);
}

FundChecks::KnownTerm& FundChecks::term_of(JsonFields& row) {
  const auto found = terms_.find(row.text("fund"));
  const std::int64_t number = row.number("term");
  require_consistent(
      found != terms_.end() && number > 0 && number <= static_cast<std::int64_t>(found->second.size()),
      "a fund has no such terms");
  return found->second[static_cast<std::size_t>(number - 1)];
}

void FundChecks::take_buffer(JsonFields& row) {
  KnownTerm& term = term_of(row);
  require_consistent(row.number("line") == ++term.buffers, "the measures of a fund have a gap");
  require_text(row, "measure", 1, 200);
  if (row.has("amount_minor")) {
    require_consistent(row.number("amount_minor") >= 0, "a measure of a fund is below zero");
    for (const char* field : {"flow", "whose", "account", "over_months", "keep_months", "share_millionths"})
      require_consistent(!row.has(field), "a measure of a fund is set and worked out");
    return;
  }
  require_word(row, "flow", {"expense", "income"});
  require_word(row, "whose", {"node", "fund"});
  if (row.has("account")) require_text(row, "account", 1, 255);
  const auto is_within = [&](const char* field, std::int64_t most) {
    const std::int64_t found = row.maybe_number(field).value_or(0);
    return found > 0 && found <= most;
  };
  require_consistent(is_within("over_months", 120) && row.has("keep_months") != row.has("share_millionths") &&
                         (is_within("keep_months", 120) || is_within("share_millionths", 10'000'000)),
                     "a measure of a fund is not whole");
}

void FundChecks::take_account(JsonFields& row, const Before& before) {
  KnownTerm& term = term_of(row);
  const std::string path = row.text("account");
  require_consistent(before.accounts.contains({path, term.unit}) && term.accounts.insert(path).second,
                     "a fund lies in no account " + path + ", or in it twice");
}

void FundChecks::take_mandate(JsonFields& row, const Before& before) {
  const std::string name = mandate_name(mandates_.size() + 1);
  require_consistent(row.number("number") == static_cast<std::int64_t>(mandates_.size()) + 1,
                     "the spending mandates are numbered with a gap or twice");
  require_text(row, "body", 1, 200);
  require_word(row, "level", {"node", "federation"});
  require_text(row, "purpose", 1, 500);
  require_text(row, "decision", 1, 500);
  const std::string fund = row.text("fund");
  const std::string unit = row.text("unit");
  const auto terms = terms_.find(fund);
  require_consistent(terms != terms_.end() && terms->second.front().unit == unit,
                     name + " is of a fund without terms in its unit");
  const std::string cost_object = row.text_or_empty("cost_object");
  require_consistent(
      cost_object.empty() || before.dimensions.contains({DimensionKind::cost_object, cost_object}),
      "there is no cost object " + cost_object);
  const std::int64_t minor = row.number("amount_minor");
  const auto minutes = row.maybe_number("minutes_a_month");
  const auto rate = row.maybe_number("rate_minor");
  const auto months = row.maybe_number("months");
  require_consistent(
      minor > 0 && minutes.has_value() == rate.has_value() && minutes.has_value() == months.has_value(),
      name + " grants nothing, or half of its hours");
  if (minutes)
    require_consistent(*minutes > 0 && *minutes <= 600'000 && *rate > 0 && *months > 0 && *months <= 120 &&
                           Wider{*minutes} * *months * *rate == Wider{minor} * 60,
                       "the hours of " + name + " do not make its amount");
  const Day from_on = row.day("from_on");
  const Day until_on = row.day("until_on");
  require_consistent(until_on >= from_on, name + " ends before it begins");
  const std::int64_t rules = row.maybe_number("rules").value_or(0);
  const std::int64_t approvals = row.maybe_number("approvals").value_or(0);
  require_consistent(rules >= 0 && rules <= this->rules(), name + " is granted by rules that there are not");
  const auto counted = rules_up_to(rules);
  const funds::RulePlace place{unit_of(unit), fund, require_ruled_on(row, row.instant("recorded_at"), rules)};
  require_consistent(
      approvals == funds::approvals_of_mandate(counted, place, minor) &&
          funds::authority_fault(counted, place,
                                 {row.text("body"), funds::body_level_from(row.text("level")), minor}, 0)
              .empty(),
      name + " is not granted or approved as its rules say");
  granted_.emplace_back(fund, minor);
  mandates_.push_back({fund, cost_object, unit, minor, minutes.value_or(0) * months.value_or(0), from_on,
                       until_on, row.text_or_empty("recorded_by"), approvals});
}

void FundChecks::take_step(JsonFields& row, const Before& before) {
  const std::int64_t number = row.number("mandate");
  require_consistent(number > 0 && number <= static_cast<std::int64_t>(mandates_.size()),
                     "there is no spending mandate " + std::to_string(number));
  KnownMandate& mandate = mandates_[static_cast<std::size_t>(number - 1)];
  require_consistent(row.number("number") == ++mandate.steps, "the steps of a mandate have a gap");
  const std::string kind = require_word(row, "step", {"drawn", "paid", "taken_back", "recalled", "approved"});
  row.day("on");
  if (row.has("words")) require_text(row, "words", 1, 500);
  require_consistent(kind == "drawn" || row.has("words") == (kind == "taken_back" || kind == "recalled"),
                     "a step of a mandate has no reason, or one too many");
  require_consistent((kind == "drawn") == row.has("amount_minor") &&
                         (kind == "drawn" || (!row.has("minutes") && !row.has("member"))) &&
                         (kind == "paid" || kind == "taken_back") == row.has("draw"),
                     "a step of a mandate is not whole");
  require_consistent(!mandate.is_recalled || kind == "paid" || kind == "taken_back",
                     "a mandate is drawn on or approved after it was recalled");
  if (kind == "drawn") return take_draw(row, mandate, before);
  if (kind == "paid" || kind == "taken_back") return take_end(row, mandate, kind, before);
  require_consistent(!row.has("entry"), "a recall or an approval has no entry");
  const std::string by = row.text_or_empty("recorded_by");
  if (kind == "approved")
    require_consistent(!by.empty() && by != mandate.recorded_by &&
                           static_cast<std::int64_t>(mandate.approvers.size()) < mandate.approvals &&
                           mandate.approvers.insert(by).second,
                       "a mandate is approved by whom it may not be, or too often");
  if (kind == "recalled") mandate.recalled_at = row.instant("recorded_at");
  mandate.is_recalled = kind == "recalled";
}

void FundChecks::take_draw(JsonFields& row, KnownMandate& mandate, const Before& before) {
  const KnownDraw draw{row.number("amount_minor"), row.maybe_number("minutes").value_or(0),
                       row.maybe_number("entry").value_or(0), row.instant("recorded_at")};
  require_consistent(static_cast<std::int64_t>(mandate.approvers.size()) >= mandate.approvals,
                     "a mandate is drawn on before it was approved");
  const Day on = row.day("on");
  require_consistent(on >= mandate.from_on && on <= mandate.until_on, "a draw is outside its mandate's time");
  require_consistent(draw.minor > 0 && row.has("minutes") == (mandate.minutes > 0) && draw.minutes >= 0 &&
                         (mandate.minutes == 0 || draw.minutes > 0),
                     "a draw is of nothing, or of hours that were not granted");
  const std::string member = row.text_or_empty("member");
  require_consistent(member.empty() || before.members.knows_member(member), "there is no member " + member);
  require_consistent(member.empty() || !is_indivisible(mandate.fund, on, draw.recorded_at),
                     "a draw pays a member out of an indivisible fund");
  mandate.drawn = checked_add(mandate.drawn, draw.minor);
  mandate.drawn_minutes += draw.minutes;
  require_consistent(
      mandate.drawn <= mandate.minor && (mandate.minutes == 0 || mandate.drawn_minutes <= mandate.minutes),
      "more is drawn than a mandate grants");
  if (row.has("entry")) spend(mandate, draw, mandate.until_on, before);
  mandate.draws.emplace(mandate.steps, draw);
}

void FundChecks::take_end(JsonFields& row, KnownMandate& mandate, const std::string& kind,
                          const Before& before) {
  const auto found = mandate.draws.find(row.number("draw"));
  require_consistent(found != mandate.draws.end() && found->second.is_live, "what was not drawn has no end");
  KnownDraw& draw = found->second;
  if (kind == "paid") {
    require_consistent(draw.entry == 0, "a draw has two entries");
    draw.entry = row.number("entry");
    const bool is_in_time = day_in_zone(draw.recorded_at, "UTC") <= mandate.until_on.plus_days(1);
    spend(mandate, draw, is_in_time ? std::nullopt : std::optional{mandate.until_on}, before);
    return;
  }
  require_consistent(!row.has("entry"), "what is taken back has no entry");
  draw.is_live = false;
  mandate.drawn -= draw.minor;
  mandate.drawn_minutes -= draw.minutes;
  if (draw.entry != 0) drawn_of_[{draw.entry, mandate.fund}] -= draw.minor;
}

void FundChecks::spend(const KnownMandate& mandate, const KnownDraw& draw, std::optional<Day> last_day,
                       const Before& before) {
  require_consistent(draw.entry > 0 && draw.entry <= before.last_entry,
                     "a draw has an entry that there is not");
  const std::string name = "entry " + std::to_string(draw.entry);
  std::int64_t& drawn = drawn_of_[{draw.entry, mandate.fund}];
  drawn = checked_add(drawn, draw.minor);
  require_consistent(drawn <= before.spending.spent(draw.entry, mandate.fund, mandate.cost_object,
                                                    mandate.unit, terms_.at(mandate.fund).front().is_held),
                     name + " spends less of a fund than is drawn of it");
  const auto day = before.spending.day_of(draw.entry);
  require_consistent(day && *day >= mandate.from_on && (!last_day || *day <= *last_day),
                     name + " is of a day on which its mandate does not last");
}

bool FundChecks::is_indivisible(const std::string& fund, Day day, Instant known_at) const {
  const auto terms = terms_.find(fund);
  const KnownTerm* counts = nullptr;
  if (terms == terms_.end()) return false;
  for (const KnownTerm& term : terms->second)
    if (term.from_on <= day && term.recorded_at <= known_at &&
        (counts == nullptr || term.from_on >= counts->from_on))
      counts = &term;
  return counts != nullptr && counts->is_indivisible;
}

UnitId FundChecks::unit_of(const std::string& code) {
  return units_.try_emplace(code, UnitId{static_cast<std::int32_t>(units_.size()) + 1}).first->second;
}

std::vector<funds::SpendingRule> FundChecks::rules_up_to(std::int64_t number) const {
  return {rules_.begin(), rules_.begin() + number};
}

void FundChecks::take_rule(JsonFields& row, const Before& before) {
  require_consistent(row.number("number") == rules() + 1, "the rules of spending have a gap");
  require_word(row, "rule", {"approvals", "mandate", "authority"});
  require_consistent(before.scales.contains(row.text("unit")), "there is no unit " + row.text("unit"));
  funds::SpendingRuleDraft draft{.kind = funds::spending_rule_kind_from(row.text("rule")),
                                 .from_on = row.day("from_on"),
                                 .unit = unit_of(row.text("unit")),
                                 .one_from = row.maybe_number("one_from_minor"),
                                 .two_from = row.maybe_number("two_from_minor"),
                                 .needed_from = row.maybe_number("needed_from_minor"),
                                 .body = row.text_or_empty("body"),
                                 .up_to = row.maybe_number("up_to_minor"),
                                 .decision = require_text(row, "decision", 1, 500)};
  if (row.has("fund")) draft.fund = row.text("fund");
  require_consistent(!draft.fund || before.dimensions.contains({DimensionKind::fund, *draft.fund}),
                     "there is no fund of a rule of spending");
  const bool is_authority = draft.kind == funds::SpendingRuleKind::authority;
  if (is_authority) {
    require_text(row, "body", 1, 200);
    require_word(row, "level", {"node", "federation"});
    draft.level = funds::body_level_from(row.text("level"));
  }
  const auto& one = draft.one_from;
  const auto& two = draft.two_from;
  const bool is_approvals = draft.kind == funds::SpendingRuleKind::approvals;
  require_consistent(one.value_or(0) >= 0 && two.value_or(0) >= 0 && draft.needed_from.value_or(0) >= 0 &&
                         draft.up_to.value_or(0) >= 0 && (is_approvals || (!one && !two)) &&
                         (!one || !two || *one <= *two) &&
                         (draft.kind == funds::SpendingRuleKind::mandate || !draft.needed_from) &&
                         row.has("body") == is_authority && row.has("level") == is_authority &&
                         (is_authority || !draft.up_to),
                     "a rule of spending is not whole");
  const int number = static_cast<int>(rules()) + 1;
  rules_.push_back({number, std::move(draft), row.instant("recorded_at"), std::nullopt});
}

void FundChecks::take_order(JsonFields& row, const Before& before) {
  const std::int64_t disbursement = row.number("disbursement");
  const auto order = before.disbursements.find_order(disbursement, row.number("order"));
  const std::int64_t number = row.number("mandate");
  require_consistent(order && number > 0 && number <= static_cast<std::int64_t>(mandates_.size()) &&
                         mandated_.insert({disbursement, row.number("order")}).second,
                     "an order that there is not spends a mandate, or one spends two");
  KnownMandate& mandate = mandates_[static_cast<std::size_t>(number - 1)];
  const auto minutes = row.maybe_number("minutes");
  require_consistent(mandate.unit == "EUR" && order->fund == mandate.fund &&
                         (mandate.cost_object.empty() || order->cost_object == mandate.cost_object) &&
                         order->requested_on >= mandate.from_on && order->requested_on <= mandate.until_on &&
                         minutes.has_value() == (mandate.minutes > 0) && minutes.value_or(1) > 0 &&
                         static_cast<std::int64_t>(mandate.approvers.size()) >= mandate.approvals &&
                         (!mandate.recalled_at || *mandate.recalled_at >= order->proposed_at),
                     "an order spends a mandate that does not bear it");
}

void FundChecks::finish(const DisbursementChecks& disbursements, const std::set<std::string>& drawn_by_runs) {
  std::int64_t number = 0;
  for (const DisbursementChecks::Proposal& proposal : disbursements.proposals()) {
    ++number;
    const auto counted = rules_up_to(proposal.rules);
    const UnitId euro = unit_of("EUR");
    std::vector<funds::OrderedAmount> orders;
    std::vector<funds::OrderToPayee> to_payees;
    for (const auto& order : proposal.orders) {
      const auto fund = order.fund.empty() ? std::nullopt : std::optional{order.fund};
      orders.push_back({fund, order.amount_minor});
      to_payees.push_back(
          {fund, order.amount_minor, proposal.counts_together ? order.member : "",
           proposal.counts_together ? order.iban : "",
           mandated_.contains({number, std::int64_t(orders.size())}),
           order.is_refund || (!order.member.empty() && drawn_by_runs.contains(order.source))});
      require_consistent(
          !order.pays_members || !is_indivisible(order.fund, proposal.requested_on, proposal.proposed_at),
          "an order pays a member out of an indivisible fund");
    }
    require_consistent(!funds::order_without_mandate(counted, to_payees, euro, proposal.ruled_on),
                       "an order names no mandate, and its rules want one");
    require_consistent(
        proposal.approvals == funds::approvals_of_orders(counted, orders, euro, proposal.ruled_on),
        "disbursement " + std::to_string(number) + " is not approved as its rules say");
  }
  for (const auto& [fund, terms] : terms_)
    for (const KnownTerm& term : terms)
      require_consistent(term.buffers == term.buffers_said &&
                             static_cast<std::int64_t>(term.accounts.size()) == term.accounts_said,
                         "terms of the fund " + fund + " are not as they came");
}

}  // namespace coop::journals
