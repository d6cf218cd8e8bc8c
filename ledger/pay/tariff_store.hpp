#pragma once
#include <optional>
#include <string>
#include <vector>

#include "ledger/books/author.hpp"
#include "ledger/database/tx.hpp"
#include "ledger/pay/tariff.hpp"

namespace coop::pay {

/// Which tariffs are listed; nothing: all.
struct TariffFilter {
  std::string work = {};
  std::string member = {};
  std::optional<TariffNumber> after = {};
  std::optional<int> most = {};
};
/// Tariffs in the order in which they were recorded.
std::vector<Tariff> read_tariffs(Tx& tx, NodeId node, const TariffFilter& filter);
/// The number of the last one, 0 if there is none.
int read_last_tariff(Tx& tx, NodeId node);
/// Writes one; kind, circle and member must exist. The head must be locked.
TariffNumber insert_tariff(Tx& tx, NodeId node, const TariffDraft& draft, std::optional<UnitId> unit,
                           const books::Author& author);

}  // namespace coop::pay
