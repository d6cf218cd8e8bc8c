#include "api/demo/year.hpp"
#include "ledger/values/ratio.hpp"

namespace coop::api::demo {

namespace {

using books::LateEntry;
using books::LockKind;

/// A bank line read twice, found a week later and reversed.
void write_double_payment(NodeYear& year, int month) {
  const Member& member = year.members.front();
  const std::int64_t dues = tier_prices[static_cast<std::size_t>(member.tier)];
  const Day day = first_day_of(month).plus_days(14);
  const std::string key = "double " + month_text(month);
  year.diary.write({key,
                    day,
                    "Dues received",
                    "",
                    {debit("assets:bank:main", "EUR", dues),
                     credit("assets:receivable:dues", "EUR", dues).of_member(member.code)}});
  year.diary.write_on(friday_from(day).plus_days(7),
                      WrittenReversal{key + " reversed", key, "The bank's line was read twice"});
}

/// A document that turns up when its quarter is closed: booked on the first open day, its own day kept.
void write_late_document(NodeYear& year, Day own_day, Day written_on, std::int64_t minor) {
  year.diary.write_on(friday_from(written_on), WrittenEntry{"late " + own_day.text(),
                                                            own_day,
                                                            "Bill found in the post, from " + own_day.text(),
                                                            "",
                                                            {debit("expenses:domains", "EUR", minor),
                                                             credit("assets:bank:main", "EUR", minor)},
                                                            LateEntry::first_open_day});
}

void write_locks(NodeYear& year) {
  const auto lock = [&](LockKind kind, const char* through, const char* on, const char* reason) {
    year.diary.write_on(friday_from(Day::parse(on)), WrittenLock{kind, Day::parse(through), reason});
  };
  lock(LockKind::soft, "2025-03-31", "2025-04-22", "First quarter shown to the assembly");
  lock(LockKind::soft, "2025-06-30", "2025-07-22", "Second quarter shown to the assembly");
  lock(LockKind::soft, "2025-09-30", "2025-10-22", "Third quarter shown to the assembly");
  lock(LockKind::hard, "2025-06-30", "2025-11-25", "First half of the year audited");
  lock(LockKind::soft, "2025-12-31", "2026-01-22", "Year 2025 shown to the assembly");
}

std::vector<DiaryLine> order(const std::string& account, const std::string& unit, std::int64_t minor) {
  return {debit(account, unit, minor), credit("assets:bank:main", unit, minor)};
}

/// One hold a node, each with another end.
void write_hold(NodeYear& year) {
  const std::string name = year.name();
  Diary& diary = year.diary;
  const auto on = [](const char* day) { return friday_from(Day::parse(day)); };
  if (name == "bcn") {
    diary.write_on(on("2025-11-10"),
                   WrittenHold{"hold", "More memory for the servers, ordered", Day::parse("2026-01-15"),
                               order("expenses:servers", "EUR", 18'000)});
    diary.write_on(on("2025-12-05"),
                   UsedHold{"hold used", "hold", Day::parse("2025-12-05"), "Memory for the servers",
                            order("expenses:servers", "EUR", 16'450)});
  } else if (name == "mcr") {
    diary.write_on(on("2025-06-10"),
                   WrittenHold{"hold", "Deposit for the summer meeting", Day::parse("2025-07-01"),
                               order("expenses:meetings", "GBP", 8'000)});
  } else if (name == "got") {
    diary.write_on(
        on("2025-05-12"),
        WrittenHold{"hold", "Train to the assembly", {}, order("expenses:meetings", "SEK", 84'000)});
    diary.write_on(on("2025-05-26"), VoidedHold{"hold"});
  } else if (name == "mtl") {
    diary.write_on(on("2025-09-08"),
                   WrittenHold{"hold", "Chairs for the room", {}, order("expenses:meetings", "CAD", 12'000)});
    diary.write_on(on("2025-09-22"),
                   UsedHold{"hold used", "hold", Day::parse("2025-09-22"), "Chairs for the room", {}});
  } else {
    diary.write_on(
        on("2026-01-12"),
        WrittenHold{"hold", "Hall for the spring assembly", {}, order("expenses:meetings", "JPY", 20'000)});
  }
}

}  // namespace

void write_incidents(NodeYear& year) {
  for (const int month : {1, 4, 7}) write_double_payment(year, month);
  if (year.facts.name == "bcn") {
    write_late_document(year, Day::parse("2025-03-28"), Day::parse("2025-05-14"), 3'500);
  }
  if (year.facts.name == "mtl") {
    write_late_document(year, Day::parse("2025-06-17"), Day::parse("2025-08-20"), 1'290);
  }
  write_locks(year);
  write_hold(year);
}

}  // namespace coop::api::demo
