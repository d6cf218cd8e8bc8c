#pragma once
#include "ledger/database/database.hpp"
#include "ledger/reminders/carrier.hpp"

namespace coop::reminders {

/// Sends one message whose time has come, if there is any and a way is set up. True if there was one. It is
/// judged once more right before: what was paid meanwhile, paused, or has a payment that waits, is dropped.
/// A message that fails is tried again later, and given up after a while; so is one whose end the books
/// refuse (its fee cannot be taken back). No database transaction is open while the letter leaves. Throws
/// Unavailable.
bool deliver_next(Database& database, const DeliverySettings& settings, const Clock& clock);

}  // namespace coop::reminders
