#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "ledger/values/fraction.hpp"
#include "ledger/values/ratio.hpp"

namespace coop::sharing {

/// The pot that a rule begins with. Others begin when a step puts something into them.
inline constexpr std::string_view main_pot = "pot";
/// The most steps of a rule, factors of a product, and shares of one step.
inline constexpr std::size_t most_steps = 40;
inline constexpr std::size_t most_factors = 6;
inline constexpr std::size_t most_shares = 40;

/// Where a factor's number is found.
enum class FactorKind {
  number,   ///< in the rule: "12.60"
  measure,  ///< with each participant: "hours"
  figure,   ///< with the pot: "figure:server_costs"
  place,    ///< in the dated values of the participant's place: "place:living_wage"
};

/// A factor of a product. An amount of money is in whole units (12.60 EUR), never in cents.
struct Factor {
  FactorKind kind;
  std::string name;  ///< empty for numbers
  Fraction number;   ///< of numbers; else 0

  /// Reads "12.60", "3/4", "hours", "figure:server_costs", "place:living_wage".
  /// Throws Refused: field_invalid, amount_overflow.
  static Factor parse(std::string_view text);
  /// As parse() reads it: 12.60 is "12.6".
  std::string text() const;
  friend bool operator==(const Factor&, const Factor&) = default;
};
/// Factors that are multiplied.
using Product = std::vector<Factor>;

/// A share that has a name, and its weight among those of the same step.
struct NamedShare {
  std::string name;
  Ratio weight;
  friend bool operator==(const NamedShare&, const NamedShare&) = default;
};

/// Of what a percentage is taken: of all that the pot received, or of what is left in it.
enum class PercentageOf { total, rest };
/// Puts a part of the pot into other pots, by weights that add up exactly. Half up; never more than is left.
struct Percentage {
  Ratio part;
  PercentageOf of;
  std::vector<NamedShare> to;
  friend bool operator==(const Percentage&, const Percentage&) = default;
};
/// Pays fixed amounts first: into another pot, or to each participant where `to` is empty.
struct First {
  Product amount;
  std::string to;
  friend bool operator==(const First&, const First&) = default;
};
/// What each participant may claim, added to what they claim already: a product, or their open lots where
/// there is none.
struct Claim {
  Product amount;
  friend bool operator==(const Claim&, const Claim&) = default;
};
/// Lowers a measure to so many times the lowest one above zero, for all steps that follow.
struct RatioCap {
  std::string measure;
  Ratio times;
  friend bool operator==(const RatioCap&, const RatioCap&) = default;
};
/// Of what a cap is the most: what the pot pays to all, or what it pays to each.
enum class CapOf { all, each };
/// No more than the product is paid: of all products together, or of each participant's own.
struct Cap {
  Product amount;
  CapOf of;
  friend bool operator==(const Cap&, const Cap&) = default;
};
/// Pays each participant the product first. Whoever claims less, claims that much.
struct Floor {
  Product amount;
  friend bool operator==(const Floor&, const Floor&) = default;
};
/// Each participant's weight from here on.
struct Weight {
  Product factors;
  friend bool operator==(const Weight&, const Weight&) = default;
};
/// Multiplies each participant's weight by the dated value of their place.
struct Index {
  std::string by;
  friend bool operator==(const Index&, const Index&) = default;
};
/// Divides what is left equally, among all or among those whose measure is above zero.
struct Equal {
  std::string among;
  friend bool operator==(const Equal&, const Equal&) = default;
};
/// In proportion to what.
enum class ProRataTo { claims, weights };
/// Divides what is left: by what is open of claims, at most that; or by weights, all of it.
struct ProRata {
  ProRataTo to;
  friend bool operator==(const ProRata&, const ProRata&) = default;
};
/// How long lots count as equally old.
enum class LotPeriod { day, month, quarter, year };
/// Pays open lots, the oldest period first, in proportion inside a period.
struct OldestFirst {
  LotPeriod period;
  friend bool operator==(const OldestFirst&, const OldestFirst&) = default;
};
/// Moves money between participants: whoever has less than the mean of the measure pays the difference times
/// the rate to those who have more, at most what they got.
struct Care {
  std::string measure;
  Factor rate;  ///< a number or a figure
  friend bool operator==(const Care&, const Care&) = default;
};
/// Says which part of what the pot paid is paid in cash: a part of the whole, divided like the whole.
struct Cash {
  Ratio part;
  friend bool operator==(const Cash&, const Cash&) = default;
};
/// What the pot paid to those whose measure is zero goes into another pot.
struct Unclaimed {
  std::string measure;
  std::string to;
  friend bool operator==(const Unclaimed&, const Unclaimed&) = default;
};

/// What a step does.
using Does = std::variant<Percentage, First, Claim, RatioCap, Cap, Floor, Weight, Index, Equal, ProRata,
                          OldestFirst, Care, Cash, Unclaimed>;
/// The name of what a step does: "percentage", "first", "claim", "ratio_cap" … in the order of Does.
std::string_view text_of(const Does& does);

/// A step of a rule: what it does with a pot.
struct Step {
  std::string pot;
  Does does;
  friend bool operator==(const Step&, const Step&) = default;
};

/// How a pot is divided: steps, one after the other. Never code.
struct SharingRule {
  std::string unit;  ///< the unit of account of its numbers; empty where any will do
  std::vector<Step> steps;
  friend bool operator==(const SharingRule&, const SharingRule&) = default;
};

/// Throws Refused: name_malformed, unless it is a small letter and up to 39 small letters, digits,
/// underlines.
void require_name(std::string_view name);

/// Refuses a rule that says nothing sure, naming the step: field_missing (no step), field_invalid, in the
/// order of the steps: too many of something; a part that is not above 0 and at most 100 %; a pot that
/// received nothing by then; claims, weights or payments that are used before there are any; a payment after
/// the part in cash was worked out; a pot that shares out more than its total; numbers that are money without
/// a unit.
void require_rule(const SharingRule& rule);

/// Whether the rule has amounts of money in it, and so is of one unit.
bool names_money(const SharingRule& rule);
/// Whether a loss can be divided by it: nothing of it is claimed, paid first, capped or moved.
bool divides_losses(const SharingRule& rule);

/// The factors of a step, in the order in which they stand there.
std::vector<Factor> factors_of(const Does& does);
/// The measures that a step reads besides its factors.
std::vector<std::string> measures_of(const Does& does);

}  // namespace coop::sharing
