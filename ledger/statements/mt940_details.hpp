#pragma once
#include <optional>
#include <span>
#include <string>

#include "ledger/statements/mt940_tags.hpp"
#include "ledger/statements/statement.hpp"

namespace coop::statements {

/// What field 86 says of a line, in whichever dialect.
struct DetailsField {
  Detail& detail;
  std::string code = {};                 ///< the German code of what kind of booking it is: "166"
  std::string booking_text = {};         ///< what the bank calls it: "GUTSCHRIFT"
  std::string unknown_return = {};       ///< a German return key whose ISO code is not known here: "914"
  std::optional<Decimal> charge = {};    ///< COAM: what another bank took
  std::optional<Decimal> original = {};  ///< OAMT: the amount before that
};

/// Reads the fields 86 that follow one line into an empty detail. Structured as the German banks do it (code,
/// then a separator and two digits before each piece: ?20, ~20, >20, …), as the Dutch do it
/// (/TRTP/…/IBAN/…/REMI/…), or free text. Pieces and lines that are as long as they can be are joined without
/// a blank: banks cut within words.
DetailsField details_field_from(std::span<const TagField> fields, Detail& detail);

}  // namespace coop::statements
