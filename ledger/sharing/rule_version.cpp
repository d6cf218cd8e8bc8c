#include "ledger/sharing/rule_version.hpp"

#include <algorithm>

#include "ledger/values/code_text.hpp"
#include "ledger/values/refusal.hpp"
#include "ledger/values/text.hpp"

namespace coop::sharing {

namespace {

constexpr std::size_t longest_title = 200;
constexpr std::size_t longest_reference = 500;

bool is_visible(char letter) { return static_cast<unsigned char>(letter) > ' '; }

}  // namespace

void require_version(const VersionDraft& draft) {
  require_name(draft.code);
  const auto has_letters = [](const std::string& text) { return std::ranges::any_of(text, is_visible); };
  if (!has_letters(draft.title) || characters_of(draft.title) > longest_title)
    throw Refused{Refusal::field_invalid, "a title has 1 to 200 characters", "/title"};
  if (!has_letters(draft.decision))
    throw Refused{Refusal::decision_missing, "no decision is named that adopted the version", "/decision"};
  if (characters_of(draft.decision) > longest_reference)
    throw Refused{Refusal::field_invalid, "a decision has at most 500 characters", "/decision"};
  const std::string& link = draft.handbook_link;
  if (!link.empty() && ((!link.starts_with("https://") && !link.starts_with("http://")) ||
                        link.size() > longest_reference || !std::ranges::all_of(link, is_visible)))
    throw Refused{Refusal::field_invalid, "a link begins with https:// or http:// and has no blanks",
                  "/handbook_link"};
}

}  // namespace coop::sharing
