#include "ledger/collecting/direct_debit_file.hpp"

#include <pugixml.hpp>

#include <algorithm>
#include <map>
#include <sstream>
#include <tuple>

#include "ledger/collecting/direct_debit_rules.hpp"
#include "ledger/values/money.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::collecting {

namespace {

constexpr std::size_t longest_name = 70;
constexpr std::size_t longest_text = 140;

using Block = std::vector<const DirectDebit*>;
using BlockKey = std::tuple<Day, CollectionSequence, MandateScheme, std::string>;

pugi::xml_node add(pugi::xml_node parent, const char* name) { return parent.append_child(name); }

void add(pugi::xml_node parent, const char* name, std::string_view text) {
  parent.append_child(name).text().set(std::string{text}.c_str());
}

std::string euros(std::int64_t cents) { return text_from_minor(cents, 2); }

std::int64_t sum_of(const Block& block) {
  std::int64_t sum = 0;
  for (const DirectDebit* collection : block) sum = checked_add(sum, collection->amount_cents);
  return sum;
}

/// Seconds are enough for a bank.
std::string to_the_second(Instant instant) { return text_of(instant).substr(0, 19) + "Z"; }

class Writer {
 public:
  explicit Writer(const DirectDebitOrder& order) : order_{order} {
    for (const DirectDebit& collection : order.collections) {
      all_.push_back(&collection);
      blocks_[{collection.due_on, collection.sequence, collection.scheme, collection.account.iban.text()}]
          .push_back(&collection);
    }
  }

  DirectDebitFile write() {
    pugi::xml_document document;
    pugi::xml_node prolog = document.append_child(pugi::node_declaration);
    prolog.append_attribute("version") = "1.0";
    prolog.append_attribute("encoding") = "UTF-8";
    pugi::xml_node root = add(document, "Document");
    root.append_attribute("xmlns") = "urn:iso:std:iso:20022:tech:xsd:pain.008.001.08";
    pugi::xml_node message = add(root, "CstmrDrctDbtInitn");
    creditor_name_ = sepa({}, "name", order_.creditor_name, longest_name);
    write_header(add(message, "GrpHdr"));
    int number = 0;
    for (const auto& [key, block] : blocks_) write_block(add(message, "PmtInf"), block, ++number);
    std::ostringstream out;
    document.save(out, "  ", pugi::format_indent, pugi::encoding_utf8);
    return {out.str(), static_cast<std::int64_t>(all_.size()), sum_of(all_), in_order_of_collections()};
  }

 private:
  void write_header(pugi::xml_node header) {
    add(header, "MsgId", order_.message_id);
    add(header, "CreDtTm", to_the_second(order_.made_at));
    write_sums(header, all_);
    add(add(header, "InitgPty"), "Nm", creditor_name_);
  }

  static void write_sums(pugi::xml_node node, const Block& block) {
    add(node, "NbOfTxs", std::to_string(block.size()));
    add(node, "CtrlSum", euros(sum_of(block)));
  }

  void write_block(pugi::xml_node node, const Block& block, int number) {
    const DirectDebit& first = *block.front();
    add(node, "PmtInfId", block_id(number));
    add(node, "PmtMtd", "DD");
    write_sums(node, block);
    pugi::xml_node type = add(node, "PmtTpInf");
    add(add(type, "SvcLvl"), "Cd", "SEPA");
    add(add(type, "LclInstrm"), "Cd", code_of(first.scheme));
    add(type, "SeqTp", code_of(first.sequence));
    add(node, "ReqdColltnDt", first.due_on.text());
    add(add(node, "Cdtr"), "Nm", creditor_name_);
    write_account(add(node, "CdtrAcct"), first.account.iban);
    write_agent(add(node, "CdtrAgt"), first.account.bic);
    add(node, "ChrgBr", "SLEV");
    pugi::xml_node other = add(add(add(add(node, "CdtrSchmeId"), "Id"), "PrvtId"), "Othr");
    add(other, "Id", order_.creditor.text());
    add(add(other, "SchmeNm"), "Prtry", "SEPA");
    for (const DirectDebit* collection : block) write_collection(add(node, "DrctDbtTxInf"), *collection);
  }

