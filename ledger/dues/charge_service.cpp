#include "ledger/dues/charge_service.hpp"

#include <set>

#include "ledger/books/account_store.hpp"
#include "ledger/books/book_head_store.hpp"
#include "ledger/books/event_service.hpp"
#include "ledger/books/node_store.hpp"
#include "ledger/books/posting_service.hpp"
#include "ledger/books/reversal_service.hpp"
#include "ledger/dues/booking.hpp"
#include "ledger/dues/debtor_store.hpp"
#include "ledger/dues/deferral_service.hpp"
#include "ledger/dues/tier_service.hpp"
#include "ledger/dues/tier_store.hpp"
#include "ledger/members/party_store.hpp"
#include "ledger/values/money.hpp"
#include "ledger/values/reason.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::dues {

namespace {

void require_income(Tx& tx, NodeId node, const ChargeDraft& draft) {
  if (!draft.income) return;
  for (const books::Account& account : books::find_accounts(tx, node, *draft.income))
    if (account.unit == draft.unit) return;
  throw Refused{Refusal::account_unknown, "there is no account '" + *draft.income + "' in this unit",
                "/income"};
}

// Where the node is: what is today in Tokyo is yesterday in Montreal.
Day end_of_this_month(Tx& tx, NodeId node, Instant now) {
  const std::vector<books::Node> found = books::list_nodes(tx, {.among = std::vector{node}});
  return Period::month_of(day_in_zone(now, found.at(0).time_zone)).last();
}

DebtorUnit debtor_of(const Due& due) { return {due.payer, due.unit}; }

// Charges and reversals of one node, gathered and booked together.
class Raising {
 public:
  Raising(Tx& tx, NodeId node, std::optional<int> run, const books::Author& author)
      : tx_{tx}, node_{node}, run_{run}, author_{author}, accounts_{read_dues_accounts(tx, node)} {
    last_number_ = read_last_charge(tx, node);
  }

  /// Reads how the debtors stand who will be met.
  void meet(const std::vector<DebtorUnit>& debtors) { positions_ = read_positions(tx_, node_, debtors); }

  void take_back(const Charge& charge, const std::string& reason) {
    std::optional<EntryNumber> reversal;
    Day reversed_on = booked_day_of(charge.due);
    if (charge.entry) {
      const auto recorded = books::reverse(
          tx_, node_,
          {books::fingerprint_of("dues: reversal of charge " + std::to_string(charge.number.number())),
           *charge.entry, std::nullopt, books::LateEntry::first_open_day,
           "Reversal of charge " + std::to_string(charge.number.number()) + ": " + reason},
          author_);
      reversal = recorded.number;
      reversed_on = recorded.booked_on;
    }
    insert_charge_reversal(tx_, node_, {charge.number, run_, reversed_on, reason, reversal}, author_);
    position(charge.due).take_back_charge(charge.due.owed_minor(), charge.prepaid_minor);
    shaken_.insert(
        {debtor_of(charge.due),
         {charge.debtor, reversed_on, "charge " + std::to_string(charge.number.number()) + " was reversed"}});
  }

  /// Sets money paid ahead against what is owed, where something that was taken back made that necessary.
  void settle() {
    for (const auto& [debtor, shaken] : shaken_) {
      const std::int64_t moved = positions_.at(debtor).settle();
      if (moved == 0) continue;
      drafts_.push_back(settling_draft(accounts_, shaken.number, debtor.unit, moved, shaken.on,
                                       shaken.because, author_.user));
      drafts_.back().late = books::LateEntry::first_open_day;
    }
    shaken_.clear();
  }

