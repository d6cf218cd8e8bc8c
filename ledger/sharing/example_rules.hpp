#pragma once
#include <span>
#include <string_view>

#include "ledger/sharing/sharing_rule.hpp"

namespace coop::sharing {

/// A rule that comes with the program, to be read and changed before it is adopted.
struct ExampleRule {
  std::string_view code;
  std::string_view title;
  std::string_view rule;  ///< JSON, as sharing_rule_from_text() reads it
};

/// All of them: for pay, for pools of credits, for what is owed, for surplus, for shared costs.
std::span<const ExampleRule> example_rules();
/// The rule of the example with this code. Throws Refused: template_unknown.
SharingRule example_rule(std::string_view code);

}  // namespace coop::sharing
