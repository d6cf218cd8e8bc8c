#include "ledger/intake/member_intake_service.hpp"

#include <set>

#include "ledger/books/book_head_store.hpp"
#include "ledger/dues/subscription_service.hpp"
#include "ledger/dues/tier_service.hpp"
#include "ledger/intake/row_service.hpp"
#include "ledger/members/membership_service.hpp"
#include "ledger/members/party_service.hpp"
#include "ledger/members/party_store.hpp"
#include "ledger/values/code_text.hpp"
#include "ledger/values/iban.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::intake {

namespace {

std::optional<std::string> capitals(const std::optional<std::string>& text) {
  if (!text) return std::nullopt;
  return compact_code(*text);
}

members::PartyDraft party_from(const IntakeRow& row) {
  members::PartyDraft draft{row.require("number"), members::PartyKind::person};
  if (const auto kind = row.parsed("kind", members::party_kind_from)) draft.kind = *kind;
  const auto name = row.find("name");
  if (!name) {
    for (const char* column : {"email", "iban", "address", "country", "language"})
      if (row.find(column))
        throw Refused{Refusal::field_missing, "without a name there is no profile", "/name"};
    return draft;
  }
  draft.profile = members::Profile{.name = *name,
                                   .email = row.find("email"),
                                   .address = row.find("address"),
                                   .country = capitals(row.find("country")),
                                   .language = row.find("language")};
  if (const auto iban = row.parsed("iban", Iban::parse)) draft.profile->iban = iban->text();
  return draft;
}

// What is read in another way than it stands there.
void note_reading(const IntakeRow& row, const members::PartyDraft& draft, IntakeReport& report) {
  const auto country = row.find("country");
  if (country && draft.profile && draft.profile->country != country)
    report.notes.push_back({row.line(), "country", "it is not written in capitals", "read in capitals"});
}

void subscribe(Tx& tx, NodeId node, MembershipId membership, Day from_on, const IntakeRow& row,
               const dues::PriceList& prices, const books::Author& author) {
  const auto tier = row.find("tier");
  if (!tier) {
    if (row.find("amount")) throw Refused{Refusal::field_missing, "an amount is paid in a tier", "/tier"};
    return;
  }
  const dues::Tier found =
      *row.parsed("tier", [&](std::string_view code) { return dues::require_tier(prices, code).tier; });
  const auto amount = row.parsed(
      "amount", [&](std::string_view text) { return minor_from_cell(text, prices.unit(found.unit).scale); });
  dues::subscribe(tx, node, membership,
                  {.from_on = from_on, .tier = found.code, .chosen_minor = amount, .payer = {}}, author);
}

void begin_membership(Tx& tx, NodeId node, const std::string& number, const IntakeRow& row,
                      const dues::PriceList& prices, const books::Author& author) {
  const auto of_class = row.find("class");
  if (!of_class) {
    for (const char* column : {"from_on", "admitted_on", "left_on", "tier", "amount"})
      if (row.find(column)) throw Refused{Refusal::field_missing, "a membership is in a class", "/class"};
    return;
  }
  row.require("from_on");
  const Day from_on = *row.parsed("from_on", day_from_cell);
  const Day admitted_on = row.parsed("admitted_on", day_from_cell).value_or(from_on);
  const auto left_on = row.parsed("left_on", day_from_cell);
  const members::Membership membership =
      members::begin_membership(tx, node, {number, *of_class, from_on, admitted_on}, author);
  if (left_on)
    members::change_membership(tx, node, membership.id,
                               {members::ChangeKind::left, *left_on, "as imported", {}}, author);
  subscribe(tx, node, membership.id, admitted_on, row, prices, author);
}

}  // namespace

IntakeReport import_members(Tx& tx, const books::Node& node, std::string_view bytes, Doubtful doubtful,
                            const books::Author& author) {
  const CsvTable table =
      csv_table_from(bytes,
                     {"number", "kind", "name", "email", "iban", "address", "country", "language", "class",
                      "from_on", "admitted_on", "left_on", "tier", "amount"},
                     most_rows);
  books::lock_book_head(tx, node.id);
  const dues::PriceList prices = dues::read_price_list(tx, node.id);
  std::set<std::string> seen;
  return judge_rows(tx, table, doubtful, [&](const IntakeRow& row, IntakeReport& report) {
    const members::PartyDraft draft = party_from(row);
    if (!seen.insert(compact_code(*draft.number)).second)
      throw Refused{Refusal::party_exists, "an earlier row has this number", "/number"};
    if (members::find_party(tx, node.id, *draft.number)) return RowFate::known;
    note_reading(row, draft, report);
    const members::Party party = members::add_party(tx, node.id, draft, author);
    begin_membership(tx, node.id, party.number, row, prices, author);
    return RowFate::recorded;
  });
}

}  // namespace coop::intake
