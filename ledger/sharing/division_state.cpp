#include "ledger/sharing/division_state.hpp"

#include <algorithm>

#include "ledger/values/money.hpp"
#include "ledger/values/refusal.hpp"
#include "ledger/values/split.hpp"
#include "ledger/values/wide_integer.hpp"

namespace coop::sharing {

namespace {

Fraction::Whole minor_units_of(const Unit& unit) {
  return boost::multiprecision::pow(Fraction::Whole{10}, static_cast<unsigned>(unit.scale));
}

std::vector<Fraction> fractions_of(const std::vector<std::int64_t>& numbers) {
  std::vector<Fraction> fractions;
  fractions.reserve(numbers.size());
  for (const std::int64_t number : numbers) fractions.emplace_back(number);
  return fractions;
}

}  // namespace

std::int64_t OpenPot::payable() const {
  return most ? std::max<std::int64_t>(0, std::min(left(), *most - paid)) : left();
}

std::int64_t OpenPot::promised(std::size_t participant) const {
  const std::int64_t of_lots = std::max(claimed_lots[participant], lots[participant]);
  const std::int64_t all = std::max(checked_add(claimed[participant], of_lots), least[participant]);
  return most_each[participant] ? std::min(all, *most_each[participant]) : all;
}

DivisionState::DivisionState(const Pot& pot, std::vector<Participant> participants,
                             std::span<const PlaceValue> values)
    : pot_{pot}, values_{values}, sign_{pot.minor < 0 ? -1 : 1}, units_{minor_units_of(pot.unit), 1} {
  shares_.reserve(participants.size());
  for (Participant& participant : participants) {
    std::ranges::stable_sort(participant.lots, {}, &Lot::since);
    const std::size_t lots = participant.lots.size();
    shares_.push_back({.is = std::move(participant), .paid_of_lots = std::vector<std::int64_t>(lots, 0)});
  }
  const std::int64_t magnitude =
      pot.minor < 0 ? (-Money::of_minor(pot.minor, pot.unit.id)).minor() : pot.minor;
  put(std::string{main_pot}, magnitude, magnitude);
}

OpenPot& DivisionState::pot_named(const std::string& name) {
  for (OpenPot& pot : pots_)
    if (pot.name == name) return pot;
  const std::size_t many = shares_.size();
  OpenPot& pot = pots_.emplace_back();
  pot.name = name;
  pot.claimed.resize(many);
  pot.claimed_lots.resize(many);
  pot.lots.resize(many);
  pot.least.resize(many);
  pot.paid_to.resize(many);
  pot.most_each.resize(many);
  pot.in_cash.resize(many);
  return pot;
}

void DivisionState::take(const Step& step) {
  ++step_;
  const auto found = std::ranges::find(pots_, step.pot, &OpenPot::name);
  ensure(found != pots_.end(), "a rule takes from pots that have begun");
  here_ = static_cast<std::size_t>(found - pots_.begin());
  std::visit(*this, step.does);
}

Fraction DivisionState::number_of(const Factor& factor, const Participant& participant) const {
  if (factor.kind == FactorKind::number) return factor.number;
  if (factor.kind == FactorKind::figure) return pot_.figures.at(factor.name);
  if (factor.kind == FactorKind::measure) return participant.measures.at(factor.name);
  const PlaceValue* value = find_place_value(values_, factor.name, participant.place, pot_.on);
  ensure(value != nullptr, "the values of places were looked for before");
  return value->value;
}

Fraction DivisionState::product_of(const Product& product, const Participant& participant) const {
  if (product.size() == 1) return number_of(product.front(), participant);
  Fraction result{1};
  for (const Factor& factor : product) result = result * number_of(factor, participant);
  return result;
}

std::vector<Input> DivisionState::inputs_of(const Product& product, const Participant& participant) const {
  std::vector<Input> inputs;
  inputs.reserve(product.size() + 3);  // what is paid of, and in all, comes after them
  for (const Factor& factor : product)
    inputs.push_back({factor.kind == FactorKind::number ? std::string{} : factor.text(),
                      number_of(factor, participant), false});
  return inputs;
}

std::int64_t DivisionState::minor_of(const Fraction& units) const {
  return narrowed((units * units_).rounded_half_up());
}

std::vector<std::int64_t> DivisionState::minors_of(const Product& product) const {
  std::vector<std::int64_t> minors;
  for (const OpenShare& share : shares_) minors.push_back(minor_of(product_of(product, share.is)));
  return minors;
}

Fraction DivisionState::signed_amount(Fraction minor) const {
  if (sign_ < 0) return Fraction{-1} * minor;
  return minor;
}

Input DivisionState::amount(std::string name, std::int64_t minor) const {
  return {std::move(name), signed_amount(Fraction{minor}), true};
}

Line DivisionState::line(LineKind kind) const {
  return {step_, kind, pots_[here_].name, {}, Fraction{0}, true, {}, {}};
}

std::int64_t DivisionState::got(std::size_t participant) const {
  std::int64_t sum = shares_[participant].moved;
  for (const OpenPot& pot : pots_) sum += pot.paid_to[participant];
  return sum;
}

void DivisionState::put(const std::string& name, std::int64_t wanted, std::int64_t received) {
  OpenPot& pot = pot_named(name);
  pot.wanted = checked_add(pot.wanted, wanted);
  pot.received += received;
}

void DivisionState::note_division(std::vector<Fraction> weights, bool are_amounts) {
  here().divided_by_amounts = are_amounts;
  here().divided_by = ++here().divisions == 1 ? std::move(weights) : std::vector<Fraction>{};
}

std::vector<std::int64_t> DivisionState::pay_up_to(std::vector<std::int64_t> wanted, LineKind kind,
                                                   const Product& product, const std::string& name) {
  OpenPot& pot = here();
  std::int64_t all = 0;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (const auto most = pot.most_each[i]) wanted[i] = std::min(wanted[i], *most - pot.paid_to[i]);
    wanted[i] = std::max<std::int64_t>(wanted[i], 0);
    all = checked_add(all, wanted[i]);
  }
  std::vector<std::int64_t> parts(wanted.size(), 0);
  if (all == 0) return parts;
  const std::int64_t paid = std::min(all, pot.payable());
  parts = split_exactly(paid, wanted);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (wanted[i] == 0) continue;
    Line told = line(kind);
    told.name = name;
    told.inputs = inputs_of(product, shares_[i].is);
    told.inputs.push_back(amount("open", wanted[i]));
    told.inputs.push_back(amount("all_open", all));
    told.inputs.push_back(amount("paid_in_all", paid));
    told.exact = signed_amount(Fraction{wanted[i]} * Fraction{paid} / Fraction{all});
    told.result = signed_amount(Fraction{parts[i]});
    shares_[i].why.push_back(std::move(told));
    pot.paid_to[i] += parts[i];
  }
  pot.paid += paid;
  note_division(fractions_of(wanted), true);
  return parts;
}

