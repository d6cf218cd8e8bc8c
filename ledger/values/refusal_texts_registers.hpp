#pragma once
#include "ledger/values/refusal.hpp"

namespace coop {

/// The part of the catalogue about entries that a register made, and about its records.
inline constexpr RefusalText refusal_texts_of_registers[] = {
    {Refusal::entry_kept_by_register, "entry_kept_by_register",
     "The entry belongs to a register, which takes it back itself.",
     "The entry was made for a movement of shares or for a surplus that was divided. Reversed by itself, the "
     "register and the books would say different things. The detail names the register's record.",
     "Undo the movement, or the run of the surplus: that reverses the entry and notes why."},
    {Refusal::share_movement_unknown, "share_movement_unknown", "There is no such movement of shares.",
     "The node has no movement of shares with this number.",
     "List the node's movements of shares and check the number."},
};

}  // namespace coop
