#pragma once
#include <optional>
#include <string>
#include <vector>

#include "api/answer.hpp"
#include "api/call.hpp"
#include "api/json_writer.hpp"
#include "ledger/values/cursor.hpp"

namespace coop::api {

/// Leaves of `found` what the page shows, and answers the cursor of the next page, if there is one. `found`
/// holds one item more than the page shows, if more follow; `add_place` adds to a cursor where the list goes
/// on after an item.
template <class Item, class AddPlace>
std::optional<std::string> cut_to_page(const Call& call, const Page& page, std::vector<Item>& found,
                                       const AddPlace& add_place) {
  const auto shown = static_cast<std::size_t>(page.limit);
  if (found.size() <= shown) return std::nullopt;
  found.erase(found.begin() + page.limit, found.end());
  Cursor next{call.list_name()};
  add_place(next, found.back());
  return next.text();
}

/// A page of a list as JSON: {"items":[…],"next":…}, `found` and `add_place` as in cut_to_page(); `write`
/// writes an item.
template <class Item, class Write, class AddPlace>
Answer page_answer(const Call& call, const Page& page, std::vector<Item> found, const Write& write,
                   const AddPlace& add_place) {
  const auto next = cut_to_page(call, page, found, add_place);
  JsonWriter out;
  out.open().array("items");
  for (const Item& item : found) write(out, item);
  out.end_array().field("next", next).close();
  return ok(out.take());
}

/// What the cursor of a page holds, where that is one text; "" on the first page. Throws Refused:
/// cursor_invalid.
std::string text_before(const Call& call, const Page& page);
/// The same of a number that is no id.
std::optional<int> int_before(const Call& call, const Page& page);
/// The same of an id; nothing on the first page.
template <class Id>
std::optional<Id> id_before(const Call& call, const Page& page) {
  if (!page.cursor) return std::nullopt;
  return Id{static_cast<typename Id::number_type>(OpenedCursor{call.list_name(), *page.cursor}.number())};
}

}  // namespace coop::api
