#pragma once
#include <optional>
#include <string>

#include "ledger/sharing/sharing_rule.hpp"
#include "ledger/values/day.hpp"
#include "ledger/values/ids.hpp"

namespace coop::sharing {

/// The gap-free number of a version within its node, from 1, over all rules.
using VersionNumber = Id<struct SharingVersionKind, std::int32_t>;
/// The number of a value of a place within its node, from 1.
using PlaceValueNumber = Id<struct PlaceValueKind, std::int32_t>;

/// A version of a rule as somebody writes it down.
struct VersionDraft {
  std::string code;  ///< of the rule: a name as require_name() wants it
  std::string title;
  Day valid_from;
  std::optional<SharingRule> rule = {};  ///< nothing: the rule is withdrawn
  std::string decision;                  ///< who adopted it, and where that is written down
  std::string handbook_link = {};        ///< "" if there is none
  Day adopted_on;
};

/// A version that was recorded. Never changed; holds from its day until the next one begins.
struct RuleVersion {
  VersionNumber number;
  int version;  ///< of its code, from 1
  VersionDraft is;
  std::string hash;  ///< of the canonical text; "" where the rule is withdrawn
  Instant recorded_at;
  std::optional<std::string> recorded_by = {};  ///< the user's name
};

/// Refuses a version, the first broken rule in this order: name_malformed (code), field_invalid (title),
/// decision_missing, field_invalid (decision too long, link without http:// or https://, or too long).
/// The rule itself is judged when it is read.
void require_version(const VersionDraft& draft);

}  // namespace coop::sharing
