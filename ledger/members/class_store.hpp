#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "ledger/database/tx.hpp"
#include "ledger/members/class_rule.hpp"

namespace coop::members {

/// The node's classes with their rules, by code.
std::vector<MemberClass> read_classes(Tx& tx, NodeId node);
/// The class of this code. Throws Refused: class_unknown.
MemberClass read_class(Tx& tx, NodeId node, std::string_view code);
/// The same, if there is one.
std::optional<MemberClass> find_class(Tx& tx, NodeId node, std::string_view code);
/// Writes a class. The head must be locked.
ClassId insert_class(Tx& tx, NodeId node, std::string_view code, std::string_view title, Instant at,
                     std::optional<UserId> by);
/// Gives a class another title.
void update_class_title(Tx& tx, NodeId node, ClassId id, std::string_view title);
/// Writes the class's next rule. The head must be locked. Returns its number.
int insert_class_rule(Tx& tx, NodeId node, ClassId id, const ClassRule& rule, Instant at,
                      std::optional<UserId> by);

}  // namespace coop::members
