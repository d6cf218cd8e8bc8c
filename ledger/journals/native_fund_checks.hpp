#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "ledger/books/dimension.hpp"
#include "ledger/books/entry.hpp"
#include "ledger/funds/spending_rule.hpp"
#include "ledger/journals/json_fields.hpp"
#include "ledger/journals/native_bank_checks.hpp"
#include "ledger/journals/native_disbursement_checks.hpp"
#include "ledger/journals/native_member_checks.hpp"
#include "ledger/journals/native_row.hpp"
#include "ledger/values/day.hpp"

namespace coop::journals {

/// What entries spend of funds, by entry, fund, cost object, unit and type of account: debits are positive.
class FundSpending {
 public:
  /// One posting about a fund.
  void add(const books::Entry& entry, const std::string& fund, const std::string& cost_object,
           const std::string& unit, const std::string& type, std::int64_t minor);
  /// The day of an entry with postings about funds; nothing of others.
  std::optional<Day> day_of(std::int64_t entry) const;
  /// What an entry takes off a fund; of money of others also off what is owed to them.
  std::int64_t spent(std::int64_t entry, const std::string& fund, const std::string& cost_object,
                     const std::string& unit, bool is_held) const;

 private:
  struct Line {
    std::string cost_object;
    std::string unit;
    bool is_owed;
    std::int64_t minor;
  };
  std::map<std::pair<std::int64_t, std::string>, std::vector<Line>> lines_;
  std::map<std::int64_t, Day> days_;
};

/// Follows the rows of funds and spending mandates in a complete export, and refuses the first that
/// contradicts the lines before it: unknown funds, units, accounts and members, numbers that have a gap,
/// terms that are not whole, hours that do not make the amount, draws out of their time, after the recall,
/// beyond the mandate, before its approval, of entries that do not spend so much or are of another time, or
/// for a member out of an indivisible fund, and orders of payment that their mandate does not bear.
class FundChecks {
 public:
  /// What the lines before have told.
  struct Before {
    const Scales& scales;
    const BankChecks::Accounts& accounts;
    const std::map<std::pair<books::DimensionKind, std::string>, int>& dimensions;
    const MemberChecks& members;
    const FundSpending& spending;
    const DisbursementChecks& disbursements;
    std::int64_t last_entry;
  };
  /// True if the row is one of these. Throws Refused: import_contradicts, and what a value refuses.
  bool take(const NativeRow& row, const Before& before);
  /// At the end of the file, with the payments that leave, and what names the pay runs that drew a mandate:
  /// what an order rests on that pays them. Throws Refused: import_contradicts.
  void finish(const DisbursementChecks& disbursements, const std::set<std::string>& drawn_by_runs);
  /// Fund and amount of each mandate, in the order of their numbers.
  const std::vector<std::pair<std::string, std::int64_t>>& mandates() const { return granted_; }
  /// How many rules of spending the lines before have told.
  std::int64_t rules() const { return static_cast<std::int64_t>(rules_.size()); }

 private:
  struct KnownTerm {
    std::string unit;
    bool is_held;
    bool is_indivisible;
    Day from_on;
    Instant recorded_at;
    std::int64_t buffers_said;
    std::int64_t accounts_said;
    std::int64_t buffers = 0;
    std::set<std::string> accounts = {};
  };
  struct KnownDraw {
    std::int64_t minor;
    std::int64_t minutes;
    std::int64_t entry;  ///< 0: none yet
    Instant recorded_at;
    bool is_live = true;
  };
  struct KnownMandate {
    std::string fund;
    std::string cost_object;
    std::string unit;
    std::int64_t minor;
    std::int64_t minutes;
    Day from_on;
    Day until_on;
    std::string recorded_by;
    std::int64_t approvals;
    std::int64_t steps = 0;
    bool is_recalled = false;
    std::optional<Instant> recalled_at = {};
    std::set<std::string> approvers = {};
    std::int64_t drawn = 0;
    std::int64_t drawn_minutes = 0;
    std::map<std::int64_t, KnownDraw> draws = {};
  };
  void take_term(JsonFields& row, const Before& before);
  void take_buffer(JsonFields& row);
  void take_account(JsonFields& row, const Before& before);
  void take_rule(JsonFields& row, const Before& before);
  void take_order(JsonFields& row, const Before& before);
  UnitId unit_of(const std::string& code);
  std::vector<funds::SpendingRule> rules_up_to(std::int64_t number) const;
  void take_mandate(JsonFields& row, const Before& before);
  void take_step(JsonFields& row, const Before& before);
  void take_draw(JsonFields& row, KnownMandate& mandate, const Before& before);
  void take_end(JsonFields& row, KnownMandate& mandate, const std::string& kind, const Before& before);
  /// `last_day` is the last of which the entry may be, if there is one.
  void spend(const KnownMandate& mandate, const KnownDraw& draw, std::optional<Day> last_day,
             const Before& before);
  bool is_indivisible(const std::string& fund, Day day, Instant known_at) const;
  KnownTerm& term_of(JsonFields& row);

  std::map<std::string, std::vector<KnownTerm>> terms_;
  std::vector<KnownMandate> mandates_;
  std::vector<std::pair<std::string, std::int64_t>> granted_;
  std::vector<funds::SpendingRule> rules_;
  std::map<std::string, UnitId> units_;                                    ///< ids of our own, by code
  std::set<std::pair<std::int64_t, std::int64_t>> mandated_;               ///< by disbursement and order
  std::map<std::pair<std::int64_t, std::string>, std::int64_t> drawn_of_;  ///< by entry and fund
};

}  // namespace coop::journals
