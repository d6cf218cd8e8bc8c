#include <algorithm>

#include "ledger/sharing/division_state.hpp"
#include "ledger/values/money.hpp"
#include "ledger/values/split.hpp"
#include "ledger/values/wide_integer.hpp"

namespace coop::sharing {

namespace {

// The first day of the period in which a day is.
Day first_of(LotPeriod period, Day day) {
  if (period == LotPeriod::day) return day;
  if (period == LotPeriod::month) return day.first_of_month();
  const auto month = static_cast<int>(static_cast<unsigned>(day.ymd().month()));
  const int back = period == LotPeriod::year ? month - 1 : (month - 1) % 3;
  return day.first_of_month().plus_months(-back);
}

std::string name_of(LotPeriod period, Day first) {
  const std::string text = first.text();
  if (period == LotPeriod::day) return text;
  if (period == LotPeriod::month) return text.substr(0, 7);
  if (period == LotPeriod::year) return text.substr(0, 4);
  const unsigned quarter = (static_cast<unsigned>(first.ymd().month()) - 1) / 3 + 1;
  return text.substr(0, 4) + "-Q" + std::to_string(quarter);
}

Fraction::Whole rounded_down(const Fraction& positive) {
  return positive.numerator() / positive.denominator();
}

Fraction sum_of_fractions(const std::vector<Fraction>& numbers) {
  Fraction sum{0};
  for (const Fraction& number : numbers) sum = sum + number;
  return sum;
}

}  // namespace

void DivisionState::operator()(const Percentage& does) {
  OpenPot& pot = here();
  const std::int64_t base = does.of == PercentageOf::total ? pot.received : pot.left();
  const std::int64_t wanted = narrowed((Fraction{does.part} * Fraction{base}).rounded_half_up());
  const std::int64_t taken = std::min(wanted, pot.left());
  Line told = line(LineKind::percentage);
  told.name = does.of == PercentageOf::total ? "total" : "rest";
  told.inputs = {{"part", Fraction{does.part}, false}, amount("of", base), amount("wanted", wanted)};
  told.exact = signed_amount(Fraction{does.part} * Fraction{base});
  told.result = signed_amount(Fraction{taken});
  pot.why.push_back(std::move(told));
  pot.passed_on += taken;
  std::vector<Fraction> weights;
  for (const NamedShare& share : does.to) weights.emplace_back(share.weight);
  const Fraction all = sum_of_fractions(weights);
  const auto wants = split_exactly(wanted, weights);
  const auto parts = split_exactly(taken, weights);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    put(does.to[i].name, wants[i], parts[i]);
    Line share = line(LineKind::share);
    share.name = does.to[i].name;
    share.inputs = {{"weight", weights[i], false}, {"all_weights", all, false}, amount("divided", taken)};
    share.exact = signed_amount(Fraction{taken} * weights[i] / all);
    share.result = signed_amount(Fraction{parts[i]});
    here().why.push_back(std::move(share));
  }
}

void DivisionState::operator()(const First& does) {
  if (does.to.empty()) {
    const std::vector<std::int64_t> fixed = minors_of(does.amount);
    for (std::size_t i = 0; i < fixed.size(); ++i)
      here().claimed[i] = checked_add(here().claimed[i], fixed[i]);
    return pay_promised(fixed, LineKind::pay_first, does.amount);
  }
  const Participant nobody{.id = {}};
  const std::int64_t wanted = minor_of(product_of(does.amount, nobody));
  const std::int64_t paid = std::min(wanted, here().left());
  Line told = line(LineKind::pay_share);
  told.name = does.to;
  told.inputs = inputs_of(does.amount, nobody);
  told.inputs.push_back(amount("wanted", wanted));
  told.result = signed_amount(Fraction{paid});
  here().why.push_back(std::move(told));
  here().passed_on += paid;
  put(does.to, wanted, paid);
}

