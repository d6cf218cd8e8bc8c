#include "ledger/costs/cost_allocation_service.hpp"

#include <algorithm>

#include "ledger/books/account_service.hpp"
#include "ledger/books/book_head_store.hpp"
#include "ledger/books/event_service.hpp"
#include "ledger/books/node_service.hpp"
#include "ledger/books/period_lock.hpp"
#include "ledger/books/posting_service.hpp"
#include "ledger/books/reversal_service.hpp"
#include "ledger/costs/cost_allocation_store.hpp"
#include "ledger/costs/cost_pool_store.hpp"
#include "ledger/funds/budget_service.hpp"
#include "ledger/members/party_link_store.hpp"
#include "ledger/sharing/place_value_store.hpp"
#include "ledger/sharing/rule_service.hpp"
#include "ledger/values/money.hpp"
#include "ledger/values/reason.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::costs {

namespace {

constexpr std::size_t of_member = 1;  // places in books::DimensionCodes
constexpr std::size_t of_cost_object = 2;

struct TakenBills {
  std::vector<std::int64_t> numbers;
  std::vector<CostPaid> paid;
  std::int64_t minor = 0;
  std::int64_t given = 0;
  int count_paid = 0;  // what was only given is not divided
};

TakenBills bills_of(const std::vector<OpenCostBill>& bills) {
  TakenBills taken;
  std::map<CostParty, std::size_t> places;
  for (const OpenCostBill& bill : bills) {
    if (bill.is_reversed)
      throw Refused{
          Refusal::cost_bill_uncovered,
          "the entry of bill " + std::to_string(bill.number.number()) + " was reversed: withdraw the bill"};
    taken.numbers.push_back(bill.number.number());
    const auto [place, is_new] = places.emplace(bill.payer, taken.paid.size());
    if (is_new) taken.paid.push_back({bill.payer, 0, 0});
    const bool is_paid = bill.kind == CostBillKind::paid;
    std::int64_t& sum = is_paid ? taken.paid[place->second].paid : taken.paid[place->second].given;
    std::int64_t& all = is_paid ? taken.minor : taken.given;
    taken.count_paid += is_paid ? 1 : 0;
    sum = checked_add(sum, bill.minor);
    all = checked_add(all, bill.minor);
  }
  return taken;
}

std::vector<sharing::PlaceValue> values_until(Tx& tx, NodeId node, int known) {
  std::vector<sharing::PlaceValue> values;
  for (sharing::RecordedPlaceValue& one : sharing::read_place_values(tx, node, {}))
    if (one.number.number() <= known) values.push_back(std::move(one.is));
  return values;
}

sharing::Pot pot_of(const CostPool& pool, std::int64_t minor, Day on, const sharing::Figures& figures) {
  return {.minor = minor, .unit = {pool.unit_id, pool.unit, pool.scale}, .on = on, .figures = figures};
}

// What nobody asks for would be kept, and explain nothing.
void require_asked(const sharing::SharingRule& rule, const sharing::Figures& figures) {
  if (figures.size() > most_cost_figures)
    throw Refused{Refusal::field_invalid, "there are at most " + std::to_string(most_cost_figures),
                  "/figures"};
  const auto is_asked = [&](const std::string& name) {
    return std::ranges::any_of(rule.steps, [&](const sharing::Step& step) {
      return std::ranges::any_of(sharing::factors_of(step.does), [&](const sharing::Factor& factor) {
        return factor.kind == sharing::FactorKind::figure && factor.name == name;
      });
    });
  };
  for (const auto& [name, value] : figures)
    if (!is_asked(name))
      throw Refused{Refusal::field_invalid, "the rule does not ask for " + name, "/figures"};
}

const CostTerm& require_term(const CostPool& pool, const CostAllocationDraft& draft) {
  if (draft.to_on < draft.from_on)
    throw Refused{Refusal::field_invalid, "it is not before /from_on", "/to_on"};
  if (draft.booked_on < draft.to_on)
    throw Refused{Refusal::field_invalid, "it is not before /to_on", "/booked_on"};
  const CostTerm* term = find_term(pool, draft.to_on);
  if (term == nullptr) throw Refused{Refusal::field_invalid, "the pool is not shared on that day", "/to_on"};
  return *term;
}

std::vector<CostShare> divided_costs(Tx& tx, NodeId node, const CostPool& pool, const CostTerm& term,
                                     const sharing::RuleVersion& rule, const TakenBills& bills,
                                     const UsageSums& used, const CostAllocationDraft& draft, int known) {
  const auto participants = participants_of(term, used, pool.scale);
  require_measured(*rule.is.rule, participants, draft.to_on);
  const auto division = sharing::divide(*rule.is.rule, pot_of(pool, bills.minor, draft.to_on, draft.figures),
                                        participants, values_until(tx, node, known));
  return shares_of(term, division, bills.minor, bills.paid);
}

books::Draft entry_of(const CostAllocation& allocation, const std::string& own, const books::Author& author) {
  const std::string number = std::to_string(allocation.number.number());
  books::Draft draft{
      .request_key = books::fingerprint_of("costs: division " + number),
      .asked_by = author.user,
      .booked_on = allocation.booked_on,
      .late = books::LateEntry::refuse,
      .description = allocation.pool.terms.at(static_cast<std::size_t>(allocation.term - 1)).title + ", " +
                     allocation.from_on.text() + " to " + allocation.to_on.text() + ": costs divided",
      .reference = "CA" + number,
      .source = {},
      .reverses = {},
      .uses_hold = {},
      .postings = {}};
  for (const CostShare& share : allocation.shares) {
    if (share.net() == 0) continue;
    const bool inside = is_inside(share.who, own);
    books::DimensionCodes about{};
    if (share.who.kind == CostPartyKind::member) about[of_member] = share.who.code;
    else if (!inside || share.who.kind == CostPartyKind::circle) about[of_cost_object] = share.who.code;
    draft.postings.push_back({inside ? allocation.pool.expense : allocation.pool.claims,
                              Money::of_minor(share.net(), allocation.pool.unit_id),
                              about,
                              {}});
  }
  return draft;
}

// Whom postings are about is a cost object of the node, where it is no member.
void add_cost_objects(Tx& tx, NodeId node, const books::Draft& draft, const books::Author& author) {
  std::vector<books::Dimension> wanted;
  for (const books::DraftPosting& posting : draft.postings)
    if (const auto& code = posting.about[of_cost_object])
      wanted.push_back({DimensionId{0}, books::DimensionKind::cost_object, *code, *code});
  if (!wanted.empty()) books::add_dimensions(tx, node, wanted, author);
}

void require_state(const CostAllocation& allocation, std::string_view wanted) {
  if (state_of(allocation) != wanted)
    throw Refused{Refusal::cost_allocation_not_open, "division " +
                                                         std::to_string(allocation.number.number()) + " is " +
                                                         std::string{state_of(allocation)}};
}

void require_may_approve_costs(Tx& tx, NodeId node, const CostAllocation& allocation,
                               const books::Author& author) {
  if (!author.user)
    throw Refused{Refusal::approval_repeated, "whoever decides signs in: the books keep who it was"};
  if (allocation.recorded_by == author.user)
    throw Refused{Refusal::approval_of_own, "you wrote this proposal: somebody else approves it"};
  std::vector<std::string> credited;
  for (const CostShare& share : allocation.shares)
    if (share.who.kind == CostPartyKind::member && share.net() < 0) credited.push_back(share.who.code);
  if (members::was_one_of(tx, node, *author.user, credited, allocation.recorded_at))
    throw Refused{Refusal::approval_of_own, "it credits you: somebody else approves it"};
}

CostAllocation told(Tx& tx, NodeId node, CostAllocationNumber number, const char* event,
                    const books::Author& author) {
  books::tell(tx, node, author, event, {{"allocation", number.number()}});
  return read_cost_allocation(tx, node, number);
}

}  // namespace

