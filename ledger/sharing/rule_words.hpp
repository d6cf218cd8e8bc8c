#pragma once
#include <string>
#include <vector>

#include "ledger/sharing/sharing_rule.hpp"

namespace coop::sharing {

/// The rule in plain words, a sentence for each step, in their order.
std::vector<std::string> words_of(const SharingRule& rule);

}  // namespace coop::sharing
