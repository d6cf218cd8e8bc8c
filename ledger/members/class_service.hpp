#pragma once
#include <string>
#include <string_view>

#include "ledger/books/node_service.hpp"
#include "ledger/members/class_rule.hpp"

namespace coop::members {

/// Adds a class of members. Throws Refused: node_unknown, name_malformed, field_invalid (title),
/// class_exists.
MemberClass add_class(Tx& tx, NodeId node, const std::string& code, const std::string& title,
                      const books::Author& author);
/// Gives a class another title. Throws Refused: node_unknown, class_unknown, field_invalid.
MemberClass rename_class(Tx& tx, NodeId node, std::string_view code, const std::string& title,
                         const books::Author& author);
/// Adopts a rule for a class, from its first day on, which may be past: what was known before stays on
/// record. Throws Refused: node_unknown, class_unknown, field_invalid naming the field.
AdoptedRule adopt_rule(Tx& tx, NodeId node, std::string_view code, const ClassRule& rule,
                       const books::Author& author);

}  // namespace coop::members
