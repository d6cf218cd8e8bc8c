#include "ledger/bank/replay.hpp"

#include "ledger/values/word_table.hpp"

namespace coop::bank {

namespace {

constexpr WordTable<ReplayOutcome, 4> outcomes{{{ReplayOutcome::agrees, "agrees"},
                                                {ReplayOutcome::differs, "differs"},
                                                {ReplayOutcome::open, "open"},
                                                {ReplayOutcome::taken_before, "taken_before"}}};

}  // namespace

std::string_view text_of(ReplayOutcome outcome) { return text_among(outcomes, outcome); }

}  // namespace coop::bank