void DivisionState::pay_promised(std::vector<std::int64_t> wanted, LineKind kind, const Product& product) {
  for (std::size_t i = 0; i < wanted.size(); ++i)
    wanted[i] = std::min(wanted[i], here().promised(i) - here().paid_to[i]);
  pay_up_to(std::move(wanted), kind, product);
}

void DivisionState::share_out(const std::vector<Fraction>& weights, LineKind kind) {
  OpenPot& pot = here();
  Fraction all{0};
  for (const Fraction& weight : weights) all = all + weight;
  const std::int64_t divided = pot.payable();
  if (all == Fraction{0} || divided == 0) return;
  const std::vector<std::int64_t> parts = split_exactly(divided, weights);
  bool is_cut = false;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (weights[i] == Fraction{0}) continue;
    Line told = line(kind);
    told.inputs = {{"weight", weights[i], false}, {"all_weights", all, false}, amount("divided", divided)};
    told.exact = signed_amount(Fraction{divided} * weights[i] / all);
    told.result = signed_amount(Fraction{parts[i]});
    shares_[i].why.push_back(std::move(told));
    std::int64_t part = parts[i];
    if (pot.most_each[i] && pot.paid_to[i] + part > *pot.most_each[i]) {
      Line cut = line(LineKind::cut_to_cap);
      cut.inputs = {amount("most", *pot.most_each[i]), amount("paid_before", pot.paid_to[i]),
                    amount("share", part)};
      part = std::max<std::int64_t>(0, *pot.most_each[i] - pot.paid_to[i]);
      cut.result = Fraction{part};
      shares_[i].why.push_back(std::move(cut));
      is_cut = true;
    }
    pot.paid_to[i] += part;
    pot.paid += part;
  }
  note_division(weights, false);
  if (is_cut) pot.divided_by.clear();
}

Division DivisionState::result() && {
  Division division{.pots = {}, .participants = {}, .deferred = 0};
  division.participants.reserve(shares_.size());
  for (const OpenPot& pot : pots_)
    division.pots.push_back({pot.name, sign_ * pot.wanted, sign_ * pot.received, sign_ * pot.passed_on,
                             sign_ * pot.paid, sign_ * pot.left(), pot.why});
  for (std::size_t i = 0; i < shares_.size(); ++i) {
    OpenShare& open = shares_[i];
    ParticipantShare share{.id = std::move(open.is.id),
                           .amount = sign_ * got(i),
                           .moved = open.moved,
                           .deferred = 0,
                           .payments = {},
                           .lots = std::move(open.lots),
                           .why = std::move(open.why)};
    for (const OpenPot& pot : pots_) {
      const std::int64_t promised = pot.promised(i);
      const std::int64_t deferred = std::max<std::int64_t>(0, promised - pot.paid_to[i]);
      if (pot.paid_to[i] == 0 && promised == 0) continue;
      share.payments.push_back({pot.name, sign_ * pot.paid_to[i], promised, deferred, pot.in_cash[i],
                                std::max(pot.claimed_lots[i], pot.lots[i])});
      share.deferred = checked_add(share.deferred, deferred);
    }
    division.deferred = checked_add(division.deferred, share.deferred);
    division.participants.push_back(std::move(share));
  }
  return division;
}

}  // namespace coop::sharing
