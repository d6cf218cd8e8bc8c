#include "ledger/books/hold.hpp"

namespace coop::books {

std::string_view text_of(HoldState state) {
  constexpr std::array<std::string_view, 4> texts{"open", "posted", "voided", "expired"};
  return texts.at(static_cast<std::size_t>(state));
}

}  // namespace coop::books
