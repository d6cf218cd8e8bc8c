#include "ledger/intake/payment_intake_service.hpp"

#include <map>

#include "ledger/books/book_head_store.hpp"
#include "ledger/books/unit_store.hpp"
#include "ledger/dues/charge_store.hpp"
#include "ledger/dues/payee_service.hpp"
#include "ledger/dues/payment_service.hpp"
#include "ledger/intake/intake_store.hpp"
#include "ledger/intake/row_service.hpp"
#include "ledger/members/party_store.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::intake {

namespace {

void put_payer(Tx& tx, NodeId node, const IntakeRow& row, dues::PaymentDraft& draft) {
  const auto member = row.parsed(
      "member", [&](std::string_view number) { return members::read_party(tx, node, number).number; });
  const auto owner = row.parsed("reference", [&](std::string_view text) {
    return dues::require_owner(tx, node, StructuredReference::parse(text));
  });
  if (!member && !owner)
    throw Refused{Refusal::field_missing, "whose payment it is: the member or the reference", "/member"};
  draft.payer = member ? *member : owner->member;
  if (!owner || !owner->charge) return;
  const auto charge = dues::find_charge(tx, node, *owner->charge);
  if (!member) draft.payer = charge->debtor;
  draft.shares = {{charge->debtor, draft.minor, owner->charge}};
}

// The units that rows name, each looked up once; the node's own where a row names none.
class UnitsOfRows {
 public:
  UnitsOfRows(Tx& tx, const books::Node& node) : tx_{tx}, own_{books::read_unit_code(tx, node.base_unit)} {}
  const Unit& of(const IntakeRow& row) {
    const std::string code = row.find("unit").value_or(own_);
    const auto known = units_.find(code);
    if (known != units_.end()) return known->second;
    const auto unit = books::find_unit(tx_, code);
    if (!unit) throw Refused{Refusal::unit_unknown, "there is no unit '" + code.substr(0, 40) + "'", "/unit"};
    return units_.emplace(code, *unit).first->second;
  }

 private:
  Tx& tx_;
  std::string own_;
  std::map<std::string, Unit> units_;
};

dues::PaymentDraft draft_from(Tx& tx, const books::Node& node, const IntakeRow& row, const Unit& unit,
                              const std::string& account) {
  row.require("amount");
  row.require("received_on");
  dues::PaymentDraft draft{
      .kind = row.parsed("kind", dues::payment_kind_from).value_or(dues::PaymentKind::money),
      .payer = {},
      .unit = unit.id,
      .minor =
          *row.parsed("amount", [&](std::string_view text) { return minor_from_cell(text, unit.scale); }),
      .received_on = *row.parsed("received_on", day_from_cell),
      .account = row.find("account").value_or(account),
      .reference = row.find("reference").value_or(""),
      .note = row.find("note").value_or("")};
  put_payer(tx, node.id, row, draft);
  return draft;
}

// What a row says, however it is written.
std::string text_of(const dues::PaymentDraft& draft, const Unit& unit, const IntakeRow& row) {
  std::string text;
  const auto add = [&](const std::string& part) { text += std::to_string(part.size()) + ":" + part; };
  for (const std::string& part :
       {draft.payer, std::string{dues::text_of(draft.kind)}, std::to_string(draft.minor), unit.code,
        draft.received_on.text(), draft.account, draft.reference, draft.note, row.find("id").value_or("")})
    add(part);
  return text;
}

}  // namespace

IntakeReport import_payments(Tx& tx, const books::Node& node, std::string_view bytes,
                             const std::string& account, Doubtful doubtful, const books::Author& author) {
  const CsvTable table = csv_table_from(
      bytes, {"member", "reference", "amount", "unit", "received_on", "account", "kind", "note", "id"},
      most_rows);
  books::lock_book_head(tx, node.id);
  UnitsOfRows units{tx, node};
  std::map<std::string, int> seen;  // two rows that say the same are two payments
  return judge_rows(tx, table, doubtful, [&](const IntakeRow& row, IntakeReport&) {
    const Unit& unit = units.of(row);
    const dues::PaymentDraft draft = draft_from(tx, node, row, unit, account);
    const std::string said = text_of(draft, unit, row);
    const int times = ++seen[said];
    const auto hash = books::fingerprint_of("payment row " + std::to_string(times) + " " + said);
    if (find_payment_of_row(tx, node.id, hash)) return RowFate::known;
    const dues::Payment payment = dues::record_payment(tx, node.id, draft, author);
    insert_payment_row(tx, node.id, hash, payment.number, author);
    return RowFate::recorded;
  });
}

}  // namespace coop::intake
