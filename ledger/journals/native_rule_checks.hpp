#pragma once
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "ledger/journals/native_match_checks.hpp"

namespace coop::journals {

/// Follows the rows of rules for lines of the bank, and refuses the first that contradicts the lines before
/// it: versions, replays and steps that do not follow on each other, rules that post without a replay of just
/// that version, matches that nobody decided and no rule might make, words of no match.
class RuleChecks {
 public:
  /// What the lines before have told.
  struct Before {
    const BankChecks& bank;
    const MatchChecks& matches;
    const MemberChecks& members;
    const BankChecks::Accounts& accounts;
    const Scales& scales;
  };
  /// True if the row is one of rules. Throws Refused: import_contradicts, and what a value refuses.
  bool take(const NativeRow& row, const Before& before);
  /// At the end of the file. Throws Refused: import_contradicts.
  void finish(const MatchChecks& matches) const;

 private:
  struct KnownReplay {
    std::int64_t version;
    bool agrees;
  };
  struct KnownStep {
    std::string kind;
    std::int64_t version;
    Instant recorded_at;
  };
  struct KnownRule {
    std::vector<Instant> versions;
    std::vector<KnownReplay> replays;
    std::vector<KnownStep> steps;
  };
  struct Use {
    std::int64_t rule;
    std::int64_t version;
  };
  using Take = void (RuleChecks::*)(JsonFields& row, const Before& before);
  static Take taker_of(std::string_view kind);
  void take_version(JsonFields& row, const Before& before);
  void take_order(JsonFields& row, const Before& before);
  void take_replay(JsonFields& row, const Before& before);
  void take_step(JsonFields& row, const Before& before);
  void take_match_rule(JsonFields& row, const Before& before);
  void take_match_word(JsonFields& row, const Before& before);
  KnownRule& rule_of(std::int64_t number);
  std::int64_t version_of(JsonFields& row, const KnownRule& rule) const;
  bool might_post(const Use& use, Instant at) const;

  std::vector<KnownRule> rules_;
  std::int64_t orders_ = 0;
  std::map<std::int64_t, Use> uses_;  ///< by match
  std::set<std::tuple<std::string, bool, std::int64_t>> words_;
};

}  // namespace coop::journals
