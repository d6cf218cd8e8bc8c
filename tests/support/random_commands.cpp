#include "tests/support/random_commands.hpp"

#include "ledger/books/account_service.hpp"
#include "ledger/books/book_head_store.hpp"
#include "ledger/books/hold_service.hpp"
#include "ledger/books/period_lock_service.hpp"
#include "ledger/books/reversal_service.hpp"
#include "ledger/values/refusal.hpp"
#include "reports/account_reading.hpp"
#include "reports/turnover.hpp"

namespace coop::test {

using namespace books;

namespace {

constexpr std::array<const char*, 6> paths{"assets:bank",     "assets:till",       "income:dues",
                                           "expenses:server", "liabilities:wages", "equity:shares"};
constexpr std::array<const char*, 3> codes{"a", "b", "c"};

}  // namespace

RandomCommands::RandomCommands(std::uint64_t seed, std::string name)
    : random_{seed}, name_{std::move(name)}, clock_{instant_from_text("2026-02-01T08:00:00Z")} {}

std::string RandomCommands::path() {
  return once_in(150) ? "assets:nowhere"
                      : paths[static_cast<std::size_t>(below(static_cast<int>(paths.size())))];
}

Limits RandomCommands::limits() {
  Limits chosen;
  if (once_in(2)) chosen.lower = -below(120) + (once_in(20) ? 60 : 0);
  if (once_in(2)) chosen.upper = below(120) - (once_in(20) ? 60 : 0);
  return chosen;
}

// Mostly one that exists, now and then one that does not.
std::optional<std::int64_t> RandomCommands::number(std::int64_t known) {
  if (known == 0 || once_in(12)) return once_in(2) ? 0 : 1'000'000;
  return 1 + static_cast<std::int64_t>(random_() % static_cast<std::uint64_t>(known));
}

std::string RandomCommands::key() { return name_ + " " + std::to_string(++keys_); }

std::vector<ModelLine> RandomCommands::lines() {
  std::vector<ModelLine> made;
  const int pairs = once_in(25) ? 0 : 1 + below(3);
  for (int i = 0; i < pairs; ++i) {
    const std::string in = unit();
    const std::int64_t minor = (1 + below(60)) * (once_in(2) ? 1 : -1);
    made.push_back({path(), in, minor});
    made.push_back({path(), in, -minor});
    for (ModelLine* line : {&made[made.size() - 2], &made.back()}) {
      if (once_in(3))
        line->about[static_cast<std::size_t>(below(2))] =
            codes[static_cast<std::size_t>(below(once_in(8) ? 3 : 2))];
    }
  }
  if (!made.empty() && once_in(15)) made.back().minor += below(3) - 1;
  if (!made.empty() && once_in(30)) made.front().minor = 0;
  if (!made.empty() && once_in(30)) made.pop_back();
  return made;
}

ModelDraft RandomCommands::draft(const KnownNumbers& known) {
  if (!drafts_.empty() && once_in(6)) {
    ModelDraft again = drafts_[static_cast<std::size_t>(below(static_cast<int>(drafts_.size())))];
    if (once_in(4)) again.description += "!";
    return again;
  }
  ModelDraft made{key(), day(),  once_in(2) ? LateEntry::refuse : LateEntry::first_open_day, "As agreed", {},
                  {},    lines()};
  if (once_in(60)) made.description = std::string(1'001, 'x');
  if (once_in(12)) made.uses_hold = number(known.holds);
  drafts_.push_back(made);
  return made;
}

PostDrafts RandomCommands::posting(const KnownNumbers& known) {
  PostDrafts made{{}, once_in(3) ? Together::all_or_none : Together::each_alone, once_in(10)};
  const int count = once_in(20) ? 0 : 1 + below(4);
  for (int i = 0; i < count; ++i) made.drafts.push_back(draft(known));
  return made;
}

MakeHold RandomCommands::hold() {
  if (!holds_.empty() && once_in(8)) {
    MakeHold again = holds_[static_cast<std::size_t>(below(static_cast<int>(holds_.size())))];
    if (once_in(3)) again.description += "!";
    return again;
  }
  MakeHold made{key(), "Reserved", std::nullopt, lines()};
  if (!once_in(3)) made.expires_at = clock_ + std::chrono::minutes{below(600) - 20};
  holds_.push_back(made);
  return made;
}

PostHold RandomCommands::hold_posting(const KnownNumbers& known) {
  PostHold made{{key(), day(), LateEntry::first_open_day, "From the hold", {}, number(known.holds), {}}};
  if (once_in(4)) made.draft.lines = lines();
  return made;
}

ReadBalance RandomCommands::reading() {
  ReadBalance made{path(), unit(), std::nullopt, std::nullopt};
  if (!once_in(3)) made.as_of = day();
  if (!once_in(3)) made.known_at = clock_ - std::chrono::minutes{below(4'000) - 60};
  return made;
}

std::vector<Command> RandomCommands::openings() {
  std::vector<Command> made;
  const Day day = Day::parse("2025-12-01");
  for (const char* path : paths) {
    made.push_back({clock_, OpenAccount{path, "EUR", day, once_in(3) ? limits() : Limits{}}});
    if (!once_in(5)) made.push_back({clock_, OpenAccount{path, "JPY", day.plus_days(below(50)), {}}});
  }
  made.push_back({clock_, AddDimension{DimensionKind::fund, "a"}});
  made.push_back({clock_, AddDimension{DimensionKind::fund, "b"}});
  made.push_back({clock_, AddDimension{DimensionKind::member, "a"}});
  made.push_back({clock_, AddDimension{DimensionKind::member, "b"}});
  return made;
}

Command RandomCommands::next(const KnownNumbers& known) {
  clock_ += once_in(12) ? -std::chrono::minutes{below(90)} : std::chrono::minutes{below(45)};
  Command made{clock_, ExpireHolds{}};
  const int draw = below(110);
  if (draw < 3)
    made.what = OpenAccount{path(), unit(), Day::parse("2025-12-01").plus_days(below(60)), limits()};
  else if (draw < 8) made.what = ChangeAccount{path(), unit(), limits(), std::nullopt};
  else if (draw < 10) {
    std::vector<DimensionKind> required(once_in(3) ? 1 : 0, DimensionKind::member);
    made.what = ChangeAccount{path(), unit(), std::nullopt, std::move(required)};
  } else if (draw < 14) made.what = CloseAccount{path(), unit(), day()};
  else if (draw < 20) made.what = ReopenAccount{path(), unit()};
  else if (draw < 22) {
    const auto kind = once_in(2) ? DimensionKind::fund : DimensionKind::member;
    made.what = AddDimension{kind, codes[static_cast<std::size_t>(below(3))]};
  } else if (draw < 62) made.what = posting(known);
  else if (draw < 68) {
    const auto own_day = once_in(2) ? std::optional{day()} : std::nullopt;
    const auto late = once_in(3) ? LateEntry::refuse : LateEntry::first_open_day;
    made.what = ReverseEntry{key(), *number(known.entries), own_day, late};
  } else if (draw < 78) made.what = hold();
  else if (draw < 85) made.what = hold_posting(known);
  else if (draw < 90) made.what = VoidHold{*number(known.holds)};
  else if (draw < 93) made.what = ExpireHolds{};
  else if (draw < 95) {
    // Never through a day to come, which is refused: the courses begin on 2026-02-01.
    const auto kind = once_in(5) ? LockKind::hard : LockKind::soft;
    made.what = LockPeriod{kind, Day::parse("2025-12-20").plus_days(below(kind == LockKind::hard ? 15 : 42))};
  } else if (draw < 100) made.what = LiftLock{static_cast<int>(*number(known.locks))};
  else made.what = reading();
  return made;
}

namespace {

using UnitsByCode = std::map<std::string, Unit, std::less<>>;

std::string words_of_recorded(const Recorded& recorded) {
  return "entry " + std::to_string(recorded.number.number()) + " on " + recorded.booked_on.text() +
         (recorded.document_on ? " of " + recorded.document_on->text() : "") + " at " +
         coop::text_of(recorded.recorded_at) + (recorded.repeated ? " repeated" : "");
}

std::vector<DraftPosting> draft_postings_of(const std::vector<ModelLine>& lines, const UnitsByCode& units) {
  std::vector<DraftPosting> postings;
  for (const ModelLine& line : lines) {
    postings.push_back(
        {line.path, Money::of_minor(line.minor, units.find(line.unit)->second.id), line.about, ""});
  }
  return postings;
}

Draft draft_of(const ModelDraft& asked, const UnitsByCode& units) {
  Draft draft{fingerprint_of(asked.key),
              std::nullopt,
              asked.day,
              asked.late,
              asked.description,
              "",
              "",
              std::nullopt,
              std::nullopt,
              draft_postings_of(asked.lines, units)};
  if (asked.reverses) draft.reverses = EntryNumber{*asked.reverses};
  if (asked.uses_hold) draft.uses_hold = HoldNumber{*asked.uses_hold};
  return draft;
}

}  // namespace

std::vector<Draft> drafts_of(const std::vector<ModelDraft>& asked, const UnitsByCode& units) {
  std::vector<Draft> drafts;
  for (const ModelDraft& draft : asked) drafts.push_back(draft_of(draft, units));
  return drafts;
}

std::string told_of(const std::vector<Outcome>& outcomes) {
  std::string told;
  for (const Outcome& outcome : outcomes) {
    const auto* refused = std::get_if<Refused>(&outcome);
    told += (told.empty() ? "" : "; ") + (refused ? std::string{coop::text_of(refused->refusal()).code}
                                                  : words_of_recorded(std::get<Recorded>(outcome)));
  }
  return told;
}

namespace {

/// One visitor a command: what the services do, in the words of the model.
class CarriedOut {
 public:
  CarriedOut(Tx& tx, NodeId node, Instant now, const UnitsByCode& units, StandingCache& cache)
      : tx_{tx}, node_{node}, author_{std::nullopt, now}, units_{units}, cache_{cache} {}

  std::string operator()(const OpenAccount& asked) {
    const AccountDraft draft{asked.path, asked.unit,   AccountType::asset, "",
                             {},         asked.limits, asked.opened_on};
    return "account " + std::to_string(open_account(tx_, node_, draft, author_).id.number());
  }
  std::string operator()(const ChangeAccount& asked) {
    change_account(tx_, node_, asked.path, asked.unit, {std::nullopt, asked.required, asked.limits}, author_);
    return "changed";
  }
  std::string operator()(const CloseAccount& asked) {
    close_account(tx_, node_, asked.path, asked.unit, asked.last_day, author_);
    return "closed";
  }
  std::string operator()(const ReopenAccount& asked) {
    reopen_account(tx_, node_, asked.path, asked.unit, author_);
    return "reopened";
  }
  std::string operator()(const AddDimension& asked) {
    return "added " + std::to_string(add_dimensions(
                          tx_, node_, {{DimensionId{1}, asked.kind, asked.code, asked.code}}, author_));
  }
  std::string operator()(const PostDrafts& asked) {
    const std::vector<Draft> drafts = drafts_of(asked.drafts, units_);
    return told_of(post_cached(tx_, node_, drafts, asked.together, author_.now, cache_));
  }
  std::string operator()(const ReverseEntry& asked) {
    return words_of_recorded(
        reverse(tx_, node_, {fingerprint_of(asked.key), EntryNumber{asked.number}, asked.day, asked.late, ""},
                author_));
  }
  std::string operator()(const MakeHold& asked) {
    const HoldDraft draft{fingerprint_of(asked.key), std::nullopt, asked.expires_at,
                          asked.description,         "",           draft_postings_of(asked.lines, units_)};
    const MadeHold made = make_hold(tx_, node_, draft, author_);
    return "hold " + std::to_string(made.number.number()) + (made.repeated ? " repeated" : "");
  }
  std::string operator()(const PostHold& asked) {
    return words_of_recorded(post_hold(tx_, node_, draft_of(asked.draft, units_), author_));
  }
  std::string operator()(const VoidHold& asked) {
    return "voided at " +
           coop::text_of(*void_hold_of(tx_, node_, HoldNumber{asked.number}, author_).ended_at);
  }
  std::string operator()(const ExpireHolds&) {
    expire_holds(tx_, author_.now);
    return "looked";
  }
  std::string operator()(const LockPeriod& asked) {
    return "lock " +
           std::to_string(lock_period(tx_, node_, asked.kind, asked.through_on, "Closed", author_).number);
  }
  std::string operator()(const LiftLock& asked) {
    lift_lock(tx_, node_, asked.number, "Forgotten", author_);
    return "lifted";
  }
  std::string operator()(const ReadBalance& asked) {
    lock_book_head(tx_, node_);  // so that its place among the commands is known
    const auto account = reports::read_report_account(tx_, node_, asked.path, asked.unit);
    const auto extent = reports::read_extent(tx_, node_, {asked.as_of, asked.known_at});
    return "balance " +
           std::to_string(reports::read_turnover(tx_, node_, account.id, extent).balance_minor());
  }

 private:
  Tx& tx_;
  NodeId node_;
  Author author_;
  const UnitsByCode& units_;
  StandingCache& cache_;
};

/// One visitor a command: its words, for a failed test.
struct Words {
  std::string operator()(const OpenAccount& c) const {
    return "open " + c.path + " " + c.unit + " from " + c.opened_on.text();
  }
  std::string operator()(const ChangeAccount& c) const { return "change " + c.path + " " + c.unit; }
  std::string operator()(const CloseAccount& c) const {
    return "close " + c.path + " " + c.unit + " on " + c.last_day.text();
  }
  std::string operator()(const ReopenAccount& c) const { return "reopen " + c.path + " " + c.unit; }
  std::string operator()(const AddDimension& c) const {
    return "add " + std::string{text_of(c.kind)} + " " + c.code;
  }
  std::string operator()(const PostDrafts& c) const {
    std::string text = c.together == Together::all_or_none ? "post together" : "post each";
    if (c.dry_run) text += " (dry run)";
    for (const ModelDraft& draft : c.drafts) text += " {" + (*this)(draft) + "}";
    return text;
  }
  std::string operator()(const ReverseEntry& c) const {
    return "reverse " + std::to_string(c.number) + " as " + c.key;
  }
  std::string operator()(const MakeHold& c) const {
    return "hold " + c.key + (c.expires_at ? " until " + coop::text_of(*c.expires_at) : "") +
           (*this)(c.lines);
  }
  std::string operator()(const PostHold& c) const { return "post hold {" + (*this)(c.draft) + "}"; }
  std::string operator()(const VoidHold& c) const { return "void hold " + std::to_string(c.number); }
  std::string operator()(const ExpireHolds&) const { return "expire holds"; }
  std::string operator()(const LockPeriod& c) const { return "lock through " + c.through_on.text(); }
  std::string operator()(const LiftLock& c) const { return "lift lock " + std::to_string(c.number); }
  std::string operator()(const ReadBalance& c) const {
    return "read " + c.path + " " + c.unit + (c.as_of ? " as of " + c.as_of->text() : "") +
           (c.known_at ? " known at " + coop::text_of(*c.known_at) : "");
  }

  std::string operator()(const ModelDraft& draft) const {
    std::string text = draft.key + " on " + draft.day.text();
    if (draft.reverses) text += " reverses " + std::to_string(*draft.reverses);
    if (draft.uses_hold) text += " uses hold " + std::to_string(*draft.uses_hold);
    return text + (*this)(draft.lines);
  }
  std::string operator()(const std::vector<ModelLine>& lines) const {
    std::string text;
    for (const ModelLine& line : lines)
      text += ", " + line.path + " " + std::to_string(line.minor) + " " + line.unit;
    return text;
  }
};

}  // namespace

std::string carried_out(Tx& tx, NodeId node, const Command& command, const UnitsByCode& units,
                        StandingCache& cache) {
  return std::visit(CarriedOut{tx, node, command.now, units, cache}, command.what);
}

std::string text_of(const Command& command) {
  return "at " + coop::text_of(command.now) + ": " + std::visit(Words{}, command.what);
}

}  // namespace coop::test