void DivisionState::operator()(const Claim& does) {
  for (std::size_t i = 0; i < shares_.size(); ++i) {
    OpenShare& share = shares_[i];
    std::int64_t minor = 0;
    Line told = line(does.amount.empty() ? LineKind::claim_of_lots : LineKind::claim);
    if (does.amount.empty()) {
      for (const Lot& lot : share.is.lots) {
        minor = checked_add(minor, lot.open_minor);
        told.inputs.push_back(amount(lot.since.text(), lot.open_minor));
      }
    } else {
      told.inputs = inputs_of(does.amount, share.is);
      told.exact = product_of(does.amount, share.is) * units_;
      minor = minor_of(product_of(does.amount, share.is));
    }
    told.result = Fraction{minor};
    if (minor > 0) share.why.push_back(std::move(told));
    auto& claimed = does.amount.empty() ? here().claimed_lots[i] : here().claimed[i];
    claimed = does.amount.empty() ? std::max(claimed, minor) : checked_add(claimed, minor);
  }
}

void DivisionState::operator()(const RatioCap& does) {
  std::optional<Fraction> lowest;
  for (const OpenShare& share : shares_) {
    const Fraction& measure = share.is.measures.at(does.measure);
    if (measure > Fraction{0} && (!lowest || measure < *lowest)) lowest = measure;
  }
  if (!lowest) return;
  const Fraction most = *lowest * Fraction{does.times};
  for (OpenShare& share : shares_) {
    Fraction& measure = share.is.measures.find(does.measure)->second;
    if (measure <= most) continue;
    Line told = line(LineKind::ratio_cap);
    told.name = does.measure;
    told.inputs = {
        {does.measure, measure, false}, {"times", Fraction{does.times}, false}, {"lowest", *lowest, false}};
    told.result = measure = most;
    told.is_amount = false;
    share.why.push_back(std::move(told));
  }
}

void DivisionState::operator()(const Cap& does) {
  OpenPot& pot = here();
  if (does.of == CapOf::all) {
    Fraction sum{0};
    for (OpenShare& share : shares_) {
      Line part = line(LineKind::cap_part);
      part.inputs = inputs_of(does.amount, share.is);
      part.result = product_of(does.amount, share.is) * units_;
      sum = sum + part.result;
      if (part.result > Fraction{0}) share.why.push_back(std::move(part));
    }
    const std::int64_t most = narrowed(sum.rounded_half_up());
    pot.most = pot.most ? std::min(*pot.most, most) : most;
    Line told = line(LineKind::cap_all);
    told.inputs = {{"sum", sum, true}};
    told.exact = sum;
    told.result = Fraction{most};
    pot.why.push_back(std::move(told));
    return;
  }
  const std::vector<std::int64_t> most = minors_of(does.amount);
  for (std::size_t i = 0; i < most.size(); ++i) {
    pot.most_each[i] = pot.most_each[i] ? std::min(*pot.most_each[i], most[i]) : most[i];
    Line told = line(LineKind::cap_each);
    told.inputs = inputs_of(does.amount, shares_[i].is);
    told.result = Fraction{most[i]};
    shares_[i].why.push_back(std::move(told));
  }
}

// Whoever got as much before gets nothing by it.
void DivisionState::operator()(const Floor& does) {
  std::vector<std::int64_t> least = minors_of(does.amount);
  for (std::size_t i = 0; i < least.size(); ++i) {
    here().least[i] = std::max(here().least[i], least[i]);
    least[i] -= here().paid_to[i];
  }
  pay_promised(std::move(least), LineKind::pay_floor, does.amount);
}

void DivisionState::operator()(const Weight& does) {
  here().weights.clear();
  for (OpenShare& share : shares_) {
    Line told = line(LineKind::weight);
    told.inputs = inputs_of(does.factors, share.is);
    told.result = product_of(does.factors, share.is);
    told.is_amount = false;
    here().weights.push_back(told.result);
    share.why.push_back(std::move(told));
  }
}