CostAllocation propose_cost_allocation(Tx& tx, NodeId node, const CostAllocationDraft& draft,
                                       const books::Author& asked_by) {
  const books::BookHead head = books::lock_book_head(tx, node);
  const books::Author author{asked_by.user, books::next_recorded_at(head, asked_by.now)};
  const CostPool pool = read_cost_pool(tx, node, draft.pool);
  const CostTerm& term = require_term(pool, draft);
  books::require_day_open(head.locked_through, draft.booked_on);
  const auto rule = sharing::read_version_on(tx, node, term.rule, draft.to_on);
  require_asked(*rule.is.rule, draft.figures);
  const TakenBills bills = bills_of(read_open_cost_bills(tx, node, pool.number, draft.to_on));
  if (bills.count_paid == 0)
    throw Refused{Refusal::cost_allocation_impossible,
                  "up to " + draft.to_on.text() + " there is nothing to divide"};
  require_divisible(*rule.is.rule, bills.minor);
  const OpenCostUsage usage = read_open_cost_usage(tx, node, pool.number, term.number, draft.to_on);
  const int known = sharing::read_last_place_value(tx, node);
  const auto shares = divided_costs(tx, node, pool, term, rule, bills, usage.sums, draft, known);
  if (shares.size() > books::most_postings)
    throw Refused{Refusal::too_many_postings,
                  "its entry would have more than " + std::to_string(books::most_postings) + " postings"};
  const auto number = insert_cost_allocation(tx, node,
                                             {.pool = pool,
                                              .term = term.number,
                                              .rule = rule.number,
                                              .from_on = draft.from_on,
                                              .to_on = draft.to_on,
                                              .booked_on = draft.booked_on,
                                              .minor = bills.minor,
                                              .given = bills.given,
                                              .values_known = known,
                                              .figures = draft.figures,
                                              .shares = shares,
                                              .bills = bills.numbers,
                                              .usages = usage.numbers},
                                             author);
  CostAllocation proposed = told(tx, node, number, "cost_allocation_proposed", author);
  const books::Draft draft_entry = entry_of(proposed, books::read_node_name(tx, node), author);
  funds::require_budgets_bear(tx, node, std::span{&draft_entry, 1}, author.now, {});
  return proposed;
}

