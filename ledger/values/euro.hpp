#pragma once

namespace coop {

/// Decimals of the euro, which is all that SEPA collects and transfers.
inline constexpr int euro_scale = 2;

}  // namespace coop
