#include "ledger/funds/spending_mandate_service.hpp"

#include "ledger/books/book_head_store.hpp"
#include "ledger/books/event_service.hpp"
#include "ledger/funds/fund_service.hpp"
#include "ledger/funds/fund_store.hpp"
#include "ledger/funds/spending_mandate_store.hpp"
#include "ledger/values/code_text.hpp"
#include "ledger/values/money.hpp"
#include "ledger/values/reason.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::funds {

namespace {

void require_said(const std::string& text, std::size_t most, const std::string& field) {
  const std::size_t size = characters_of(text);
  if (size > 0 && size <= most && text.find_first_not_of(' ') != std::string::npos) return;
  throw Refused{Refusal::field_invalid, "it has 1 to " + std::to_string(most) + " characters", field};
}

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

SpendingMandate record(Tx& tx, NodeId node, SpendingMandateNumber number, const NewSpendingStep& step,
                       const char* event, const books::Author& author) {
  insert_spending_step(tx, node, number, step, author);
  SpendingMandate after = read_spending_mandate(tx, node, number);
  boost::json::object body{{"spending_mandate", number.number()}};
  if (step.kind != SpendingStepKind::recalled)
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

std::optional<PartyId> require_payee(Tx& tx, NodeId node, const DrawDraft& draft,
                                     const books::Author& author) {
  if (draft.member.empty()) return std::nullopt;
  const auto party = find_payee(tx, node, draft.member);
  if (!party) throw Refused{Refusal::party_unknown, "there is no member " + draft.member, "/member"};
  if (author.user && is_own_party(tx, node, *party, *author.user))
    throw Refused{Refusal::approval_of_own, "it pays you: somebody else records it", "/member"};
  return party;
}

void require_not_recalled(const SpendingMandate& mandate) {
  for (const SpendingStep& step : mandate.steps)
    if (step.kind == SpendingStepKind::recalled)
      throw Refused{Refusal::spending_mandate_recalled,
                    name_of(mandate.number) + " was recalled on " + step.on_day.text() + ": " + step.words};
}

void require_left(const SpendingMandate& mandate, const DrawDraft& draft, std::int64_t minor) {
  if (mandate.hours) {
    const std::int64_t left = minutes_of(*mandate.hours) - drawn_minutes(mandate);
    if (*draft.minutes > left)
      throw Refused{Refusal::spending_mandate_exceeded,
                    name_of(mandate.number) + " has " + std::to_string(left) + " minutes left, not " +
                        std::to_string(*draft.minutes),
                    "/minutes"};
    if (minor <= 0)
      throw Refused{Refusal::field_invalid, "so few minutes come to nothing at its rate", "/minutes"};
  }
  if (minor > left_minor(mandate))
    throw Refused{Refusal::spending_mandate_exceeded,
                  "that is more than " + name_of(mandate.number) + " has left",
                  mandate.hours ? "/minutes" : "/amount"};
}

// Refuses an entry that does not spend so much of the fund beside what was drawn of it.
void require_spent(Tx& tx, NodeId node, const SpendingMandate& mandate, EntryNumber entry,
                   std::int64_t minor) {
  const std::string name = "entry " + std::to_string(entry.number());
  const auto spending = find_entry_spending(tx, node, mandate, entry);
  if (!spending) throw Refused{Refusal::entry_unknown, "there is no " + name, "/entry"};
  if (spending->is_in_other_unit)
    throw Refused{Refusal::unit_mismatch, name + " spends the fund in another unit", "/entry"};
  if (spending->is_reversed) throw Refused{Refusal::draw_impossible, name + " was reversed", "/entry"};
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

}  // namespace

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
  std::optional<DimensionId> cost_object;
  if (draft.cost_object) {
    const auto found = find_dimension(tx, node, books::DimensionKind::cost_object, *draft.cost_object);
    if (!found)
      throw Refused{Refusal::dimension_unknown, "there is no cost_object " + *draft.cost_object,
                    "/cost_object"};
    cost_object = found->id;
  }
  const FundFigures figures = read_figures_of(tx, node, fund, today);
  if (figures.unit != draft.unit)
    throw Refused{Refusal::unit_mismatch, "the fund " + draft.fund + " is kept in " + figures.unit_code,
                  "/unit"};
  require_free(figures, minor, draft.hours ? "/hours" : "/amount");
  const SpendingMandateNumber number{read_last_spending_mandate(tx, node) + 1};
  insert_spending_mandate(tx, node,
                          {number,
                           draft.body,
                           draft.level,
                           draft.purpose,
                           fund.dimension.id,
                           draft.fund,
                           cost_object,
                           draft.cost_object.value_or(""),
                           draft.unit,
                           minor,
                           draft.hours,
                           draft.from_on,
                           draft.until_on,
                           draft.decision,
                           author.now,
                           std::nullopt,
                           {}},
                          author);
  books::tell(tx, node, author, "spending_mandate_granted",
              {{"spending_mandate", number.number()}, {"fund", draft.fund}});
  return read_spending_mandate(tx, node, number);
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
  const auto party = require_payee(tx, node, draft, author);
  require_not_recalled(mandate);
  if (draft.on_day < mandate.from_on || draft.on_day > mandate.until_on)
    throw Refused{
        Refusal::spending_mandate_not_open,
        name_of(number) + " lasts from " + mandate.from_on.text() + " to " + mandate.until_on.text(), "/on"};
  const Fund fund = read_fund(tx, node, mandate.fund);
  if (party) require_divisible(fund, draft.on_day, "/member");
  const std::int64_t minor = drawn_by(mandate, draft);
  require_left(mandate, draft, minor);
  if (draft.entry) require_spent(tx, node, mandate, *draft.entry, minor);
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
  require_spent(tx, node, mandate, entry, step.minor);
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