void DivisionState::operator()(const Index& does) {
  if (here().weights.empty()) here().weights.assign(shares_.size(), Fraction{1});
  const Factor factor{FactorKind::place, does.by, Fraction{0}};
  for (std::size_t i = 0; i < shares_.size(); ++i) {
    const Fraction index = number_of(factor, shares_[i].is);
    Line told = line(LineKind::index);
    told.inputs = {{"weight", here().weights[i], false}, {does.by, index, false}};
    told.result = here().weights[i] = here().weights[i] * index;
    told.is_amount = false;
    told.name = shares_[i].is.place;
    shares_[i].why.push_back(std::move(told));
  }
}

void DivisionState::operator()(const Equal& does) {
  std::vector<Fraction> weights;
  for (const OpenShare& share : shares_)
    weights.emplace_back(does.among.empty() || share.is.measures.at(does.among) > Fraction{0} ? 1 : 0);
  share_out(weights, LineKind::divide_equally);
}

void DivisionState::operator()(const ProRata& does) {
  if (does.to == ProRataTo::weights) return share_out(here().weights, LineKind::divide_weights);
  std::vector<std::int64_t> open;
  for (std::size_t i = 0; i < shares_.size(); ++i) open.push_back(here().promised(i) - here().paid_to[i]);
  pay_up_to(std::move(open), LineKind::pay_claims, {});
}

void DivisionState::operator()(const OldestFirst& does) {
  std::map<Day, std::vector<std::pair<std::size_t, std::size_t>>> periods;
  for (std::size_t i = 0; i < shares_.size(); ++i) {
    std::int64_t all = 0;
    for (std::size_t k = 0; k < shares_[i].is.lots.size(); ++k) {
      const Lot& lot = shares_[i].is.lots[k];
      all = checked_add(all, lot.open_minor);
      periods[first_of(does.period, lot.since)].emplace_back(i, k);
    }
    here().lots[i] = std::max(here().lots[i], all);
  }
  for (const auto& [first, lots] : periods) {
    std::vector<std::int64_t> wanted(shares_.size(), 0);
    for (const auto& [i, k] : lots)
      wanted[i] += shares_[i].is.lots[k].open_minor - shares_[i].paid_of_lots[k];
    for (std::size_t i = 0; i < wanted.size(); ++i)
      wanted[i] = std::min(wanted[i], here().promised(i) - here().paid_to[i]);
    std::vector<std::int64_t> paid =
        pay_up_to(std::move(wanted), LineKind::pay_lots, {}, name_of(does.period, first));
    // Inside a period, a participant's own lots are paid in the order of their days.
    for (const auto& [i, k] : lots) {
      const Lot& lot = shares_[i].is.lots[k];
      const std::int64_t part = std::min(paid[i], lot.open_minor - shares_[i].paid_of_lots[k]);
      paid[i] -= part;
      shares_[i].paid_of_lots[k] += part;
      shares_[i].lots.push_back({here().name, lot, part});
    }
  }
}

void DivisionState::operator()(const Care& does) {
  Fraction all{0};
  for (const OpenShare& share : shares_) all = all + share.is.measures.at(does.measure);
  const Fraction mean = all / Fraction{static_cast<std::int64_t>(shares_.size())};
  std::vector<Fraction> differences;
  for (const OpenShare& share : shares_) differences.push_back(share.is.measures.at(does.measure) - mean);
  move(differences, mean, number_of(does.rate, {.id = {}}), does.measure);
}

