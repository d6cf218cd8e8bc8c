#include "api/handlers/list_page.hpp"
#include "api/handlers/pay_forms.hpp"
#include "api/handlers/pay_handlers.hpp"
#include "api/services.hpp"
#include "ledger/pay/tariff_service.hpp"
#include "ledger/pay/tariff_store.hpp"
#include "ledger/work/circle_store.hpp"

namespace coop::api {

namespace {

std::string asked_work(Tx& tx, const Call& call) {
  if (!call.query("work")) return {};
  return call.query_parsed("work", [&](std::string_view typed) {
    for (const work::WorkKind& kind : work::read_work_kinds(tx, call.node().id))
      if (kind.code == typed) return kind.code;
    throw Refused{Refusal::work_kind_unknown, "there is no such kind of work"};
  });
}

}  // namespace

Answer list_tariffs(const Call& call, Services& services) {
  const Page page = call.page();
  auto found = services.database.in_snapshot([&](Tx& tx) {
    return pay::read_tariffs(tx, call.node().id,
                             {.work = asked_work(tx, call),
                              .member = asked_member(tx, call),
                              .after = id_before<pay::TariffNumber>(call, page),
                              .most = page.limit + 1});
  });
  return page_answer(call, page, std::move(found), write_tariff, [](Cursor& place, const pay::Tariff& last) {
    place.add(std::int64_t{last.number.number()});
  });
}

Answer adopt_tariff(Tx& tx, const Call& call, Services& services) {
  const JsonDocument body{call.json_text(most_small_json_bytes)};
  const auto tariff = pay::adopt_tariff(tx, call.node().id,
                                        tariff_draft_from(JsonValue{body}, services.units), call.author());
  JsonWriter out;
  write_tariff(out, tariff);
  return created(out.take(), call.request.path);
}

}  // namespace coop::api
