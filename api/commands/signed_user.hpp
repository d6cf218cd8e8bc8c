#pragma once
#include <string>

#include "ledger/access/role.hpp"
#include "ledger/books/author.hpp"
#include "ledger/books/node.hpp"
#include "ledger/database/database.hpp"
#include "ledger/values/day.hpp"

namespace coop::api {

/// A user whose password is a line of standard input, and who may do this in the node. Throws Refused: what
/// access::require_password() refuses, role_missing.
books::Author require_signed_author(Database& database, const books::Node& node, const std::string& user,
                                    access::Action action, Instant now);

/// Whether the author holds a role in the node that lets them do this.
bool has_role_for(Database& database, const books::Node& node, const books::Author& author,
                  access::Action action);

/// Whether anybody at all holds a role in the node that lets them do this.
bool somebody_has_role_for(Database& database, const books::Node& node, access::Action action);

}  // namespace coop::api
