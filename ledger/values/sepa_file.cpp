#include "ledger/values/sepa_file.hpp"

#include <sstream>

#include "ledger/values/money.hpp"

namespace coop {

std::string SepaTexts::written(const std::string& id, const char* field, const std::string& text,
                               std::size_t most) {
  SepaText sepa = sepa_text_of(text, most);
  const std::string out = sepa.text;
  if (out != text) rewritten_.emplace(id, RewrittenText{id, field, text, std::move(sepa)});
  return out;
}

std::vector<RewrittenText> SepaTexts::in_order(std::span<const std::string> ids) const {
  std::vector<RewrittenText> ordered;
  const auto take = [&](const std::string& id) {
    const auto [first, last] = rewritten_.equal_range(id);
    for (auto at = first; at != last; ++at) ordered.push_back(at->second);
  };
  take({});
  for (const std::string& id : ids) take(id);
  return ordered;
}

pugi::xml_node begin_sepa_document(pugi::xml_document& document, const std::string& schema,
                                   const char* message) {
  pugi::xml_node prolog = document.append_child(pugi::node_declaration);
  prolog.append_attribute("version") = "1.0";
  prolog.append_attribute("encoding") = "UTF-8";
  pugi::xml_node root = add_element(document, "Document");
  root.append_attribute("xmlns") = ("urn:iso:std:iso:20022:tech:xsd:" + schema).c_str();
  return add_element(root, message);
}

std::string text_of_document(const pugi::xml_document& document) {
  std::ostringstream out;
  document.save(out, "  ", pugi::format_indent, pugi::encoding_utf8);
  return out.str();
}

pugi::xml_node add_element(pugi::xml_node parent, const char* name) { return parent.append_child(name); }

void add_element(pugi::xml_node parent, const char* name, std::string_view text) {
  parent.append_child(name).text().set(std::string{text}.c_str());
}

void add_sepa_sums(pugi::xml_node node, std::size_t orders, std::int64_t cents) {
  add_element(node, "NbOfTxs", std::to_string(orders));
  add_element(node, "CtrlSum", text_from_minor(cents, 2));
}

void add_euros(pugi::xml_node node, std::int64_t cents) {
  pugi::xml_node amount = add_element(node, "InstdAmt");
  amount.append_attribute("Ccy") = "EUR";
  amount.text().set(text_from_minor(cents, 2).c_str());
}

void add_sepa_account(pugi::xml_node node, const char* name, const Iban& iban) {
  add_element(add_element(add_element(node, name), "Id"), "IBAN", iban.text());
}

void add_sepa_agent(pugi::xml_node node, const char* name, const std::optional<Bic>& bic) {
  pugi::xml_node institution = add_element(add_element(node, name), "FinInstnId");
  if (bic) add_element(institution, "BICFI", bic->text());
  else add_element(add_element(institution, "Othr"), "Id", "NOTPROVIDED");
}

void add_sepa_reference(pugi::xml_node node, const SepaReference& reference) {
  pugi::xml_node information = add_element(add_element(add_element(node, "RmtInf"), "Strd"), "CdtrRefInf");
  pugi::xml_node type = add_element(information, "Tp");
  pugi::xml_node kind = add_element(type, "CdOrPrtry");
  if (reference.proprietary.empty()) add_element(kind, "Cd", "SCOR");
  else add_element(kind, "Prtry", reference.proprietary);
  if (!reference.issuer.empty()) add_element(type, "Issr", reference.issuer);
  add_element(information, "Ref", reference.text);
}

std::string to_the_second(Instant instant) { return text_of(instant).substr(0, 19) + "Z"; }

std::string sepa_block_id(const std::string& message_id, int number) {
  const std::string tail = "-" + std::to_string(number);
  return message_id.substr(0, 35 - tail.size()) + tail;
}

Day utc_day_of(Instant instant) {
  return Day::of_count(
      static_cast<std::int32_t>(date::floor<date::days>(instant).time_since_epoch().count()));
}

}  // namespace coop
