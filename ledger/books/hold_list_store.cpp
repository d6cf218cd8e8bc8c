#include "ledger/books/hold_list_store.hpp"

namespace coop::books {

namespace {

std::string_view word_of(HoldOrder order) {
  switch (order) {
    case HoldOrder::oldest_first:
      return "oldest";
    case HoldOrder::first_to_expire_first:
      return "expiry";
    case HoldOrder::newest_first:
      break;
  }
  return "newest";
}

}  // namespace

constexpr const char* list_hold_numbers_sql = R"sql(
  -- holds.list
  SELECT h.number
    FROM hold h
    LEFT JOIN hold_end e ON e.node_id = h.node_id AND e.hold_number = h.number
   WHERE h.node_id = $1
     AND ($2::text IS NULL OR coalesce(e.kind, 'open') = $2)
     AND ($3::text IS NULL OR EXISTS (
           SELECT FROM hold_posting p JOIN account a ON a.node_id = p.node_id AND a.id = p.account_id
            WHERE p.node_id = $1 AND p.hold_number = h.number
              AND (a.path = $3 OR starts_with(a.path, $3 || ':'))))
     AND ($4::bigint IS NULL OR
          CASE $6::text WHEN 'newest' THEN h.number < $4
                        WHEN 'oldest' THEN h.number > $4
                        ELSE (coalesce(h.expires_at, 'infinity'), h.number)
                             > (coalesce($5::timestamptz, 'infinity'), $4) END)
   ORDER BY CASE $6::text WHEN 'expiry' THEN coalesce(h.expires_at, 'infinity') END,
            CASE $6::text WHEN 'newest' THEN h.number END DESC,
            h.number
   LIMIT $7
)sql";

std::vector<HoldNumber> list_hold_numbers(Tx& tx, NodeId node, const HoldFilter& filter,
                                          const std::optional<HoldPlace>& after, HoldOrder order, int limit) {
  const auto state = filter.state ? std::optional{text_of(*filter.state)} : std::nullopt;
  const auto number = after ? std::optional{after->number} : std::nullopt;
  const auto expires_at = after ? after->expires_at : std::nullopt;
  std::vector<HoldNumber> numbers;
  for (const Row row : report_rows(tx, list_hold_numbers_sql, node, state, filter.account, number, expires_at,
                                   word_of(order), limit))
    numbers.push_back(row.id<HoldNumber>(0));
  return numbers;
}

}  // namespace coop::books
