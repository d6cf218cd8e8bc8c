#pragma once
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <pugixml.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/values/bic.hpp"
#include "ledger/values/day.hpp"
#include "ledger/values/iban.hpp"
#include "ledger/values/sepa_text.hpp"

namespace coop {

/// The most that one order of SEPA moves, in cents.
inline constexpr std::int64_t most_sepa_cents = 99'999'999'999;
/// The most characters of a name.
inline constexpr std::size_t longest_sepa_name = 70;
/// The most characters of a text for whoever reads the statement.
inline constexpr std::size_t longest_sepa_text = 140;

/// A text that the bank sees otherwise than we wrote it: to be shown before the file is sent.
struct RewrittenText {
  std::string end_to_end_id;  ///< whose; empty: the co-operative's own name
  std::string field;          ///< "name", "text", "address"
  std::string from;
  SepaText to;
};

/// Writes texts as banks take them, and remembers which it changed.
class SepaTexts {
 public:
  /// The text of one order's field (or of the file, where the id is empty), with at most `most` characters.
  std::string written(const std::string& id, const char* field, const std::string& text, std::size_t most);
  /// What was changed: the file's own, then that of the orders in the order of their ids.
  std::vector<RewrittenText> in_order(std::span<const std::string> ids) const;

 private:
  std::multimap<std::string, RewrittenText> rewritten_;
};

/// Begins a document of ISO 20022: the element `message` below a root with the namespace of `schema`.
pugi::xml_node begin_sepa_document(pugi::xml_document& document, const std::string& schema,
                                   const char* message);
/// The document as text: UTF-8, indented.
std::string text_of_document(const pugi::xml_document& document);

/// Appends an element.
pugi::xml_node add_element(pugi::xml_node parent, const char* name);
/// Appends an element with a text.
void add_element(pugi::xml_node parent, const char* name, std::string_view text);
/// Appends how many orders there are, and what they add up to.
void add_sepa_sums(pugi::xml_node node, std::size_t orders, std::int64_t cents);
/// Appends an amount in euro.
void add_euros(pugi::xml_node node, std::int64_t cents);
/// Appends the element `name` with the IBAN.
void add_sepa_account(pugi::xml_node node, const char* name, const Iban& iban);
/// Appends the element `name` with the bank, or that it was not told.
void add_sepa_agent(pugi::xml_node node, const char* name, const std::optional<Bic>& bic);
/// A reference of the payee that a payment carries instead of a text.
struct SepaReference {
  std::string_view text;
  std::string_view issuer;       ///< "ISO", "BBA"; empty with a proprietary type
  std::string_view proprietary;  ///< "QRR"; empty: SCOR
};
/// Appends it.
void add_sepa_reference(pugi::xml_node node, const SepaReference& reference);

/// An instant as banks read it: seconds are enough.
std::string to_the_second(Instant instant);
/// The file's id and a block's number, the id cut where both have no room.
std::string sepa_block_id(const std::string& message_id, int number);
/// The day of an instant, in UTC.
Day utc_day_of(Instant instant);

}  // namespace coop
