#include "ledger/bank/bank_import.hpp"

#include "ledger/values/word_table.hpp"

namespace coop::bank {

namespace {

constexpr WordTable<ImportState, 6> states{{{ImportState::received, "received"},
                                            {ImportState::read, "read"},
                                            {ImportState::unreadable, "unreadable"},
                                            {ImportState::taken_in, "taken_in"},
                                            {ImportState::dropped, "dropped"},
                                            {ImportState::undone, "undone"}}};

}  // namespace

std::string_view text_of(ImportState state) { return text_among(states, state); }
ImportState import_state_from(std::string_view text) { return word_among(states, text); }

}  // namespace coop::bank
