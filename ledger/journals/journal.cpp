#include "ledger/journals/journal.hpp"

#include <algorithm>
#include <array>

#include "ledger/journals/beancount_writer.hpp"
#include "ledger/journals/plain_writer.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::journals {

namespace {
constexpr std::array<std::string_view, 3> dialect_texts{"hledger", "ledger", "beancount"};
}

std::string_view text_of(Dialect dialect) { return dialect_texts.at(static_cast<std::size_t>(dialect)); }

Dialect dialect_from(std::string_view text) {
  for (std::size_t i = 0; i < dialect_texts.size(); ++i) {
    if (dialect_texts[i] == text) return static_cast<Dialect>(i);
  }
  throw Refused{Refusal::field_invalid,
                "a journal is written for hledger, ledger or beancount, not '" + std::string{text} + "'",
                "/format"};
}

Day opened_on(const SamePath& accounts) {
  Day first = accounts.front()->opened_on;
  for (const JournalAccount* account : accounts) first = std::min(first, account->opened_on);
  return first;
}

std::optional<Day> closed_on(const SamePath& accounts) {
  std::optional<Day> last = accounts.front()->closed_on;
  for (const JournalAccount* account : accounts) {
    last = last && account->closed_on ? std::max(last, account->closed_on) : std::nullopt;
  }
  return last;
}

std::unique_ptr<JournalWriter> journal_writer(Dialect dialect, Sink sink) {
  if (dialect == Dialect::beancount) return std::make_unique<BeancountWriter>(std::move(sink));
  return std::make_unique<PlainWriter>(dialect, std::move(sink));
}

}  // namespace coop::journals