  void charge(const Due& due, std::optional<MembershipId> membership, PartyId member_id,
              const std::string& member, const std::string& debtor, int version,
              const std::optional<std::string>& income = {}) {
    Charge charge{ChargeNumber{++last_number_},
                  run_,
                  membership,
                  member,
                  debtor,
                  due,
                  version,
                  position(due).charge(due.owed_minor()),
                  std::nullopt,
                  author_.now,
                  std::nullopt,
                  std::nullopt};
    if (due.gross_minor > 0) {
      DuesAccounts accounts = accounts_;
      if (income) accounts.income = *income;
      else if (due.kind == DueKind::obligation && membership) accounts.income = accounts.obligations;
      draft_of_charge_.emplace(charges_.size(), drafts_.size());
      drafts_.push_back(charge_draft(accounts, charge, author_.user));
      if (run_) drafts_.back().late = books::LateEntry::first_open_day;
    }
    charges_.push_back(std::move(charge));
    members_.push_back(member_id);
  }

  /// Books everything. What the engine refuses of one refuses all.
  std::vector<Charge> book() {
    settle();
    std::vector<EntryNumber> entries;
    for (std::span<const books::Draft> rest{drafts_}; !rest.empty();) {
      const auto batch = rest.first(std::min(rest.size(), books::most_drafts));
      for (const books::Recorded& recorded : books::all_recorded_or_throw(
               books::post(tx_, node_, batch, books::Together::all_or_none, author_.now)))
        entries.push_back(recorded.number);
      rest = rest.subspan(batch.size());
    }
    for (const auto& [charge, draft] : draft_of_charge_) charges_[charge].entry = entries[draft];
    if (!charges_.empty()) insert_charges(tx_, node_, charges_, members_, author_);
    if (!positions_.empty()) store_positions(tx_, node_, positions_);
    return std::move(charges_);
  }

 private:
  struct Shaken {
    std::string number;
    Day on;
    std::string because;
  };

  Position& position(const Due& due) { return positions_.at(debtor_of(due)); }

  Tx& tx_;
  NodeId node_;
  std::optional<int> run_;
  books::Author author_;
  DuesAccounts accounts_;
  std::int64_t last_number_;
  std::map<DebtorUnit, Position> positions_;
  std::map<DebtorUnit, Shaken> shaken_;
  std::vector<books::Draft> drafts_;
  std::vector<Charge> charges_;
  std::vector<PartyId> members_;
  std::map<std::size_t, std::size_t> draft_of_charge_;
};

std::vector<DebtorUnit> debtors_of(std::span<const ChargePlan> plans) {
  std::set<DebtorUnit> debtors;
  for (const ChargePlan& plan : plans) {
    for (const Charge& charge : plan.wrong) debtors.insert(debtor_of(charge.due));
    for (const Due& due : plan.missing) debtors.insert(debtor_of(due));
  }
  return {debtors.begin(), debtors.end()};
}

ChargePlan plan_for(const MembershipDues& dues, const PriceList& prices, const RunWindow& window) {
  return plan_of(dues_of(dues.facts, prices, window.all()), dues.charged);
}

// Reads whole what is to be taken back: plans are made from bare charges.
void complete(Tx& tx, NodeId node, const std::vector<ChargePlan*>& plans) {
  std::vector<ChargeNumber> numbers;
  for (const ChargePlan* plan : plans)
    for (const Charge& charge : plan->wrong) numbers.push_back(charge.number);
  std::map<ChargeNumber, Charge> whole;
  for (Charge& charge : read_charges(tx, node, numbers)) whole.emplace(charge.number, std::move(charge));
  for (ChargePlan* plan : plans)
    for (Charge& charge : plan->wrong) charge = std::move(whole.at(charge.number));
}

// The plans of every membership after `after`, a stretch at a time, until `take` has enough.
void preview(Tx& tx, NodeId node, const RunWindow& window, MembershipId after,
             const std::function<bool(MembershipPlan&&)>& take) {
  const PriceList prices = read_price_list(tx, node);
  for (bool is_more = true; is_more;) {
    const DuesStretch stretch =
        read_dues_stretch(tx, node, {after, std::nullopt, memberships_at_once}, window.all());
    is_more = stretch.memberships.size() == static_cast<std::size_t>(memberships_at_once);
    for (const MembershipDues& dues : stretch.memberships) {
      after = dues.id;
      if (!take({dues.id, stretch.numbers.at(dues.member), plan_for(dues, prices, window)})) return;
    }
  }
}

}  // namespace

