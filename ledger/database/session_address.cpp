#include "ledger/database/session_address.hpp"

#include <libpq-fe.h>

#include <memory>

namespace coop {

bool is_database_address(const std::string& address) {
  const std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> parts{
      PQconninfoParse(address.c_str(), nullptr), &PQconninfoFree};
  return parts != nullptr;
}

std::string session_address(const DatabaseSettings& settings, std::string options) {
  options += " -c statement_timeout=" + std::to_string(settings.statement_timeout_ms);
  if (!settings.role.empty()) options += " -c role=" + settings.role;
  if (settings.address.starts_with("postgresql://") || settings.address.starts_with("postgres://")) {
    std::string encoded;
    for (const char character : options) {
      if (character == ' ') encoded += "%20";
      else if (character == '=') encoded += "%3D";
      else encoded += character;
    }
    const char* mark = settings.address.find('?') == std::string::npos ? "?" : "&";
    return settings.address + mark + "application_name=coopledger&options=" + encoded;
  }
  return settings.address + " application_name=coopledger options='" + options + "'";
}

}  // namespace coop
