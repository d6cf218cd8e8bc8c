#include "ledger/funds/said_words.hpp"

#include "ledger/values/code_text.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::funds {

void require_said(const std::string& text, std::size_t most, const std::string& field) {
  const std::size_t size = characters_of(text);
  if (size > 0 && size <= most && text.find_first_not_of(' ') != std::string::npos) return;
  throw Refused{Refusal::field_invalid, "it has 1 to " + std::to_string(most) + " characters", field};
}

}  // namespace coop::funds
