#pragma once
#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "api/answer.hpp"
#include "api/call.hpp"
#include "api/json_writer.hpp"
#include "ledger/values/cursor.hpp"

namespace coop::api {

/// A page of a list as JSON: {"items":[…],"next":…}. `found` holds one item more than the page shows, if more
/// follow; `write` writes one, and `add_place` adds to a cursor where the list goes on after it.
template <class Item, class Write, class AddPlace>
Answer page_answer(const Call& call, const Page& page, const std::vector<Item>& found, const Write& write,
                   const AddPlace& add_place) {
  const std::size_t shown = std::min(found.size(), static_cast<std::size_t>(page.limit));
  JsonWriter out;
  out.open().array("items");
  for (std::size_t i = 0; i < shown; ++i) write(out, found[i]);
  out.end_array();
  if (shown < found.size()) {
    Cursor next{call.list_name()};
    add_place(next, found[shown - 1]);
    out.field("next", next.text());
  } else {
    out.field("next", std::nullopt);
  }
  out.close();
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
