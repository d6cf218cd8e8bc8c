#include "ledger/collecting/proposal.hpp"

#include <algorithm>
#include <utility>

#include "ledger/collecting/direct_debit_rules.hpp"
#include "ledger/values/euro.hpp"
#include "ledger/values/money.hpp"

namespace coop::collecting {

namespace {

/// Somebody who owes something or gave a mandate.
struct Debtor {
  std::vector<CollectedCharge> due;
  std::optional<CollectionNumber> collected_in;  ///< a settled collection that had one of the charges
  std::vector<const MandateRecord*> mandates;    ///< the one that was signed last first; none that was erased
};

using Debtors = std::map<PartyId, Debtor>;

// A mandate under which is collected on the day, or why there is none.
struct Choice {
  const MandateRecord* mandate = nullptr;
  std::optional<MandateState> state;
  SkipReason reason = SkipReason::no_mandate;
  std::string words = "there is no mandate";
};

SkipReason reason_of(MandateStatus status) {
  if (status == MandateStatus::on_hold) return SkipReason::mandate_held;
  return status == MandateStatus::expired ? SkipReason::mandate_expired : SkipReason::mandate_ended;
}

Choice choice_of(const std::vector<const MandateRecord*>& mandates, Day day) {
  Choice choice;
  for (const MandateRecord* record : mandates) {
    const MandateState state = state_of(*mandate_of(*record), day);
    if (state.status == MandateStatus::usable) return {record, state, {}, {}};
    if (choice.reason == SkipReason::no_mandate)
      choice = {nullptr, std::nullopt, reason_of(state.status),
                "mandate " + record->reference + ": " + hindrance(state)};
  }
  return choice;
}

Debtors debtors_of(const ProposalFacts& facts) {
  Debtors debtors;
  for (const MandateRecord& record : facts.mandates) {
    if (!record.accounts.empty()) debtors[record.party].mandates.push_back(&record);
  }
  for (auto& [party, debtor] : debtors)
    std::ranges::sort(debtor.mandates, std::greater{},
                      [](const MandateRecord* one) { return std::pair{one->signed_on, one->id}; });
  for (const dues::ChargeState& state : facts.charges) {
    const dues::ChargeFact& charge = state.charge;
    if (charge.unit != facts.euro || charge.due_on > facts.due_on || state.open_minor == 0) continue;
    Debtor& debtor = debtors[charge.debtor];
    const auto claim = facts.claims.find(charge.number);
    if (claim == facts.claims.end())
      debtor.due.push_back({charge.number, state.open_minor, charge.kind, charge.period, false});
    else if (claim->second.is_settled) debtor.collected_in = claim->second.collection;
  }
  return debtors;
}

std::optional<CollectionSkip> skip_of(const ProposalFacts& facts, PartyId party, const Debtor& debtor,
                                      const Choice& choice) {
  const auto skip = [&](SkipReason reason, const std::string& words) {
    return CollectionSkip{party, facts.numbers.at(party), reason, words};
  };
  const auto way = facts.on_the_way.find(party);
  if (way != facts.on_the_way.end())
    return skip(SkipReason::on_its_way,
                "a payment is already on its way in collection " + std::to_string(way->second.number()));
  if (debtor.due.empty() && debtor.collected_in)
    return skip(SkipReason::collected_before, "it was collected in collection " +
                                                  std::to_string(debtor.collected_in->number()) +
                                                  ", and what is open of it since is to be paid otherwise");
  if (debtor.due.empty()) return skip(SkipReason::nothing_due, "nothing is due until " + facts.due_on.text());
  if (!choice.mandate) return skip(choice.reason, choice.words);
  return std::nullopt;
}

// Takes what is due from the debtor.
CollectionLine line_of(const ProposalFacts& facts, PartyId party, Debtor& debtor, const Choice& choice) {
  const MandateRecord& record = *choice.mandate;
  const MandateAccount* account = account_on(record, facts.due_on);
  std::ranges::sort(debtor.due, {}, &CollectedCharge::charge);
  std::int64_t sum = 0;
  for (const CollectedCharge& charge : debtor.due) sum = checked_add(sum, charge.minor);
  return {.line = 0,
          .party = party,
          .member = facts.numbers.at(party),
          .mandate = record.id,
          .reference = record.reference,
          .scheme = record.scheme,
          .signed_on = record.signed_on,
          .account_number = account->number,
          .account = *account,
          .minor = sum,
          .sequence = next_sequence(*mandate_of(record), *choice.state, facts.last_for.contains(party)),
          .account_changed = choice.state->account_changed,
          .end_to_end_id = {},
          .charges = std::move(debtor.due),
          .payment = std::nullopt};
}

}  // namespace

Proposal proposal_of(const ProposalFacts& facts) {
  Proposal proposal;
  Debtors debtors = debtors_of(facts);
  for (auto& [party, debtor] : debtors) {
    const Choice choice = choice_of(debtor.mandates, facts.due_on);
    const bool owes = !debtor.due.empty() || debtor.collected_in;
    if (!owes && choice.reason == SkipReason::mandate_ended && !choice.mandate) continue;
    if (auto skip = skip_of(facts, party, debtor, choice)) {
      proposal.skips.push_back(*std::move(skip));
      continue;
    }
    proposal.lines.push_back(line_of(facts, party, debtor, choice));
  }
  return proposal;
}

void put_in_order(Collection& collection) {
  Collection alone = collection;
  std::erase_if(collection.lines, [&](const CollectionLine& line) {
    alone.lines = {line};
    alone.lines.front().end_to_end_id = "line";
    const std::string fault = direct_debit_fault(order_of(alone));
    if (fault.empty()) return false;
    constexpr std::string_view prefix = "collection line: ";
    collection.skips.push_back(
        {line.party, line.member, SkipReason::bank_would_refuse,
         "the bank would refuse it: " + (fault.starts_with(prefix) ? fault.substr(prefix.size()) : fault)});
    return true;
  });
  std::ranges::sort(collection.lines, {}, &CollectionLine::member);
  std::ranges::sort(collection.skips, {}, &CollectionSkip::member);
  for (int number = 0; CollectionLine & line : collection.lines) {
    line.line = ++number;
    line.end_to_end_id = end_to_end_id_of(collection.message_id, line.line);
  }
}

std::string no_longer_owed(const CollectionLine& line,
                           const std::map<ChargeNumber, std::int64_t>& open_minor) {
  for (const CollectedCharge& charge : line.charges) {
    const auto open = open_minor.find(charge.charge);
    if (open != open_minor.end() && open->second >= charge.minor) continue;
    return "line " + std::to_string(line.line) + ": " + line.member + " owes less than " +
           text_from_minor(charge.minor, euro_scale) + " EUR of charge " +
           std::to_string(charge.charge.number()) + " by now";
  }
  return {};
}

}  // namespace coop::collecting
