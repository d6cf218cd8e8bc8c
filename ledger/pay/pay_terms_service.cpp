#include "ledger/pay/pay_terms_service.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "ledger/books/account_store.hpp"
#include "ledger/funds/budget_store.hpp"
#include "ledger/funds/fund_service.hpp"
#include "ledger/funds/fund_store.hpp"
#include "ledger/funds/spending_mandate_service.hpp"
#include "ledger/funds/spending_mandate_store.hpp"
#include "ledger/pay/pay_part_store.hpp"
#include "ledger/values/money.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::pay {

namespace {

[[noreturn]] void refuse_term(const std::string& detail, const std::string& field) {
  throw Refused{Refusal::field_invalid, detail, field};
}

void require_one_of(Tx& tx, NodeId node, const std::string& path, const Unit& unit,
                    std::initializer_list<books::AccountType> types, Day on, const std::string& field) {
  for (const books::Account& account : books::find_accounts(tx, node, path)) {
    if (account.unit != unit.id) continue;
    if (std::ranges::find(types, account.type) == types.end())
      refuse_term("it is an account of " + std::string{books::text_of(*types.begin())} + "; " + path +
                      " is " + std::string{books::text_of(account.type)},
                  field);
    if (account.opened_on > on || (account.closed_on && *account.closed_on < on))
      throw Refused{Refusal::account_not_open, path + " is not open on " + on.text(), field};
    return;
  }
  throw Refused{Refusal::account_unknown, "there is no account '" + path + "' in " + unit.code, field};
}

// A cost object of its hours, or of hours before that it settles, that is not the mandate's.
std::optional<std::string> other_cost_object(const PayRun& run) {
  const auto other = [&](const std::vector<CostWeight>& costs) -> std::optional<std::string> {
    for (const CostWeight& cost : costs)
      if (!cost.object.empty() && cost.object != run.mandate->cost_object) return cost.object;
    return std::nullopt;
  };
  for (const PayShare& share : run.shares) {
    if (auto found = other(share.costs)) return found;
    for (const ClaimLot& lot : share.lots)
      if (lot.settled_minor > 0)
        if (auto found = other(lot.costs)) return found;
  }
  return std::nullopt;
}

}  // namespace

void require_pay_account(Tx& tx, NodeId node, const std::string& path, const Unit& unit,
                         books::AccountType type, Day on, const std::string& field) {
  require_one_of(tx, node, path, unit, {type}, on, field);
}

void require_pay_accounts(Tx& tx, NodeId node, const PayRun& run) {
  using enum books::AccountType;
  const bool is_opening = run.kind == PayRunKind::opening;
  if (is_opening)
    require_one_of(tx, node, run.accounts.wages, run.unit, {expense, equity}, run.booked_on, "/against");
  else require_pay_account(tx, node, run.accounts.wages, run.unit, expense, run.booked_on, "/wages");
  if (run.kind == PayRunKind::wages || run.kind == PayRunKind::settlement)
    require_pay_account(tx, node, run.accounts.payable, run.unit, liability, run.booked_on, "/payable");
  const bool has_account = (run.kind == PayRunKind::wages || is_opening) &&
                           (run.deferred_as == DeferredAs::debt || run.deferred_as == DeferredAs::equity);
  if (has_account && run.accounts.deferred.empty())
    throw Refused{Refusal::field_missing,
                  "on which account " + std::string{text_of(run.deferred_as)} + " stands", "/deferred"};
  if (has_account)
    require_pay_account(tx, node, run.accounts.deferred, run.unit,
                        run.deferred_as == DeferredAs::debt ? liability : equity, run.booked_on, "/deferred");
  else if (!run.accounts.deferred.empty())
    refuse_term("what is deferred as " + std::string{text_of(run.deferred_as)} + " is not booked",
                "/deferred");
}

LocalPay local_pay_of(Tx& tx, NodeId node, const PayRun& run, const LocalDraft& draft) {
  using enum books::AccountType;
  if (draft.unit.id == run.unit.id) refuse_term("it is the unit of the run", "/local/unit");
  if (draft.share.numerator() < 0 || draft.share.numerator() > draft.share.denominator())
    refuse_term("a share is from 0 to 1", "/local/share");
  if (draft.most_minor && *draft.most_minor < 0) refuse_term("it is not below zero", "/local/most");
  require_pay_account(tx, node, draft.payable, draft.unit, liability, run.booked_on, "/local/payable");
  for (const Unit& unit : {run.unit, draft.unit})
    require_pay_account(tx, node, draft.conversion, unit, equity, run.booked_on, "/local/conversion");
  const auto rate = find_rate_of_day(tx, node, run.unit.id, draft.unit.id, run.booked_on);
  if (!rate)
    throw Refused{Refusal::rate_missing,
                  "no rate from " + run.unit.code + " to " + draft.unit.code + " is in force on " +
                      run.booked_on.text(),
                  "/local/unit"};
  return {.unit = draft.unit,
          .rates_known = rate->known,
          .rate_number = rate->number,
          .rate = rate->rate,
          .share = draft.share,
          .most_minor = draft.most_minor,
          .payable = draft.payable,
          .conversion = draft.conversion};
}

