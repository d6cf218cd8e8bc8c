#include "ledger/rolls/roll_service.hpp"

#include <boost/json.hpp>

#include "ledger/books/book_head_store.hpp"
#include "ledger/books/event_service.hpp"
#include "ledger/rolls/roll_store.hpp"

namespace coop::rolls {

FrozenRoll freeze_roll(Tx& tx, NodeId node, const RollDraft& draft, const books::Author& author) {
  books::BookHead head = books::lock_book_head(tx, node);
  const Instant at = books::next_recorded_at(head, author.now);
  require_roll_draft(draft, at);
  const Instant known_at = draft.known_at.value_or(at);
  const Roll roll = read_roll(tx, node, {draft.as_of, known_at});
  FrozenRoll frozen{next_roll_number(tx, node),
                    draft.title,
                    draft.as_of,
                    known_at,
                    roll.classes,
                    static_cast<std::int64_t>(roll.lines.size()),
                    {},
                    at,
                    {}};
  std::string text = canonical_head(head.node_name, frozen);
  for (const RollLine& line : roll.lines) append_canonical(text, line);
  frozen.hash = sha256_of(text);
  insert_roll(tx, node, frozen, roll.lines, author.user);
  const RollClass sum = sum_of(roll.classes);
  books::tell(tx, head, at, "roll_frozen",
              {{"roll", frozen.number.number()},
               {"as_of", frozen.as_of.text()},
               {"lines", frozen.lines},
               {"eligible", sum.eligible},
               {"votes", sum.votes},
               {"hash", hex_of(frozen.hash)}});
  return read_frozen_roll(tx, node, frozen.number);
}

std::string read_canonical_text(Tx& tx, NodeId node, RollNumber number) {
  constexpr int lines_at_once = 20'000;
  std::string text = canonical_head(books::read_node_name(tx, node), read_frozen_roll(tx, node, number));
  int after = 0;
  while (true) {
    const auto lines = read_roll_lines(tx, node, number, {}, after, lines_at_once);
    for (const PlacedLine& one : lines) append_canonical(text, one.line);
    if (lines.size() < lines_at_once) return text;
    after = lines.back().place;
  }
}

}  // namespace coop::rolls
