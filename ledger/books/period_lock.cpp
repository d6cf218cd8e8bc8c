#include "ledger/books/period_lock.hpp"

#include "ledger/values/refusal.hpp"

namespace coop::books {

std::string_view text_of(LockKind kind) { return kind == LockKind::soft ? "soft" : "hard"; }

LockKind lock_kind_from(std::string_view text) {
  if (text == "soft") return LockKind::soft;
  if (text == "hard") return LockKind::hard;
  throw Refused{Refusal::field_invalid, "a lock is soft or hard", "/kind"};
}

}  // namespace coop::books
