#pragma once
#include <span>
#include <string_view>

namespace coop::journals {

/// How a kind of row is read, with the columns in the order of its fields ($1 node, $2 after, $3 through),
/// and written ($1 node, $2 the rows as a JSON list). `last` asks for the highest number that $3 may have to
/// be ($1 node), where a room counts much further than the others.
struct RowStatements {
  const char* read;
  const char* insert;
  const char* last = nullptr;
};

/// The statements of a kind of row.
struct NamedStatements {
  std::string_view kind;
  RowStatements statements;
};

}  // namespace coop::journals
