#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "ledger/books/node_service.hpp"
#include "ledger/reminders/pause_store.hpp"
#include "ledger/values/structured_reference.hpp"

namespace coop::reminders {

/// Pauses the reminders of a member. Throws Refused: node_unknown, party_unknown, field_invalid (reason),
/// day_malformed (the last day is before the first).
ReminderPause begin_pause(Tx& tx, NodeId node, std::string_view member, const ReminderPause& pause,
                          const books::Author& author);
/// Ends a pause: `last_on` is its last day; before its first day, it never was. Throws Refused: node_unknown,
/// party_unknown, pause_unknown (or ended already), field_invalid (reason), day_malformed (after the day on
/// which it would have ended anyway).
ReminderPause end_pause(Tx& tx, NodeId node, std::string_view member, int number, Day last_on,
                        const std::string& reason, const books::Author& author);

/// A payment that somebody saw coming in: whose it is, by member number or reference.
struct NoticedDraft {
  std::optional<std::string> member;
  std::optional<StructuredReference> reference;
  UnitId unit;
  std::int64_t minor;
  Day noticed_on;
};
/// Notes it. Throws Refused: node_unknown, field_missing (neither member nor reference), party_unknown
/// (nobody has this number or reference, or several have the reference), field_invalid (amount).
NoticedPayment notice_payment(Tx& tx, NodeId node, const NoticedDraft& draft, const books::Author& author);
/// Settles it: as the payment that it was recorded as, or for a reason. Throws Refused: node_unknown,
/// payment_unknown (no such noticed payment waits, or there is no such payment), field_missing, field_invalid
/// (reason, or both are given).
NoticedPayment settle_noticed(Tx& tx, NodeId node, int number, std::optional<PaymentNumber> payment,
                              const std::string& reason, const books::Author& author);

}  // namespace coop::reminders
