#include <algorithm>
#include <array>
#include <iterator>

#include "ledger/values/refusal_texts_books.hpp"
#include "ledger/values/refusal_texts_members.hpp"
#include "ledger/values/refusal_texts_requests.hpp"

namespace coop {

namespace {

constexpr std::size_t text_count = std::size(refusal_texts_of_requests) + std::size(refusal_texts_of_books) +
                                   std::size(refusal_texts_of_members);

constexpr std::array<RefusalText, text_count> joined_texts() {
  std::array<RefusalText, text_count> all{};
  auto end =
      std::copy(std::begin(refusal_texts_of_requests), std::end(refusal_texts_of_requests), all.begin());
  end = std::copy(std::begin(refusal_texts_of_books), std::end(refusal_texts_of_books), end);
  std::copy(std::begin(refusal_texts_of_members), std::end(refusal_texts_of_members), end);
  return all;
}

constexpr std::array<RefusalText, text_count> catalogue = joined_texts();

constexpr bool in_order_of_enumeration() {
  for (std::size_t i = 0; i < catalogue.size(); ++i)
    if (static_cast<std::size_t>(catalogue[i].refusal) != i) return false;
  return true;
}

static_assert(in_order_of_enumeration(),
              "the catalogue describes every refusal once, in the order of the enumeration");
static_assert(catalogue.back().refusal == Refusal::change_annulled_already,
              "the last refusal is described too");

}  // namespace

std::span<const RefusalText> refusal_catalogue() { return catalogue; }

const RefusalText& text_of(Refusal refusal) { return catalogue.at(static_cast<std::size_t>(refusal)); }

}  // namespace coop
