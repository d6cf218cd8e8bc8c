#include "api/handlers/handlers.hpp"
#include "api/handlers/list_page.hpp"
#include "api/json_reader.hpp"
#include "api/json_writer.hpp"
#include "api/services.hpp"
#include "ledger/books/period_lock_service.hpp"

namespace coop::api {

namespace {

constexpr std::size_t most_reason = 500;

void write_lock(JsonWriter& out, const books::PeriodLock& lock) {
  out.open()
      .field("number", lock.number)
      .field("kind", books::text_of(lock.kind))
      .field("through_on", lock.through_on);
  out.field("reason", lock.reason).field("locked_at", lock.locked_at);
  out.field("locked_by", lock.locked_by);
  if (lock.lifted) {
    out.object("lifted")
        .field("reason", lock.lifted->reason)
        .field("lifted_at", lock.lifted->lifted_at)
        .field("lifted_by", lock.lifted->lifted_by)
        .close();
  } else {
    out.field("lifted", std::nullopt);
  }
  out.close();
}

}  // namespace

Answer list_locks(const Call& call, Services& services) {
  const Page page = call.page();
  const auto before = int_before(call, page);
  const auto locks = services.database.in_tx(
      [&](Tx& tx) { return books::read_period_locks(tx, call.node().id, before, page.limit + 1); });
  return page_answer(call, page, locks, write_lock, [](Cursor& place, const books::PeriodLock& last) {
    place.add(std::int64_t{last.number});
  });
}

Answer lock_period(Tx& tx, const Call& call, Services&) {
  const JsonDocument body{call.json_text(most_small_json_bytes)};
  const JsonObject fields{JsonValue{body}, {"kind", "through_on", "reason"}};
  const auto kind = fields.require("kind").parsed(books::lock_kind_from);
  const Day through_on = fields.require("through_on").day();
  const std::string reason = fields.require("reason").text(most_reason);
  const auto lock = books::lock_period(tx, call.node().id, kind, through_on, reason, call.author());
  JsonWriter out;
  write_lock(out, lock);
  return created(out.take(), "/v1/nodes/" + call.node().name + "/locks");
}

Answer lift_lock(Tx& tx, const Call& call, Services&) {
  const JsonDocument body{call.json_text(most_small_json_bytes)};
  const JsonObject fields{JsonValue{body}, {"reason"}};
  const int number = call.path_int("number", Refusal::lock_unknown);
  const std::string reason = fields.require("reason").text(most_reason);
  JsonWriter out;
  write_lock(out, books::lift_lock(tx, call.node().id, number, reason, call.author()));
  return ok(out.take());
}

}  // namespace coop::api
