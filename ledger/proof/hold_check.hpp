#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "ledger/proof/outbox_check.hpp"

namespace coop::proof {

/// A row of `hold` with its row of `hold_end` and the entry that this names, as they were found.
struct RecordedHold {
  std::int64_t number;
  FoundInstant made_at;
  std::optional<FoundInstant> expires_at;
  std::int64_t posting_count;
  std::string end;  ///< "posted", "voided", "expired", or empty: open
  FoundInstant ended_at;
  std::optional<std::int64_t> entry;          ///< that it was posted as
  std::optional<std::int64_t> hold_of_entry;  ///< which hold that entry says it uses
  FoundInstant entry_recorded_at;
};

/// A part of the holds of a node in the order of their numbers, with their postings (`entry` is the hold's
/// number, `booked_on` means nothing) and the postings of the entries they were posted as.
struct HoldPage {
  std::vector<RecordedHold> holds;
  std::vector<RecordedPosting> postings;
  std::vector<RecordedPosting> posted;
  std::vector<std::shared_ptr<const void>> texts;  ///< keeps what the views look at
};

/// Checks the holds of a node: numbers without gap, ends that agree with entries, amounts within what was
/// reserved; and adds up what open holds reserve.
class HoldCheck {
 public:
  HoldCheck(const BookFacts& facts, const KeptHead& head) : facts_{facts}, head_{head} {}
  /// The next holds, in the order of their numbers: hold_missing, hold_inconsistent.
  void add(const HoldPage& page, Flaws& flaws);
  /// When all were taken: hold_missing, hold_inconsistent, event_inconsistent. True if as many entries use a
  /// hold as holds were posted; if not, the caller finds out which.
  bool finish(const Told& told, std::int64_t entries_with_hold, Flaws& flaws);
  /// What open holds reserve, by account.
  const std::map<std::int64_t, Reserved>& reserved() const noexcept { return reserved_; }
  std::int64_t count() const noexcept { return next_number_ - 1; }

 private:
  void check_hold(const RecordedHold& hold, std::span<const RecordedPosting> postings,
                  std::span<const RecordedPosting> posted, Flaws& flaws);
  void check_end(const RecordedHold& hold, Flaws& flaws);
  void reserve(const RecordedHold& hold, std::span<const RecordedPosting> postings);

  const BookFacts& facts_;
  const KeptHead& head_;
  std::int64_t next_number_ = 1;
  std::int64_t posted_ = 0;
  std::int64_t voided_ = 0;
  std::int64_t expired_ = 0;
  std::optional<FoundInstant> first_expiry_;
  std::map<std::int64_t, Reserved> reserved_;
};

/// Checks period locks: numbers without gap, no hard lock lifted, each told of in the outbox, the head's
/// closed days.
void check_locks(const BookFacts& facts, const KeptHead& head, const Told& told, Flaws& flaws);

}  // namespace coop::proof
