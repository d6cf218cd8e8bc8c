#include "api/demo/players.hpp"

#include "ledger/books/hold_service.hpp"
#include "ledger/books/period_lock_service.hpp"
#include "ledger/books/posting_service.hpp"
#include "ledger/books/reversal_service.hpp"

namespace coop::api::demo {

using namespace books;

namespace {

/// Fridays at four in the afternoon, UTC; what follows the entries comes a second later each.
Instant afternoon_of(Day day) {
  return Instant{std::chrono::hours{24} * day.count()} + std::chrono::hours{16};
}

bool is_locked_already(Tx& tx, NodeId node, const WrittenLock& lock) {
  for (const PeriodLock& known : read_period_locks(tx, node)) {
    if (known.kind == lock.kind && known.through_on == lock.through_on && known.reason == lock.reason)
      return true;
  }
  return false;
}

}  // namespace

Fingerprint key_of(const std::string& node, const std::string& key) {
  return fingerprint_of("coopledger demo " + node + " " + key);
}

/// One day's writing: its entries first, together, then everything else, in order.
struct DiaryPlayer::Friday {
  Day day;
  std::vector<const WrittenEntry*> entries;
  std::vector<const WhatHappened*> others;
};

DiaryPlayer::DiaryPlayer(Database& database, NodeId node, std::optional<UserId> bookkeeper,
                         const Units& units)
    : database_{database}, node_{node}, bookkeeper_{bookkeeper}, units_{units} {}

void DiaryPlayer::play(const Diary& diary, DemoReport& report) {
  node_name_ = diary.node();
  const auto happenings = diary.in_order();
  std::vector<Friday> fridays;
  for (const Happening& happening : happenings) {
    if (fridays.empty() || fridays.back().day != happening.written_on) {
      fridays.push_back({happening.written_on, {}, {}});
    }
    const auto* entry = std::get_if<WrittenEntry>(&happening.what);
    if (entry != nullptr) fridays.back().entries.push_back(entry);
    else fridays.back().others.push_back(&happening.what);
  }
  database_.in_tx([&](Tx& tx) {
    recorded_.clear();
    for (const Friday& friday : fridays) play_friday(tx, friday);
  });
  for (const Recorded& recorded : recorded_) {
    (recorded.repeated ? report.entries_there_already : report.entries_recorded) += 1;
  }
}

void DiaryPlayer::play_friday(Tx& tx, const Friday& friday) {
  write_entries(tx, friday);
  int step = 0;
  for (const WhatHappened* what : friday.others) {
    const Author author{bookkeeper_, afternoon_of(friday.day) + std::chrono::seconds{++step}};
    std::visit(
        [&](const auto& one) {
          if constexpr (!std::is_same_v<std::decay_t<decltype(one)>, WrittenEntry>) write(tx, one, author);
        },
        *what);
  }
}

void DiaryPlayer::write_entries(Tx& tx, const Friday& friday) {
  std::vector<Draft> drafts;
  for (const WrittenEntry* entry : friday.entries) drafts.push_back(draft_of(*entry));
  const auto outcomes = post(tx, node_, drafts, Together::all_or_none, afternoon_of(friday.day));
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    recorded_.push_back(recorded_or_throw(outcomes[i]));
    entries_.insert_or_assign(friday.entries[i]->key, recorded_.back().number);
  }
}

void DiaryPlayer::write(Tx& tx, const WrittenReversal& reversal, const Author& author) {
  const ReversalDraft draft{key_of(node_name_, reversal.key), entries_.at(reversal.reversed_key),
                            std::nullopt, LateEntry::first_open_day, reversal.description};
  recorded_.push_back(reverse(tx, node_, draft, author));
}

void DiaryPlayer::write(Tx& tx, const WrittenHold& hold, const Author& author) {
  std::optional<Instant> expires_at;
  if (hold.expires_on) expires_at = afternoon_of(*hold.expires_on);
  const HoldDraft draft{key_of(node_name_, hold.key), bookkeeper_, expires_at, hold.description, "",
                        postings_of(hold.lines)};
  holds_.insert_or_assign(hold.key, make_hold(tx, node_, draft, author).number);
}

void DiaryPlayer::write(Tx& tx, const UsedHold& used, const Author& author) {
  Draft draft = draft_of({used.key, used.day, used.description, "", used.lines});
  draft.uses_hold = holds_.at(used.hold_key);
  recorded_.push_back(post_hold(tx, node_, draft, author));
}

void DiaryPlayer::write(Tx& tx, const VoidedHold& voided, const Author& author) {
  void_hold_of(tx, node_, holds_.at(voided.hold_key), author);
}

void DiaryPlayer::write(Tx& tx, const WrittenLock& lock, const Author& author) {
  if (!is_locked_already(tx, node_, lock))
    lock_period(tx, node_, lock.kind, lock.through_on, lock.reason, author);
}

Draft DiaryPlayer::draft_of(const WrittenEntry& entry) const {
  return Draft{key_of(node_name_, entry.key),
               bookkeeper_,
               entry.day,
               entry.late,
               entry.description,
               entry.reference,
               "",
               std::nullopt,
               std::nullopt,
               postings_of(entry.lines)};
}

std::vector<DraftPosting> DiaryPlayer::postings_of(const std::vector<DiaryLine>& lines) const {
  std::vector<DraftPosting> postings;
  for (const DiaryLine& line : lines) {
    const Unit& unit = units_.require(line.unit, "/unit");
    postings.push_back({line.account, Money::of_minor(line.minor, unit.id), line.about, ""});
  }
  return postings;
}

}  // namespace coop::api::demo
