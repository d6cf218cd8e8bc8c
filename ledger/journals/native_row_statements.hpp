#pragma once
#include <span>
#include <string_view>

namespace coop::journals {

/// How a kind of row is read, with the columns in the order of its fields ($1 node, $2 after, $3 through),
/// and written ($1 node, $2 the rows as a JSON list).
struct RowStatements {
  const char* read;
  const char* insert;
};

/// The statements of a kind of row.
struct NamedStatements {
  std::string_view kind;
  RowStatements statements;
};

}  // namespace coop::journals
