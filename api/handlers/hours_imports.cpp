#include <algorithm>
#include <sstream>

#include "api/handlers/list_page.hpp"
#include "api/handlers/obligation_handlers.hpp"
#include "api/handlers/table_form.hpp"
#include "api/kept_answer.hpp"
#include "api/services.hpp"
#include "ledger/intake/hours_import_store.hpp"
#include "ledger/intake/hours_intake_service.hpp"

namespace coop::api {

namespace {

intake::HoursMapping mapping_of(const Call& call) {
  std::vector<std::string> rules;
  if (!call.query("map")) return {};
  return call.query_parsed("map", [&](std::string_view text) {
    std::istringstream in{std::string{text}};
    for (std::string rule; std::getline(in, rule, ';');)
      if (!rule.empty()) rules.push_back(rule);
    if (rules.empty()) throw Refused{Refusal::field_invalid, "it holds at least one rule"};
    return intake::hours_mapping_from(rules);
  });
}

void write_import(JsonWriter& out, const intake::HoursImport& import) {
  out.open().field("number", import.number).field("file_hash", import.file_hash).field("rows", import.rows);
  out.field("recorded", import.recorded).field("known", import.known);
  out.field("recorded_at", import.recorded_at).field("recorded_by", import.recorded_by).close();
}

}  // namespace

Answer import_hours(const Call& call, Services& services) {
  const intake::Doubtful doubtful =
      call.query_truth("skip_doubtful", false) ? intake::Doubtful::skip : intake::Doubtful::stop;
  const intake::HoursMapping mapping = mapping_of(call);
  return imported_answer(call, services, [&](Tx& tx, const std::string& table) {
    const intake::HoursIntake intake =
        intake::import_hours(tx, call.node(), table, mapping, doubtful, call.author());
    return ImportedTable{intake.report, [number = intake.number, same = intake.same_as](JsonWriter& out) {
                           out.field("import", number).field("same_as", same);
                         }};
  });
}

Answer list_hours_imports(const Call& call, Services& services) {
  const Page page = call.page();
  return page_answer(call, page, services.database.in_snapshot([&](Tx& tx) {
    return intake::list_imports(tx, call.node().id, int_before(call, page), page.limit + 1);
  }),
                     write_import, [](Cursor& place, const intake::HoursImport& last) {
                       place.add(std::int64_t{last.number});
                     });
}

}  // namespace coop::api
