#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "ledger/pay/pay_run.hpp"

namespace coop::pay {

/// The share of its pay that a member gets in the local unit: what they chose, else the run's.
Ratio local_share_of(const LocalPay& local, const PayShare& share);

/// Works out which part of what is paid is paid in the local unit, if the run has one: the share of it, half
/// up, at most the cap; in the local unit at the rate, half up. What comes to nothing there is paid in money.
void take_local_part(PayRun& run);

/// The same in words: "54.02 EUR of it (20.00%, at most 100.00) at 1.25 are 67.53 GMC". The run must have
/// one.
std::string local_words_of(const PayRun& run, const PayShare& share);

/// What of it is paid in the run's unit; in the local one. Minor units.
std::int64_t money_minor_of(const PayShare& share);
/// What all shares together convert, in the run's unit; what that is in the local one.
std::int64_t converted_minor_of(const PayRun& run);
std::int64_t local_minor_of(const PayRun& run);

/// An amount of a member, split by the cost objects for which they worked, in the order of `costs`; one part
/// where there are none.
std::vector<std::int64_t> split_by_costs(std::int64_t minor, const std::vector<CostWeight>& costs);

}  // namespace coop::pay
