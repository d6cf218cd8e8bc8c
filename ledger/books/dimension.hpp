#pragma once
#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "ledger/values/ids.hpp"

namespace coop::books {

/// What a posting may be about.
enum class DimensionKind { fund, member, cost_object, tax_code };

inline constexpr std::array<DimensionKind, 4> dimension_kinds{
    DimensionKind::fund, DimensionKind::member, DimensionKind::cost_object, DimensionKind::tax_code};

/// "fund" …
std::string_view text_of(DimensionKind kind);
/// Throws Refused: field_invalid.
DimensionKind dimension_kind_from(std::string_view text);

/// A row of a node's dimensions, named by its code within its kind.
struct Dimension {
  DimensionId id;
  DimensionKind kind;
  std::string code;
  std::string name;
};

/// The codes a posting carries, one place a kind, in the order of dimension_kinds.
using DimensionCodes = std::array<std::optional<std::string>, 4>;
/// The rows a posting refers to, one place a kind, in the order of dimension_kinds.
using DimensionIds = std::array<std::optional<DimensionId>, 4>;

/// Throws Refused: name_malformed.
void require_dimension_code(std::string_view code);

}  // namespace coop::books
