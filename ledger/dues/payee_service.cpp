#include "ledger/dues/payee_service.hpp"

#include <charconv>

#include "ledger/books/book_head_store.hpp"
#include "ledger/dues/charge_store.hpp"
#include "ledger/dues/creditor_reference.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::dues {

namespace {

// A number without zeros in front, as references of charges carry it.
std::optional<ChargeNumber> charge_number_from(std::string_view digits) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (error != std::errc{} || end != digits.data() + digits.size() || number < 1) return std::nullopt;
  return ChargeNumber{number};
}

// The charge, if it is there and really has this reference.
void add_charge(Tx& tx, NodeId node, const StructuredReference& reference, std::string_view digits,
                std::vector<ReferenceOwner>& owners) {
  const auto number = charge_number_from(digits);
  if (!number) return;
  const auto charge = find_charge(tx, node, *number);
  if (!charge || maybe_reference_of_charge(reference.kind(), charge->member, *number) != reference) return;
  owners.push_back({charge->member, number});
}

}  // namespace

void set_payee(Tx& tx, NodeId node, const Payee& payee, const books::Author& author) {
  require_payee(payee);
  books::BookHead head = books::lock_book_head(tx, node);
  store_payee(tx, node, payee);
  books::insert_event(tx, head, books::next_recorded_at(head, author.now), {"dues_payee_set", "{}"});
}

std::vector<ReferenceOwner> find_reference(Tx& tx, NodeId node, const StructuredReference& reference) {
  std::vector<ReferenceOwner> owners;
  const ReferenceForm& form = reference_form(reference.kind());
  if (form.digits_only) {
    const std::string_view digits = std::string_view{reference.text()}.substr(1, form.most_body - 1);
    if (reference.text().front() == '1') {
      const std::size_t first = std::min(digits.find_first_not_of('0'), digits.size() - 1);
      add_charge(tx, node, reference, digits.substr(first), owners);
    } else if (reference.text().front() == '0') {
      for (std::string& member : list_members_of_digits(tx, node, digits))
        owners.push_back({std::move(member), std::nullopt});
    }
    return owners;
  }
  const std::string_view body = std::string_view{reference.text()}.substr(4);
  for (std::string& member : list_members_of_body(tx, node, body))
    owners.push_back({std::move(member), std::nullopt});
  const std::size_t mark = body.rfind('C');
  if (mark != std::string_view::npos) add_charge(tx, node, reference, body.substr(mark + 1), owners);
  return owners;
}

ReferenceOwner require_owner(Tx& tx, NodeId node, const StructuredReference& reference) {
  auto owners = find_reference(tx, node, reference);
  if (owners.empty())
    throw Refused{Refusal::party_unknown, "no member or charge has this reference", "/reference"};
  if (owners.size() > 1)
    throw Refused{Refusal::party_unknown, "this could be the reference of several: name the member",
                  "/reference"};
  return std::move(owners.front());
}

}  // namespace coop::dues
