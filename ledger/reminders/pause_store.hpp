#pragma once
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "ledger/books/author.hpp"
#include "ledger/database/tx.hpp"

namespace coop::reminders {

/// Days on which nobody reminds a member.
struct ReminderPause {
  int number;  ///< counts the member's pauses
  Day from_on;
  std::optional<Day> until_on;  ///< the last day; nothing: until it is ended
  std::string reason;
  Instant recorded_at;
  std::optional<Day> last_on = {};  ///< of one that was ended: its last day
  std::string ended_because = {};
};

/// The member's pauses, by number.
std::vector<ReminderPause> read_pauses(Tx& tx, NodeId node, PartyId party);
/// Adds one. Returns its number.
int insert_pause(Tx& tx, NodeId node, PartyId party, const ReminderPause& pause, const books::Author& author);
/// Ends one.
void insert_pause_end(Tx& tx, NodeId node, PartyId party, int number, Day last_on, const std::string& reason,
                      const books::Author& author);
/// Who is not reminded on a day.
std::set<PartyId> read_paused(Tx& tx, NodeId node, Day day);

/// Money that came in and is not matched with dues yet.
struct NoticedPayment {
  int number = 0;
  PartyId payer;
  std::string payer_number;
  UnitId unit;
  std::int64_t minor;
  Day noticed_on;
  std::string reference;  ///< or empty
  Instant recorded_at = {};
  bool is_settled = false;
  std::optional<PaymentNumber> payment = {};  ///< as what it was recorded
  std::string settled_because = {};           ///< or why it is no payment of dues
};

/// Which noticed payments a list is about.
struct NoticedFilter {
  std::optional<int> number = {};
  std::optional<bool> settled = {};
};
/// Up to `limit` noticed payments below `before`, the newest first.
std::vector<NoticedPayment> list_noticed(Tx& tx, NodeId node, const NoticedFilter& filter,
                                         std::optional<int> before, int limit);
/// Adds one. Returns its number.
int insert_noticed(Tx& tx, NodeId node, const NoticedPayment& noticed, const books::Author& author);
/// That it was recorded as a payment, or is something else.
void insert_noticed_end(Tx& tx, NodeId node, int number, std::optional<PaymentNumber> payment,
                        const std::string& reason, const books::Author& author);
/// Whose payments wait, and in which unit.
std::set<std::pair<PartyId, UnitId>> read_waiting_payers(Tx& tx, NodeId node);

}  // namespace coop::reminders
