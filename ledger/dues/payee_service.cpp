#include "ledger/dues/payee_service.hpp"

#include <charconv>

#include "ledger/books/book_head_store.hpp"
#include "ledger/books/event_service.hpp"
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

// What references carry: members' own numbers, and charges.
struct Carried {
  std::vector<std::string> bodies;  // of creditor references: members' numbers
  std::vector<std::string> digits;  // of kinds of digits: members' numbers without zeros in front
  std::vector<ChargeNumber> charges;
};

std::string without_zeros(std::string_view digits) {
  return std::string{digits.substr(std::min(digits.find_first_not_of('0'), digits.size()))};
}

// Of a kind of digits: those after the first one, which tells members' references from charges'.
std::string_view digits_of(const StructuredReference& reference) {
  return std::string_view{reference.text()}.substr(1, reference_form(reference.kind()).most_body - 1);
}

std::string_view body_of(const StructuredReference& reference) {
  return std::string_view{reference.text()}.substr(4);
}

// The number of the charge that a reference could be of.
std::optional<ChargeNumber> charge_in(const StructuredReference& reference) {
  if (reference_form(reference.kind()).digits_only)
    return reference.text().front() == '1' ? charge_number_from(without_zeros(digits_of(reference)))
                                           : std::nullopt;
  const std::size_t mark = body_of(reference).rfind('C');
  return mark == std::string_view::npos ? std::nullopt
                                        : charge_number_from(body_of(reference).substr(mark + 1));
}

Carried carried_by(std::span<const StructuredReference> references) {
  Carried carried;
  for (const StructuredReference& reference : references) {
    if (!reference_form(reference.kind()).digits_only) carried.bodies.emplace_back(body_of(reference));
    else if (reference.text().front() == '0') carried.digits.push_back(without_zeros(digits_of(reference)));
    if (const auto charge = charge_in(reference)) carried.charges.push_back(*charge);
  }
  return carried;
}

}  // namespace

void set_payee(Tx& tx, NodeId node, const Payee& payee, const books::Author& author) {
  require_payee(payee);
  books::BookHead head = books::lock_book_head(tx, node);
  store_payee(tx, node, payee);
  books::tell(tx, head, author, "dues_payee_set", {});
}

std::map<StructuredReference, std::vector<ReferenceOwner>> find_references(
    Tx& tx, NodeId node, std::span<const StructuredReference> references) {
  const Carried carried = carried_by(references);
  const auto of_bodies = read_members_of_bodies(tx, node, carried.bodies);
  const auto of_digits = read_members_of_digits(tx, node, carried.digits);
  std::map<ChargeNumber, Charge> charges;
  if (!carried.charges.empty())
    for (Charge& charge : read_charges(tx, node, carried.charges)) charges.emplace(charge.number, charge);
  std::map<StructuredReference, std::vector<ReferenceOwner>> found;
  for (const StructuredReference& reference : references) {
    std::vector<ReferenceOwner> owners;
    const auto add_members = [&](const auto& members, const std::string& key) {
      const auto [first, last] = members.equal_range(key);
      for (auto it = first; it != last; ++it) owners.push_back({it->second, std::nullopt, it->second});
    };
    if (!reference_form(reference.kind()).digits_only)
      add_members(of_bodies, std::string{body_of(reference)});
    else if (reference.text().front() == '0') add_members(of_digits, without_zeros(digits_of(reference)));
    const auto number = charge_in(reference);
    const auto charge = number ? charges.find(*number) : charges.end();
    // The charge must really have this reference: its number alone says nothing of whom it is for.
    if (charge != charges.end() &&
        maybe_reference_of_charge(reference.kind(), charge->second.member, *number) == reference)
      owners.push_back({charge->second.member, number, charge->second.debtor});
    if (!owners.empty()) found.insert_or_assign(reference, std::move(owners));
  }
  return found;
}

std::vector<ReferenceOwner> find_reference(Tx& tx, NodeId node, const StructuredReference& reference) {
  auto found = find_references(tx, node, std::span{&reference, 1});
  return found.empty() ? std::vector<ReferenceOwner>{} : std::move(found.begin()->second);
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
