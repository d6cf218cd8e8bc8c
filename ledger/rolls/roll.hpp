#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/dues/overdue.hpp"
#include "ledger/members/class_rule.hpp"
#include "ledger/members/meeting.hpp"
#include "ledger/members/membership.hpp"
#include "ledger/members/party.hpp"
#include "ledger/values/fraction.hpp"
#include "ledger/values/unit.hpp"

namespace coop::rolls {

/// Why a membership has no vote on a day.
enum class ExclusionKind {
  no_rule,  ///< no rule of its class is in force
  no_vote,  ///< its class has no vote
  applied,  ///< not admitted yet
  paused,
  suspended,
  left,
  deceased,
  no_heads,    ///< it votes by heads, and declared none
  in_arrears,  ///< something it owes is too late
  absent,      ///< too few meetings
};
/// "no_rule" …
std::string_view text_of(ExclusionKind kind);
/// Throws InvariantBroken for a word that is none.
ExclusionKind exclusion_kind_from(std::string_view text);

/// One reason, with its figures, in plain words: "owes 40.00 EUR since 2026-01-05: 85 days late, 60 are
/// allowed".
struct Exclusion {
  ExclusionKind kind;
  std::string words;  ///< never "; " in them
  friend bool operator==(const Exclusion&, const Exclusion&) = default;
};
/// "in_arrears: owes …; absent: …", "" where there is none.
std::string text_of(std::span<const Exclusion> exclusions);
/// The opposite of text_of.
std::vector<Exclusion> exclusions_from(std::string_view text);

/// What decides about one membership on a day.
struct VoterFacts {
  members::Membership membership;
  members::Party party;
  std::optional<int> heads = {};                        ///< that an organisation has declared by the day
  std::vector<members::ExpectedMeeting> meetings = {};  ///< of the last twelve months, for its class
  const dues::Overdue* overdue = nullptr;               ///< null: nothing is
  bool is_waived = false;  ///< the due for the period that holds the day is waived, all of it
};

/// A membership on the roll.
struct RollLine {
  MembershipId membership;
  std::string number;  ///< the member's
  std::string class_code;
  members::Standing standing;
  bool is_registered;  ///< admitted and still a member
  bool is_paid_up;     ///< owes nothing that is later than the rule allows, or is free of dues
  bool is_waived;      ///< paid up because the class is free of dues, or this period's due is waived
  std::int64_t votes;  ///< 0 of whoever is excluded
  std::vector<Exclusion> exclusions;
  bool is_eligible() const noexcept { return exclusions.empty(); }
  friend bool operator==(const RollLine&, const RollLine&) = default;
};

/// A class of members on the roll, and how many of it may vote.
struct RollClass {
  std::string code;
  std::string title;
  std::optional<int> rule;      ///< the number of the rule in force
  std::optional<Ratio> weight;  ///< the bloc's share of the whole vote; nothing: no vote
  members::OneVote one_vote;
  std::string words;  ///< the rule in plain words, "" if none is in force
  std::int64_t registered = 0;
  std::int64_t paid_up = 0;  ///< of those registered
  std::int64_t eligible = 0;
  std::int64_t votes = 0;
  friend bool operator==(const RollClass&, const RollClass&) = default;
};

/// Who may vote on a day: a line for every membership there had been by then.
struct Roll {
  Day as_of;
  std::optional<Instant> known_at;
  std::vector<RollClass> classes;  ///< by code
  std::vector<RollLine> lines;     ///< by member number, then membership
};
/// The class of this code. Throws InvariantBroken if the roll has none.
const RollClass& class_of(std::span<const RollClass> classes, std::string_view code);
/// The sums over all classes.
RollClass sum_of(std::span<const RollClass> classes);
/// What one member's votes are of the whole vote: bloc weight × its votes ÷ the bloc's votes. Nothing where
/// there is no vote.
std::optional<Fraction> share_of(const RollClass& of, std::int64_t votes);

/// Makes a roll, membership by membership, from facts as known at its moment.
class RollMaker {
 public:
  /// `units` are those in which anything is owed or obliged to.
  RollMaker(Day as_of, std::optional<Instant> known_at, std::span<const members::MemberClass> classes,
            std::map<UnitId, Unit> units);
  /// Whether the rule in force asks for attendance: only then are meetings looked at.
  bool needs_meetings(ClassId of) const;
  /// Adds the membership, unless it had not been applied for by then, or was taken back.
  void add(const VoterFacts& facts);
  /// The roll of all that were added.
  Roll finish();

 private:
  struct OfClass {
    std::size_t place;
    const members::AdoptedRule* adopted;
  };
  std::vector<Exclusion> exclusions_of(const VoterFacts& facts, const OfClass& of,
                                       members::Standing without) const;
  Exclusion arrears_of(const dues::Overdue& overdue, int allowed) const;
  Roll roll_;
  std::map<ClassId, OfClass> of_class_;
  std::map<UnitId, Unit> units_;
};

}  // namespace coop::rolls
