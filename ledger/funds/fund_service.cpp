#include "ledger/funds/fund_service.hpp"

#include <set>

#include "ledger/books/book_head_store.hpp"
#include "ledger/books/event_service.hpp"
#include "ledger/funds/fund_store.hpp"
#include "ledger/values/code_text.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::funds {

namespace {

constexpr std::size_t most_of_each = 20;

void require_words(const std::string& text, std::size_t least, std::size_t most, const std::string& field) {
  const std::size_t size = characters_of(text);
  if (size >= least && size <= most && (size == 0 || text.find_first_not_of(' ') != std::string::npos))
    return;
  throw Refused{Refusal::field_invalid,
                "it has " + std::to_string(least) + " to " + std::to_string(most) + " characters", field};
}

void require_terms(const FundTermDraft& draft) {
  require_words(draft.decision, 1, 500, "/decision");
  require_words(draft.funder, 0, 200, "/funder");
  require_words(draft.conditions, 0, 2'000, "/conditions");
  if (draft.buffers.size() > most_of_each)
    throw Refused{Refusal::field_invalid, "a buffer has at most 20 measures", "/buffers"};
  if (draft.accounts.size() > most_of_each)
    throw Refused{Refusal::field_invalid, "a fund lies in at most 20 accounts", "/accounts"};
  for (std::size_t i = 0; i < draft.buffers.size(); ++i)
    require_buffer(draft.buffers[i], "/buffers/" + std::to_string(i));
  if (draft.is_indivisible && (draft.purpose == FundPurpose::held || draft.purpose == FundPurpose::grant))
    throw Refused{Refusal::field_invalid,
                  "money of others, or under a funder's conditions, is not indivisible", "/indivisible"};
}

void require_same_kind(const std::vector<FundTerm>& before, const FundTermDraft& draft) {
  if (before.empty()) return;
  const FundTermDraft& first = before.front().terms;
  if ((first.purpose == FundPurpose::held) != (draft.purpose == FundPurpose::held))
    throw Refused{Refusal::field_invalid, "money of others stays theirs: take another fund for ours",
                  "/purpose"};
  if (first.unit != draft.unit)
    throw Refused{Refusal::unit_mismatch, "the fund has terms in another unit: take another fund", "/unit"};
}

std::vector<AccountId> require_assets(Tx& tx, NodeId node, const FundTermDraft& draft) {
  std::vector<AccountId> ids;
  std::set<AccountId> known;
  for (std::size_t i = 0; i < draft.accounts.size(); ++i) {
    const std::string place = "/accounts/" + std::to_string(i);
    const auto id = find_asset(tx, node, draft.accounts[i], draft.unit);
    if (!id)
      throw Refused{Refusal::account_unknown,
                    "there is no account of assets '" + draft.accounts[i] + "' in the fund's unit", place};
    if (!known.insert(*id).second)
      throw Refused{Refusal::field_invalid, draft.accounts[i] + " stands there twice", place};
    ids.push_back(*id);
  }
  return ids;
}

// What a measure adds up is there: a path that is mistyped would be a buffer of nothing.
void require_flows(Tx& tx, NodeId node, const FundTermDraft& draft) {
  for (std::size_t i = 0; i < draft.buffers.size(); ++i) {
    const auto& rule = draft.buffers[i].rule;
    if (rule && !rule->account.empty() && !has_account_of(tx, node, *rule, draft.unit))
      throw Refused{Refusal::account_unknown,
                    "there is no account of " + std::string{text_of(rule->flow)} + " '" + rule->account +
                        "', nor one below it, in the fund's unit",
                    "/buffers/" + std::to_string(i) + "/worked_out/account"};
  }
}

}  // namespace

Fund adopt_fund_terms(Tx& tx, NodeId node, const std::string& code, const FundTermDraft& draft,
                      const books::Author& author) {
  books::lock_book_head(tx, node);
  const Fund fund = read_fund(tx, node, code);
  require_terms(draft);
  require_same_kind(fund.terms, draft);
  require_flows(tx, node, draft);
  const std::vector<AccountId> accounts = require_assets(tx, node, draft);
  const int number = insert_fund_term(tx, node, fund.dimension.id, draft, accounts, author);
  books::tell(tx, node, author, "fund_terms_adopted", {{"fund", code}, {"number", number}});
  return read_fund(tx, node, code);
}

FundFigures read_figures_of(Tx& tx, NodeId node, const Fund& fund, Day day) {
  const FundTerm* terms = terms_on(fund.terms, day);
  if (terms == nullptr)
    throw Refused{Refusal::fund_without_terms,
                  "nobody has said yet what the fund " + fund.dimension.code + " is for", "/fund"};
  for (FundFigures& one : read_fund_figures(tx, node, {day, {}, fund.dimension.id}))
    if (one.unit == terms->terms.unit) return std::move(one);
  throw InvariantBroken{"a fund with terms has figures in their unit"};
}

}  // namespace coop::funds
