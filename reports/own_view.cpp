#include "reports/own_view.hpp"

#include <algorithm>
#include <map>

#include "ledger/dues/dues_statement_store.hpp"
#include "ledger/dues/facts_store.hpp"
#include "ledger/dues/tier_store.hpp"
#include "ledger/members/class_store.hpp"
#include "ledger/members/membership_store.hpp"
#include "ledger/members/party_store.hpp"
#include "ledger/rolls/roll_facts_store.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::reports {

namespace {

void read_memberships(Tx& tx, NodeId node, OwnView& view, const dues::DuesState& state) {
  std::map<ClassId, std::string> titles;
  for (const members::MemberClass& of : members::read_classes(tx, node)) titles.emplace(of.id, of.title);
  const rolls::Roll roll = rolls::read_roll(tx, node, view.moment, view.party.id);
  for (members::Membership& membership : members::read_memberships(tx, node, {.party = view.party.id})) {
    const auto line = std::ranges::find(roll.lines, membership.id, &rolls::RollLine::membership);
    const auto on_roll = line == roll.lines.end() ? std::nullopt : std::optional{*line};
    const auto standing = on_roll ? std::optional{on_roll->standing} : std::nullopt;
    const auto covered = dues::covered_until(state.charges, membership.id);
    std::string title = titles.at(membership.class_id);
    view.memberships.push_back({std::move(membership), std::move(title), standing, covered, on_roll});
  }
}

void take_state(OwnView& view, const dues::DuesState& state) {
  for (const auto& [key, debtor] : state.debtors)
    if (key.first == view.party.id) view.balances.push_back({key.second, debtor});
  if (const auto* next = dues::next_due(state.charges, view.party.id, view.moment.as_of))
    view.next_due = *next;
  for (const dues::ChargeState& charge : state.charges) {
    if (charge.charge.debtor == view.party.id && charge.open_minor > 0) view.open_charges.push_back(charge);
    if (charge.charge.member == view.party.id && charge.charge.kind == dues::DueKind::obligation)
      view.obligations.push_back(charge);
  }
  std::ranges::sort(view.open_charges, {}, [](const dues::ChargeState& open) {
    return std::pair{open.charge.due_on, open.charge.number};
  });
}

// The first due that is not charged yet and whose days are not over: it began within a year (dues are for a
// year at most), or will. Where no price says what it would be, nothing is upcoming. What was chosen and
// priced is read as it is known now, so of an earlier knowledge nothing is told.
void read_upcoming(Tx& tx, NodeId node, OwnView& view) {
  if (view.moment.known_at) return;
  const Day today = view.moment.as_of;
  const dues::PriceList prices = dues::read_price_list(tx, node);
  const Period near{today.plus_days(-366), today.plus_days(366)};
  for (const OwnMembership& own : view.memberships) {
    const MembershipId id = own.membership.id;
    const dues::StretchOf one{MembershipId{id.number() - 1}, id, 1};
    for (const dues::MembershipDues& dues : dues::read_dues_stretch(tx, node, one, near).memberships) {
      try {
        for (const dues::Due& due :
             dues::plan_of(dues::dues_of(dues.facts, prices, near), dues.charged).missing)
          if (due.period.last() >= today && (!view.upcoming || due.due_on < view.upcoming->due_on))
            view.upcoming = due;
      } catch (const Refused&) {
        continue;
      }
    }
  }
}

}  // namespace

Day usual_start(const books::Node& node, Day as_of) {
  const Period year = Period::fiscal_year_of(as_of, node.fiscal_start);
  return Period::fiscal_year_of(year.first().plus_days(-1), node.fiscal_start).first();
}

OwnView read_own_view(Tx& tx, NodeId node, const members::Party& party, const dues::DuesMoment& moment,
                      Day from) {
  OwnView view{party, std::nullopt, moment, {}, {}, std::nullopt, std::nullopt, {}, {}, from, {}};
  if (const auto profile = members::find_profile(tx, node, party.id)) view.name = profile->name;
  const auto debtors = dues::read_debtors_for(tx, node, party.id);
  const dues::DuesState state =
      dues::state_of(dues::read_dues_facts(tx, node, moment, debtors), moment.as_of);
  read_memberships(tx, node, view, state);
  take_state(view, state);
  read_upcoming(tx, node, view);
  view.statement = dues::statement_of(dues::read_statement_lines(tx, node, party.id, moment), from);
  return view;
}

}  // namespace coop::reports
