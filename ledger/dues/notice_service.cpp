#include "ledger/dues/notice_service.hpp"

#include <algorithm>
#include <functional>
#include <map>

#include "ledger/books/unit_store.hpp"
#include "ledger/dues/charge_service.hpp"
#include "ledger/dues/creditor_reference.hpp"
#include "ledger/dues/dues_state_store.hpp"
#include "ledger/dues/notice_words.hpp"
#include "ledger/dues/payee_store.hpp"
#include "ledger/members/party_store.hpp"
#include "ledger/values/money.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::dues {

namespace {

Unit unit_of(Tx& tx, UnitId id) {
  for (const books::ListedUnit& one : books::read_units(tx))
    if (one.unit.id == id) return one.unit;
  throw InvariantBroken{"every unit that is owed in is listed"};
}

std::string words_of(const Charge& charge) {
  switch (charge.due.kind) {
    case DueKind::dues:
      return "Dues, " + period_in_words(charge.due.period);
    case DueKind::joining:
      return "Joining fee, " + day_in_words(charge.due.period.first());
    case DueKind::obligation:
    case DueKind::other:
      return charge.due.why;
  }
  throw InvariantBroken{"every kind of due has its words"};
}

NoticeLine line_of(const Charge& charge, const ChargeState& state, const Unit& unit,
                   const std::string& reader) {
  std::string text = words_of(charge);
  if (charge.due.parts > 1)
    text += ", part " + std::to_string(charge.due.part) + " of " + std::to_string(charge.due.parts);
  if (charge.member != reader) text += ", for " + charge.member;
  if (state.open_minor != state.charge.owed_minor)
    text += ", what is left of " + text_from_minor(state.charge.owed_minor, unit.scale);
  return {text, state.open_minor};
}

// The lines of what is open, in its order.
std::vector<NoticeLine> lines_about(Tx& tx, NodeId node, const std::vector<const ChargeState*>& open,
                                    const Unit& unit, const std::string& reader) {
  std::vector<ChargeNumber> numbers;
  for (const ChargeState* state : open) numbers.push_back(state->charge.number);
  std::map<ChargeNumber, Charge> charges;
  for (Charge& charge : read_charges(tx, node, numbers)) charges.emplace(charge.number, std::move(charge));
  std::vector<NoticeLine> lines;
  for (const ChargeState* state : open)
    lines.push_back(line_of(charges.at(state->charge.number), *state, unit, reader));
  return lines;
}

// Everything but what is owed: who writes to whom.
Notice letter(Tx& tx, const books::Node& node, const Payee& payee, const members::Party& reader,
              const Unit& unit, Day on) {
  const auto profile = members::find_profile(tx, node.id, reader.id);
  Notice notice{.node_title = node.title,
                .node_lines = lines_of(payee.letterhead),
                .member_number = reader.number,
                .member_name = profile ? profile->name : reader.number,
                .member_lines = {},
                .noticed_on = on,
                .due_on = {},
                .unit_code = unit.code,
                .unit_scale = unit.scale,
                .lines = {},
                .route = {},
                .paragraphs = lines_of(payee.closing)};
  if (profile && profile->address) notice.member_lines = lines_of(*profile->address);
  return notice;
}

// Where it is paid: with the node's kind of reference, or the creditor reference where that has no room.
void add_route(const Payee& payee, Notice& notice,
               const std::function<std::optional<StructuredReference>(ReferenceKind)>& reference_of) {
  auto reference = reference_of(payee.kind);
  if (!reference) reference = reference_of(ReferenceKind::creditor);
  if (!payee.account || !reference) return;
  notice.route = PaymentRoute{payee.account->holder, payee.account->iban, payee.account->bic, *reference};
}

// The day by which to pay: none, where something is overdue.
std::optional<Day> day_to_pay(const std::vector<const ChargeState*>& open, Day on) {
  std::optional<Day> first;
  for (const ChargeState* state : open)
    first = std::min(first.value_or(state->charge.due_on), state->charge.due_on);
  return first && *first >= on ? first : std::nullopt;
}

UnitId unit_asked(const DuesState& state, PartyId party, const books::Node& node,
                  const std::optional<UnitId>& asked) {
  if (asked) return *asked;
  const auto own = state.debtors.find({party, node.base_unit});
  if (own != state.debtors.end() && own->second.open_minor > 0) return node.base_unit;
  for (const auto& [key, debtor] : state.debtors)
    if (key.first == party && debtor.open_minor > 0) return key.second;
  return node.base_unit;
}

}  // namespace

