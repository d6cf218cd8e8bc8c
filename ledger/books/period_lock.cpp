#include "ledger/books/period_lock.hpp"

#include "ledger/values/refusal.hpp"

namespace coop::books {

std::string_view text_of(LockKind kind) { return kind == LockKind::soft ? "soft" : "hard"; }

LockKind lock_kind_from(std::string_view text) {
  if (text == "soft") return LockKind::soft;
  if (text == "hard") return LockKind::hard;
  throw Refused{Refusal::field_invalid, "a lock is soft or hard", "/kind"};
}

void require_day_open(const std::optional<Day>& locked_through, Day booked_on) {
  if (!locked_through || booked_on > *locked_through) return;
  throw Refused{Refusal::period_locked, "the books are closed through " + locked_through->text(),
                "/booked_on"};
}

}  // namespace coop::books