void DivisionState::move(const std::vector<Fraction>& differences, const Fraction& mean, const Fraction& rate,
                         const std::string& measure) {
  std::vector<Fraction> owed;
  std::vector<Fraction> due;
  for (std::size_t i = 0; i < shares_.size(); ++i) {
    const Fraction exact = differences[i] * rate * units_;
    owed.push_back(exact < Fraction{0} ? std::min(Fraction{0} - exact, Fraction{got(i)}) : Fraction{0});
    due.push_back(std::max(exact, Fraction{0}));
  }
  const Fraction all = sum_of_fractions(owed);
  if (all == Fraction{0}) return;
  std::vector<std::int64_t> pays = split_exactly(narrowed(all.rounded_half_up()), owed);
  for (std::size_t i = 0; i < pays.size(); ++i)
    if (pays[i] > got(i)) pays = split_exactly(narrowed(rounded_down(all)), owed);
  std::int64_t moved = 0;
  for (const std::int64_t part : pays) moved += part;
  const std::vector<std::int64_t> gets = split_exactly(moved, due);
  const Fraction all_due = sum_of_fractions(due);
  for (std::size_t i = 0; i < shares_.size(); ++i) {
    Line told = line(LineKind::care);
    told.name = measure;
    told.exact = differences[i] * rate * units_;
    told.inputs = {{measure, differences[i] + mean, false}, {"mean", mean, false}, {"rate", rate, false}};
    told.result = Fraction{gets[i] - pays[i]};
    const bool had_less = Fraction{0} - *told.exact > owed[i];
    told.inputs.push_back(had_less ? amount("had", got(i)) : amount("moved", moved));
    if (had_less) {
      told.exact = Fraction{0} - owed[i];
    } else if (due[i] > Fraction{0} && all != all_due) {
      told.inputs.push_back({"all_due", all_due, true});
      told.exact = Fraction{moved} * due[i] / all_due;
    }
    shares_[i].moved += gets[i] - pays[i];
    shares_[i].why.push_back(std::move(told));
  }
}

void DivisionState::operator()(const Cash& does) {
  OpenPot& pot = here();
  std::vector<std::int64_t> parts(shares_.size(), 0);
  std::vector<Fraction> weights;
  bool are_amounts = pot.divided_by_amounts;
  const std::int64_t cash = narrowed((Fraction{does.part} * Fraction{pot.paid}).rounded_half_up());
  const auto is_more_than_paid = [&] {
    for (std::size_t i = 0; i < parts.size(); ++i)
      if (parts[i] > pot.paid_to[i]) return true;
    return false;
  };
  if (pot.paid > 0 && !pot.divided_by.empty()) {
    weights = pot.divided_by;
    parts = split_exactly(cash, weights);
  }
  if (pot.paid > 0 && (weights.empty() || is_more_than_paid())) {
    weights.clear();
    are_amounts = true;
    for (const std::int64_t paid : pot.paid_to) weights.emplace_back(paid);
    parts = split_exactly(cash, weights);
  }
  const Fraction all = sum_of_fractions(weights);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    pot.in_cash[i] = parts[i];
    if (pot.paid_to[i] == 0) continue;
    Line told = line(LineKind::cash);
    told.inputs = {{"weight", weights[i], are_amounts},
                   {"all_weights", all, are_amounts},
                   amount("in_cash", cash),
                   amount("paid", pot.paid)};
    told.exact = Fraction{cash} * weights[i] / all;
    told.result = Fraction{parts[i]};
    shares_[i].why.push_back(std::move(told));
  }
}

void DivisionState::operator()(const Unclaimed& does) {
  for (std::size_t i = 0; i < shares_.size(); ++i) {
    const std::int64_t lost = here().paid_to[i];
    if (lost == 0 || shares_[i].is.measures.at(does.measure) > Fraction{0}) continue;
    Line told = line(LineKind::unclaimed);
    told.name = does.to;
    told.inputs = {amount("paid", lost)};
    shares_[i].why.push_back(std::move(told));
    here().paid_to[i] = 0;
    for (PaidLot& lot : shares_[i].lots)
      if (lot.pot == here().name) lot.paid = 0;
    here().paid -= lost;
    here().passed_on += lost;
    put(does.to, lost, lost);
  }
}

}  // namespace coop::sharing
