#include "ledger/bank/match.hpp"

#include "ledger/values/word_table.hpp"

namespace coop::bank {

namespace {

constexpr WordTable<MatchMethod, 10> methods{{{MatchMethod::posting, "posting"},
                                              {MatchMethod::reference, "reference"},
                                              {MatchMethod::own_order, "own_order"},
                                              {MatchMethod::payer, "payer"},
                                              {MatchMethod::similar, "similar"},
                                              {MatchMethod::rule, "rule"},
                                              {MatchMethod::transfer, "transfer"},
                                              {MatchMethod::learned, "learned"},
                                              {MatchMethod::suspense, "suspense"},
                                              {MatchMethod::hand, "hand"}}};

constexpr WordTable<Made, 7> all_made{{{Made::found, "found"},
                                       {Made::payment, "payment"},
                                       {Made::return_, "return"},
                                       {Made::settlement, "settlement"},
                                       {Made::entry, "entry"},
                                       {Made::order, "order"},
                                       {Made::order_return, "order_return"}}};

}  // namespace

std::string_view text_of(MatchMethod method) { return text_among(methods, method); }
MatchMethod match_method_from(std::string_view text) { return word_among(methods, text); }
std::string_view text_of(Made made) { return text_among(all_made, made); }
Made made_from(std::string_view text) { return word_among(all_made, text); }

const Proposal* certain_among(const std::vector<Proposal>& proposals) {
  const Proposal* first = nullptr;
  for (const Proposal& one : proposals) {
    if (!one.is_certain) continue;
    if (first != nullptr && one.method == first->method) return nullptr;
    if (first == nullptr) first = &one;
  }
  return first;
}

}  // namespace coop::bank
