#pragma once
#include <map>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "ledger/books/account.hpp"
#include "ledger/books/draft.hpp"
#include "ledger/books/period_lock.hpp"
#include "ledger/books/posting_service.hpp"

namespace coop::test {

// Commands to the books of one node, and what must come of them: written from the documented rules, in the
// simplest way, apart from the code it judges. Everything is recomputed from lists at each step.

/// A line, its account by path and unit code.
struct ModelLine {
  std::string path;
  std::string unit;
  std::int64_t minor;
  books::DimensionCodes about = {};
  friend bool operator==(const ModelLine&, const ModelLine&) = default;
};

/// An entry that is asked for.
struct ModelDraft {
  std::string key;
  Day day;
  books::LateEntry late;
  std::string description;
  std::optional<std::int64_t> reverses = {};
  std::optional<std::int64_t> uses_hold = {};
  std::vector<ModelLine> lines = {};
  bool asks_the_same(const ModelDraft& other) const;
};

struct OpenAccount {
  std::string path;
  std::string unit;
  Day opened_on;
  books::Limits limits;
};
struct ChangeAccount {
  std::string path;
  std::string unit;
  std::optional<books::Limits> limits;
  std::optional<std::vector<books::DimensionKind>> required;
};
struct CloseAccount {
  std::string path;
  std::string unit;
  Day last_day;
};
struct ReopenAccount {
  std::string path;
  std::string unit;
};
struct AddDimension {
  books::DimensionKind kind;
  std::string code;
};
struct PostDrafts {
  std::vector<ModelDraft> drafts;
  books::Together together;
  bool dry_run;
};
struct ReverseEntry {
  std::string key;
  std::int64_t number;
  std::optional<Day> day;
  books::LateEntry late;
};
struct MakeHold {
  std::string key;
  std::string description;
  std::optional<Instant> expires_at;
  std::vector<ModelLine> lines;
  bool asks_the_same(const MakeHold& other) const;
};
struct PostHold {
  ModelDraft draft;
};
struct VoidHold {
  std::int64_t number;
};
struct ExpireHolds {};
struct LockPeriod {
  books::LockKind kind;
  Day through_on;
};
struct LiftLock {
  int number;
};

/// What an account's balance was at the end of a day, as known at an instant; without them, now.
struct ReadBalance {
  std::string path;
  std::string unit;
  std::optional<Day> as_of;
  std::optional<Instant> known_at;
};

/// A command, and when it is given.
struct Command {
  Instant now;
  std::variant<OpenAccount, ChangeAccount, CloseAccount, ReopenAccount, AddDimension, PostDrafts,
               ReverseEntry, MakeHold, PostHold, VoidHold, ExpireHolds, LockPeriod, LiftLock, ReadBalance>
      what;
};
/// The command in a few words, for a failed test.
std::string text_of(const Command& command);

/// The books of one node as the documentation says they are. Copyable: a command that is refused leaves them
/// unchanged.
class BooksModel {
 public:
  explicit BooksModel(std::string time_zone) : time_zone_{std::move(time_zone)} {}

  /// Does what is asked, and says what came of it: "entry 12 on 2026-01-31 …", "hold 3", or a refusal's code.
  std::string answer(const Command& command);
  /// Every account, a line each: path, unit, balance, what holds reserve, limits, closing day.
  std::string state() const;
  /// How many events the outbox holds of it, and the instant of the last.
  std::int64_t last_event() const { return last_event_; }
  Instant last_recorded_at() const { return last_recorded_at_; }
  /// The open holds that have expired by then, by number.
  std::vector<std::int64_t> holds_due(Instant now) const;

  std::int64_t last_entry() const { return static_cast<std::int64_t>(entries_.size()); }
  std::int64_t last_hold() const { return static_cast<std::int64_t>(holds_.size()); }
  int last_lock() const { return static_cast<int>(locks_.size()); }

 private:
  struct ModelAccount {
    std::string path;
    std::string unit;
    Day opened_on;
    std::optional<Day> closed_on;
    books::Limits limits;
    std::vector<books::DimensionKind> required;
  };
  struct ModelEntry {
    ModelDraft draft;
    Day booked_on;
    std::optional<Day> document_on;
    Instant recorded_at;
  };
  struct ModelHold {
    MakeHold asked;
    std::string state;
    Instant ended_at;
  };
  struct ModelLock {
    books::LockKind kind;
    Day through_on;
    bool lifted;
  };
  struct Held {
    std::int64_t debit = 0;
    std::int64_t credit = 0;
  };

  std::string done(const OpenAccount& asked);
  std::string done(const ChangeAccount& asked);
  std::string done(const CloseAccount& asked);
  std::string done(const ReopenAccount& asked);
  std::string done(const AddDimension& asked);
  std::string done(const PostDrafts& asked);
  std::string done(const ReverseEntry& asked);
  std::string done(const MakeHold& asked);
  std::string done(const PostHold& asked);
  std::string done(const VoidHold& asked);
  std::string done(const ExpireHolds& asked);
  std::string done(const LockPeriod& asked);
  std::string done(const LiftLock& asked);
  std::string done(const ReadBalance& asked);

  /// The outcomes of drafts, one text each; those accepted are entries afterwards.
  std::vector<std::string> posted(const std::vector<ModelDraft>& drafts);
  /// The code of the first rule an entry would break, in the documented order, or "".
  std::string broken_rule(const ModelDraft& draft, bool is_hold, ModelEntry& accepted) const;
  std::string broken_content_rule(const ModelDraft& draft) const;
  std::string broken_link_rule(const ModelDraft& draft) const;
  std::string broken_limit(const std::vector<ModelLine>& touched) const;
  bool exceeds(const ModelHold& hold, const std::vector<ModelLine>& lines) const;
  bool outside(const ModelAccount& account, const books::Limits& limits) const;

  void expire();
  void tell();  ///< something is recorded now
  Instant recording_instant() const { return std::max(last_recorded_at_, now_); }
  std::optional<Day> locked_through() const;
  ModelAccount* find(const std::string& path, const std::string& unit);
  const ModelAccount* find(const std::string& path, const std::string& unit) const;
  std::int64_t balance(const std::string& path, const std::string& unit) const;
  Held held(const std::string& path, const std::string& unit) const;
  bool is_reversed(std::int64_t number) const;

  std::string time_zone_;
  Instant now_{};
  Instant last_recorded_at_{};
  std::int64_t last_event_ = 0;
  std::vector<ModelAccount> accounts_;
  std::set<std::pair<books::DimensionKind, std::string>> dimensions_;
  std::vector<ModelEntry> entries_;
  std::vector<ModelHold> holds_;
  std::vector<ModelLock> locks_;
};

}  // namespace coop::test
