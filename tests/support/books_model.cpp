#include "tests/support/books_model.hpp"

#include <algorithm>

#include "ledger/values/refusal.hpp"

namespace coop::test {

using namespace books;

namespace {

/// What a refused command ends in.
struct ModelRefusal {
  std::string code;
};

[[noreturn]] void refuse(std::string code) { throw ModelRefusal{std::move(code)}; }

bool same_account(const ModelLine& line, const std::string& path, const std::string& unit) {
  return line.path == path && line.unit == unit;
}

std::string text_or_dash(const std::optional<std::int64_t>& minor) {
  return minor ? std::to_string(*minor) : "-";
}

}  // namespace

bool ModelDraft::asks_the_same(const ModelDraft& other) const {
  return day == other.day && late == other.late && description == other.description &&
         reverses == other.reverses && uses_hold == other.uses_hold && lines == other.lines;
}

bool MakeHold::asks_the_same(const MakeHold& other) const {
  return description == other.description && expires_at == other.expires_at && lines == other.lines;
}

std::string BooksModel::answer(const Command& command) {
  BooksModel changed = *this;
  changed.now_ = command.now;
  try {
    std::string told = std::visit([&](const auto& asked) { return changed.done(asked); }, command.what);
    const auto* posting = std::get_if<PostDrafts>(&command.what);
    if (posting == nullptr || !posting->dry_run) *this = std::move(changed);
    return told;
  } catch (const ModelRefusal& refused) {
    return refused.code;
  }
}

std::string BooksModel::done(const OpenAccount& asked) {
  const auto& [lower, upper] = asked.limits;
  if ((lower && *lower > 0) || (upper && *upper < 0) || (lower && upper && *lower > *upper))
    refuse("limit_contradicts");
  if (find(asked.path, asked.unit) != nullptr) refuse("account_exists");
  accounts_.push_back({asked.path, asked.unit, asked.opened_on, std::nullopt, asked.limits, {}});
  tell();
  return "account " + std::to_string(accounts_.size());
}

std::string BooksModel::done(const ChangeAccount& asked) {
  expire();
  ModelAccount* account = find(asked.path, asked.unit);
  if (account == nullptr) refuse("account_unknown");
  if (asked.limits && outside(*account, *asked.limits)) refuse("limit_contradicts");
  if (asked.limits) account->limits = *asked.limits;
  if (asked.required) account->required = *asked.required;
  tell();
  return "changed";
}

std::string BooksModel::done(const CloseAccount& asked) {
  expire();
  ModelAccount* account = find(asked.path, asked.unit);
  if (account == nullptr) refuse("account_unknown");
  if (asked.last_day < account->opened_on) refuse("field_invalid");
  const Held reserved = held(asked.path, asked.unit);
  if (balance(asked.path, asked.unit) != 0 || reserved.debit != 0 || reserved.credit != 0)
    refuse("account_not_empty");
  for (const ModelEntry& entry : entries_) {
    for (const ModelLine& line : entry.draft.lines) {
      if (same_account(line, asked.path, asked.unit) && entry.booked_on > asked.last_day) {
        refuse("account_has_later_entries");
      }
    }
  }
  account->closed_on = asked.last_day;
  tell();
  return "closed";
}

std::string BooksModel::done(const ReopenAccount& asked) {
  ModelAccount* account = find(asked.path, asked.unit);
  if (account == nullptr) refuse("account_unknown");
  account->closed_on.reset();
  tell();
  return "reopened";
}

std::string BooksModel::done(const AddDimension& asked) {
  if (!dimensions_.emplace(asked.kind, asked.code).second) return "added 0";
  tell();
  return "added 1";
}

std::string BooksModel::done(const ReverseEntry& asked) {
  if (asked.number < 1 || asked.number > last_entry()) refuse("entry_unknown");
  const ModelEntry reversed = entries_[static_cast<std::size_t>(asked.number - 1)];
  ModelDraft draft{asked.key,           asked.day.value_or(reversed.booked_on),
                   asked.late,          "Reversal of entry " + std::to_string(asked.number),
                   asked.number,        std::nullopt,
                   reversed.draft.lines};
  for (ModelLine& line : draft.lines) line.minor = -line.minor;
  expire();
  const std::string outcome = posted({draft}).front();
  if (!outcome.starts_with("entry ")) refuse(outcome);
  return outcome;
}

std::string BooksModel::done(const MakeHold& asked) {
  for (std::size_t i = 0; i < holds_.size(); ++i) {
    if (holds_[i].asked.key != asked.key) continue;
    if (!holds_[i].asked.asks_the_same(asked)) refuse("key_reused");
    return "hold " + std::to_string(i + 1) + " repeated";
  }
  expire();
  const Instant made_at = recording_instant();
  const Day today = day_in_zone(made_at, time_zone_);
  ModelEntry ignored{{"", today, LateEntry::refuse, ""}, today, std::nullopt, made_at};
  const ModelDraft as_entry{"", today, LateEntry::refuse, asked.description, {}, {}, asked.lines};
  if (const std::string code = broken_rule(as_entry, true, ignored); !code.empty()) refuse(code);
  holds_.push_back({asked, "open", {}});
  if (const std::string code = broken_limit(asked.lines); !code.empty()) refuse(code);
  if (asked.expires_at && *asked.expires_at <= made_at) refuse("field_invalid");
  tell();
  return "hold " + std::to_string(holds_.size());
}

std::string BooksModel::done(const PostHold& asked) {
  ModelDraft draft = asked.draft;
  if (draft.lines.empty()) {
    if (*draft.uses_hold < 1 || *draft.uses_hold > last_hold()) refuse("hold_unknown");
    draft.lines = holds_[static_cast<std::size_t>(*draft.uses_hold - 1)].asked.lines;
  }
  expire();
  const std::string outcome = posted({draft}).front();
  if (!outcome.starts_with("entry ")) refuse(outcome);
  return outcome;
}

std::string BooksModel::done(const VoidHold& asked) {
  expire();
  if (asked.number < 1 || asked.number > last_hold()) refuse("hold_unknown");
  ModelHold& hold = holds_[static_cast<std::size_t>(asked.number - 1)];
  if (hold.state != "voided" && hold.state != "open") refuse("hold_not_open");
  if (hold.state == "open") {
    hold.state = "voided";
    hold.ended_at = recording_instant();
    tell();
  }
  return "voided at " + coop::text_of(hold.ended_at);
}

std::string BooksModel::done(const ExpireHolds&) {
  expire();
  return "looked";
}

std::string BooksModel::done(const LockPeriod& asked) {
  locks_.push_back({asked.kind, asked.through_on, false});
  tell();
  return "lock " + std::to_string(locks_.size());
}

std::string BooksModel::done(const LiftLock& asked) {
  if (asked.number < 1 || asked.number > last_lock()) refuse("lock_unknown");
  ModelLock& lock = locks_[static_cast<std::size_t>(asked.number - 1)];
  if (lock.kind == LockKind::hard) refuse("lock_is_hard");
  if (lock.lifted) refuse("lock_lifted_already");
  lock.lifted = true;
  tell();
  return "lifted";
}

std::string BooksModel::done(const ReadBalance& asked) {
  if (find(asked.path, asked.unit) == nullptr) refuse("account_unknown");
  std::int64_t sum = 0;
  for (const ModelEntry& entry : entries_) {
    if (asked.as_of && entry.booked_on > *asked.as_of) continue;
    if (asked.known_at && entry.recorded_at > *asked.known_at) continue;
    for (const ModelLine& line : entry.draft.lines)
      sum += same_account(line, asked.path, asked.unit) ? line.minor : 0;
  }
  return "balance " + std::to_string(sum);
}

std::vector<std::int64_t> BooksModel::holds_due(Instant now) const {
  std::vector<std::int64_t> due;
  for (std::size_t i = 0; i < holds_.size(); ++i) {
    const auto& expires_at = holds_[i].asked.expires_at;
    if (holds_[i].state == "open" && expires_at && *expires_at <= now)
      due.push_back(static_cast<std::int64_t>(i) + 1);
  }
  return due;
}

void BooksModel::expire() {
  const std::vector<std::int64_t> due = holds_due(now_);
  for (const std::int64_t number : due) {
    ModelHold& hold = holds_[static_cast<std::size_t>(number - 1)];
    hold.state = "expired";
    hold.ended_at = now_;
  }
  if (!due.empty()) tell();
}

void BooksModel::tell() {
  last_recorded_at_ = recording_instant();
  ++last_event_;
}

std::optional<Day> BooksModel::locked_through() const {
  std::optional<Day> last;
  for (const ModelLock& lock : locks_) {
    if (!lock.lifted && (!last || lock.through_on > *last)) last = lock.through_on;
  }
  return last;
}

const BooksModel::ModelAccount* BooksModel::find(const std::string& path, const std::string& unit) const {
  for (const ModelAccount& account : accounts_) {
    if (account.path == path && account.unit == unit) return &account;
  }
  return nullptr;
}

BooksModel::ModelAccount* BooksModel::find(const std::string& path, const std::string& unit) {
  return const_cast<ModelAccount*>(std::as_const(*this).find(path, unit));
}

std::int64_t BooksModel::balance(const std::string& path, const std::string& unit) const {
  std::int64_t sum = 0;
  for (const ModelEntry& entry : entries_) {
    for (const ModelLine& line : entry.draft.lines) sum += same_account(line, path, unit) ? line.minor : 0;
  }
  return sum;
}

BooksModel::Held BooksModel::held(const std::string& path, const std::string& unit) const {
  Held reserved;
  for (const ModelHold& hold : holds_) {
    if (hold.state != "open") continue;
    for (const ModelLine& line : hold.asked.lines) {
      if (same_account(line, path, unit))
        (line.minor > 0 ? reserved.debit : reserved.credit) += std::abs(line.minor);
    }
  }
  return reserved;
}

bool BooksModel::outside(const ModelAccount& account, const Limits& limits) const {
  const std::int64_t now = balance(account.path, account.unit);
  const Held reserved = held(account.path, account.unit);
  return (limits.lower && limits.upper && *limits.lower > *limits.upper) ||
         (limits.lower && now - reserved.credit < *limits.lower) ||
         (limits.upper && now + reserved.debit > *limits.upper);
}

bool BooksModel::is_reversed(std::int64_t number) const {
  return std::any_of(entries_.begin(), entries_.end(),
                     [&](const ModelEntry& entry) { return entry.draft.reverses == number; });
}

std::string BooksModel::state() const {
  std::set<std::string> lines;
  for (const ModelAccount& account : accounts_) {
    const Held reserved = held(account.path, account.unit);
    lines.insert(account.path + " " + account.unit + " " +
                 std::to_string(balance(account.path, account.unit)) + " " + std::to_string(reserved.debit) +
                 "/" + std::to_string(reserved.credit) + " " + text_or_dash(account.limits.lower) + ".." +
                 text_or_dash(account.limits.upper) + " " +
                 (account.closed_on ? account.closed_on->text() : "open"));
  }
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

}  // namespace coop::test