RunWindow window_of(const Period& period, std::optional<Day> corrections_from) {
  const Day from = corrections_from.value_or(period.first().plus_months(-usual_corrections_months));
  if (from > period.first())
    throw Refused{Refusal::day_malformed, "corrections reach back from the period's first day",
                  "/corrections_from"};
  return {period, from};
}

void RunTotals::add(const RunTotals& more) {
  memberships += more.memberships;
  unchanged += more.unchanged;
  charged += more.charged;
  reversed += more.reversed;
  deferrals += more.deferrals;
  for (const auto& [unit, minor] : more.owed_minor) owed_minor[unit] = checked_add(owed_minor[unit], minor);
  for (const auto& [unit, minor] : more.waived_minor)
    waived_minor[unit] = checked_add(waived_minor[unit], minor);
}

void RunTotals::add(const ChargePlan& plan) {
  ++memberships;
  unchanged += plan.unchanged;
  charged += static_cast<std::int64_t>(plan.missing.size());
  reversed += static_cast<std::int64_t>(plan.wrong.size());
  const auto count = [](std::map<UnitId, std::int64_t>& sums, UnitId unit, std::int64_t minor) {
    sums[unit] = checked_add(sums[unit], minor);
  };
  for (const Due& due : plan.missing) {
    count(owed_minor, due.unit, due.owed_minor());
    count(waived_minor, due.unit, due.waived_minor);
  }
  for (const Charge& charge : plan.wrong) {
    count(owed_minor, charge.due.unit, -charge.due.owed_minor());
    count(waived_minor, charge.due.unit, -charge.due.waived_minor);
  }
}

std::vector<MembershipPlan> preview_changes(Tx& tx, NodeId node, const RunWindow& window, MembershipId after,
                                            int most) {
  std::vector<MembershipPlan> changed;
  preview(tx, node, window, after, [&](MembershipPlan&& plan) {
    if (!plan.plan.wrong.empty() || !plan.plan.missing.empty()) changed.push_back(std::move(plan));
    return changed.size() < static_cast<std::size_t>(most);
  });
  std::vector<ChargePlan*> plans;
  for (MembershipPlan& plan : changed) plans.push_back(&plan.plan);
  complete(tx, node, plans);
  return changed;
}

RunTotals preview_totals(Tx& tx, NodeId node, const RunWindow& window) {
  RunTotals totals;
  preview(tx, node, window, MembershipId{0}, [&](MembershipPlan&& plan) {
    totals.add(plan.plan);
    return true;
  });
  return totals;
}

int begin_run(Tx& tx, NodeId node, const RunWindow& window, const books::Author& author) {
  books::lock_book_head(tx, node);
  open_accounts_of_obligations(tx, node, author);
  books::BookHead head = books::lock_book_head(tx, node);
  const int number = insert_charge_run(tx, node, window.period, window.corrections_from, author);
  books::tell(tx, head, author, "charge_run_begun", {{"run", number}});
  return number;
}

WholeRun run_all(Database& database, NodeId node, int run, const std::function<books::Author()>& author,
                 const std::function<bool(std::int64_t memberships)>& goes_on) {
  WholeRun whole;
  for (MembershipId after{0}; !whole.is_complete && goes_on(whole.totals.memberships);) {
    const StretchDone done = database.in_tx(
        [&](Tx& tx) { return run_stretch(tx, node, run, after, memberships_at_once, author()); });
    whole.totals.add(done.totals);
    whole.is_complete = !done.last;
    if (done.last) after = *done.last;
  }
  return whole;
}

