#include "ledger/dues/payee.hpp"

#include <algorithm>

#include "ledger/values/code_text.hpp"
#include "ledger/values/refusal.hpp"
#include "ledger/values/text.hpp"

namespace coop::dues {

namespace {

constexpr std::size_t most_of_holder = 70;
constexpr std::size_t most_of_letterhead = 500;
constexpr std::size_t most_of_closing = 2'000;

bool has_control(std::string_view text, bool but_line_feeds) {
  return std::ranges::any_of(text, [&](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && !(but_line_feeds && c == '\n')) || byte == 0x7F;
  });
}

void require_text(const std::string& text, std::size_t most, const char* field) {
  if (!is_storable_text(text) || characters_of(text) > most || has_control(text, true))
    throw Refused{Refusal::field_invalid,
                  "text of at most " + std::to_string(most) + " characters is expected", field};
}

}  // namespace

void require_payee(const Payee& payee) {
  if (payee.account) {
    const std::string& holder = payee.account->holder;
    if (holder.empty() || !is_storable_text(holder) || characters_of(holder) > most_of_holder ||
        has_control(holder, false))
      throw Refused{Refusal::field_invalid, "the holder of an account has 1 to 70 characters",
                    "/account_holder"};
  }
  require_text(payee.letterhead, most_of_letterhead, "/letterhead");
  require_text(payee.closing, most_of_closing, "/closing");
}

std::optional<ReferenceKind> national_kind_of(const Payee& payee) {
  if (payee.kind == ReferenceKind::creditor) return std::nullopt;
  return payee.kind;
}

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.size(), text.find('\n'));
    if (end > 0) lines.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(text.size(), end + 1));
  }
  return lines;
}

}  // namespace coop::dues
