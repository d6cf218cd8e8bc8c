#include "ledger/reminders/message.hpp"

#include <algorithm>
#include <array>

#include "ledger/values/refusal.hpp"

namespace coop::reminders {

namespace {
constexpr std::array<std::string_view, 4> state_words{"waiting", "sent", "failed", "dropped"};
}

std::string_view text_of(MessageState state) { return state_words.at(static_cast<std::size_t>(state)); }

MessageState message_state_from(std::string_view text) {
  const auto found = std::ranges::find(state_words, text);
  if (found == state_words.end())
    throw Refused{Refusal::field_invalid, "waiting, sent, failed or dropped is expected"};
  return static_cast<MessageState>(found - state_words.begin());
}

std::chrono::seconds wait_after(int failures) {
  constexpr std::chrono::seconds first{60}, longest{6 * 3'600};
  std::chrono::seconds wait = first;
  for (int i = 1; i < failures && wait < longest; ++i) wait *= 2;
  return std::min(wait, longest);
}

}  // namespace coop::reminders
