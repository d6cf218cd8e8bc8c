#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "ledger/books/author.hpp"
#include "ledger/database/tx.hpp"
#include "ledger/funds/fund.hpp"
#include "ledger/funds/spending_mandate.hpp"

namespace coop::funds {

/// What a body decided. Either an amount in minor units, or hours that make one.
struct SpendingMandateDraft {
  std::string body;
  BodyLevel level = BodyLevel::node;
  std::string purpose;
  std::string fund;
  std::optional<std::string> cost_object = {};
  UnitId unit;
  std::optional<std::int64_t> minor = {};
  std::optional<HoursGrant> hours = {};
  Day from_on;
  Day until_on;
  std::string decision;
};
/// Records a mandate. `today` is the day where the node is. Throws Refused, the first of: field_invalid
/// (body, purpose, decision; an amount that is not above zero; hours that make no whole amount),
/// day_malformed (it ends before it begins), dimension_unknown (fund, cost object), fund_without_terms,
/// unit_mismatch (not the fund's unit), beyond_authority (more than the body grants at once),
/// budget_exceeded (more than a budget has left that refuses it), fund_below_buffer (more than is free),
/// naming the field. Where a rule wants others to approve it, it is
/// pending until they did: its amount is set aside, and nothing is drawn.
SpendingMandate grant(Tx& tx, NodeId node, const SpendingMandateDraft& draft, Day today,
                      const books::Author& author);

/// Another person's approval of a mandate that waits for it. Throws Refused, the first of:
/// spending_mandate_unknown, spending_mandate_recalled, approval_repeated (enough approved it, or you did, or
/// nobody signed in), approval_of_own (you recorded it).
SpendingMandate approve_mandate(Tx& tx, NodeId node, SpendingMandateNumber number, Day today,
                                const books::Author& author);

/// The mandate. Throws Refused: spending_mandate_unknown.
SpendingMandate read_spending_mandate(Tx& tx, NodeId node, SpendingMandateNumber number);

/// Spending on a mandate: an amount, or minutes where it grants hours.
struct DrawDraft {
  Day on_day;
  std::optional<std::int64_t> minor = {};  ///< minor units of `unit`
  std::optional<UnitId> unit = {};
  std::optional<int> minutes = {};
  std::string member = {};                ///< whom it pays, if that is a member
  std::optional<EntryNumber> entry = {};  ///< the entry that spends it; nothing: none yet
  std::string words = {};                 ///< what it is for; names nobody
};
/// Spending of a mandate by an order of payment, on the day on which it is to be paid, or by a pay run, on
/// the day on which it is booked.
struct MandateSpending {
  Day on_day;
  UnitId unit;
  int unit_scale;
  std::int64_t minor;
  std::optional<int> minutes = {};       ///< of a mandate that grants hours
  int parts = 0;                         ///< of a pay run: how many amounts and minutes were rounded apart
  std::optional<std::string> fund = {};  ///< what the order is about
  std::optional<std::string> cost_object = {};
};
/// The fields that say it, which a refusal names.
struct SpendingFields {
  std::string day;
  std::string fund;
  std::string cost_object;
  std::string mandate;
  std::string minutes;
  std::string amount;
};
/// Those of an order: `place` leads all but the day, which all orders share.
SpendingFields fields_of_order(const std::string& place);
/// Refuses what the mandate does not bear. Throws Refused, the first of: spending_mandate_recalled,
/// spending_mandate_pending, spending_mandate_not_open, field_invalid (another fund or cost object),
/// unit_mismatch, field_invalid (minutes of a mandate without hours; an amount that is not that of its
/// minutes), field_missing (minutes), spending_mandate_exceeded.
void require_mandate_bears(const SpendingMandate& mandate, const MandateSpending& spending,
                           const SpendingFields& fields);
/// Refuses a mandate that was recalled, or waits for approval. Throws Refused: spending_mandate_recalled,
/// spending_mandate_pending.
void require_usable(const SpendingMandate& mandate);
/// Refuses what is more than is free of a fund. Throws Refused: fund_below_buffer, at `field`.
void require_free(const FundFigures& figures, std::int64_t minor, const std::string& field);

/// Draws on a mandate. Throws Refused, the first of: spending_mandate_unknown, field_invalid (an amount where
/// hours are granted, or the other way), field_missing (neither), field_invalid (words; a day after today),
/// party_unknown, approval_of_own (it pays whoever records it), spending_mandate_recalled,
/// spending_mandate_pending (others have not approved it yet), spending_mandate_not_open (the day is outside
/// its time), fund_indivisible (it pays a member out of such a fund), unit_mismatch (the amount, or what the
/// entry spends, is in another unit), spending_mandate_exceeded, entry_unknown, draw_impossible (the entry
/// was reversed, is of a day on which the mandate does not last, or spends less of the fund than is drawn of
/// it), fund_below_buffer (its time is over, so that nothing is set aside for it any more, and no entry
/// spends it), naming the field.
SpendingMandate draw(Tx& tx, NodeId node, SpendingMandateNumber number, const DrawDraft& draft, Day today,
                     const books::Author& author);

/// Names the entry that spends what was drawn before. Throws Refused: spending_mandate_unknown, draw_unknown
/// (or it was taken back), draw_impossible (an entry spends it already; the entry was reversed, is of a day
/// before the mandate, or after it where the draw was recorded after it too, or spends less of the fund),
/// entry_unknown, unit_mismatch.
SpendingMandate pay_draw(Tx& tx, NodeId node, SpendingMandateNumber number, int draw, EntryNumber entry,
                         Day today, const books::Author& author);

/// Takes a draw back: it was not spent, or its entry was reversed. Throws Refused: spending_mandate_unknown,
/// draw_unknown, field_invalid (reason), draw_impossible (an entry that stands spends it: reverse that
/// first).
SpendingMandate take_draw_back(Tx& tx, NodeId node, SpendingMandateNumber number, int draw,
                               const std::string& reason, Day today, const books::Author& author);

/// Recalls a mandate: nothing is drawn on it from now on; what was drawn stays. Throws Refused:
/// spending_mandate_unknown, field_invalid (reason), spending_mandate_recalled.
SpendingMandate recall(Tx& tx, NodeId node, SpendingMandateNumber number, const std::string& reason,
                       Day today, const books::Author& author);

}  // namespace coop::funds
