#pragma once
#include <boost/json/fwd.hpp>
#include <string>
#include <string_view>

#include "ledger/sharing/sharing_rule.hpp"

namespace coop::sharing {

/// A rule as it is asked for, kept and shown: {"unit", "steps": [{"step", "pot", …}]}, the fields in one
/// order, what goes without saying left out ("pot": "pot").
boost::json::value json_of(const SharingRule& rule);
/// The same as text without blanks: equal rules have equal text.
std::string canonical_text(const SharingRule& rule);
/// SHA-256 of the canonical text, 64 hexadecimal digits.
std::string hash_of(const SharingRule& rule);

/// Reads a rule and judges it. Throws Refused naming the field below `at`: field_missing, field_unknown,
/// field_invalid, unit_unknown (no code of a unit), name_malformed, amount_overflow, and what require_rule
/// refuses.
SharingRule sharing_rule_from(const boost::json::value& json, const std::string& at = {});
/// The same of a text.
SharingRule sharing_rule_from_text(std::string_view text);

}  // namespace coop::sharing
