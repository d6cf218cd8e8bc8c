#pragma once
#include <vector>

#include "api/json_reader.hpp"
#include "api/json_writer.hpp"
#include "ledger/costs/cost_allocation_service.hpp"
#include "ledger/costs/cost_allocation_store.hpp"
#include "ledger/costs/cost_bill.hpp"
#include "ledger/costs/cost_pool.hpp"
#include "ledger/costs/cost_usage_service.hpp"

namespace coop::api {

class UnitDirectory;

/// A pool or its next term that is asked for. Throws Refused naming the field.
costs::CostPoolDraft cost_pool_from(const JsonValue& value, UnitDirectory& units);
/// A bill that is asked for. Throws Refused naming the field.
costs::CostBillDraft cost_bill_from(const JsonValue& value, UnitDirectory& units);
/// Usage of one pool that is told. Throws Refused naming the field.
std::vector<costs::CostUsageDraft> cost_usage_from(const JsonValue& value);
/// Members that are to be counted for a pool. Throws Refused naming the field.
costs::MemberCountDraft member_count_from(const JsonValue& value, const std::string& pool);
/// A period that is to be divided. Throws Refused naming the field.
costs::CostAllocationDraft cost_allocation_from(const JsonValue& value);

/// A pool with its terms.
void write_cost_pool(JsonWriter& out, const costs::CostPool& pool);
/// A bill.
void write_cost_bill(JsonWriter& out, const costs::CostBill& bill);
/// A usage.
void write_cost_usage(JsonWriter& out, const costs::CostUsage& usage);

/// A division with what it took and how it came out.
struct ShownAllocation {
  costs::CostAllocation allocation;
  costs::ExplainedCosts explained;
  std::vector<costs::CostBill> bills;
  costs::UsageSums usage;
};
/// Writes it: shares, bills, usage, and the explanation of each share.
void write_cost_allocation(JsonWriter& out, const ShownAllocation& shown);
/// A division in a list.
void write_cost_allocation_summary(JsonWriter& out, const costs::CostAllocationSummary& listed);

}  // namespace coop::api