  /// The message's id and the block's number, the id cut where both have no room.
  std::string block_id(int number) const {
    const std::string tail = "-" + std::to_string(number);
    return order_.message_id.substr(0, 35 - tail.size()) + tail;
  }

  void write_collection(pugi::xml_node node, const DirectDebit& collection) {
    add(add(node, "PmtId"), "EndToEndId", collection.end_to_end_id);
    pugi::xml_node amount = add(node, "InstdAmt");
    amount.append_attribute("Ccy") = "EUR";
    amount.text().set(euros(collection.amount_cents).c_str());
    write_mandate(add(add(node, "DrctDbtTx"), "MndtRltdInf"), collection);
    write_agent(add(node, "DbtrAgt"), collection.debtor_bic);
    pugi::xml_node debtor = add(node, "Dbtr");
    add(debtor, "Nm", sepa(collection.end_to_end_id, "name", collection.debtor_name, longest_name));
    if (collection.debtor_address) write_address(add(debtor, "PstlAdr"), collection);
    write_account(add(node, "DbtrAcct"), collection.debtor_iban);
    write_purpose(node, collection);
  }

  static void write_mandate(pugi::xml_node node, const DirectDebit& collection) {
    add(node, "MndtId", collection.mandate_id);
    add(node, "DtOfSgntr", collection.signed_on.text());
    add(node, "AmdmntInd", collection.account_changed ? "true" : "false");
    if (!collection.account_changed) return;
    // "Same mandate, new debtor account": it tells the bank without naming the old one.
    pugi::xml_node former = add(add(node, "AmdmntInfDtls"), "OrgnlDbtrAcct");
    add(add(add(former, "Id"), "Othr"), "Id", "SMNDA");
  }

  void write_address(pugi::xml_node node, const DirectDebit& collection) {
    const DebtorAddress& address = *collection.debtor_address;
    add(node, "TwnNm", sepa(collection.end_to_end_id, "address", address.town, 35));
    add(node, "Ctry", address.country);
    for (const std::string& line : address.lines)
      add(node, "AdrLine", sepa(collection.end_to_end_id, "address", line, longest_name));
  }

  static void write_account(pugi::xml_node node, const Iban& iban) {
    add(add(node, "Id"), "IBAN", iban.text());
  }

  static void write_agent(pugi::xml_node node, const std::optional<Bic>& bic) {
    pugi::xml_node institution = add(node, "FinInstnId");
    if (bic) add(institution, "BICFI", bic->text());
    else add(add(institution, "Othr"), "Id", "NOTPROVIDED");
  }

  void write_purpose(pugi::xml_node node, const DirectDebit& collection) {
    if (collection.reference) {
      pugi::xml_node reference = add(add(add(node, "RmtInf"), "Strd"), "CdtrRefInf");
      pugi::xml_node type = add(reference, "Tp");
      add(add(type, "CdOrPrtry"), "Cd", "SCOR");
      add(type, "Issr", "ISO");
      add(reference, "Ref", collection.reference->text());
    } else if (!collection.text.empty()) {
      add(add(node, "RmtInf"), "Ustrd",
          sepa(collection.end_to_end_id, "text", collection.text, longest_text));
    }
  }

  std::string sepa(const std::string& id, const char* field, const std::string& text, std::size_t most) {
    SepaText written = sepa_text_of(text, most);
    const std::string out = written.text;
    if (out != text) rewritten_.emplace(id, RewrittenText{id, field, text, std::move(written)});
    return out;
  }

  std::vector<RewrittenText> in_order_of_collections() const {
    std::vector<RewrittenText> ordered;
    const auto take = [&](const std::string& id) {
      const auto [first, last] = rewritten_.equal_range(id);
      for (auto at = first; at != last; ++at) ordered.push_back(at->second);
    };
    take({});
    for (const DirectDebit* collection : all_) take(collection->end_to_end_id);
    return ordered;
  }

  const DirectDebitOrder& order_;
  Block all_;
  std::map<BlockKey, Block> blocks_;
  std::string creditor_name_;
  std::multimap<std::string, RewrittenText> rewritten_;
};

}  // namespace

DirectDebitFile direct_debit_file(const DirectDebitOrder& order) {
  if (const std::string fault = direct_debit_fault(order); !fault.empty())
    throw Refused{Refusal::direct_debit_impossible, fault};
  return Writer{order}.write();
}

}  // namespace coop::collecting
