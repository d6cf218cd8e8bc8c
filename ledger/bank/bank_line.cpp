#include "ledger/bank/bank_line.hpp"

#include <algorithm>

#include "ledger/values/word_table.hpp"

namespace coop::bank {

namespace {

constexpr WordTable<LineState, 4> line_states{{{LineState::open, "open"},
                                               {LineState::matched, "matched"},
                                               {LineState::ignored, "ignored"},
                                               {LineState::silent, "silent"}}};

}  // namespace

std::string_view text_of(LineState state) { return text_among(line_states, state); }
LineState line_state_from(std::string_view text) { return word_among(line_states, text); }

bool waits_for_details(const BankLine& line) {
  const bool is_of_an_order = !line.batch_message.empty() || !line.batch_group.empty();
  if (line.batch_count ? *line.batch_count == 1 : !is_of_an_order) return false;
  const auto least = static_cast<std::size_t>(std::max(line.batch_count.value_or(0), 2));
  return line.details.size() < least &&
         std::ranges::none_of(
             line.details, [](const BankDetail& detail) { return detail.amount_minor.has_value(); });
}

}  // namespace coop::bank