CostAllocation approve_cost_allocation(Tx& tx, NodeId node, CostAllocationNumber number,
                                       const books::Author& asked_by) {
  const books::BookHead head = books::lock_book_head(tx, node);
  const books::Author author{asked_by.user, books::next_recorded_at(head, asked_by.now)};
  const CostAllocation allocation = read_cost_allocation(tx, node, number);
  require_state(allocation, "proposed");
  require_may_approve_costs(tx, node, allocation, author);
  if (const auto bill = find_reversed_bill(tx, node, number))
    throw Refused{Refusal::cost_bill_uncovered,
                  "the entry of bill " + std::to_string(bill->number()) + " was reversed: cancel this"};
  const books::Draft draft = entry_of(allocation, books::read_node_name(tx, node), author);
  funds::require_budgets_bear(tx, node, std::span{&draft, 1}, author.now, {});
  std::optional<EntryNumber> entry;
  if (!draft.postings.empty()) {
    add_cost_objects(tx, node, draft, author);
    entry = books::all_recorded_or_throw(
                books::post(tx, node, std::span{&draft, 1}, books::Together::all_or_none, author.now))
                .front()
                .number;
  }
  insert_cost_step(tx, node, number, CostStepKind::posted, entry, {}, author);
  return told(tx, node, number, "cost_allocation_posted", author);
}

CostAllocation cancel_cost_allocation(Tx& tx, NodeId node, CostAllocationNumber number,
                                      const std::string& reason, const books::Author& asked_by) {
  const books::BookHead head = books::lock_book_head(tx, node);
  const books::Author author{asked_by.user, books::next_recorded_at(head, asked_by.now)};
  require_state(read_cost_allocation(tx, node, number), "proposed");
  require_reason(reason);
  insert_cost_step(tx, node, number, CostStepKind::cancelled, {}, reason, author);
  return told(tx, node, number, "cost_allocation_cancelled", author);
}

CostAllocation reverse_cost_allocation(Tx& tx, NodeId node, CostAllocationNumber number,
                                       const std::string& reason, const books::Author& asked_by) {
  const books::BookHead head = books::lock_book_head(tx, node);
  const books::Author author{asked_by.user, books::next_recorded_at(head, asked_by.now)};
  const CostAllocation allocation = read_cost_allocation(tx, node, number);
  require_state(allocation, "posted");
  require_reason(reason);
  std::optional<EntryNumber> entry;
  if (const auto posted = allocation.steps.front().entry)
    entry = books::reverse(tx, node,
                           {.request_key = books::fingerprint_of("costs: reversal of division " +
                                                                 std::to_string(number.number())),
                            .reverses = *posted,
                            .booked_on = {},
                            .late = books::LateEntry::first_open_day,
                            .description = {},
                            .by_keeper = true},
                           author)
                .number;
  insert_cost_step(tx, node, number, CostStepKind::reversed, entry, reason, author);
  return told(tx, node, number, "cost_allocation_reversed", author);
}

ExplainedCosts explain_cost_allocation(Tx& tx, NodeId node, const CostAllocation& allocation) {
  const CostTerm& term = allocation.pool.terms.at(static_cast<std::size_t>(allocation.term - 1));
  const sharing::Pot pot = pot_of(allocation.pool, allocation.minor, allocation.to_on, allocation.figures);
  const auto participants =
      participants_of(term, read_allocated_usage(tx, node, allocation.number), allocation.pool.scale);
  return {pot, sharing::divide(*allocation.rule.is.rule, pot, participants,
                               values_until(tx, node, allocation.values_known))};
}

}  // namespace coop::costs
