#include "ledger/capital/share_class_service.hpp"

#include <algorithm>

#include "ledger/books/book_head_store.hpp"
#include "ledger/books/event_service.hpp"
#include "ledger/books/unit_store.hpp"
#include "ledger/capital/share_store.hpp"
#include "ledger/capital/surplus_store.hpp"
#include "ledger/funds/fund_store.hpp"
#include "ledger/values/refusal.hpp"
#include "ledger/values/text.hpp"

namespace coop::capital {

namespace {

using books::AccountType;

void require_length(const std::string& text, std::size_t most, const char* field) {
  if (text.empty() || text.size() > most)
    throw Refused{Refusal::field_invalid, "it has 1 to " + std::to_string(most) + " bytes", field};
}

void require_code(const std::string& code) {
  const auto is_plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
  const bool is_code = !code.empty() && code.size() <= 40 && is_plain(code.front()) &&
                       std::ranges::all_of(code, [&](char c) { return is_plain(c) || c == '-' || c == '_'; });
  if (!is_code)
    throw Refused{Refusal::field_invalid,
                  "a code has 1 to 40 of a-z 0-9 - _, and begins with a letter or digit", "/code"};
}

void require_terms(const ShareClass& asked) {
  require_code(asked.code);
  require_length(asked.title, 200, "/title");
  if (is_blank(asked.decision))
    throw Refused{Refusal::decision_missing, "the terms of a class of shares rest on a decision",
                  "/decision"};
  require_length(asked.decision, 500, "/decision");
  const auto refuse = [](const char* words, const char* field) {
    throw Refused{Refusal::field_invalid, words, field};
  };
  if (asked.nominal_minor <= 0) refuse("a share is worth more than nothing", "/nominal");
  if (asked.lowest_minor < 0) refuse("it is not negative", "/lowest");
  if (asked.highest_minor && *asked.highest_minor < std::max(asked.lowest_minor, std::int64_t{1}))
    refuse("it is not below the lowest holding", "/highest");
  if (asked.notice_days < 0 || asked.notice_days > 3660) refuse("it is from 0 to 3660 days", "/notice_days");
  if (asked.capital == asked.reserve) refuse("capital and reserve are different accounts", "/reserve");
}

// What members put in belongs to each of them: it is no fund and no reserve that nobody divides.
void require_divisible_class(Tx& tx, NodeId node, const ShareClass& asked) {
  if (asked.fund) {
    const funds::Fund fund = funds::read_fund(tx, node, *asked.fund);
    for (const Day day : {asked.from_on, Day::parse("9999-12-31")})
      funds::require_divisible(fund, day, "/fund");
  }
  if (is_indivisible_reserve(read_surplus_rules(tx, node), asked.unit_id, asked.capital))
    throw Refused{Refusal::reserve_indivisible, asked.capital + " was called an indivisible reserve",
                  "/capital"};
}

}  // namespace

ShareClass read_share_class(Tx& tx, NodeId node, const std::string& code, Day on) {
  std::optional<ShareClass> found;
  for (ShareClass& version : read_share_classes(tx, node))
    if (version.code == code && version.from_on <= on) found = std::move(version);
  if (!found) throw Refused{Refusal::share_class_unknown, "no class " + code + " is in force on that day"};
  return *std::move(found);
}

ShareClass adopt_share_class(Tx& tx, NodeId node, ShareClass asked, const books::Author& author) {
  books::lock_book_head(tx, node);
  require_terms(asked);
  const auto unit = books::find_unit(tx, asked.unit);
  if (!unit) throw Refused{Refusal::unit_unknown, "there is no unit " + asked.unit, "/unit"};
  asked.unit_id = unit->id;
  require_account(tx, node, asked.capital, unit->id, {AccountType::equity}, "/capital");
  require_account(tx, node, asked.reserve, unit->id, {AccountType::equity}, "/reserve");
  require_account(tx, node, asked.receivable, unit->id, {AccountType::asset}, "/receivable");
  require_account(tx, node, asked.payable, unit->id, {AccountType::liability}, "/payable");
  require_divisible_class(tx, node, asked);
  asked.number = 1;
  for (const ShareClass& before : read_share_classes(tx, node)) {
    if (before.code != asked.code) continue;
    asked.number = before.number + 1;
    if (asked.from_on <= before.from_on)
      throw Refused{Refusal::field_invalid, "the version before begins on " + before.from_on.text(),
                    "/from_on"};
    if (before.unit_id != asked.unit_id || before.capital != asked.capital ||
        before.reserve != asked.reserve || before.receivable != asked.receivable ||
        before.payable != asked.payable || before.fund != asked.fund)
      throw Refused{Refusal::field_invalid, "a class keeps its unit, accounts and fund", "/code"};
  }
  insert_share_class(tx, node, asked, author);
  asked.recorded_at = author.now;
  books::tell(tx, node, author, "share_class_adopted", {{"class", asked.code}, {"version", asked.number}});
  return asked;
}

}  // namespace coop::capital
