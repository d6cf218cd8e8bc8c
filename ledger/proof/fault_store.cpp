#include "ledger/proof/fault_store.hpp"

namespace coop::proof {

void add_faults(BulkReader& reader, const char* sql, std::int64_t node, std::vector<std::string>& faults) {
  const BulkRows rows = reader.read(sql, node);
  for (int row = 0; row < rows.size(); ++row) faults.emplace_back(rows.bytes(row, 0));
}

}  // namespace coop::proof
