#include "ledger/pay/pay_run_service.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "ledger/books/book_head_store.hpp"
#include "ledger/books/event_service.hpp"
#include "ledger/funds/budget_service.hpp"
#include "ledger/members/party_store.hpp"
#include "ledger/pay/claim_store.hpp"
#include "ledger/pay/pay_division.hpp"
#include "ledger/pay/pay_entries.hpp"
#include "ledger/pay/pay_local.hpp"
#include "ledger/pay/pay_part_store.hpp"
#include "ledger/pay/pay_run_store.hpp"
#include "ledger/pay/tariff_store.hpp"
#include "ledger/sharing/place_value_store.hpp"
#include "ledger/sharing/rule_service.hpp"
#include "ledger/values/code_text.hpp"
#include "ledger/values/money.hpp"
#include "ledger/values/refusal.hpp"
#include "ledger/values/text.hpp"
#include "ledger/work/circle_store.hpp"

namespace coop::pay {

namespace {

[[noreturn]] void refuse_field(const std::string& detail, const std::string& field) {
  throw Refused{Refusal::field_invalid, detail, field};
}

void require_decision(const std::string& decision) {
  if (characters_of(decision) > 500) refuse_field("it has at most 500 characters", "/decision");
}

void require_resolution(const std::string& decision, const char* detail) {
  if (is_blank(decision)) throw Refused{Refusal::decision_missing, detail, "/decision"};
}

void require_given(const GivenNumbers& figures, const std::vector<GivenMember>& members, bool is_part_local) {
  std::set<std::string> names;
  for (const auto& [name, value] : figures)
    if (!names.insert(name).second) refuse_field("the figure " + name + " stands there twice", "/figures");
  std::set<std::string> seen;
  for (std::size_t i = 0; i < members.size(); ++i) {
    const GivenMember& one = members[i];
    if (!seen.insert(one.member).second) refuse_field(one.member + " stands there twice", "/members");
    const std::string place = "/members/" + std::to_string(i) + "/local_share";
    if (one.local_share && !is_part_local)
      refuse_field("the run has no part in a local unit, of which " + one.member + " chooses a share", place);
    if (one.local_share &&
        (one.local_share->numerator() < 0 || one.local_share->numerator() > one.local_share->denominator()))
      refuse_field("a share is from 0 to 1", place);
    std::set<std::string> measures;
    for (const auto& [name, value] : one.measures)
      if (is_own_measure(name) || !measures.insert(name).second)
        refuse_field("the measure " + name + " stands there twice, or the run has it by itself", "/members");
  }
}

bool asks_for(const sharing::SharingRule& rule, sharing::FactorKind kind, const std::string& name) {
  return std::ranges::any_of(rule.steps, [&](const sharing::Step& step) {
    const auto factors = sharing::factors_of(step.does);
    const auto measures = sharing::measures_of(step.does);
    return std::ranges::any_of(
               factors, [&](const sharing::Factor& one) { return one.kind == kind && one.name == name; }) ||
           (kind == sharing::FactorKind::measure && std::ranges::find(measures, name) != measures.end());
  });
}

// What is given counts: a number that the rule does not ask for was meant for another, or is misspelt.
void require_asked_for(const sharing::SharingRule& rule, const GivenNumbers& figures,
                       const std::vector<GivenMember>& members) {
  for (const auto& [name, value] : figures)
    if (!asks_for(rule, sharing::FactorKind::figure, name))
      refuse_field("the rule does not ask for " + name, "/figures");
  for (std::size_t i = 0; i < members.size(); ++i)
    for (const auto& [name, value] : members[i].measures)
      if (!asks_for(rule, sharing::FactorKind::measure, name))
        refuse_field("the rule does not ask for " + name, "/members/" + std::to_string(i) + "/measures");
}

std::vector<sharing::PlaceValue> values_until(Tx& tx, NodeId node, int known) {
  std::vector<sharing::PlaceValue> values;
  for (sharing::RecordedPlaceValue& one : sharing::read_place_values(tx, node, {}))
    if (one.number.number() <= known) values.push_back(std::move(one.is));
  return values;
}

int last_value(Tx& tx, NodeId node) {
  int last = 0;
  for (const sharing::RecordedPlaceValue& one : sharing::read_place_values(tx, node, {}))
    last = std::max(last, one.number.number());
  return last;
}

void put_in_order(PayRun& run) { std::ranges::sort(run.shares, sharing::is_earlier_id, &PayShare::member); }

void begin_run(Tx& tx, NodeId node, PayRun& run, Day booked_on, DeferredAs as, const books::Author& author) {
  run.number = PayRunNumber{read_last_pay_run(tx, node) + 1};
  run.booked_on = booked_on;
  run.deferred_as = as;
  run.recorded_at = author.now;
  run.recorded_by = author.user;
}

// Hours with a tariff of another unit wait for a run in that unit. Answers whose, or "".
std::string collect(Tx& tx, NodeId node, PayRun& run) {
  std::string other;
  for (const CollectedHours& hours :
       collect_for_run(tx, node, run.number, run.from_on, run.to_on, run.unit.id, run.circle)) {
    if (hours.is_of_unit) run.shares.push_back(collected_share_of(hours));
    else other = hours.member;
  }
  return other;
}

void require_somebody(const PayRun& run, const std::string& other) {
  if (!run.shares.empty()) return;
  if (!other.empty())
    throw Refused{
        Refusal::unit_mismatch,
        "an hour of " + other + " has a tariff that is not in " + run.unit.code + ", as all that wait",
        "/unit"};
  throw Refused{Refusal::pay_run_empty, "no approved hours from " + run.from_on.text() + " to " +
                                            run.to_on.text() + " wait to be paid, and no member is given"};
}

// Members who are given with the run take part as well.
void add_given(Tx& tx, NodeId node, PayRun& run, const std::vector<GivenMember>& given) {
  std::map<std::string, std::size_t> places;
  for (std::size_t i = 0; i < run.shares.size(); ++i) places.emplace(run.shares[i].member, i);
  for (std::size_t i = 0; i < given.size(); ++i) {
    const std::string field = "/members/" + std::to_string(i);
    const auto party = members::find_party(tx, node, given[i].member);
    if (!party)
      throw Refused{Refusal::party_unknown, "there is no member " + given[i].member.substr(0, 60),
                    field + "/member"};
    if (characters_of(given[i].place) > 60) refuse_field("a place has up to 60 characters", field + "/place");
    auto found = places.find(party->number);
    if (found == places.end()) {
      if (run.kind != PayRunKind::wages && !run.grants)
        throw Refused{Refusal::party_unknown, party->number + " has no open claim", field + "/member"};
      found = places.emplace(party->number, run.shares.size()).first;
      run.shares.push_back({.party = party->id, .member = party->number});
    }
    run.shares[found->second].place = given[i].place;
    run.shares[found->second].measures = given[i].measures;
    run.shares[found->second].local_share = given[i].local_share;
  }
}

void book_pots(PayRun& run, const std::vector<PotDraft>& drafts) {
  for (std::size_t i = 0; i < drafts.size(); ++i) {
    const auto found = std::ranges::find(run.pots, drafts[i].name, &PayPot::name);
    if (found == run.pots.end())
      refuse_field("the rule makes no pot " + drafts[i].name, "/pots/" + std::to_string(i) + "/name");
    found->booked = drafts[i].booked;
  }
}

void divide_by_rule(Tx& tx, NodeId node, PayRun& run, const sharing::RuleVersion& version,
                    const std::vector<PotDraft>& pots, const books::Author& author) {
  run.rule = PayRule{version.is.code, version.version, version.hash};
  run.values_known = last_value(tx, node);
  run.tariffs_known = read_last_tariff(tx, node);
  put_in_order(run);
  require_measures(run, version);
  take_division(run, division_of(run, version, values_until(tx, node, run.values_known)));
  book_pots(run, pots);
  take_local_part(run);
  add_lot_costs(tx, node, run);
  draw_mandate(tx, node, run);
  require_fund_bears(tx, node, run, author.now);
  // What a mandate reserves was asked of budgets when it was granted.
  if (!run.mandate) funds::require_budgets_bear(tx, node, pay_entries(run, author), author.now, "/amount");
}

PayRun recorded(Tx& tx, NodeId node, PayRun run, const books::Author& author) {
  insert_pay_run(tx, node, run, author);
  books::tell(tx, node, author, "pay_run_proposed",
              {{"run", run.number.number()}, {"kind", text_of(run.kind)}, {"to", run.to_on.text()}});
  auto kept = find_pay_run_head(tx, node, run.number);
  ensure(kept.has_value(), "a run that was recorded is there");
  kept->shares = std::move(run.shares);
  kept->pots = std::move(run.pots);
  return *std::move(kept);
}

// What stands open of claims and no other proposal waits to settle, by member.
std::vector<PayShare> open_shares(Tx& tx, NodeId node, const ClaimFilter& filter) {
  std::map<std::string, PayShare> shares;
  for (const DeferredClaim& claim : read_claims(tx, node, filter)) {
    const std::int64_t open = open_minor_of(claim) - claim.waiting_minor;
    if (open <= 0) continue;
    auto& share = shares.try_emplace(claim.member, PayShare{.party = claim.party, .member = claim.member})
                      .first->second;
    share.lots.push_back({claim.run, claim.since, open, 0, claim.account, {}});
  }
  std::vector<PayShare> all;
  for (auto& [member, share] : shares) all.push_back(std::move(share));
  return all;
}

[[noreturn]] void refuse_no_claims(DeferredAs as) {
  throw Refused{Refusal::pay_run_empty, "no claim of the kind " + std::string{text_of(as)} + " is open"};
}

}  // namespace

PayShare collected_share_of(const CollectedHours& hours) {
  const bool is_priced = hours.priced == hours.records;
  PayShare share{.party = hours.party,
                 .member = hours.member,
                 .minutes = hours.minutes,
                 .claim_minor = is_priced ? claim_of(hours.minutes_times_minor) : 0,
                 .is_priced = is_priced};
  if (is_priced && hours.lowest_minor == hours.highest_minor) share.rate_minor = hours.lowest_minor;
  std::map<std::string, std::int64_t> costs;
  for (const CollectedCost& cost : hours.costs)
    costs.try_emplace(cost.object, 0).first->second += is_priced ? cost.minutes_times_minor : cost.minutes;
  for (const auto& [object, weight] : costs) share.costs.push_back({object, weight});
  return share;
}

PayRun propose_wages(Tx& tx, NodeId node, const WagesDraft& draft, const books::Author& author) {
  books::lock_book_head(tx, node);
  if (draft.to_on < draft.from_on) refuse_field("it is not before /from_on", "/to_on");
  if (draft.booked_on < draft.to_on) refuse_field("it is not before /to_on", "/booked_on");
  if (draft.amount_minor < 0) refuse_field("a pot is not below zero", "/amount");
  require_decision(draft.decision);
  require_given(draft.figures, draft.members, draft.local.has_value());
  PayRun run = new_pay_run(PayRunKind::wages, draft.from_on, draft.to_on, draft.unit, draft.amount_minor);
  begin_run(tx, node, run, draft.booked_on, draft.deferred_as, author);
  run.figures = draft.figures;
  run.accounts = draft.accounts;
  run.decision = draft.decision;
  run.fund = draft.fund;
  require_pay_accounts(tx, node, run);
  name_mandate(tx, node, run, draft.mandate);
  if (draft.local) run.local = local_pay_of(tx, node, run, *draft.local);
  require_pot_accounts(tx, node, run, draft.pots);
  const auto version = sharing::read_version_on(tx, node, draft.rule, draft.to_on, "/rule");
  require_asked_for(*version.is.rule, draft.figures, draft.members);
  if (!draft.circle.empty() && !work::find_circle(tx, node, draft.circle))
    throw Refused{Refusal::circle_unknown, "there is no circle " + draft.circle.substr(0, 60), "/circle"};
  run.circle = draft.circle;
  const std::string other = collect(tx, node, run);
  add_given(tx, node, run, draft.members);
  require_somebody(run, other);
  divide_by_rule(tx, node, run, version, draft.pots, author);
  return recorded(tx, node, std::move(run), author);
}

PayRun propose_settlement(Tx& tx, NodeId node, const SettlementDraft& draft, const books::Author& author) {
  books::lock_book_head(tx, node);
  if (draft.amount_minor <= 0) refuse_field("a pot is above zero", "/amount");
  if (draft.deferred_as == DeferredAs::gift) refuse_field("of a gift nothing is owed", "/deferred_as");
  if (draft.grants) require_resolution(draft.decision, "beyond claims a decision alone grants");
  require_decision(draft.decision);
  require_given(draft.figures, draft.members, draft.local.has_value());
  PayRun run =
      new_pay_run(PayRunKind::settlement, draft.booked_on, draft.booked_on, draft.unit, draft.amount_minor);
  begin_run(tx, node, run, draft.booked_on, draft.deferred_as, author);
  run.grants = draft.grants;
  run.figures = draft.figures;
  run.accounts = draft.accounts;
  run.decision = draft.decision;
  run.fund = draft.fund;
  require_pay_accounts(tx, node, run);
  name_mandate(tx, node, run, draft.mandate);
  if (draft.local) run.local = local_pay_of(tx, node, run, *draft.local);
  require_pot_accounts(tx, node, run, draft.pots);
  const auto version = sharing::read_version_on(tx, node, draft.rule, draft.booked_on, "/rule");
  require_asked_for(*version.is.rule, draft.figures, draft.members);
  run.shares = open_shares(tx, node,
                           {.as = draft.deferred_as,
                            .unit = draft.unit.id,
                            .since_until = draft.booked_on,
                            .booked_until = draft.booked_on,
                            .only_open = true});
  if (run.shares.empty()) refuse_no_claims(draft.deferred_as);
  add_given(tx, node, run, draft.members);
  divide_by_rule(tx, node, run, version, draft.pots, author);
  return recorded(tx, node, std::move(run), author);
}

PayRun propose_lapse(Tx& tx, NodeId node, const LapseDraft& draft, const books::Author& author) {
  books::lock_book_head(tx, node);
  require_resolution(draft.decision, "claims lapse by a resolution alone");
  require_decision(draft.decision);
  if (draft.deferred_as == DeferredAs::gift) refuse_field("of a gift nothing is owed", "/deferred_as");
  PayRun run = new_pay_run(PayRunKind::lapse, draft.booked_on, draft.booked_on, draft.unit, 0);
  begin_run(tx, node, run, draft.booked_on, draft.deferred_as, author);
  run.accounts.wages = draft.wages;
  run.decision = draft.decision;
  require_pay_accounts(tx, node, run);
  const ClaimFilter filter{
      .as = draft.deferred_as,
      .unit = draft.unit.id,
      .since_until = std::min(draft.booked_on, draft.since_until.value_or(draft.booked_on)),
      .booked_until = draft.booked_on,
      .only_open = true};
  std::set<std::string> wanted;
  for (const members::Party& party : members::read_parties(tx, node, draft.members))
    wanted.insert(party.number);
  for (PayShare& share : open_shares(tx, node, filter)) {
    if (!wanted.empty() && !wanted.contains(share.member)) continue;
    for (ClaimLot& lot : share.lots) {
      lot.settled_minor = lot.open_minor;
      run.amount_minor = checked_add(run.amount_minor, lot.open_minor);
    }
    run.shares.push_back(std::move(share));
  }
  if (run.shares.empty()) refuse_no_claims(draft.deferred_as);
  put_in_order(run);
  return recorded(tx, node, std::move(run), author);
}

PayRun read_pay_run(Tx& tx, NodeId node, PayRunNumber number) {
  if (auto found = find_pay_run(tx, node, number)) return *std::move(found);
  throw Refused{Refusal::pay_run_unknown, "there is no pay run " + std::to_string(number.number())};
}

std::optional<PayExplanation> explain(Tx& tx, NodeId node, const PayRun& run) {
  if (!run.rule) return std::nullopt;
  auto version = sharing::read_version(tx, node, run.rule->code, run.rule->version);
  auto division = division_of(run, version, values_until(tx, node, run.values_known));
  return PayExplanation{std::move(version), std::move(division)};
}

}  // namespace coop::pay
