#pragma once
#include <string>
#include <string_view>

namespace coop {

/// The remainder by 97 of `text`, read as ISO 7064 MOD 97-10 reads it: digits as they are, A = 10 to Z = 35.
/// The text is of any length and holds digits and capital letters only. Throws InvariantBroken.
int remainder_by_97(std::string_view text);

/// The two check digits that make `body` followed by them leave 1 (ISO 7064 MOD 97-10): 98 less the
/// remainder of body and "00". They find each digit mistyped for a digit or letter for a letter, and each
/// swap of two neighbouring digits or letters.
std::string check_digits_97(std::string_view body);

}  // namespace coop
