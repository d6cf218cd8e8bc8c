#include "ledger/bank/statement_words.hpp"

#include "ledger/statements/equation.hpp"
#include "ledger/values/money.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::bank {

namespace {

std::string name_of(const BankStatement& statement) {
  if (statement.purpose == statements::Purpose::interim) return "What is coming";
  if (statement.purpose == statements::Purpose::details) return "Details";
  return statement.sequence.empty() ? "Statement" : "Statement " + statement.sequence;
}

std::string period_of(const BankStatement& statement) {
  if (!statement.first_day) return "";
  if (!statement.last_day || statement.last_day == statement.first_day)
    return ", " + statement.first_day->text();
  return ", " + statement.first_day->text() + " to " + statement.last_day->text();
}

std::string balances_of(const BankStatement& statement, const Unit& unit) {
  const auto amount = [&](std::int64_t minor) { return text_from_minor(minor, unit.scale); };
  if (statement.opening_minor && statement.closing_minor)
    return ", " + amount(*statement.opening_minor) + " to " + amount(*statement.closing_minor) + " " +
           unit.code;
  if (statement.closing_minor) return ", ends with " + amount(*statement.closing_minor) + " " + unit.code;
  return "";
}

}  // namespace

const Unit& unit_among(std::span<const KnownAccount> known, const BankStatement& statement) {
  for (const KnownAccount& account : known)
    if (account.account.number == statement.account) return account.unit;
  throw InvariantBroken{"a kept statement is of an account of the node"};
}

statements::Continuity continuity_of(const BankStatement& statement,
                                     const std::optional<statements::Precedent>& precedent,
                                     const Unit& unit) {
  statements::Statement bare;
  bare.number = statement.sequence;
  if (statement.opening_minor)
    bare.opening = statements::Balance{Decimal{*statement.opening_minor, unit.scale}, statement.opening_on};
  return statements::continuity_of(bare, precedent);
}

std::string words_of_proof(const BankStatement& statement, const Unit& unit) {
  switch (statement.proof) {
    case statements::Proof::holds:
      return "adds up to the last " + std::string{unit.scale == 0 ? "unit" : "cent"};
    case statements::Proof::flipped:
      return "adds up to the last cent, with what it takes back counted the other way round";
    case statements::Proof::contradicts:
      return "does not add up: its lines miss the closing balance by " +
             text_from_minor(statement.difference_minor, unit.scale) + " " + unit.code;
    case statements::Proof::unprovable:
      return "cannot prove itself: it does not say both balances";
  }
  throw InvariantBroken{"a statement has a proof"};
}

std::string words_of_standing(const StandingCounts& counts) {
  std::string words;
  const auto add = [&](std::int64_t count, const std::string& what) {
    if (count > 0) words += std::to_string(count) + " " + what + ", ";
  };
  add(counts.known_members, counts.known_members == 1 ? "known member" : "known members");
  add(counts.on_books, "on the books already");
  add(counts.by_rule, "by rule");
  add(counts.by_hand, "by hand");
  add(counts.in_suspense, "in suspense");
  add(counts.set_aside, "set aside");
  return words + std::to_string(counts.open) + " for you";
}

std::string words_of_statement(const BankStatement& statement, const LineCounts& counts,
                               const statements::Continuity& continuity, const Unit& unit) {
  std::string words = name_of(statement) + period_of(statement) + balances_of(statement, unit) + ", " +
                      std::to_string(statement.line_count) +
                      (statement.line_count == 1 ? " line, " : " lines, ") + words_of_proof(statement, unit);
  if (statement.purpose != statements::Purpose::booked) return words + "; nothing of it is booked";
  words += ", " + continuity.words + "; " + std::to_string(counts.fresh + counts.live) + " new, " +
           std::to_string(counts.known) + " known already";
  return words;
}

}  // namespace coop::bank
