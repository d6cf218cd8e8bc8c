#include "ledger/bank/cash_count_service.hpp"

#include "ledger/bank/bank_account_service.hpp"
#include "ledger/books/account_store.hpp"
#include "ledger/books/book_head_store.hpp"
#include "ledger/books/event_service.hpp"
#include "ledger/books/posting_service.hpp"
#include "ledger/values/money.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::bank {

namespace {

UserId require_person(const books::Author& author) {
  if (!author.user) throw Refused{Refusal::sign_in_required, "a person counts, under their own name"};
  return *author.user;
}

std::string name_of(CashCountNumber number) { return "cash count " + std::to_string(number.number()); }

CashCount require_live(Tx& tx, NodeId node, CashCountNumber number) {
  CashCount count = read_cash_count(tx, node, number);
  if (!count.is_live)
    throw Refused{Refusal::cash_count_withdrawn_already,
                  name_of(number) + " was withdrawn: " + count.end_reason};
  return count;
}

CashCount told(Tx& tx, NodeId node, const books::Author& author, const char* kind, CashCountNumber number) {
  CashCount count = read_cash_count(tx, node, number);
  books::tell(tx, node, author, kind,
              {{"count", number.number()},
               {"bank_account", count.account.number()},
               {"counted_on", count.counted_on.text()}});
  return count;
}

void require_countable(Tx& tx, NodeId node, const CashCountDraft& draft) {
  if (draft.counted_on > draft.today)
    throw Refused{Refusal::field_invalid, "nothing is counted on a day to come", "/counted_on"};
  const BankAccount account = read_bank_account(tx, node, draft.account);
  if (account.kind != BankAccountKind::cash)
    throw Refused{Refusal::cash_count_impossible, "only accounts of the kind cash are counted"};
  if (account.is_closed)
    throw Refused{Refusal::cash_count_impossible,
                  "no more counts of this account are expected: it is closed"};
  const auto others =
      list_cash_counts(tx, node, {.account = draft.account, .on = draft.counted_on, .live = true});
  if (!others.empty())
    throw Refused{Refusal::cash_count_exists, name_of(others.front().number) + " is of this day",
                  "/counted_on"};
}

void require_account(Tx& tx, NodeId node, const CashCount& count, const std::string& path) {
  for (const books::Account& account : books::find_accounts(tx, node, path))
    if (account.unit == count.unit && path != count.path) return;
  throw Refused{Refusal::account_unknown, "there is no other account '" + path + "' in the unit of the cash",
                "/account"};
}

}  // namespace

CashCount count_cash(Tx& tx, NodeId node, const CashCountDraft& draft, const books::Author& author) {
  const UserId person = require_person(author);
  const std::int64_t total = total_of(draft.pieces, draft.unit_code);
  books::lock_book_head(tx, node);
  require_countable(tx, node, draft);
  const CashCountNumber number =
      insert_cash_count(tx, node, {draft.account, draft.counted_on, draft.pieces, total}, person, author.now);
  return told(tx, node, author, "cash_counted", number);
}

CashCount witness_cash(Tx& tx, NodeId node, CashCountNumber number, const books::Author& author) {
  const UserId person = require_person(author);
  books::lock_book_head(tx, node);
  if (require_live(tx, node, number).counted_by == person)
    throw Refused{Refusal::approval_repeated, "you counted this yourself: another person witnesses it"};
  if (!insert_cash_witness(tx, node, number, person, author.now))
    throw Refused{Refusal::approval_repeated, "you witnessed this already"};
  return told(tx, node, author, "cash_count_witnessed", number);
}

CashCount withdraw_cash_count(Tx& tx, NodeId node, CashCountNumber number, const std::string& reason,
                              const books::Author& author) {
  if (reason.empty() || reason.size() > 500)
    throw Refused{Refusal::field_invalid, "a reason has 1 to 500 bytes", "/reason"};
  books::lock_book_head(tx, node);
  require_live(tx, node, number);
  const auto standing = read_standing_cash_entries(tx, node, number);
  if (!standing.empty())
    throw Refused{Refusal::cash_count_impossible, "entry " + std::to_string(standing.front().number()) +
                                                      " books its difference: reverse that first"};
  end_cash_count(tx, node, number, reason, author);
  return told(tx, node, author, "cash_count_withdrawn", number);
}

CashCount book_cash_difference(Tx& tx, NodeId node, CashCountNumber number, const std::string& account,
                               const std::string& description, const books::Author& author) {
  books::lock_book_head(tx, node);
  const CashCount count = require_live(tx, node, number);
  const std::int64_t difference = checked_add(count.total_minor, -count.books_minor);
  if (difference == 0)
    throw Refused{Refusal::cash_count_impossible, "the books say what was counted: there is no difference"};
  require_account(tx, node, count, account);
  const Money amount = Money::of_minor(difference, count.unit);
  books::Draft draft{.request_key = books::fingerprint_of(name_of(number) + ", difference " +
                                                          std::to_string(count.entries.size() + 1)),
                     .asked_by = author.user,
                     .booked_on = count.counted_on,
                     .late = books::LateEntry::first_open_day,
                     .description = description.empty() ? "Difference of " + name_of(number) : description,
                     .reference = name_of(number),
                     .source = {},
                     .reverses = {},
                     .uses_hold = {},
                     .postings = {{count.path, amount, {}, {}}, {account, -amount, {}, {}}}};
  const std::array<books::Draft, 1> one{std::move(draft)};
  const EntryNumber entry =
      books::recorded_or_throw(books::post(tx, node, one, books::Together::each_alone, author.now).front())
          .number;
  insert_cash_entry(tx, node, number, entry, author);
  return told(tx, node, author, "cash_difference_booked", number);
}

CashCount read_cash_count(Tx& tx, NodeId node, CashCountNumber number) {
  auto found = list_cash_counts(tx, node, {.number = number});
  if (found.empty()) throw Refused{Refusal::cash_count_unknown, "there is no " + name_of(number)};
  return found.front();
}

}  // namespace coop::bank
