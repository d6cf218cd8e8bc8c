#include "ledger/books/account_service.hpp"

#include <boost/json.hpp>

#include "ledger/books/account_store.hpp"
#include "ledger/books/book_head_store.hpp"
#include "ledger/books/hold_store.hpp"
#include "ledger/books/unit_store.hpp"
#include "ledger/values/money.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::books {

namespace {

void require_title(const std::string& title) {
  if (title.size() > 200) throw Refused{Refusal::field_invalid, "a title has at most 200 bytes", "/title"};
}

Unit require_unit(Tx& tx, const std::string& code) {
  const auto unit = find_unit(tx, code);
  if (!unit) throw Refused{Refusal::unit_unknown, "there is no unit '" + code + "'", "/unit"};
  return *unit;
}

void tell(Tx& tx, BookHead& head, const Author& author, const char* kind, boost::json::object body) {
  insert_event(tx, head, next_recorded_at(head, author.now), {kind, boost::json::serialize(body)});
}

// What an event tells of one account begins with which it is.
boost::json::object body_about(Tx& tx, const Account& account) {
  return {{"account", account.path}, {"unit", read_unit_code(tx, account.unit)}};
}

boost::json::value json_of(const std::optional<std::int64_t>& minor) {
  if (!minor) return nullptr;
  return boost::json::value(*minor);
}

void require_balance_within(const LockedBalance& balance, const Limits& limits) {
  const std::int64_t low = checked_add(balance.balance_minor, -balance.held_credit_minor);
  const std::int64_t high = checked_add(balance.balance_minor, balance.held_debit_minor);
  if ((limits.lower && limits.upper && *limits.lower > *limits.upper) ||
      (limits.lower && low < *limits.lower) || (limits.upper && high > *limits.upper)) {
    throw Refused{Refusal::limit_contradicts,
                  "the account's balance with its holds lies outside these limits", "/limits/lower"};
  }
}

void require_not_later(const Account& account, Day opened_on) {
  if (opened_on <= account.opened_on) return;
  throw Refused{Refusal::field_invalid,
                "an account's first day moves to earlier days only, and this one is open from " +
                    account.opened_on.text() + " on",
                "/opened_on"};
}

}  // namespace

void require_account_draft(const AccountDraft& draft) {
  require_path(draft.path);
  require_title(draft.title);
  const auto& [lower, upper] = draft.limits;
  if (lower && upper && *lower > *upper) {
    throw Refused{Refusal::limit_contradicts, "the lower limit is above the upper one", "/limits/lower"};
  }
  if ((lower && *lower > 0) || (upper && *upper < 0)) {
    throw Refused{Refusal::limit_contradicts, "an account starts at zero, which these limits leave out",
                  "/limits/lower"};
  }
}

Account open_account(Tx& tx, NodeId node, const AccountDraft& draft, const Author& author) {
  if (open_accounts(tx, node, {draft}, author) == 0) {
    throw Refused{Refusal::account_exists,
                  "there is an account '" + draft.path + "' in " + draft.unit + " already", "/path"};
  }
  return require_account(tx, node, draft.path, draft.unit);
}

int open_accounts(Tx& tx, NodeId node, const std::vector<AccountDraft>& drafts, const Author& author) {
  BookHead head = lock_book_head(tx, node);
  std::vector<Unit> units;
  units.reserve(drafts.size());
  std::map<std::string, Unit> known;
  for (const AccountDraft& draft : drafts) {
    require_account_draft(draft);
    auto unit = known.find(draft.unit);
    if (unit == known.end()) unit = known.emplace(draft.unit, require_unit(tx, draft.unit)).first;
    units.push_back(unit->second);
  }
  const int opened = insert_accounts(tx, node, drafts, units);
  if (opened == 0) return 0;
  boost::json::object body{{"opened", opened}};
  if (drafts.size() == 1) {
    body["account"] = drafts[0].path;
    body["unit"] = drafts[0].unit;
  }
  tell(tx, head, author, "accounts_opened", std::move(body));
  return opened;
}

int open_earlier(Tx& tx, NodeId node, const std::vector<AccountDraft>& drafts, const Author& author) {
  BookHead head = lock_book_head(tx, node);
  const auto moved = update_opened_on(tx, node, drafts);
  for (const MovedAccount& account : moved) {
    tell(tx, head, author, "account_changed",
         {{"account", account.path}, {"unit", account.unit}, {"opened_on", account.opened_on.text()}});
  }
  return static_cast<int>(moved.size());
}

Account require_account(Tx& tx, NodeId node, std::string_view path, const std::optional<std::string>& unit) {
  const auto accounts = find_accounts(tx, node, path);
  if (accounts.empty())
    throw Refused{Refusal::account_unknown, "there is no account '" + std::string{path} + "'"};
  if (!unit) {
    if (accounts.size() == 1) return accounts[0];
    throw Refused{Refusal::unit_ambiguous, "'" + std::string{path} + "' exists in several units: name one",
                  "unit"};
  }
  const Unit wanted = require_unit(tx, *unit);
  for (const Account& account : accounts) {
    if (account.unit == wanted.id) return account;
  }
  throw Refused{Refusal::account_unknown, "there is no account '" + std::string{path} + "' in " + *unit};
}

