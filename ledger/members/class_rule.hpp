#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/values/day.hpp"
#include "ledger/values/ids.hpp"
#include "ledger/values/money.hpp"
#include "ledger/values/ratio.hpp"

namespace coop::members {

/// Within its bloc each member has one vote, or one for every head that it declares.
enum class OneVote { member, head_count };
/// "member" or "head_count".
std::string_view text_of(OneVote one_vote);
/// Throws Refused: field_invalid.
OneVote one_vote_from(std::string_view text);

/// What holds for a class of members from a day on, and the decision that adopted it.
struct ClassRule {
  Day from_on;
  std::optional<Ratio> weight = {};  ///< the bloc's share of the whole vote; nothing: no vote
  OneVote one_vote = OneVote::member;
  std::optional<Ratio> attendance = {};  ///< of the meetings of the last twelve months; nothing: none
  int grace_days = 0;                    ///< so many days after it was due an unpaid charge is no arrears yet
  int arrears_days = 0;                  ///< whoever owes something for more days than this is not paid up
  bool is_solidarity = false;            ///< free of dues
  std::optional<Money> obligation = {};  ///< what joining obliges to, in money, kind or hours
  std::string decision = {};
};

/// A rule as it was recorded.
struct AdoptedRule {
  int number;  ///< counts the class's rules from 1
  ClassRule rule;
  Instant recorded_at;
};

/// A class of members, or constituency: worker, user, supporter …
struct MemberClass {
  ClassId id;
  std::string code;
  std::string title;
  std::vector<AdoptedRule> rules;  ///< as recorded
};

/// The rule in force on a day, as known at an instant (nothing: now): of those that began by then the one
/// with the latest first day, and of one first day the one recorded last. Null if none was in force.
const AdoptedRule* find_rule_on(const MemberClass& of, Day day, std::optional<Instant> known_at = {});

/// Throws Refused: name_malformed (1 to 40 of a-z 0-9 -, beginning with a letter).
void require_class_code(std::string_view code);
/// Throws Refused naming the field: field_invalid (weight, attendance, grace_days, arrears_days, obligation,
/// decision).
void require_class_rule(const ClassRule& rule);
/// The rule in plain words; `obligation` is its amount as people write it, "" if there is none.
std::string words_of(const ClassRule& rule, std::string_view obligation);

}  // namespace coop::members
