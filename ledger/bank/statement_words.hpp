#pragma once
#include <span>
#include <string>

#include "ledger/bank/reading.hpp"

namespace coop::bank {

/// The unit of a statement's account.
const Unit& unit_among(std::span<const KnownAccount> known, const BankStatement& statement);

/// How a kept statement joins what was taken in before it.
statements::Continuity continuity_of(const BankStatement& statement,
                                     const std::optional<statements::Precedent>& precedent, const Unit& unit);

/// "adds up to the cent", or by how much it does not.
std::string words_of_proof(const BankStatement& statement, const Unit& unit);

/// The one sentence that a treasurer reads: "Statement 7, 2026-03-01 to 2026-03-31, 1204.50 to 3118.20 EUR,
/// 84 lines, adds up to the cent, follows on from 6; 71 new, 13 known already".
std::string words_of_statement(const BankStatement& statement, const LineCounts& counts,
                               const statements::Continuity& continuity, const Unit& unit);

/// What became of lines that count: "71 known members, 9 by rule, 4 for you".
std::string words_of_standing(const StandingCounts& counts);

}  // namespace coop::bank
