#pragma once
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "ledger/proof/derived_check.hpp"

namespace coop::proof {

/// A row of `event` as it was found.
struct RecordedEvent {
  std::int64_t number;
  FoundInstant recorded_at;
  std::string kind;
  std::optional<std::int64_t> first_entry;
  std::optional<std::int64_t> last_entry;
  std::string body;  ///< JSON, or empty
};

/// How many things the outbox has told of.
struct Told {
  std::int64_t entries = 0;  ///< the last entry told of
  std::int64_t holds = 0;
  std::int64_t voided = 0;
  std::int64_t expired = 0;
  std::int64_t locks = 0;
  std::int64_t unlocks = 0;
};

/// Checks that the outbox tells of every entry exactly once and in order, at the moment it was recorded, and
/// of every hold and lock in the order of their numbers. Takes events and stretches side by side.
class OutboxCheck {
 public:
  explicit OutboxCheck(const KeptHead& head) : head_{head} {}

  /// The next event, in the order of their numbers: event_missing, event_inconsistent.
  void add(const RecordedEvent& event, Flaws& flaws);
  /// Says that all events below `number` were taken: event_missing.
  void skip_to(std::int64_t number, Flaws& flaws);
  /// The moments of entries; before the events that tell of them are compared.
  void add(const std::vector<RecordedTogether>& runs) {
    if (next_number_ > head_.last_event && batches_.empty()) return;  // nothing is left to compare them with
    runs_.insert(runs_.end(), runs.begin(), runs.end());
  }
  /// Compares what was told of with the moments of the entries up to `last_entry`.
  void compare(std::int64_t last_entry, Flaws& flaws);
  /// True while events are needed to tell of all entries up to `last_entry`.
  bool needs_more(std::int64_t last_entry) const {
    return told_.entries < last_entry && next_number_ <= head_.last_event;
  }
  /// What was recorded together, as told of and not yet forgotten; compare() forgets what it is done with.
  const std::vector<RecordedTogether>& batches() const noexcept { return batches_; }
  std::int64_t next_number() const noexcept { return next_number_; }
  /// When all events were taken: event_missing at the end, and the head's moment.
  void finish(Flaws& flaws);
  const Told& told() const noexcept { return told_; }

 private:
  void add_entries(const RecordedEvent& event, Flaws& flaws);
  void add_other(const RecordedEvent& event, Flaws& flaws);

  const KeptHead& head_;
  std::int64_t next_number_ = 1;
  std::optional<FoundInstant> last_recorded_at_;
  Told told_;
  std::vector<RecordedTogether> batches_;
  std::deque<RecordedTogether> runs_;
};

}  // namespace coop::proof
