#include "ledger/database/undoable.hpp"

#include <string>

namespace coop {

Undoable::Undoable(Tx& tx, const char* name) : tx_{tx}, name_{name} {
  tx_.run_script("SAVEPOINT " + std::string{name_});
}

void Undoable::undo() {
  tx_.run_script("ROLLBACK TO SAVEPOINT " + std::string{name_});
  keep();
}

void Undoable::keep() { tx_.run_script("RELEASE SAVEPOINT " + std::string{name_}); }

}  // namespace coop
