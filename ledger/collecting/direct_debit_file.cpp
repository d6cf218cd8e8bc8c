#include "ledger/collecting/direct_debit_file.hpp"

#include <map>
#include <tuple>

#include "ledger/collecting/direct_debit_rules.hpp"
#include "ledger/values/money.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::collecting {

namespace {

using Block = std::vector<const DirectDebit*>;
using BlockKey = std::tuple<Day, CollectionSequence, MandateScheme, std::string>;

std::int64_t sum_of(const Block& block) {
  std::int64_t sum = 0;
  for (const DirectDebit* collection : block) sum = checked_add(sum, collection->amount_cents);
  return sum;
}

class Writer {
 public:
  explicit Writer(const DirectDebitOrder& order) : order_{order} {
    for (const DirectDebit& collection : order.collections) {
      all_.push_back(&collection);
      ids_.push_back(collection.end_to_end_id);
      blocks_[{collection.due_on, collection.sequence, collection.scheme, collection.account.iban.text()}]
          .push_back(&collection);
    }
  }

  DirectDebitFile write() {
    pugi::xml_document document;
    pugi::xml_node message = begin_sepa_document(document, "pain.008.001.08", "CstmrDrctDbtInitn");
    creditor_name_ = texts_.written({}, "name", order_.creditor_name, longest_sepa_name);
    write_header(add_element(message, "GrpHdr"));
    int number = 0;
    for (const auto& [key, block] : blocks_) write_block(add_element(message, "PmtInf"), block, ++number);
    return {text_of_document(document), static_cast<std::int64_t>(all_.size()), sum_of(all_),
            texts_.in_order(ids_)};
  }

 private:
  void write_header(pugi::xml_node header) {
    add_element(header, "MsgId", order_.message_id);
    add_element(header, "CreDtTm", to_the_second(order_.made_at));
    write_sums(header, all_);
    add_element(add_element(header, "InitgPty"), "Nm", creditor_name_);
  }

  static void write_sums(pugi::xml_node node, const Block& block) {
    add_sepa_sums(node, block.size(), sum_of(block));
  }

  void write_block(pugi::xml_node node, const Block& block, int number) {
    const DirectDebit& first = *block.front();
    add_element(node, "PmtInfId", sepa_block_id(order_.message_id, number));
    add_element(node, "PmtMtd", "DD");
    write_sums(node, block);
    pugi::xml_node type = add_element(node, "PmtTpInf");
    add_element(add_element(type, "SvcLvl"), "Cd", "SEPA");
    add_element(add_element(type, "LclInstrm"), "Cd", code_of(first.scheme));
    add_element(type, "SeqTp", code_of(first.sequence));
    add_element(node, "ReqdColltnDt", first.due_on.text());
    add_element(add_element(node, "Cdtr"), "Nm", creditor_name_);
    add_sepa_account(node, "CdtrAcct", first.account.iban);
    add_sepa_agent(node, "CdtrAgt", first.account.bic);
    add_element(node, "ChrgBr", "SLEV");
    pugi::xml_node other =
        add_element(add_element(add_element(add_element(node, "CdtrSchmeId"), "Id"), "PrvtId"), "Othr");
    add_element(other, "Id", order_.creditor.text());
    add_element(add_element(other, "SchmeNm"), "Prtry", "SEPA");
    for (const DirectDebit* collection : block)
      write_collection(add_element(node, "DrctDbtTxInf"), *collection);
  }

  void write_collection(pugi::xml_node node, const DirectDebit& collection) {
    add_element(add_element(node, "PmtId"), "EndToEndId", collection.end_to_end_id);
    add_euros(node, collection.amount_cents);
    write_mandate(add_element(add_element(node, "DrctDbtTx"), "MndtRltdInf"), collection);
    add_sepa_agent(node, "DbtrAgt", collection.debtor_bic);
    pugi::xml_node debtor = add_element(node, "Dbtr");
    add_element(debtor, "Nm",
                texts_.written(collection.end_to_end_id, "name", collection.debtor_name, longest_sepa_name));
    if (collection.debtor_address) write_address(add_element(debtor, "PstlAdr"), collection);
    add_sepa_account(node, "DbtrAcct", collection.debtor_iban);
    write_purpose(node, collection);
  }

  static void write_mandate(pugi::xml_node node, const DirectDebit& collection) {
    add_element(node, "MndtId", collection.mandate_id);
    add_element(node, "DtOfSgntr", collection.signed_on.text());
    add_element(node, "AmdmntInd", collection.account_changed ? "true" : "false");
    if (!collection.account_changed) return;
    // "Same mandate, new debtor account": it tells the bank without naming the old one.
    pugi::xml_node former = add_element(add_element(node, "AmdmntInfDtls"), "OrgnlDbtrAcct");
    add_element(add_element(add_element(former, "Id"), "Othr"), "Id", "SMNDA");
  }

  void write_address(pugi::xml_node node, const DirectDebit& collection) {
    const DebtorAddress& address = *collection.debtor_address;
    add_element(node, "TwnNm", texts_.written(collection.end_to_end_id, "address", address.town, 35));
    add_element(node, "Ctry", address.country);
    for (const std::string& line : address.lines)
      add_element(node, "AdrLine",
                  texts_.written(collection.end_to_end_id, "address", line, longest_sepa_name));
  }

  void write_purpose(pugi::xml_node node, const DirectDebit& collection) {
    if (collection.reference) {
      add_sepa_reference(node, {collection.reference->text(), "ISO", {}});
    } else if (!collection.text.empty()) {
      add_element(add_element(node, "RmtInf"), "Ustrd",
                  texts_.written(collection.end_to_end_id, "text", collection.text, longest_sepa_text));
    }
  }

  const DirectDebitOrder& order_;
  Block all_;
  std::vector<std::string> ids_;
  std::map<BlockKey, Block> blocks_;
  std::string creditor_name_;
  SepaTexts texts_;
};

}  // namespace

DirectDebitFile direct_debit_file(const DirectDebitOrder& order) {
  if (const std::string fault = direct_debit_fault(order); !fault.empty())
    throw Refused{Refusal::direct_debit_impossible, fault};
  return Writer{order}.write();
}

}  // namespace coop::collecting
