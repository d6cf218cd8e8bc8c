#include "ledger/reminders/letter.hpp"

#include <algorithm>
#include <array>

#include "ledger/values/refusal.hpp"

namespace coop::reminders {

namespace {

constexpr std::array<std::string_view, 11> words{"name",      "member",         "node",  "amount",
                                                 "reference", "overdue_since",  "level", "fee",
                                                 "iban",      "account_holder", "notice"};

bool is_small(char c) { return c >= 'a' && c <= 'z'; }
bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }

const ReminderText* find_in(std::span<const ReminderText> texts, std::string_view language) {
  const auto found = std::ranges::find(texts, language, &ReminderText::language);
  return found == texts.end() ? nullptr : &*found;
}

}  // namespace

void require_placeholders(std::string_view text, const std::string& field) {
  for (std::size_t at = text.find('{'); at != std::string_view::npos; at = text.find('{', at + 1)) {
    const std::size_t end = text.find('}', at);
    const std::string_view word =
        end == std::string_view::npos ? std::string_view{} : text.substr(at + 1, end - at - 1);
    if (std::ranges::find(words, word) != words.end()) continue;
    std::string known;
    for (const std::string_view one : words) known.append(" {").append(one).append("}");
    throw Refused{Refusal::field_invalid, "these can be filled in:" + known, field};
  }
}

std::string filled_in(std::string_view text, const std::map<std::string, std::string, std::less<>>& values) {
  std::string out;
  while (!text.empty()) {
    const std::size_t begin = std::min(text.find('{'), text.size());
    out += text.substr(0, begin);
    text.remove_prefix(begin);
    if (text.empty()) break;
    const std::size_t end = std::min(text.find('}'), text.size() - 1);
    const auto value = values.find(text.substr(1, end - 1));
    if (value != values.end()) out += value->second;
    text.remove_prefix(end + 1);
  }
  return out;
}

bool is_language(std::string_view text) {
  const std::size_t dash = std::min(text.find('-'), text.size());
  const std::string_view base = text.substr(0, dash);
  const std::string_view country = text.substr(dash);
  if (base.size() < 2 || base.size() > 3 || !std::ranges::all_of(base, is_small)) return false;
  return country.empty() || (country.size() == 3 && std::ranges::all_of(country.substr(1), is_capital));
}

const ReminderText& text_for(std::span<const ReminderText> texts, std::string_view language,
                             std::string_view otherwise) {
  ensure(!texts.empty(), "a reminder says something");
  for (const std::string_view wanted : {language, language.substr(0, language.find('-')), otherwise})
    if (const ReminderText* found = find_in(texts, wanted)) return *found;
  return texts.front();
}

}  // namespace coop::reminders
