#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace coop::statements {

/// What German banks hide in free text behind keys: "EREF+INV-7 MREF+M42 CRED+DE98ZZZ… SVWZ+Dues", or with
/// colons: "EREF: INV-7 IBAN: DE89 BIC: X". Empty where there is no such key, or only a placeholder behind.
struct GermanKeys {
  std::string end_to_end;  ///< EREF
  std::string customer;    ///< KREF
  std::string mandate;     ///< MREF
  std::string creditor;    ///< CRED
  std::string account;     ///< IBAN, only if its check digits are right
  std::string bank;        ///< BIC
  std::string ultimate;    ///< ABWA, ABWE: on whose behalf
  std::string text;        ///< SVWZ, after what stood before the first key; without SVWZ the whole text
};

/// Reads the keys of a text, each at its first place.
GermanKeys german_keys_in(std::string text);

/// True if the text begins with one of the keys.
bool begins_with_german_key(std::string_view text);

}  // namespace coop::statements
