#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/values/day.hpp"
#include "ledger/values/iban.hpp"

namespace coop::collecting {

/// Which rulebook a mandate was signed under: anybody's, or between businesses only.
enum class MandateScheme { core, b2b };
/// Whether a mandate allows one collection or many.
enum class MandateUse { recurring, one_off };
/// Which collection of its mandate one is, as the bank wants to know (SeqTp).
enum class CollectionSequence { first, recurring, final, one_off };

/// "CORE", "B2B": as they stand in a payment file.
std::string_view code_of(MandateScheme scheme);
/// "FRST", "RCUR", "FNAL", "OOFF".
std::string_view code_of(CollectionSequence sequence);

/// What can happen to a mandate after it was signed.
enum class MandateChangeKind {
  collected,        ///< a collection was sent to the bank for this day
  rejected,         ///< the last collection was sent back before it was booked: it does not count as one
  returned,         ///< a collection was sent back after it was booked
  account_changed,  ///< the member pays from another account
  released,         ///< somebody talked with the member: whatever held it no longer does
  cancelled,        ///< taken back, by either side; nothing follows
};

/// One dated change; the fields that its kind does not use are empty.
struct MandateChange {
  MandateChangeKind kind;
  Day on;
  std::optional<CollectionSequence> sequence = {};  ///< of a collected one
  std::string code = {};                            ///< of a rejected or returned one: "AM04"
  std::optional<Iban> iban = {};                    ///< of a changed account
};

/// A member's permission to collect from an account, as signed, and what happened to it since.
/// `changes` stand in the order in which they were recorded; what is asked of a day uses those up to that
/// day.
struct Mandate {
  std::string id;  ///< the reference that the member signed: 1 to 35 SEPA characters
  MandateScheme scheme;
  MandateUse use;
  Day signed_on;
  Iban iban;  ///< as signed
  std::vector<MandateChange> changes = {};
};

/// Whether a mandate can be used on a day. If several hold, the first in this order.
enum class MandateStatus {
  not_signed,  ///< the day is before the signature
  cancelled,
  used_up,  ///< its one or its final collection was sent
  expired,  ///< not used for 36 months
  on_hold,  ///< a collection came back, and what it asks for is not done
  usable,
};

/// Why a mandate rests.
struct MandateHold {
  std::string code;          ///< the bank's, to be looked up with return_reason
  Day since;                 ///< the day on which it came back
  std::optional<Day> until;  ///< the first day on which it ends by itself
};

/// What follows from a mandate's changes up to a day.
struct MandateState {
  MandateStatus status;
  CollectionSequence next;          ///< what the next collection is, unless it is to be the final one
  Iban iban;                        ///< from which it is collected
  bool account_changed;             ///< the bank is to be told so with the next collection
  std::optional<Day> last_sent_on;  ///< the last collection, also if it came back
  Day expires_on;                   ///< the last day on which it can be used: 36 months after it was used
  std::vector<MandateHold> holds;   ///< those that hold on the day, the oldest first
};

/// Throws Refused: name_malformed, if the id is empty, too long, has characters that banks do not take,
/// blanks or strokes where they may not stand; it stood in the field `place`.
void require_mandate_id(std::string_view id, const std::string& place);

/// The state of `mandate` on `day`. Throws InvariantBroken, if a change lies before the signature, or lacks
/// what its kind needs.
MandateState state_of(const Mandate& mandate, Day day);

/// Which collection the next one is; `is_last`: none will follow it.
CollectionSequence next_sequence(const Mandate& mandate, const MandateState& state, bool is_last);

/// Why nothing can be collected under `state`, in plain words; empty if it can.
std::string hindrance(const MandateState& state);

/// Throws Refused: mandate_not_usable, with the hindrance.
void require_usable(const Mandate& mandate, const MandateState& state);

}  // namespace coop::collecting
