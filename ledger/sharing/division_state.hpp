#pragma once
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/sharing/division.hpp"

namespace coop::sharing {

/// A pot while it is divided. Amounts are magnitudes in minor units; lists have one element for each
/// participant.
struct OpenPot {
  std::string name;
  std::int64_t wanted = 0;
  std::int64_t received = 0;
  std::int64_t passed_on = 0;
  std::int64_t paid = 0;
  std::optional<std::int64_t> most{};        ///< what may be paid in all
  std::vector<std::int64_t> claimed{};       ///< by claims and by fixed amounts paid first, added up
  std::vector<std::int64_t> claimed_lots{};  ///< of what is open of earlier times
  std::vector<std::int64_t> lots{};          ///< what is open of earlier times, where a step pays it
  std::vector<std::int64_t> least{};         ///< nobody gets less
  std::vector<std::int64_t> paid_to{};
  std::vector<Fraction> weights{};  ///< empty until a step gives some
  std::vector<std::optional<std::int64_t>> most_each{};
  std::vector<std::optional<std::int64_t>> in_cash{};
  std::vector<Fraction> divided_by{};  ///< of its only division; empty if there was none, or more
  bool divided_by_amounts = false;     ///< divided_by are minor units
  int divisions = 0;
  std::vector<Line> why{};

  std::int64_t left() const { return received - passed_on - paid; }
  /// What may still be paid to participants.
  std::int64_t payable() const;
  /// What a participant was promised in all by the steps so far: what is claimed and paid first, added up,
  /// lots once; no less than the floor, and no more than the cap.
  std::int64_t promised(std::size_t participant) const;
};

/// A participant while a pot is divided.
struct OpenShare {
  Participant is;  ///< measures may be lowered
  std::int64_t moved = 0;
  std::vector<std::int64_t> paid_of_lots{};
  std::vector<PaidLot> lots{};
  std::vector<Line> why{};
};

/// A division in the making: does one step after the other.
class DivisionState {
 public:
  /// `participants` are in order and have been judged, as the pot and the values.
  DivisionState(const Pot& pot, std::vector<Participant> participants, std::span<const PlaceValue> values);
  /// Does the next step.
  void take(const Step& step);
  /// What became of it. The state is spent then.
  Division result() &&;

  /// A step of each kind; called by take().
  void operator()(const Percentage& does);
  void operator()(const First& does);
  void operator()(const Claim& does);
  void operator()(const RatioCap& does);
  void operator()(const Cap& does);
  void operator()(const Floor& does);
  void operator()(const Weight& does);
  void operator()(const Index& does);
  void operator()(const Equal& does);
  void operator()(const ProRata& does);
  void operator()(const OldestFirst& does);
  void operator()(const Care& does);
  void operator()(const Cash& does);
  void operator()(const Unclaimed& does);

 private:
  /// The open pot of this name, begun if there is none yet.
  OpenPot& pot_named(const std::string& name);
  OpenPot& here() { return pots_[here_]; }
  Fraction number_of(const Factor& factor, const Participant& participant) const;
  Fraction product_of(const Product& product, const Participant& participant) const;
  std::vector<Input> inputs_of(const Product& product, const Participant& participant) const;
  std::int64_t minor_of(const Fraction& units) const;
  std::vector<std::int64_t> minors_of(const Product& product) const;
  Input amount(std::string name, std::int64_t minor) const;
  Fraction signed_amount(Fraction minor) const;
  Line line(LineKind kind) const;

  std::int64_t got(std::size_t participant) const;
  void put(const std::string& name, std::int64_t wanted, std::int64_t received);
  void note_division(std::vector<Fraction> weights, bool are_amounts);
  /// Pays what is wanted, or what the pot covers of it in proportion; tells of each amount that is wanted.
  /// Returns what each was paid.
  std::vector<std::int64_t> pay_up_to(std::vector<std::int64_t> wanted, LineKind kind, const Product& product,
                                      const std::string& name = {});
  /// Pays what is wanted, and no more than what was promised in all and not paid yet.
  void pay_promised(std::vector<std::int64_t> wanted, LineKind kind, const Product& product);
  void share_out(const std::vector<Fraction>& weights, LineKind kind);
  /// What each pays or gets, of `all`, by shares that are divided among the positive ones.
  void move(const std::vector<Fraction>& differences, const Fraction& mean, const Fraction& rate,
            const std::string& measure);

  const Pot& pot_;
  std::span<const PlaceValue> values_;
  std::int64_t sign_;
  Fraction units_;  ///< minor units of a whole unit
  std::deque<OpenPot> pots_;
  std::vector<OpenShare> shares_;
  std::size_t here_ = 0;
  int step_ = 0;
};

}  // namespace coop::sharing
