#include "ledger/bank/bank_line.hpp"

#include "ledger/values/word_table.hpp"

namespace coop::bank {

namespace {

constexpr WordTable<LineState, 4> line_states{{{LineState::open, "open"},
                                               {LineState::matched, "matched"},
                                               {LineState::ignored, "ignored"},
                                               {LineState::silent, "silent"}}};

}  // namespace

std::string_view text_of(LineState state) { return text_among(line_states, state); }
LineState line_state_from(std::string_view text) { return word_among(line_states, text); }

}  // namespace coop::bank
