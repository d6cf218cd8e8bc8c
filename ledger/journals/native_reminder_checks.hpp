#pragma once
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "ledger/journals/native_dues_checks.hpp"

namespace coop::journals {

/// Follows the rows of reminders, messages and imported payments in a complete export and refuses the first
/// that contradicts the lines before it: unknown members, levels, charges and payments, numbers that have a
/// gap, messages whose charges do not add up, things that end twice.
class ReminderChecks {
 public:
  /// What the lines before have told.
  struct Before {
    const Scales& scales;
    const MemberChecks& members;
    const DuesChecks& dues;
  };
  /// True if the row is one of these. Throws Refused: import_contradicts, and what a value refuses.
  bool take(const NativeRow& row, const Before& before);
  /// At the end of the file. Throws Refused: import_contradicts.
  void finish() const;

 private:
  using Take = void (ReminderChecks::*)(JsonFields& row, const Before& before);
  static Take taker_of(std::string_view kind);
  void take_setting(JsonFields& row, const Before& before);
  void take_level(JsonFields& row, const Before& before);
  void take_text(JsonFields& row, const Before& before);
  void take_pause(JsonFields& row, const Before& before);
  void take_pause_end(JsonFields& row, const Before& before);
  void take_noticed(JsonFields& row, const Before& before);
  void take_noticed_end(JsonFields& row, const Before& before);
  void take_message(JsonFields& row, const Before& before);
  void take_message_charge(JsonFields& row, const Before& before);
  void take_message_end(JsonFields& row, const Before& before);
  void take_payment_row(JsonFields& row, const Before& before);

  using Pair = std::pair<std::int64_t, std::int64_t>;
  bool has_setting_ = false;
  std::map<std::int64_t, std::int64_t> levels_;  ///< how many, by level
  std::set<std::pair<Pair, std::string>> texts_;
  std::map<std::string, std::int64_t> pauses_;  ///< how many, by member
  std::set<std::pair<std::string, std::int64_t>> ended_pauses_;
  std::int64_t noticed_ = 0;
  std::set<std::int64_t> settled_;
  std::int64_t messages_ = 0;
  std::map<std::int64_t, int> scale_of_message_;
  std::map<std::int64_t, std::int64_t> unexplained_minor_;  ///< what is left of each message, by number
  std::set<Pair> message_charges_;
  std::set<std::int64_t> ended_messages_;
  std::set<std::int64_t> rows_of_payments_;
  std::set<std::string> row_hashes_;
};

}  // namespace coop::journals
