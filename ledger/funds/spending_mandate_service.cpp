#include "ledger/funds/spending_mandate_service.hpp"

#include <functional>

#include "ledger/books/book_head_store.hpp"
#include "ledger/books/event_service.hpp"
#include "ledger/funds/budget_service.hpp"
#include "ledger/funds/fund_service.hpp"
#include "ledger/funds/fund_store.hpp"
#include "ledger/funds/said_words.hpp"
#include "ledger/funds/spending_mandate_store.hpp"
#include "ledger/funds/spending_rule_store.hpp"
#include "ledger/values/code_text.hpp"
#include "ledger/values/money.hpp"
#include "ledger/values/reason.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::funds {

namespace {

std::string name_of(SpendingMandateNumber number) {
  return "spending mandate " + std::to_string(number.number());
}

std::int64_t granted_by(const SpendingMandateDraft& draft) {
  if (!draft.minor && !draft.hours)
    throw Refused{Refusal::field_missing, "an amount, or hours that make one", "/amount"};
  if (draft.minor && draft.hours)
    throw Refused{Refusal::field_invalid, "a mandate grants an amount, or hours that make one", "/amount"};
  const std::int64_t minor = draft.hours ? amount_of(*draft.hours) : *draft.minor;
  if (minor <= 0)
    throw Refused{Refusal::field_invalid, "a mandate grants more than nothing",
                  draft.hours ? "/hours/rate_an_hour" : "/amount"};
  return minor;
}

SpendingMandate record(Tx& tx, NodeId node, SpendingMandateNumber number, const NewSpendingStep& step,
                       const char* event, const books::Author& author) {
  insert_spending_step(tx, node, number, step, author);
  SpendingMandate after = read_spending_mandate(tx, node, number);
  boost::json::object body{{"spending_mandate", number.number()}};
  if (step.kind != SpendingStepKind::recalled && step.kind != SpendingStepKind::approved)
    body["draw"] = step.draw.value_or(static_cast<int>(after.steps.size()));
  books::tell(tx, node, author, event, body);
  return after;
}

// The amount of a draw, in the mandate's unit.
std::int64_t drawn_by(const SpendingMandate& mandate, const DrawDraft& draft) {
  if (mandate.hours) return amount_of_minutes(mandate, *draft.minutes);
  if (draft.unit && *draft.unit != mandate.unit)
    throw Refused{Refusal::unit_mismatch, name_of(mandate.number) + " is in another unit", "/unit"};
  return *draft.minor;
}

void require_draw(const SpendingMandate& mandate, const DrawDraft& draft, Day today) {
  const char* own = mandate.hours ? "/minutes" : "/amount";
  if (mandate.hours ? draft.minor.has_value() : draft.minutes.has_value())
    throw Refused{Refusal::field_invalid,
                  mandate.hours ? "it grants hours: draw minutes" : "it grants an amount: draw an amount",
                  mandate.hours ? "/amount" : "/minutes"};
  if (!draft.minor && !draft.minutes) throw Refused{Refusal::field_missing, "what is drawn", own};
  if (draft.minutes.value_or(1) <= 0 || draft.minor.value_or(1) <= 0)
    throw Refused{Refusal::field_invalid, "what is drawn is more than nothing", own};
  if (characters_of(draft.words) > 500)
    throw Refused{Refusal::field_invalid, "it has at most 500 characters", "/words"};
  if (draft.on_day > today) throw Refused{Refusal::field_invalid, "nothing is drawn on a day to come", "/on"};
}

std::optional<PartyId> require_payee(Tx& tx, NodeId node, const SpendingMandate& mandate,
                                     const DrawDraft& draft, const books::Author& author) {
  if (draft.member.empty()) return std::nullopt;
  const auto party = find_payee(tx, node, draft.member);
  if (!party) throw Refused{Refusal::party_unknown, "there is no member " + draft.member, "/member"};
  if (author.user && is_own_party(tx, node, *party, *author.user, mandate.recorded_at))
    throw Refused{Refusal::approval_of_own, "it pays you: somebody else records it", "/member"};
  return party;
}

void require_not_recalled(const SpendingMandate& mandate) {
  for (const SpendingStep& step : mandate.steps)
    if (step.kind == SpendingStepKind::recalled)
      throw Refused{Refusal::spending_mandate_recalled,
                    name_of(mandate.number) + " was recalled on " + step.on_day.text() + ": " + step.words};
}

void require_in_time(const SpendingMandate& mandate, Day day, const std::string& field) {
  if (day >= mandate.from_on && day <= mandate.until_on) return;
  throw Refused{
      Refusal::spending_mandate_not_open,
      name_of(mandate.number) + " lasts from " + mandate.from_on.text() + " to " + mandate.until_on.text(),
      field};
}

void require_minutes_left(const SpendingMandate& mandate, int minutes, const std::string& field) {
  const std::int64_t left = minutes_of(*mandate.hours) - used_minutes(mandate);
  if (minutes <= left) return;
  throw Refused{Refusal::spending_mandate_exceeded,
                name_of(mandate.number) + " has " + std::to_string(left) + " minutes left, not " +
                    std::to_string(minutes),
                field};
}

// How many decimals the unit has; asked only where something is to be said.
using ReadScale = std::function<int()>;

void require_amount_left(const SpendingMandate& mandate, std::int64_t minor, const ReadScale& read_scale,
                         const std::string& field) {
  const std::int64_t left = left_minor(mandate);
  if (minor <= left) return;
  const int scale = read_scale();
  throw Refused{Refusal::spending_mandate_exceeded,
                name_of(mandate.number) + " has " + text_from_minor(left, scale) + " left, not " +
                    text_from_minor(minor, scale),
                field};
}

void require_left(const SpendingMandate& mandate, const DrawDraft& draft, std::int64_t minor,
                  const ReadScale& read_scale) {
  if (mandate.hours) {
    require_minutes_left(mandate, *draft.minutes, "/minutes");
    if (minor <= 0)
      throw Refused{Refusal::field_invalid, "so few minutes come to nothing at its rate", "/minutes"};
  }
  require_amount_left(mandate, minor, read_scale, mandate.hours ? "/minutes" : "/amount");
}

// The last day of which an entry may be that spends a draw, recorded at `drawn_at` before: its mandate's, or
// any later one of a draw that was recorded while the mandate lasted (a day more, wherever the node is).
std::optional<Day> last_day_to_spend(const SpendingMandate& mandate, Instant drawn_at) {
  if (day_in_zone(drawn_at, "UTC") <= mandate.until_on.plus_days(1)) return std::nullopt;
  return mandate.until_on;
}

// Refuses an entry that does not spend so much of the fund beside what was drawn of it, or is of a day before
// the mandate or after `last_day`, if there is one.
void require_spent(Tx& tx, NodeId node, const SpendingMandate& mandate, EntryNumber entry, std::int64_t minor,
                   std::optional<Day> last_day) {
  const std::string name = "entry " + std::to_string(entry.number());
  const auto spending = find_entry_spending(tx, node, mandate, entry);
  if (!spending) throw Refused{Refusal::entry_unknown, "there is no " + name, "/entry"};
  if (spending->is_in_other_unit)
    throw Refused{Refusal::unit_mismatch, name + " spends the fund in another unit", "/entry"};
  if (spending->is_reversed) throw Refused{Refusal::draw_impossible, name + " was reversed", "/entry"};
  if (spending->booked_on < mandate.from_on || (last_day && spending->booked_on > *last_day))
    throw Refused{Refusal::draw_impossible,
                  name + " is of " + spending->booked_on.text() + ": " + name_of(mandate.number) +
                      " lasts from " + mandate.from_on.text() + " to " + mandate.until_on.text(),
                  "/entry"};
  if (minor > checked_add(spending->spent_minor, -spending->drawn_minor))
    throw Refused{Refusal::draw_impossible,
                  name + " spends less of the fund " + mandate.fund +
                      (mandate.cost_object.empty() ? "" : " for " + mandate.cost_object) +
                      " than is drawn of it",
                  "/entry"};
}

const SpendingStep& require_live_draw(const SpendingMandate& mandate, int draw) {
  for (const SpendingStep* one : live_draws(mandate))
    if (one->number == draw) return *one;
  throw Refused{Refusal::draw_unknown,
                name_of(mandate.number) + " has no draw " + std::to_string(draw) + " that stands"};
}

// What so many minutes must come to.
void require_amount_of_minutes(const SpendingMandate& mandate, const MandateSpending& spending,
                               const SpendingFields& fields) {
  if (!mandate.hours && spending.minutes)
    throw Refused{Refusal::field_invalid, name_of(mandate.number) + " grants an amount, no hours",
                  fields.minutes};
  if (!mandate.hours) return;
  if (!spending.minutes)
    throw Refused{Refusal::field_missing, name_of(mandate.number) + " grants hours: how many minutes",
                  fields.minutes};
  require_minutes_left(mandate, *spending.minutes, fields.minutes);
  if (!come_to(mandate, *spending.minutes, spending.minor, spending.parts))
    throw Refused{Refusal::field_invalid, "these minutes come to another amount at its rate", fields.amount};
}

// A body grants what the rules of the day say, and not more than is free.
int require_grantable(Tx& tx, NodeId node, const SpendingMandateDraft& draft, std::int64_t minor,
                      const FundFigures& figures, const std::vector<SpendingRule>& rules, Day today) {
  const RulePlace place{draft.unit, draft.fund, today};
  const std::string fault = authority_fault(rules, place, {draft.body, draft.level, minor}, figures.scale);
  if (!fault.empty()) throw Refused{Refusal::beyond_authority, fault, draft.hours ? "/hours" : "/amount"};
  BudgetsLeft{tx, node, today}.take(
      {{draft.fund, draft.cost_object}, draft.unit, minor, draft.from_on, draft.until_on},
      draft.hours ? "/hours" : "/amount");
  require_free(figures, minor, draft.hours ? "/hours" : "/amount");
  return approvals_of_mandate(rules, place, minor);
}

std::optional<DimensionId> find_cost_object(Tx& tx, NodeId node, const std::optional<std::string>& code) {
  if (!code) return std::nullopt;
  const auto found = find_dimension(tx, node, books::DimensionKind::cost_object, *code);
  if (found) return found->id;
  throw Refused{Refusal::dimension_unknown, "there is no cost_object " + *code, "/cost_object"};
}

}  // namespace