Account change_account(Tx& tx, NodeId node, std::string_view path, const std::optional<std::string>& unit,
                       const AccountChange& change, const Author& author) {
  BookHead head = lock_book_head(tx, node);
  expire_due_holds(tx, head, author.now);
  Account account = require_account(tx, node, path, unit);
  boost::json::object body = body_about(tx, account);
  if (change.title) {
    require_title(*change.title);
    account.title = *change.title;
    body["title"] = account.title;
  }
  if (change.required) {
    account.required = *change.required;
    boost::json::array& required = body["required"].emplace_array();
    for (const DimensionKind kind : account.required) required.emplace_back(text_of(kind));
  }
  if (change.opened_on) {
    require_not_later(account, *change.opened_on);
    account.opened_on = *change.opened_on;
    body["opened_on"] = account.opened_on.text();
  }
  if (change.title || change.required || change.opened_on) update_account(tx, node, account);
  if (change.limits) {
    require_balance_within(lock_balance(tx, node, account.id), *change.limits);
    body["limits_before"] = {json_of(account.limits.lower), json_of(account.limits.upper)};
    body["limits"] = {json_of(change.limits->lower), json_of(change.limits->upper)};
    account.limits = *change.limits;
    update_limits(tx, node, account.id, account.limits);
  }
  tell(tx, head, author, "account_changed", std::move(body));
  return account;
}

Account close_account(Tx& tx, NodeId node, std::string_view path, const std::optional<std::string>& unit,
                      Day last_day, const Author& author) {
  BookHead head = lock_book_head(tx, node);
  expire_due_holds(tx, head, author.now);
  Account account = require_account(tx, node, path, unit);
  if (last_day < account.opened_on) {
    throw Refused{Refusal::field_invalid, "an account closes on or after the day it was opened", "/last_day"};
  }
  const LockedBalance balance = lock_balance(tx, node, account.id);
  if (balance.balance_minor != 0 || balance.held_debit_minor != 0 || balance.held_credit_minor != 0) {
    throw Refused{Refusal::account_not_empty, "'" + account.path + "' still has a balance or holds"};
  }
  const auto last_posting = find_last_posting_day(tx, node, account.id);
  if (last_posting && *last_posting > last_day) {
    throw Refused{Refusal::account_has_later_entries,
                  "'" + account.path + "' has postings on " + last_posting->text(), "/last_day"};
  }
  account.closed_on = last_day;
  update_account(tx, node, account);
  boost::json::object body = body_about(tx, account);
  body["closed_on"] = last_day.text();
  tell(tx, head, author, "account_closed", std::move(body));
  return account;
}

Account reopen_account(Tx& tx, NodeId node, std::string_view path, const std::optional<std::string>& unit,
                       const Author& author) {
  BookHead head = lock_book_head(tx, node);
  Account account = require_account(tx, node, path, unit);
  account.closed_on.reset();
  update_account(tx, node, account);
  tell(tx, head, author, "account_reopened", body_about(tx, account));
  return account;
}

int add_dimensions(Tx& tx, NodeId node, const std::vector<Dimension>& dimensions, const Author& author) {
  for (const Dimension& dimension : dimensions) {
    require_dimension_code(dimension.code);
    if (dimension.name.empty() || dimension.name.size() > 200) {
      throw Refused{Refusal::field_invalid, "a name has 1 to 200 bytes", "/name"};
    }
  }
  BookHead head = lock_book_head(tx, node);
  const int added = insert_dimensions(tx, node, dimensions);
  if (added == 0) return 0;
  boost::json::object body{{"added", added}};
  if (dimensions.size() == 1) {
    body["kind"] = text_of(dimensions[0].kind);
    body["code"] = dimensions[0].code;
  }
  tell(tx, head, author, "dimensions_added", std::move(body));
  return added;
}

Dimension rename_dimension(Tx& tx, NodeId node, DimensionKind kind, std::string_view code,
                           const std::string& name, const Author& author) {
  if (name.empty() || name.size() > 200)
    throw Refused{Refusal::field_invalid, "a name has 1 to 200 bytes", "/name"};
  BookHead head = lock_book_head(tx, node);
  if (kind == DimensionKind::member && name != code && is_party(tx, node, code)) {
    throw Refused{
        Refusal::field_invalid,
        "a member's name is personal data, which the books do not keep: change the member's profile",
        "/name"};
  }
  const auto dimension = update_dimension_name(tx, node, kind, code, name);
  if (!dimension) {
    throw Refused{Refusal::dimension_unknown,
                  "there is no " + std::string{text_of(kind)} + " '" + std::string{code.substr(0, 60)} + "'"};
  }
  tell(tx, head, author, "dimension_renamed",
       {{"kind", text_of(kind)}, {"code", dimension->code}, {"name", name}});
  return *dimension;
}

}  // namespace coop::books
