#include "ledger/proof/room_faults_store.hpp"

#include <string>
#include <utility>
#include <vector>

#include "ledger/proof/bank_store.hpp"
#include "ledger/proof/capital_store.hpp"
#include "ledger/proof/collecting_store.hpp"
#include "ledger/proof/cost_store.hpp"
#include "ledger/proof/disbursement_store.hpp"
#include "ledger/proof/dues_store.hpp"
#include "ledger/proof/fund_store.hpp"
#include "ledger/proof/pay_store.hpp"
#include "ledger/proof/sharing_store.hpp"
#include "ledger/proof/work_store.hpp"

namespace coop::proof {

namespace {

using ReadFaults = std::vector<std::string> (*)(BulkReader& reader, std::int64_t node);

constexpr std::pair<Finding, ReadFaults> rooms[] = {
    {Finding::payment_differs, read_refund_faults},
    {Finding::collection_differs, read_collecting_faults},
    {Finding::bank_differs, read_bank_faults},
    {Finding::disbursement_differs, read_disbursement_faults},
    {Finding::work_differs, read_work_faults},
    {Finding::fund_differs, read_fund_faults},
    {Finding::capital_differs, read_capital_faults},
    {Finding::sharing_rule_differs, read_sharing_faults},
    {Finding::cost_differs, read_cost_faults},
    {Finding::pay_differs, read_pay_faults},
};

}  // namespace

void add_room_faults(BulkReader& reader, std::int64_t node, Flaws& flaws) {
  for (const auto& [finding, read] : rooms)
    for (const std::string& fault : read(reader, node)) flaws.add(finding, std::nullopt, fault);
}

}  // namespace coop::proof
