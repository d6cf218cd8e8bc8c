#include "ledger/books/dimension.hpp"

#include <algorithm>

#include "ledger/values/refusal.hpp"

namespace coop::books {

namespace {
constexpr std::array<std::string_view, 4> kind_texts{"fund", "member", "cost_object", "tax_code"};
}

std::string_view text_of(DimensionKind kind) { return kind_texts.at(static_cast<std::size_t>(kind)); }

DimensionKind dimension_kind_from(std::string_view text) {
  for (const DimensionKind kind : dimension_kinds) {
    if (text_of(kind) == text) return kind;
  }
  throw Refused{Refusal::field_invalid, "a dimension is a fund, member, cost_object or tax_code, not '" +
                                            std::string{text} + "'"};
}

void require_dimension_code(std::string_view code) {
  const auto alphanumeric = [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  };
  const bool well_formed = !code.empty() && code.size() <= 40 && alphanumeric(code.front()) &&
                           std::all_of(code.begin(), code.end(), [&](char c) {
                             return alphanumeric(c) || c == '.' || c == '_' || c == '/' || c == '-';
                           });
  if (!well_formed) {
    throw Refused{Refusal::name_malformed,
                  "a code has 1 to 40 of A-Z a-z 0-9 . _ / - and begins with a letter or digit", "/code"};
  }
}

}  // namespace coop::books
