#pragma once
#include <span>
#include <string_view>

namespace coop::disbursements {

/// Why a bank sent a payment of ours back, or did not take it (external code set of ISO 20022).
struct TransferReturnReason {
  std::string_view code;
  std::string_view cause;      ///< what happened
  std::string_view next_step;  ///< what a treasurer can do
};

/// Every reason with words of its own.
std::span<const TransferReturnReason> transfer_return_reasons();

/// The reason with this code, or the one for codes without words of their own, whose code is empty.
const TransferReturnReason& transfer_return_reason(std::string_view code);

}  // namespace coop::disbursements
