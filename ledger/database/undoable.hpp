#pragma once
#include "ledger/database/tx.hpp"

namespace coop {

/// Work that can be undone within a database transaction: everything since it began, by `undo`. Nested ones
/// have names of their own.
class Undoable {
 public:
  Undoable(Tx& tx, const char* name);
  /// Takes back what was done since.
  void undo();
  /// Lets it stand.
  void keep();

 private:
  Tx& tx_;
  const char* name_;
};

}  // namespace coop