void require_free(const FundFigures& figures, std::int64_t minor, const std::string& field) {
  const std::int64_t free = free_minor(figures);
  if (minor <= free) return;
  const auto text = [&](std::int64_t amount) { return text_from_minor(amount, figures.scale); };
  throw Refused{Refusal::fund_below_buffer,
                "of the fund " + figures.code + " " + text(free) + " " + figures.unit_code +
                    " are free: " + text(figures.balance_minor) + " less " + text(figures.buffer_minor) +
                    " that stay, less " + text(committed_minor(figures)) + " that are committed",
                field};
}

SpendingFields fields_of_order(const std::string& place) {
  return {.day = "/requested_on",
          .fund = place + "/fund",
          .cost_object = place + "/cost_object",
          .mandate = place + "/mandate",
          .minutes = place + "/minutes",
          .amount = place + "/amount"};
}

void require_usable(const SpendingMandate& mandate) {
  require_not_recalled(mandate);
  const auto missing = mandate.approvals - static_cast<int>(approvals_of(mandate).size());
  if (missing > 0)
    throw Refused{Refusal::spending_mandate_pending, name_of(mandate.number) + " waits for the approval of " +
                                                         std::to_string(missing) +
                                                         (missing == 1 ? " other person" : " others")};
}

void require_mandate_bears(const SpendingMandate& mandate, const MandateSpending& spending,
                           const SpendingFields& fields) {
  require_usable(mandate);
  require_in_time(mandate, spending.on_day, fields.day);
  if (spending.fund && *spending.fund != mandate.fund)
    throw Refused{Refusal::field_invalid, name_of(mandate.number) + " is of the fund " + mandate.fund,
                  fields.fund};
  if (spending.cost_object && !mandate.cost_object.empty() && *spending.cost_object != mandate.cost_object)
    throw Refused{Refusal::field_invalid, name_of(mandate.number) + " is for " + mandate.cost_object,
                  fields.cost_object};
  if (spending.unit != mandate.unit)
    throw Refused{Refusal::unit_mismatch, name_of(mandate.number) + " is in another unit", fields.mandate};
  require_amount_of_minutes(mandate, spending, fields);
  require_amount_left(mandate, spending.minor, [&] { return spending.unit_scale; }, fields.amount);
}

