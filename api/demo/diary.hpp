#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "ledger/books/draft.hpp"
#include "ledger/books/period_lock.hpp"
#include "ledger/values/day.hpp"

namespace coop::api::demo {

/// A line of a demonstration entry, before units and accounts have numbers. Debit positive.
struct DiaryLine {
  std::string account;
  std::string unit;
  std::int64_t minor;
  books::DimensionCodes about = {};

  /// The same line about a member, fund or cost object.
  DiaryLine of_member(const std::string& code) const;
  DiaryLine of_fund(const std::string& code) const;
  DiaryLine of_cost_object(const std::string& code) const;
};
/// A line on the debit side.
DiaryLine debit(std::string account, std::string unit, std::int64_t minor);
/// A line on the credit side.
DiaryLine credit(std::string account, std::string unit, std::int64_t minor);

/// An entry; `key` names it within the node for ever, so that loading twice records it once.
struct WrittenEntry {
  std::string key;
  Day day;
  std::string description;
  std::string reference;  ///< or empty
  std::vector<DiaryLine> lines;
  books::LateEntry late = books::LateEntry::refuse;
};
/// A reversal of an entry written before.
struct WrittenReversal {
  std::string key;
  std::string reversed_key;
  std::string description;
};
/// A hold.
struct WrittenHold {
  std::string key;
  std::string description;
  std::optional<Day> expires_on;
  std::vector<DiaryLine> lines;
};
/// A hold that is posted: whole where no lines are given.
struct UsedHold {
  std::string key;
  std::string hold_key;
  Day day;
  std::string description;
  std::vector<DiaryLine> lines;
};
/// A hold that is given up.
struct VoidedHold {
  std::string hold_key;
};
/// A period lock.
struct WrittenLock {
  books::LockKind kind;
  Day through_on;
  std::string reason;
};

/// One thing that is written into the books.
using WhatHappened =
    std::variant<WrittenEntry, WrittenReversal, WrittenHold, UsedHold, VoidedHold, WrittenLock>;

/// Something that was written into the books, and the day on which that was done.
struct Happening {
  Day written_on;
  WhatHappened what;
};

/// What the bookkeeper of one node wrote, to be played into real books. Bookkeeping is done on Fridays: what
/// happens in a week is written down at its end, as volunteers do.
class Diary {
 public:
  explicit Diary(std::string node) : node_{std::move(node)} {}
  const std::string& node() const noexcept { return node_; }

  /// Written on the first Friday on or after its day.
  void write(WrittenEntry entry);
  void write_on(Day day, WhatHappened what);
  /// Everything, in the order in which it was written: by day of writing, then by the entries' own days.
  std::vector<Happening> in_order() const;

 private:
  std::string node_;
  std::vector<Happening> happenings_;
};

/// The first Friday on or after `day`.
Day friday_from(Day day);

}  // namespace coop::api::demo
