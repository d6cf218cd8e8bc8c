#include "api/handlers/reference_forms.hpp"

#include "ledger/dues/creditor_reference.hpp"

namespace coop::api {

namespace {

using MaybeReference = std::optional<StructuredReference>;

void write_references(JsonWriter& out, const MaybeReference& creditor, const MaybeReference& national) {
  out.field("reference", creditor ? std::optional{creditor->text()} : std::nullopt);
  out.field("national_reference", national ? std::optional{national->text()} : std::nullopt);
}

}  // namespace

void write_references(JsonWriter& out, std::string_view member, const NationalKind& national) {
  write_references(out, dues::maybe_reference_of_member(ReferenceKind::creditor, member),
                   national ? dues::maybe_reference_of_member(*national, member) : std::nullopt);
}

void write_references(JsonWriter& out, std::string_view member, ChargeNumber charge,
                      const NationalKind& national) {
  write_references(out, dues::maybe_reference_of_charge(ReferenceKind::creditor, member, charge),
                   national ? dues::maybe_reference_of_charge(*national, member, charge) : std::nullopt);
}

}  // namespace coop::api