Notice read_member_notice(Tx& tx, const books::Node& node, std::string_view member,
                          const NoticeQuery& query) {
  const members::Party party = members::read_party(tx, node.id, member);
  const DuesState state =
      state_of(read_dues_facts(tx, node.id, {query.on}, std::vector<PartyId>{party.id}), query.on);
  const Unit unit = unit_of(tx, unit_asked(state, party.id, node, query.unit));
  const Payee payee = read_payee(tx, node.id);
  Notice notice = letter(tx, node, payee, party, unit, query.on);
  std::vector<const ChargeState*> open;
  for (const ChargeState& charge : state.charges)
    if (charge.charge.unit == unit.id && charge.open_minor > 0) open.push_back(&charge);
  std::ranges::stable_sort(open, {}, [](const ChargeState* one) { return one->charge.due_on; });
  notice.lines = lines_about(tx, node.id, open, unit, party.number);
  const auto debtor = state.debtors.find({party.id, unit.id});
  if (debtor != state.debtors.end() && debtor->second.credit_minor > 0)
    notice.lines.push_back({"Paid ahead", -debtor->second.credit_minor});
  notice.due_on = day_to_pay(open, query.on);
  add_route(payee, notice, [&](ReferenceKind kind) { return maybe_reference_of_member(kind, party.number); });
  return notice;
}

Notice read_charge_notice(Tx& tx, const books::Node& node, ChargeNumber number, Day on) {
  const Charge charge = read_charge(tx, node.id, number);
  const members::Party party = members::read_party(tx, node.id, charge.debtor);
  const DuesState state = state_of(read_dues_facts(tx, node.id, {on}, std::vector<PartyId>{party.id}), on);
  const Unit unit = unit_of(tx, charge.due.unit);
  const Payee payee = read_payee(tx, node.id);
  Notice notice = letter(tx, node, payee, party, unit, on);
  const auto found = std::ranges::find_if(
      state.charges, [&](const ChargeState& one) { return one.charge.number == number; });
  if (found != state.charges.end() && found->open_minor > 0) {
    notice.lines.push_back(line_of(charge, *found, unit, party.number));
    notice.due_on = day_to_pay({&*found}, on);
  }
  add_route(payee, notice,
            [&](ReferenceKind kind) { return maybe_reference_of_charge(kind, charge.member, number); });
  return notice;
}

std::map<UnitId, std::int64_t> open_of(Tx& tx, NodeId node, const ReferenceOwner& owner, Day day) {
  const members::Party party = members::read_party(tx, node, owner.member);
  const auto debtors = read_debtors_for(tx, node, party.id);
  const DuesState state = state_of(read_dues_facts(tx, node, {day}, debtors), day);
  std::map<UnitId, std::int64_t> open;
  for (const ChargeState& charge : state.charges) {
    const bool is_meant =
        owner.charge ? charge.charge.number == *owner.charge : charge.charge.debtor == party.id;
    if (!is_meant || charge.open_minor <= 0) continue;
    std::int64_t& minor = open[charge.charge.unit];
    minor = checked_add(minor, charge.open_minor);
  }
  return open;
}

std::string require_code_of(const Notice& notice) {
  if (const auto payment = code_payment_of(notice)) return epc_payload(*payment);
  std::string why = "a code asks for EUR to an account within SEPA";
  if (!notice.route)
    why = "the node has not said where dues are paid, or the member number fits into no reference";
  else if (total_of(notice) <= 0) why = "there is nothing to pay";
  throw Refused{Refusal::payment_code_impossible, why};
}

}  // namespace coop::dues
