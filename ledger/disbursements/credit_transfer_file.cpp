#include "ledger/disbursements/credit_transfer_file.hpp"

#include <map>
#include <utility>

#include "ledger/disbursements/credit_transfer_rules.hpp"
#include "ledger/values/money.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::disbursements {

namespace {

using Block = std::vector<const CreditTransfer*>;
using BlockKey = std::pair<Day, std::string>;

std::int64_t sum_of(const Block& block) {
  std::int64_t sum = 0;
  for (const CreditTransfer* transfer : block) sum = checked_add(sum, transfer->amount_cents);
  return sum;
}

SepaReference written_reference(const StructuredReference& reference) {
  switch (reference.kind()) {
    case ReferenceKind::creditor:
      return {reference.text(), "ISO", {}};
    case ReferenceKind::belgian:
      return {reference.text(), "BBA", {}};
    case ReferenceKind::swiss:
      return {reference.text(), {}, "QRR"};
  }
  throw InvariantBroken{"every kind of reference is written"};
}

class Writer {
 public:
  explicit Writer(const CreditTransferOrder& order) : order_{order} {
    for (const CreditTransfer& transfer : order.transfers) {
      all_.push_back(&transfer);
      ids_.push_back(transfer.end_to_end_id);
      blocks_[{transfer.on, transfer.account.iban.text()}].push_back(&transfer);
    }
  }

  CreditTransferFile write() {
    pugi::xml_document document;
    pugi::xml_node message = begin_sepa_document(document, "pain.001.001.09", "CstmrCdtTrfInitn");
    debtor_name_ = texts_.written({}, "name", order_.debtor_name, longest_sepa_name);
    pugi::xml_node header = add_element(message, "GrpHdr");
    add_element(header, "MsgId", order_.message_id);
    add_element(header, "CreDtTm", to_the_second(order_.made_at));
    add_sepa_sums(header, all_.size(), sum_of(all_));
    add_element(add_element(header, "InitgPty"), "Nm", debtor_name_);
    int number = 0;
    for (const auto& [key, block] : blocks_) write_block(add_element(message, "PmtInf"), block, ++number);
    return {text_of_document(document), static_cast<std::int64_t>(all_.size()), sum_of(all_),
            texts_.in_order(ids_)};
  }

 private:
  void write_block(pugi::xml_node node, const Block& block, int number) {
    const CreditTransfer& first = *block.front();
    add_element(node, "PmtInfId", sepa_block_id(order_.message_id, number));
    add_element(node, "PmtMtd", "TRF");
    add_sepa_sums(node, block.size(), sum_of(block));
    add_element(add_element(add_element(node, "PmtTpInf"), "SvcLvl"), "Cd", "SEPA");
    add_element(add_element(node, "ReqdExctnDt"), "Dt", first.on.text());
    add_element(add_element(node, "Dbtr"), "Nm", debtor_name_);
    add_sepa_account(node, "DbtrAcct", first.account.iban);
    add_sepa_agent(node, "DbtrAgt", first.account.bic);
    add_element(node, "ChrgBr", "SLEV");
    for (const CreditTransfer* transfer : block) write_transfer(add_element(node, "CdtTrfTxInf"), *transfer);
  }

  void write_transfer(pugi::xml_node node, const CreditTransfer& transfer) {
    const std::string& id = transfer.end_to_end_id;
    add_element(add_element(node, "PmtId"), "EndToEndId", id);
    add_euros(add_element(node, "Amt"), transfer.amount_cents);
    // The payee's bank is known by the IBAN; its element takes a BIC and nothing else.
    if (transfer.creditor_bic) add_sepa_agent(node, "CdtrAgt", transfer.creditor_bic);
    pugi::xml_node creditor = add_element(node, "Cdtr");
    add_element(creditor, "Nm", texts_.written(id, "name", transfer.creditor_name, longest_sepa_name));
    if (transfer.creditor_address)
      write_address(add_element(creditor, "PstlAdr"), id, *transfer.creditor_address);
    add_sepa_account(node, "CdtrAcct", transfer.creditor_iban);
    if (transfer.reference) add_sepa_reference(node, written_reference(*transfer.reference));
    else if (!transfer.text.empty())
      add_element(add_element(node, "RmtInf"), "Ustrd",
                  texts_.written(id, "text", transfer.text, longest_sepa_text));
  }

  void write_address(pugi::xml_node node, const std::string& id, const TransferAddress& address) {
    const auto add_part = [&](const char* name, const std::string& text, std::size_t most) {
      if (!text.empty()) add_element(node, name, texts_.written(id, "address", text, most));
    };
    add_part("StrtNm", address.street, 70);
    add_part("BldgNb", address.building, 16);
    add_part("PstCd", address.post_code, 16);
    add_part("TwnNm", address.town, 35);
    add_element(node, "Ctry", address.country);
  }

  const CreditTransferOrder& order_;
  Block all_;
  std::vector<std::string> ids_;
  std::map<BlockKey, Block> blocks_;
  std::string debtor_name_;
  SepaTexts texts_;
};

}  // namespace

CreditTransferFile credit_transfer_file(const CreditTransferOrder& order) {
  const TransferFault fault = credit_transfer_fault(order);
  if (!fault.words.empty()) throw Refused{Refusal::disbursement_impossible, fault.words};
  return Writer{order}.write();
}

}  // namespace coop::disbursements
