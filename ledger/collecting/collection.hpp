#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/collecting/creditor.hpp"
#include "ledger/collecting/mandate_record.hpp"
#include "ledger/dues/due.hpp"

namespace coop::collecting {

/// How a collection stands: proposed, approved by two people, at the bank, booked by it; or cancelled before
/// it went there.
enum class CollectionState { proposed, approved, handed_in, settled, cancelled };
/// "proposed" …
std::string_view text_of(CollectionState state);
/// Throws Refused: field_invalid.
CollectionState collection_state_from(std::string_view text);

/// What happened to a collection, or to a line of it.
enum class StepKind { excluded, approved, handed_in, cancelled, settled, returned };
/// "excluded" …
std::string_view text_of(StepKind kind);
/// Throws Refused: field_invalid.
StepKind step_kind_from(std::string_view text);

/// A step on record; the fields that its kind does not use are empty.
struct CollectionStep {
  int number;
  StepKind kind;
  std::optional<int> line;
  std::optional<Day> on;
  std::string reason;               ///< of an excluded line, or a cancelled collection
  std::string code;                 ///< of a returned line: "AM04"
  std::optional<ChargeNumber> fee;  ///< what the member was charged for it
  std::string file_hash;            ///< of a collection that was handed in: SHA-256, hexadecimal
  Instant recorded_at;
  std::optional<UserId> recorded_by;
  std::optional<std::string> recorded_by_name;
};

/// A charge that a line collects, or a part of it.
struct CollectedCharge {
  ChargeNumber charge;
  std::int64_t minor;
  dues::DueKind kind;
  Period period;
  bool is_reversed;      ///< the charge was taken back since
  std::string why = {};  ///< as it was charged; empty in a proposal that is not on record yet
};

/// One amount under one mandate. Minor units of EUR.
struct CollectionLine {
  int line;
  PartyId party;
  std::string member;
  MandateId mandate;
  std::string reference;  ///< of the mandate
  MandateScheme scheme;
  Day signed_on;
  int account_number;
  std::optional<MandateAccount> account;  ///< nothing once the member was erased
  std::int64_t minor;
  CollectionSequence sequence;
  bool account_changed;
  std::string end_to_end_id;
  std::vector<CollectedCharge> charges;
  std::optional<PaymentNumber> payment;
};

/// Why nothing is collected from somebody.
enum class SkipReason {
  no_mandate,
  mandate_held,
  mandate_expired,
  mandate_ended,  ///< cancelled, used up, or not signed yet
  nothing_due,
  on_its_way,        ///< in another collection that is not settled yet
  collected_before,  ///< what is open of it was part of a settled collection
  bank_would_refuse,
};
/// "no_mandate" …
std::string_view text_of(SkipReason reason);
/// Throws Refused: field_invalid.
SkipReason skip_reason_from(std::string_view text);

/// Somebody from whom nothing was proposed to be collected.
struct CollectionSkip {
  PartyId party;
  std::string member;
  SkipReason reason;
  std::string words;  ///< plain ones
};

/// A collection as it is on record.
struct Collection {
  CollectionNumber number;
  Day due_on;
  int creditor_number;
  Creditor creditor;
  std::string message_id;
  Instant recorded_at;
  std::optional<std::string> recorded_by;
  std::vector<CollectionLine> lines;
  std::vector<CollectionSkip> skips;
  std::vector<CollectionStep> steps;
};

/// How it stands after these steps.
CollectionState state_of(const std::vector<CollectionStep>& steps);
/// How many people must approve.
inline constexpr int approvals_needed = 2;

/// The step that ended a line (left out, or came back), or null.
const CollectionStep* ending_of(const Collection& collection, int line);
/// "proposed", "excluded", "approved", "handed_in", "paid", "rejected", "returned" or "cancelled".
std::string_view line_state_of(const Collection& collection, const CollectionLine& line);
/// The lines that stand: neither left out nor come back.
std::vector<const CollectionLine*> standing_lines(const Collection& collection);
/// What they add up to, in minor units of EUR.
std::int64_t standing_minor(const Collection& collection);
/// The lines that are in the file: all that were not left out, whatever came back since.
std::vector<const CollectionLine*> lines_in_file(const Collection& collection);

/// What goes to the bank: the lines that are in the file, made at the instant of the last approval, or of the
/// proposal while there is none. Throws Refused: party_erased, if a line's account was erased.
DirectDebitOrder order_of(const Collection& collection);
/// What the member reads of a line: the number and what it is for; of what somebody charged by hand their
/// words.
std::string purpose_of(const CollectionLine& line);

/// The id of the file of a collection, and of a line of it: "bcn-C12", "bcn-C12-3". Long names are cut.
std::string message_id_of(std::string_view node, CollectionNumber number);
/// See message_id_of().
std::string end_to_end_id_of(std::string_view message_id, int line);

}  // namespace coop::collecting
