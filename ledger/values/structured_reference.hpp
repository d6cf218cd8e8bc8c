#pragma once
#include <compare>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace coop {

/// Kinds of references that a payer copies and a program checks.
enum class ReferenceKind {
  creditor,  ///< ISO 11649, "RF18 5390 0754 7034": known in every country of SEPA
  belgian,   ///< the structured communication (OGM/VCS), "+++000/0000/00101+++"
  swiss,     ///< the QR reference of Switzerland and Liechtenstein, 27 digits
};

/// What is known of one kind of reference. A national kind more is a row more in the table of forms.
struct ReferenceForm {
  ReferenceKind kind;
  std::string_view code;   ///< "rf", "ogm", "qrr": in the API and in files
  std::string_view title;  ///< in plain words
  std::size_t most_body;   ///< the longest body, without check digits
  bool digits_only;        ///< else digits and capital letters
  /// True if text without blanks, in capitals, is meant to be of this kind, valid or not.
  bool (*claims)(std::string_view text);
  /// The same without the marks that this kind is printed with.
  std::string (*bare)(std::string_view text);
  /// The whole reference of a body that is not longer than `most_body`.
  std::string (*complete)(std::string_view body);
  /// What is wrong with a whole reference; empty if nothing is.
  std::string (*fault)(std::string_view text);
  /// As people read it: in blocks.
  std::string (*printed)(std::string_view text);
};

/// Every kind, in the order of the enumeration.
std::span<const ReferenceForm> reference_forms();
/// The table's row of `kind`.
const ReferenceForm& reference_form(ReferenceKind kind);
/// The form with this code. Throws Refused: reference_malformed.
const ReferenceForm& reference_form(std::string_view code);

/// A payment reference with check digits that are right.
class StructuredReference {
 public:
  /// Reads a reference of any kind as people type it: blanks anywhere, small or capital letters, a Belgian
  /// one with or without its plus signs (or stars) and strokes. Throws Refused: reference_malformed.
  static StructuredReference parse(std::string_view typed);
  /// Makes the reference that carries `body`, adding check digits and, for kinds of a fixed length, zeros in
  /// front. Throws Refused: reference_malformed, if the body has other characters than the kind, or too many.
  static StructuredReference of(ReferenceKind kind, std::string_view body);

  ReferenceKind kind() const noexcept { return kind_; }
  /// Without blanks or marks: as it is stored, compared and transmitted.
  const std::string& text() const noexcept { return text_; }
  /// As it is printed for people: creditor references in blocks of four.
  std::string printed() const;

  friend auto operator<=>(const StructuredReference&, const StructuredReference&) = default;

 private:
  StructuredReference(ReferenceKind kind, std::string text) : kind_{kind}, text_{std::move(text)} {}
  ReferenceKind kind_;
  std::string text_;
};

}  // namespace coop
