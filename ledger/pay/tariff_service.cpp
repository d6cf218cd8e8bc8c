#include "ledger/pay/tariff_service.hpp"

#include <algorithm>

#include "ledger/books/book_head_store.hpp"
#include "ledger/books/event_service.hpp"
#include "ledger/books/unit_store.hpp"
#include "ledger/members/party_store.hpp"
#include "ledger/pay/tariff_store.hpp"
#include "ledger/values/refusal.hpp"
#include "ledger/work/circle_store.hpp"

namespace coop::pay {

Tariff adopt_tariff(Tx& tx, NodeId node, TariffDraft draft, const books::Author& author) {
  require_tariff(draft);
  books::lock_book_head(tx, node);
  const auto kinds = work::read_work_kinds(tx, node);
  const auto kind = std::ranges::find(kinds, draft.work, &work::WorkKind::code);
  if (kind == kinds.end())
    throw Refused{Refusal::work_kind_unknown, "there is no kind of work " + draft.work.substr(0, 60),
                  "/work"};
  if (!kind->has_price)
    throw Refused{Refusal::work_without_price, "work of the kind " + draft.work + " has no price", "/work"};
  if (!draft.circle.empty() && !work::find_circle(tx, node, draft.circle))
    throw Refused{Refusal::circle_unknown, "there is no circle " + draft.circle.substr(0, 60), "/circle"};
  if (!draft.member.empty()) {
    const auto party = members::find_party(tx, node, draft.member);
    if (!party)
      throw Refused{Refusal::party_unknown, "there is no member " + draft.member.substr(0, 60), "/member"};
    draft.member = party->number;
  }
  const auto unit = draft.unit.empty() ? std::nullopt : books::find_unit(tx, draft.unit);
  if (!draft.unit.empty() && !unit)
    throw Refused{Refusal::unit_unknown, "there is no unit " + draft.unit.substr(0, 60), "/unit"};
  const TariffNumber number =
      insert_tariff(tx, node, draft, unit ? std::optional{unit->id} : std::nullopt, author);
  books::tell(tx, node, author, "tariff_adopted",
              {{"tariff", number.number()}, {"work", draft.work}, {"from", draft.from_on.text()}});
  return read_tariffs(tx, node, {.after = TariffNumber{number.number() - 1}}).front();
}

}  // namespace coop::pay
