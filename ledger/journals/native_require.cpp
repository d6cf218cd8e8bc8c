#include "ledger/journals/native_require.hpp"

#include "ledger/values/refusal.hpp"

namespace coop::journals {

void require(bool holds, const std::string& otherwise) {
  if (!holds) throw Refused{Refusal::import_contradicts, otherwise};
}

}  // namespace coop::journals
