#pragma once
#include <map>
#include <span>
#include <string>
#include <string_view>

#include "ledger/journals/json_fields.hpp"

namespace coop::journals {

/// The decimals of each unit, by code.
using Scales = std::map<std::string, int, std::less<>>;

/// What a field of a row holds. A user is named, and made where the name is unknown.
enum class FieldType { text, number, day, instant, truth, user };

/// One field of a kind of row, in the order in which they are written.
struct RowField {
  std::string_view name;
  FieldType type;
  bool required = true;
};

/// A kind of line of the complete export that describes one row of a room beside the books: members, dues.
struct RowKind {
  std::string_view kind;  ///< the word in the line's first field
  std::span<const RowField> fields;
  int at_once = 500;  ///< of how many numbers the rows are read together
};

/// All kinds of rows, in the order in which they stand in a file: each refers to earlier ones only.
std::span<const RowKind> row_kinds();
/// The kind of this name, or null.
const RowKind* find_row_kind(std::string_view kind);

/// A line that describes such a row: its fields as one JSON object, without the first field.
struct NativeRow {
  const RowKind* of;
  std::string json;
};

/// Reads the row's fields, which are judged by type. Throws Refused: import_unreadable, day_malformed,
/// instant_malformed.
NativeRow native_row_from(const RowKind& kind, JsonFields& fields);

}  // namespace coop::journals
