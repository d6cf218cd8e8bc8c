#include "ledger/capital/share.hpp"

#include <algorithm>
#include <array>

#include "ledger/values/money.hpp"
#include "ledger/values/ratio.hpp"
#include "ledger/values/refusal.hpp"
#include "ledger/values/split.hpp"
#include "ledger/values/word_table.hpp"

namespace coop::capital {

namespace {

constexpr int million = 1'000'000;

constexpr WordTable<Withdrawable, 3> withdrawables{
    {{Withdrawable::yes, "yes"}, {Withdrawable::by_discretion, "by_discretion"}, {Withdrawable::no, "no"}}};
constexpr WordTable<MovementKind, 9> movement_kinds{{{MovementKind::subscribe, "subscribe"},
                                                     {MovementKind::pay_in, "pay_in"},
                                                     {MovementKind::cancel, "cancel"},
                                                     {MovementKind::give, "give"},
                                                     {MovementKind::receive, "receive"},
                                                     {MovementKind::ask, "ask"},
                                                     {MovementKind::withdraw, "withdraw"},
                                                     {MovementKind::take_back, "take_back"},
                                                     {MovementKind::undo, "undo"}}};

}  // namespace

std::string_view text_of(Withdrawable withdrawable) { return text_among(withdrawables, withdrawable); }
Withdrawable withdrawable_from(std::string_view text) { return word_among(withdrawables, text); }
std::string_view text_of(MovementKind kind) { return text_among(movement_kinds, kind); }
MovementKind movement_kind_from(std::string_view text) { return word_among(movement_kinds, text); }

bool follows_another(MovementKind kind) {
  using enum MovementKind;
  return kind == receive || kind == withdraw || kind == take_back || kind == undo;
}

std::int64_t Holding::free_minor() const {
  return std::max<std::int64_t>(0, holding_minor - std::max<std::int64_t>(0, unpaid_minor) - waiting_minor);
}

Holding holding_without(Holding holding, MovementKind kind, std::int64_t minor, std::int64_t reserve_minor) {
  switch (kind) {
    case MovementKind::subscribe:
    case MovementKind::cancel: {
      const std::int64_t sign = kind == MovementKind::subscribe ? -1 : 1;
      holding.holding_minor += sign * (minor - reserve_minor);
      holding.unpaid_minor += sign * minor;
      holding.subscribed_minor += sign * minor;
      holding.reserve_minor += sign * reserve_minor;
      return holding;
    }
    case MovementKind::pay_in:
      holding.unpaid_minor += minor;
      return holding;
    case MovementKind::withdraw:
      holding.holding_minor += minor;
      holding.waiting_minor += minor;
      return holding;
    case MovementKind::give:
    case MovementKind::receive:
    case MovementKind::ask:
    case MovementKind::take_back:
    case MovementKind::undo:
      break;
  }
  throw InvariantBroken{"only subscriptions, payments, cancellations and withdrawals are undone"};
}

bool is_possible(const Holding& holding) {
  return holding.holding_minor >= 0 && holding.unpaid_minor >= 0 && holding.waiting_minor >= 0 &&
         holding.reserve_minor >= 0 && holding.subscribed_minor >= holding.reserve_minor &&
         holding.holding_minor + holding.reserve_minor >= holding.unpaid_minor + holding.waiting_minor;
}

std::int64_t reserve_part(std::int64_t minor, int reserve_millionths) {
  if (reserve_millionths == 0) return 0;
  const std::array<std::int64_t, 2> weights{reserve_millionths, million - reserve_millionths};
  return split_exactly(minor, weights)[0];
}

std::int64_t cancelled_reserve(const Holding& holding, std::int64_t minor) {
  if (holding.reserve_minor == 0) return 0;
  const std::array<std::int64_t, 2> weights{holding.reserve_minor,
                                            holding.subscribed_minor - holding.reserve_minor};
  return split_exactly(minor, weights)[0];
}

std::int64_t acceptable_minor(const ShareClass& of, std::int64_t held_minor, std::int64_t asked_minor) {
  if (!of.highest_minor) return asked_minor;
  const auto fits = [&](std::int64_t minor) {
    return minor - reserve_part(minor, of.reserve_millionths) <= *of.highest_minor - held_minor;
  };
  if (fits(asked_minor)) return asked_minor;
  std::int64_t least = 0,
               beyond = asked_minor / of.nominal_minor;  // multiples of the nominal; the last does not fit
  while (beyond - least > 1) {
    const std::int64_t middle = least + (beyond - least) / 2;
    (fits(middle * of.nominal_minor) ? least : beyond) = middle;
  }
  return least * of.nominal_minor;
}

std::vector<std::int64_t> paid_in_order(const std::vector<Waiting>& queue, std::int64_t available_minor) {
  std::vector<std::int64_t> paid;
  std::int64_t left = std::max<std::int64_t>(0, available_minor);
  for (const Waiting& one : queue) {
    paid.push_back(std::min(left, one.waiting_minor));
    left -= paid.back();
  }
  return paid;
}

int millionths_from(std::string_view text, int most) {
  const Ratio ratio = Ratio::parse(text);
  const bool is_whole = million % ratio.denominator() == 0;
  if (ratio.numerator() < 0 || ratio.numerator() > ratio.denominator() || !is_whole ||
      ratio.numerator() * (million / ratio.denominator()) > most)
    throw Refused{Refusal::field_invalid,
                  "a part is from 0% to " + percent_text_of(most) + ", with at most four decimals: \"20%\""};
  return static_cast<int>(ratio.numerator() * (million / ratio.denominator()));
}

std::string percent_text_of(int millionths) {
  std::string text = text_from_minor(millionths, 4);
  while (text.ends_with('0')) text.pop_back();
  if (text.ends_with('.')) text.pop_back();
  return text + "%";
}

}  // namespace coop::capital
