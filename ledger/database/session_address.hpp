#pragma once
#include <string>

#include "ledger/database/database.hpp"

namespace coop {

/// True if libpq can read the address, whether there is such a server or not.
bool is_database_address(const std::string& address);

/// The address of `settings` with the session's settings in it ("-c TimeZone=UTC …"), so that they hold from
/// the first statement on; its role and statement timeout are added.
std::string session_address(const DatabaseSettings& settings, std::string options);

}  // namespace coop
