#pragma once
#include <string>

#include "ledger/values/refusal.hpp"

namespace coop::test {

/// The code with which `work` is refused, or "accepted": reads well in a failed expectation.
template <class Work>
std::string refusal_code(Work&& work) {
  try {
    work();
  } catch (const Refused& refused) {
    return std::string{text_of(refused.refusal()).code};
  }
  return "accepted";
}

}  // namespace coop::test
