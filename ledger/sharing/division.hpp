#pragma once
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/sharing/place_value.hpp"
#include "ledger/sharing/sharing_rule.hpp"
#include "ledger/values/day.hpp"
#include "ledger/values/unit.hpp"

namespace coop::sharing {

/// The most participants of one division.
inline constexpr std::size_t most_participants = 100'000;

/// Exact numbers by their names. Amounts of money are in whole units (12.60 EUR); hours may be fractions.
using Figures = std::map<std::string, Fraction, std::less<>>;

/// What is open from a day: a wage that was not paid then. Minor units of the pot's unit, above zero.
struct Lot {
  Day since;
  std::int64_t open_minor;
};

/// Somebody among whom a pot is divided.
struct Participant {
  std::string id;  ///< 1 to 60 characters, unique; decides ties
  std::string place = {};
  Figures measures = {};
  std::vector<Lot> lots = {};
};

/// What is divided: minor units of its unit; below zero, a loss. `figures` are what a rule asks for besides.
struct Pot {
  std::int64_t minor;
  Unit unit;
  Day on;  ///< decides which values of places hold
  Figures figures = {};
};

/// How a line of an explanation is worked out: which inputs it has, in this order.
enum class LineKind {
  claim,           ///< factors …; result: what is claimed
  claim_of_lots,   ///< lots …; result: what is claimed
  weight,          ///< factors …; result: the weight
  index,           ///< weight, index; result: the weight
  ratio_cap,       ///< measure, times, lowest; result: the measure from here on
  cap_part,        ///< factors …; result: what a participant adds to the most that is paid in all
  cap_all,         ///< the parts' sum; result: the most that the pot pays from here on
  cap_each,        ///< factors …; result: the most for this participant
  pay_first,       ///< factors …, wanted, all wanted, paid in all; result: paid
  pay_floor,       ///< as pay_first
  pay_claims,      ///< open, all open, paid in all; result: paid
  pay_lots,        ///< open, all open of the period, paid in all; result: paid
  divide_weights,  ///< weight, all weights, divided; result: paid
  divide_equally,  ///< weight (0 or 1), how many, divided; result: paid
  cut_to_cap,      ///< the most, paid before, share; result: paid of the share
  care,            ///< measure, mean, rate, and what was moved in all; where not all could be moved: for who
                   ///< pays what they had instead, for who is paid also what was due in all; result: moved to
                   ///< (or from) them
  cash,            ///< weight, all weights, in cash of all; result: in cash
  unclaimed,       ///< what was paid; result: 0
  percentage,      ///< part, of which amount, taken; result: taken by all shares of the step
  share,           ///< weight, all weights, divided; result: put into the pot named so
  pay_share,       ///< factors …, wanted; result: put into the pot named so
};
/// Its name: "claim", "pay_claims" …
std::string_view text_of(LineKind kind);

/// A number that a line starts from.
struct Input {
  std::string name;  ///< of factors: as the rule names them; else as LineKind says
  Fraction value;    ///< of amounts: in minor units
  bool is_amount;
};

/// One line of an explanation: enough to work it out by hand.
struct Line {
  int step;  ///< of the rule, from 1
  LineKind kind;
  std::string pot;
  std::vector<Input> inputs;
  Fraction result;  ///< of amounts: in minor units
  bool is_amount;
  std::string name = {};            ///< of shares: the pot; of lots: the period; of ratio caps: the measure
  std::optional<Fraction> exact{};  ///< of divided amounts: before it was rounded
};

/// What one pot paid to a participant. Minor units.
struct Payment {
  std::string pot;
  std::int64_t paid;
  std::int64_t claimed;   ///< in all, 0 where the rule says nothing of claims
  std::int64_t deferred;  ///< what is still open of it
  std::optional<std::int64_t> in_cash = {};
  std::int64_t of_lots = 0;  ///< what was open to them of earlier times, where the pot pays that
};

/// What was paid of a lot.
struct PaidLot {
  std::string pot;
  Lot lot;
  std::int64_t paid;
};

/// What a participant gets, and why. Minor units.
struct ParticipantShare {
  std::string id;
  std::int64_t amount;  ///< all payments, and what was moved
  std::int64_t moved;   ///< by care; the sum over all is zero
  std::int64_t deferred;
  std::vector<Payment> payments;  ///< in the order of the pots
  std::vector<PaidLot> lots;      ///< in the order of their days
  std::vector<Line> why;
};

/// What became of a pot. Minor units: received = passed on + paid + left.
struct PotShare {
  std::string name;
  std::int64_t wanted;  ///< what steps asked for it, where the pot before had not enough; else as received
  std::int64_t received;
  std::int64_t passed_on;
  std::int64_t paid;
  std::int64_t left;
  std::vector<Line> why;
};

/// A pot, divided. The amounts of the participants and what is left in all pots add up to it exactly.
struct Division {
  std::vector<PotShare> pots;                  ///< in the order in which they begin; the first is the pot
  std::vector<ParticipantShare> participants;  ///< in the order of their ids
  std::int64_t deferred;
};

/// Whether `a` comes before `b`: digits in them are compared as numbers, "M9" before "M10".
bool is_earlier_id(std::string_view a, std::string_view b);

/// Divides a pot by a rule. The order in which participants are given does not matter; ties go to the earlier
/// id. Half a minor unit is rounded up where one amount is worked out; where one is divided, the parts add up
/// to it by largest remainder. Weights that are all zero divide nothing: it is left.
///
/// Throws Refused, the first in this order, naming the field ("/participants/2/measures/hours", counted as
/// given): what require_rule refuses; unit_mismatch, if the rule is of another unit; field_invalid: a loss
/// divided by a rule that cannot, no participants or too many, an id that is malformed or stands twice, a
/// place that is too long, a
/// lot that is not above zero; field_missing: a figure, a measure, a value of a place that the rule asks for
/// (zero is written as zero); field_invalid: one below zero; amount_overflow.
Division divide(const SharingRule& rule, const Pot& pot, const std::vector<Participant>& participants,
                std::span<const PlaceValue> values = {});

}  // namespace coop::sharing