void require_pot_accounts(Tx& tx, NodeId node, const PayRun& run, const std::vector<PotDraft>& pots) {
  using enum books::AccountType;
  std::set<std::string> names;
  for (std::size_t i = 0; i < pots.size(); ++i) {
    const PotBooking& booked = pots[i].booked;
    const std::string field = "/pots/" + std::to_string(i);
    if (!names.insert(pots[i].name).second)
      refuse_term("the pot " + pots[i].name + " stands there twice", field + "/name");
    for (const auto& [path, name] : {std::pair{&booked.from, "/from"}, {&booked.to, "/to"}})
      require_one_of(tx, node, *path, run.unit, {asset, liability, equity, income, expense}, run.booked_on,
                     field + name);
    if (!booked.fund.empty() && !funds::find_dimension(tx, node, books::DimensionKind::fund, booked.fund))
      throw Refused{Refusal::dimension_unknown, "there is no fund " + booked.fund, field + "/fund"};
    if (booked.from == booked.to && booked.fund == run.fund)
      refuse_term("what goes from an account to itself goes nowhere", field + "/to");
  }
}

void name_mandate(Tx& tx, NodeId node, PayRun& run, std::optional<funds::SpendingMandateNumber> number) {
  if (!number) return;
  const auto mandate = funds::find_spending_mandate(tx, node, *number);
  if (!mandate)
    throw Refused{Refusal::spending_mandate_unknown,
                  "there is no spending mandate " + std::to_string(number->number()), "/mandate"};
  run.mandate = DrawnMandate{.number = *number, .cost_object = mandate->cost_object};
  if (run.fund.empty()) run.fund = mandate->fund;
}

void draw_mandate(Tx& tx, NodeId node, PayRun& run) {
  if (!run.mandate) return;
  const funds::SpendingMandate mandate = funds::read_spending_mandate(tx, node, run.mandate->number);
  if (mandate.hours && run.kind != PayRunKind::wages)
    refuse_term("spending mandate " + std::to_string(mandate.number.number()) +
                    " grants hours, and this run pays claims",
                "/mandate");
  run.mandate->minor = checked_add(paid_minor_of(run), booked_minor_of(run));
  if (mandate.hours) {
    int minutes = 0;
    for (const PayShare& share : run.shares) minutes += minutes_paid_by(share, share.paid_minor);
    run.mandate->minutes = minutes;
  }
  funds::require_mandate_bears(mandate,
                               {.on_day = run.booked_on,
                                .unit = run.unit.id,
                                .unit_scale = run.unit.scale,
                                .minor = run.mandate->minor,
                                .minutes = run.mandate->minutes,
                                .parts = static_cast<int>(run.shares.size()),
                                .fund = run.fund,
                                .cost_object = other_cost_object(run)},
                               {.day = "/booked_on",
                                .fund = "/fund",
                                .cost_object = "/mandate",
                                .mandate = "/mandate",
                                .minutes = "/mandate",
                                .amount = "/amount"});
}

void require_mandate_usable(Tx& tx, NodeId node, const PayRun& run) {
  if (run.mandate) funds::require_usable(funds::read_spending_mandate(tx, node, run.mandate->number));
}

void require_fund_bears(Tx& tx, NodeId node, const PayRun& run, Instant now) {
  if (run.fund.empty()) return;
  const funds::Fund fund = funds::read_fund(tx, node, run.fund);
  funds::require_divisible(fund, run.booked_on, "/fund");
  if (run.mandate) return;
  // What was promised or spent after the day of booking is not there for it either.
  for (const Day day : std::set{run.booked_on, std::max(run.booked_on, funds::read_day_of(tx, node, now))}) {
    if (funds::terms_on(fund.terms, day) == nullptr) continue;
    const funds::FundFigures figures = funds::read_figures_of(tx, node, fund, day);
    if (figures.unit != run.unit.id)
      throw Refused{Refusal::unit_mismatch, "the fund " + run.fund + " is in " + figures.unit_code, "/fund"};
    funds::require_free(figures, checked_add(paid_minor_of(run), booked_minor_of(run)), "/amount");
  }
}

}  // namespace coop::pay
