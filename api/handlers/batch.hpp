#pragma once
#include <functional>
#include <string>
#include <variant>
#include <vector>

#include "api/call.hpp"
#include "api/json_writer.hpp"
#include "api/services.hpp"
#include "ledger/books/posting_service.hpp"

namespace coop::api {

/// What `read` returns, or why it refused: one bad item never harms its neighbours.
std::variant<books::Draft, Refused> draft_or_refusal(const std::function<books::Draft()>& read);

/// Records drafts in one database transaction, or only judges them in a dry run; waits for it. At most
/// most_drafts.
std::vector<books::Outcome> record_drafts(const Call& call, Services& services,
                                          std::vector<books::Draft> drafts, books::Together together);

/// Writes what became of one item: {"status":201,"repeated":false,"entry":{…}} or
/// {"status":422,"problem":{…}}.
void write_item_result(JsonWriter& out, const std::string& node, const books::Outcome& outcome);

/// How many items ended how.
struct BatchCounts {
  std::int64_t recorded = 0;
  std::int64_t repeated = 0;
  std::int64_t refused = 0;
  void add(const books::Outcome& outcome);
  /// "recorded", "repeated", "refused"
  void write_fields(JsonWriter& out) const;
};

}  // namespace coop::api
