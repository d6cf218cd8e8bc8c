#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "ledger/rolls/frozen_roll.hpp"

namespace coop::rolls {

/// The recorded result of a vote, counted from 1 within its node.
using VoteNumber = Id<struct VoteKind, std::int32_t>;

/// How one class voted; numbers of votes.
struct Tally {
  std::string class_code;
  std::int64_t votes_for;
  std::int64_t votes_against;
  std::int64_t abstained;
  friend bool operator==(const Tally&, const Tally&) = default;
};

/// The result of a vote that was held elsewhere, to be recorded.
struct VoteDraft {
  RollNumber roll;  ///< under which it was held
  std::string title;
  std::optional<std::string> link = {};  ///< where it was held
  Day held_on;
  std::optional<Ratio> quorum = {};  ///< the share of all eligible votes that must be cast
  std::vector<Tally> tallies = {};
  std::string decision = {};                  ///< what was decided by it; "": nothing is said
  std::optional<VoteNumber> supersedes = {};  ///< the record that this one corrects
  std::string reason = {};                    ///< why it is corrected
};

/// A vote as it was recorded.
struct Vote {
  VoteNumber number;
  VoteDraft recorded;  ///< the tallies by class
  std::optional<VoteNumber> superseded_by;
  Instant recorded_at;
  std::optional<std::string> recorded_by;  ///< a user's name; empty: at the command line
};

/// What a vote comes to.
struct Outcome {
  std::int64_t eligible = 0;  ///< votes on the roll
  std::int64_t cast = 0;      ///< abstentions included
  std::int64_t votes_for = 0;
  std::int64_t votes_against = 0;
  std::int64_t abstained = 0;
  std::optional<std::int64_t> quorum_votes;  ///< so many votes must be cast; nothing: none is asked for
  bool quorum_met = true;
  /// Of the whole vote: the sum of bloc weight × for ÷ (for + against), the same of those against, and the
  /// weight of the blocs in which nobody voted either way.
  Fraction weighted_for{0};
  Fraction weighted_against{0};
  Fraction weighted_silent{0};
  std::optional<Fraction> share_for;          ///< weighted: for ÷ (for + against); nothing, if nobody voted
  std::optional<Fraction> share_for_by_head;  ///< the same by votes, each counting alike
};

/// Refuses what may not be recorded, with the first that applies: field_invalid (title, link, quorum,
/// decision, reason; a class twice), tally_impossible (a class has no vote on the roll, or fewer than were
/// counted; no tally at all), naming the field.
void require_vote(const VoteDraft& draft, std::span<const RollClass> classes);
/// Works it out, exactly.
Outcome outcome_of(std::span<const Tally> tallies, const std::optional<Ratio>& quorum,
                   std::span<const RollClass> classes);

}  // namespace coop::rolls