SpendingMandate grant(Tx& tx, NodeId node, const SpendingMandateDraft& draft, Day today,
                      const books::Author& author) {
  books::lock_book_head(tx, node);
  require_said(draft.body, 200, "/body");
  require_said(draft.purpose, 500, "/purpose");
  require_said(draft.decision, 500, "/decision");
  const std::int64_t minor = granted_by(draft);
  if (draft.until_on < draft.from_on)
    throw Refused{Refusal::day_malformed, "its last day is before its first", "/until_on"};
  const Fund fund = read_fund(tx, node, draft.fund);
  const auto cost_object = find_cost_object(tx, node, draft.cost_object);
  const FundFigures figures = read_figures_of(tx, node, fund, today);
  if (figures.unit != draft.unit)
    throw Refused{Refusal::unit_mismatch, "the fund " + draft.fund + " is kept in " + figures.unit_code,
                  "/unit"};
  const std::vector<SpendingRule> rules = read_spending_rules(tx, node);
  const int approvals = require_grantable(tx, node, draft, minor, figures, rules, today);
  const SpendingMandateNumber number{read_last_spending_mandate(tx, node) + 1};
  insert_spending_mandate(tx, node,
                          {.number = number,
                           .body = draft.body,
                           .level = draft.level,
                           .purpose = draft.purpose,
                           .fund_id = fund.dimension.id,
                           .fund = draft.fund,
                           .cost_object_id = cost_object,
                           .cost_object = draft.cost_object.value_or(""),
                           .unit = draft.unit,
                           .minor = minor,
                           .hours = draft.hours,
                           .from_on = draft.from_on,
                           .until_on = draft.until_on,
                           .decision = draft.decision,
                           .recorded_at = author.now,
                           .recorded_by_name = std::nullopt,
                           .rules = static_cast<int>(rules.size()),
                           .approvals = approvals,
                           .ruled_on = today},
                          author);
  books::tell(tx, node, author, "spending_mandate_granted",
              {{"spending_mandate", number.number()}, {"fund", draft.fund}});
  return read_spending_mandate(tx, node, number);
}

