#include "ledger/bank/bank_account_service.hpp"

#include <boost/json.hpp>

#include "ledger/books/account_store.hpp"
#include "ledger/books/book_head_store.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::bank {

namespace {

AccountId require_account(Tx& tx, NodeId node, const BankAccountDraft& draft) {
  for (const books::Account& account : books::find_accounts(tx, node, draft.path))
    if (account.unit == draft.unit) return account.id;
  throw Refused{Refusal::account_unknown, "there is no account '" + draft.path + "' in this unit",
                "/account"};
}

void require_new(Tx& tx, NodeId node, AccountId account, const BankAccountDraft& draft) {
  const auto same = read_bank_accounts(tx, node, {.account = account});
  if (!same.empty())
    throw Refused{
        Refusal::bank_account_exists,
        "'" + draft.path + "' is account " + std::to_string(same.front().number.number()) + " already",
        "/account"};
  if (draft.identifier.empty()) return;
  const auto named = read_bank_accounts(tx, node, {.identifier = draft.identifier, .unit = draft.unit});
  if (!named.empty())
    throw Refused{Refusal::bank_account_exists,
                  "account " + std::to_string(named.front().number.number()) + " has this identifier already",
                  "/identifier"};
}

void require_suspense(Tx& tx, NodeId node, const BankAccount& account, const std::string& path) {
  const auto refuse = [&](Refusal refusal, const std::string& why) {
    throw Refused{refusal, "'" + path + "' " + why, "/suspense"};
  };
  const auto found = books::find_accounts(tx, node, path);
  const auto of_unit = std::ranges::find(found, account.unit, &books::Account::unit);
  if (of_unit == found.end()) refuse(Refusal::account_unknown, "is no account in the unit of the statements");
  if (of_unit->type != books::AccountType::asset && of_unit->type != books::AccountType::liability)
    refuse(Refusal::field_invalid, "is neither an asset nor a liability");
  if (!read_bank_accounts(tx, node, {.account = of_unit->id}).empty())
    refuse(Refusal::field_invalid, "has statements itself");
}

}  // namespace

BankAccount open_bank_account(Tx& tx, NodeId node, const BankAccountDraft& draft,
                              const books::Author& author) {
  BankAccountDraft checked = draft;
  if (!draft.identifier.empty()) checked.identifier = identifier_of(draft.identifier);
  if (draft.title.empty() || draft.title.size() > 200)
    throw Refused{Refusal::field_invalid, "a title has 1 to 200 bytes", "/title"};
  books::lock_book_head(tx, node);
  const AccountId account = require_account(tx, node, checked);
  require_new(tx, node, account, checked);
  return read_bank_account(tx, node, insert_bank_account(tx, node, account, checked, author));
}

BankAccount set_bank_account_closed(Tx& tx, NodeId node, BankAccountNumber number, bool is_closed,
                                    const books::Author& author) {
  books::lock_book_head(tx, node);
  if (read_bank_account(tx, node, number).is_closed != is_closed)
    insert_bank_account_trait(tx, node, number, "closed", is_closed ? "true" : "false", author);
  return read_bank_account(tx, node, number);
}

BankAccount set_suspense(Tx& tx, NodeId node, BankAccountNumber number, const std::string& path,
                         const books::Author& author) {
  books::lock_book_head(tx, node);
  const BankAccount account = read_bank_account(tx, node, number);
  if (account.suspense == path) return account;
  if (!path.empty()) require_suspense(tx, node, account, path);
  insert_bank_account_trait(tx, node, number, "suspense",
                            path.empty() ? "null" : boost::json::serialize(boost::json::string{path}),
                            author);
  return read_bank_account(tx, node, number);
}

BankAccount read_bank_account(Tx& tx, NodeId node, BankAccountNumber number) {
  const auto found = read_bank_accounts(tx, node, {.number = number});
  if (found.empty())
    throw Refused{Refusal::bank_account_unknown,
                  "there is no account with statements of number " + std::to_string(number.number())};
  return found.front();
}

}  // namespace coop::bank