StretchDone run_stretch(Tx& tx, NodeId node, int run, MembershipId after, int limit,
                        const books::Author& author) {
  books::lock_book_head(tx, node);
  const auto found = find_charge_run(tx, node, run);
  if (!found) throw Refused{Refusal::charge_run_unknown, "there is no run " + std::to_string(run)};
  const RunWindow window{found->period, found->corrections_from};
  const PriceList prices = read_price_list(tx, node);
  const DuesStretch stretch = read_dues_stretch(tx, node, {after, std::nullopt, limit}, window.all());
  StretchDone done;
  if (stretch.memberships.empty()) return done;
  std::vector<ChargePlan> plans;
  for (const MembershipDues& dues : stretch.memberships) {
    plans.push_back(plan_for(dues, prices, window));
    done.totals.add(plans.back());
  }
  std::vector<ChargePlan*> all;
  for (ChargePlan& plan : plans) all.push_back(&plan);
  complete(tx, node, all);
  Raising raising{tx, node, run, author};
  raising.meet(debtors_of(plans));
  for (const ChargePlan& plan : plans)
    for (const Charge& charge : plan.wrong)
      raising.take_back(charge, "run " + std::to_string(run) + " found another amount");
  for (std::size_t i = 0; i < plans.size(); ++i) {
    const MembershipDues& dues = stretch.memberships[i];
    for (const Due& due : plans[i].missing)
      raising.charge(due, dues.id, dues.member, stretch.numbers.at(dues.member),
                     stretch.numbers.at(due.payer), next_version(due, dues.charged));
  }
  raising.book();
  done.last = stretch.memberships.back().id;
  const Day earned_until = std::min(window.period.last(), end_of_this_month(tx, node, author.now));
  done.totals.deferrals =
      spread_income(tx, node, run, {after, *done.last, window.corrections_from, earned_until}, author);
  return done;
}

Charge raise_charge(Tx& tx, NodeId node, const ChargeDraft& draft, const books::Author& author) {
  if (draft.kind != DueKind::other && draft.kind != DueKind::obligation)
    throw Refused{Refusal::field_invalid, "dues and joining fees come from runs", "/kind"};
  if (draft.minor <= 0) throw Refused{Refusal::field_invalid, "a charge is above zero", "/amount"};
  if (draft.why.empty() || draft.why.size() > 500)
    throw Refused{Refusal::field_invalid, "what it is for has 1 to 500 bytes", "/why"};
  books::lock_book_head(tx, node);
  require_income(tx, node, draft);
  const members::Party member = members::read_party(tx, node, draft.member);
  const members::Party payer = draft.payer ? members::read_party(tx, node, *draft.payer) : member;
  const Due due{draft.kind,
                Period{draft.on, draft.on},
                draft.due_on.value_or(draft.on),
                1,
                1,
                draft.unit,
                payer.id,
                draft.minor,
                0,
                draft.why};
  Raising raising{tx, node, std::nullopt, author};
  raising.meet({{payer.id, draft.unit}});
  raising.charge(due, std::nullopt, member.id, member.number, payer.number, 1, draft.income);
  return raising.book().front();
}

Charge reverse_charge(Tx& tx, NodeId node, ChargeNumber number, const std::string& reason,
                      const books::Author& author) {
  require_reason(reason);
  books::lock_book_head(tx, node);
  const Charge charge = read_charge(tx, node, number);
  if (charge.reversed_on)
    throw Refused{Refusal::charge_reversed_already,
                  "charge " + std::to_string(number.number()) + " was taken back already"};
  Raising raising{tx, node, std::nullopt, author};
  raising.meet({debtor_of(charge.due)});
  raising.take_back(charge, reason);
  raising.book();
  return read_charge(tx, node, number);
}

Charge read_charge(Tx& tx, NodeId node, ChargeNumber number) {
  if (auto charge = find_charge(tx, node, number)) return *std::move(charge);
  throw Refused{Refusal::charge_unknown, "there is no charge " + std::to_string(number.number())};
}

}  // namespace coop::dues