SpendingMandate approve_mandate(Tx& tx, NodeId node, SpendingMandateNumber number, Day today,
                                const books::Author& author) {
  books::lock_book_head(tx, node);
  const SpendingMandate mandate = read_spending_mandate(tx, node, number);
  require_not_recalled(mandate);
  const auto approvals = approvals_of(mandate);
  if (!author.user)
    throw Refused{Refusal::approval_repeated, "whoever decides signs in: the books keep who it was"};
  for (const SpendingStep* approval : approvals)
    if (approval->recorded_by == author.user)
      throw Refused{Refusal::approval_repeated, "you approved it already"};
  if (static_cast<int>(approvals.size()) >= mandate.approvals)
    throw Refused{Refusal::approval_repeated, name_of(number) + " needs no more approvals"};
  if (mandate.recorded_by == author.user)
    throw Refused{Refusal::approval_of_own, "you recorded this mandate: others approve it"};
  return record(tx, node, number, {.kind = SpendingStepKind::approved, .on_day = today},
                "spending_mandate_approved", author);
}

SpendingMandate read_spending_mandate(Tx& tx, NodeId node, SpendingMandateNumber number) {
  if (auto found = find_spending_mandate(tx, node, number)) return *std::move(found);
  throw Refused{Refusal::spending_mandate_unknown, "there is no " + name_of(number)};
}

