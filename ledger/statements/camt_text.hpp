#pragma once
#include <string>
#include <vector>

#include "ledger/statements/camt_elements.hpp"

namespace coop::statements {

/// Joins the pieces of a remittance text. A blank goes between two pieces, unless the first fills its field
/// to the last character (140, or 35 where no piece is longer): then the bank cut the text there, in the
/// middle of a word or not, and the blank is already in one of them. A German key always begins apart.
std::string joined_pieces(const std::vector<std::string>& pieces);

/// What stands in RmtInf for people: Ustrd joined; then what Strd has besides its first reference (further
/// references, numbers of documents, additional text), as far as it is not said yet.
std::string remittance_text(Element remittance);

/// Adds a text behind another, with a blank, unless it is in there already or the text is very long.
void add_text(std::string& text, const std::string& more);

}  // namespace coop::statements
