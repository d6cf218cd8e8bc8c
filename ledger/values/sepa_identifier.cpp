#include "ledger/values/sepa_identifier.hpp"

#include "ledger/values/sepa_text.hpp"

namespace coop {

std::string sepa_identifier_fault(std::string_view id) {
  if (id.empty()) return "is empty";
  if (!is_sepa_text(id))
    return "has characters that banks do not take: letters a-z, digits and / - ? : ( ) . , ' +";
  if (id.size() > 35) return "has more than 35 characters";
  if (id.front() == ' ' || id.back() == ' ') return "begins or ends with a blank";
  if (id.front() == '/' || id.back() == '/' || id.find("//") != std::string_view::npos)
    return "begins or ends with a stroke, or has two in a row";
  return {};
}

}  // namespace coop