SpendingMandate draw(Tx& tx, NodeId node, SpendingMandateNumber number, const DrawDraft& draft, Day today,
                     const books::Author& author) {
  books::lock_book_head(tx, node);
  const SpendingMandate mandate = read_spending_mandate(tx, node, number);
  require_draw(mandate, draft, today);
  const auto party = require_payee(tx, node, mandate, draft, author);
  require_usable(mandate);
  require_in_time(mandate, draft.on_day, "/on");
  const Fund fund = read_fund(tx, node, mandate.fund);
  if (party) require_divisible(fund, draft.on_day, "/member");
  const std::int64_t minor = drawn_by(mandate, draft);
  require_left(mandate, draft, minor, [&] { return read_figures_of(tx, node, fund, today).scale; });
  if (draft.entry) require_spent(tx, node, mandate, *draft.entry, minor, mandate.until_on);
  else if (today > mandate.until_on)
    require_free(read_figures_of(tx, node, fund, today), minor, mandate.hours ? "/minutes" : "/amount");
  return record(tx, node, number,
                {.kind = SpendingStepKind::drawn,
                 .on_day = draft.on_day,
                 .minor = minor,
                 .minutes = draft.minutes,
                 .entry = draft.entry,
                 .party = party,
                 .words = draft.words},
                "spending_drawn", author);
}

SpendingMandate pay_draw(Tx& tx, NodeId node, SpendingMandateNumber number, int draw, EntryNumber entry,
                         Day today, const books::Author& author) {
  books::lock_book_head(tx, node);
  const SpendingMandate mandate = read_spending_mandate(tx, node, number);
  const SpendingStep& step = require_live_draw(mandate, draw);
  if (const auto before = entry_of(mandate, step))
    throw Refused{Refusal::draw_impossible,
                  "entry " + std::to_string(before->number()) + " spends draw " + std::to_string(draw),
                  "/entry"};
  require_spent(tx, node, mandate, entry, step.minor, last_day_to_spend(mandate, step.recorded_at));
  return record(tx, node, number,
                {.kind = SpendingStepKind::paid, .on_day = today, .entry = entry, .draw = draw},
                "spending_draw_paid", author);
}

SpendingMandate take_draw_back(Tx& tx, NodeId node, SpendingMandateNumber number, int draw,
                               const std::string& reason, Day today, const books::Author& author) {
  books::lock_book_head(tx, node);
  const SpendingMandate mandate = read_spending_mandate(tx, node, number);
  const SpendingStep& step = require_live_draw(mandate, draw);
  require_reason(reason);
  if (const auto entry = entry_of(mandate, step)) {
    const auto spending = find_entry_spending(tx, node, mandate, *entry);
    if (spending && !spending->is_reversed)
      throw Refused{Refusal::draw_impossible,
                    "entry " + std::to_string(entry->number()) + " spends it: reverse that first"};
  }
  return record(tx, node, number,
                {.kind = SpendingStepKind::taken_back, .on_day = today, .draw = draw, .words = reason},
                "spending_draw_taken_back", author);
}

SpendingMandate recall(Tx& tx, NodeId node, SpendingMandateNumber number, const std::string& reason,
                       Day today, const books::Author& author) {
  books::lock_book_head(tx, node);
  const SpendingMandate mandate = read_spending_mandate(tx, node, number);
  require_reason(reason);
  require_not_recalled(mandate);
  return record(tx, node, number, {.kind = SpendingStepKind::recalled, .on_day = today, .words = reason},
                "spending_mandate_recalled", author);
}

}  // namespace coop::funds
