#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ledger/sharing/division.hpp"
#include "ledger/sharing/example_rules.hpp"
#include "ledger/values/money.hpp"

namespace coop::test {

/// A unit of two decimals with this code.
inline Unit cents_of(std::string code = "EUR") { return {UnitId{1}, std::move(code), 2}; }

/// A pot of so much, on the last of March 2026.
inline sharing::Pot pot_of(std::string_view amount, std::string code = "EUR", sharing::Figures figures = {}) {
  return {minor_from_text(amount, 2), cents_of(std::move(code)), Day::parse("2026-03-31"),
          std::move(figures)};
}

/// A participant with measures as people write them: {{"hours", "20"}, {"rate", "24.00"}}.
inline sharing::Participant one(std::string id,
                                const std::vector<std::pair<std::string, std::string>>& measures) {
  sharing::Participant participant{.id = std::move(id)};
  for (const auto& [name, number] : measures)
    participant.measures.emplace(name, Fraction{Ratio::parse(number)});
  return participant;
}

/// What is open of days, in cents.
inline std::vector<sharing::Lot> lots_of(const std::vector<std::pair<std::string, std::string>>& lots) {
  std::vector<sharing::Lot> open;
  for (const auto& [since, amount] : lots) open.push_back({Day::parse(since), minor_from_text(amount, 2)});
  return open;
}

/// What everybody gets, as text, in the order of their ids.
inline std::vector<std::string> amounts_of(const sharing::Division& division) {
  std::vector<std::string> amounts;
  for (const auto& share : division.participants) amounts.push_back(text_from_minor(share.amount, 2));
  return amounts;
}

/// What is deferred of everybody, as text.
inline std::vector<std::string> deferred_of(const sharing::Division& division) {
  std::vector<std::string> amounts;
  for (const auto& share : division.participants) amounts.push_back(text_from_minor(share.deferred, 2));
  return amounts;
}

/// What is left in a pot, as text; "none" if there is no such pot.
inline std::string left_in(const sharing::Division& division, std::string_view pot = sharing::main_pot) {
  for (const auto& one : division.pots)
    if (one.name == pot) return text_from_minor(one.left, 2);
  return "none";
}

/// What everybody is paid from one pot, as text; in cash where `in_cash`.
inline std::vector<std::string> paid_from(const sharing::Division& division, std::string_view pot,
                                          bool in_cash = false) {
  std::vector<std::string> amounts;
  for (const auto& share : division.participants)
    for (const auto& payment : share.payments)
      if (payment.pot == pot)
        amounts.push_back(text_from_minor(in_cash ? payment.in_cash.value_or(0) : payment.paid, 2));
  return amounts;
}

}  // namespace coop::test
