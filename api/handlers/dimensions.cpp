#include "api/handlers/handlers.hpp"
#include "api/handlers/list_page.hpp"
#include "api/json_reader.hpp"
#include "api/json_writer.hpp"
#include "api/services.hpp"
#include "ledger/books/account_service.hpp"
#include "ledger/books/account_store.hpp"

namespace coop::api {

namespace {

books::DimensionKind asked_kind(const Call& call) {
  const std::string& text = call.path_value("kind");
  for (const auto kind : books::dimension_kinds)
    if (books::text_of(kind) == text) return kind;
  throw Refused{Refusal::route_unknown, "dimensions are fund, member, cost_object and tax_code"};
}

void write_dimension(JsonWriter& out, const books::Dimension& dimension) {
  out.open()
      .field("kind", books::text_of(dimension.kind))
      .field("code", dimension.code)
      .field("name", dimension.name)
      .close();
}

}  // namespace

Answer list_dimensions(const Call& call, Services& services) {
  const auto kind = asked_kind(call);
  const Page page = call.page();
  const std::string after = text_before(call, page);
  const auto found = services.database.in_tx(
      [&](Tx& tx) { return books::read_dimension_rows(tx, call.node().id, kind, after, page.limit + 1); });
  return page_answer(call, page, found, write_dimension,
                     [](Cursor& place, const books::Dimension& last) { place.add(last.code); });
}

Answer add_dimensions(Tx& tx, const Call& call, Services&) {
  const auto kind = asked_kind(call);
  const JsonDocument body{call.json_text(most_json_bytes)};
  const JsonObject fields{JsonValue{body}, {"items"}};
  std::vector<books::Dimension> wanted;
  for (const JsonValue& item : fields.require("items").elements()) {
    const JsonObject parts{item, {"code", "name"}};
    const JsonValue code = parts.require("code");
    code.parsed([](std::string_view text) { return books::require_dimension_code(text), true; });
    const std::string name = parts.require("name").text(200);
    if (name.empty()) parts.require("name").refuse(Refusal::field_invalid, "a name is expected");
    wanted.push_back({DimensionId{1}, kind, code.text(40), name});
  }
  if (wanted.size() > books::most_drafts)
    fields.require("items").refuse(Refusal::batch_too_large,
                                   "at most " + std::to_string(books::most_drafts) + " items");
  const int added = wanted.empty() ? 0 : books::add_dimensions(tx, call.node().id, wanted, call.author());
  JsonWriter out;
  out.open().field("added", added).field("existed", static_cast<std::int64_t>(wanted.size()) - added).close();
  return ok(out.take());
}

Answer rename_dimension(Tx& tx, const Call& call, Services&) {
  const auto kind = asked_kind(call);
  const JsonDocument body{call.json_text(most_small_json_bytes)};
  const JsonObject fields{JsonValue{body}, {"name"}};
  const std::string name = fields.require("name").text(200);
  if (name.empty()) fields.require("name").refuse(Refusal::field_invalid, "a name is expected");
  JsonWriter out;
  write_dimension(
      out, books::rename_dimension(tx, call.node().id, kind, call.path_value("code"), name, call.author()));
  return ok(out.take());
}

}  // namespace coop::api
