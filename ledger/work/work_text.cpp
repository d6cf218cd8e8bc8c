#include "ledger/work/work_text.hpp"

#include <algorithm>

#include "ledger/values/code_text.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::work {

namespace {

bool is_small_letter(char c) { return c >= 'a' && c <= 'z'; }

bool is_unseen(char c) { return (c >= 0 && c < ' ') || c == '\x7F'; }

}  // namespace

void require_work_code(std::string_view code, const std::string& field) {
  const auto fits = [](char c) { return is_small_letter(c) || is_digit(c) || c == '-'; };
  if (!code.empty() && code.size() <= 31 && is_small_letter(code.front()) && std::ranges::all_of(code, fits))
    return;
  throw Refused{Refusal::name_malformed, "a code is a small letter, then up to 30 of a-z 0-9 and -", field};
}

void require_work_text(const std::string& text, std::size_t least, std::size_t most,
                       const std::string& field) {
  const std::size_t size = characters_of(text);
  const bool is_blank = text.find_first_not_of(' ') == std::string::npos;
  if (size >= least && size <= most && (text.empty() || !is_blank) && std::ranges::none_of(text, is_unseen))
    return;
  throw Refused{Refusal::field_invalid,
                "it has " + std::to_string(least) + " to " + std::to_string(most) +
                    " characters, and none that cannot be seen",
                field};
}

}  // namespace coop::work
