#include "api/handlers/bank_forms.hpp"
#include "api/handlers/handlers.hpp"
#include "api/handlers/job_forms.hpp"
#include "api/handlers/list_page.hpp"
#include "api/handlers/reason_reader.hpp"
#include "api/json_reader.hpp"
#include "api/kept_answer.hpp"
#include "api/services.hpp"
#include "ledger/bank/import_service.hpp"
#include "ledger/values/sha256.hpp"

namespace coop::api {

namespace {

using bank::BankImportNumber;

BankImportNumber asked_import(const Call& call) {
  return BankImportNumber{call.path_int("number", Refusal::bank_import_unknown)};
}

// Any type of content: a bank's file is recognised by what it holds. Throws Refused: too_large.
std::string file_of(const Call& call) {
  const auto& file = call.request.body_file;
  const std::uint64_t size = file ? file->size() : call.request.body.size();
  if (size > bank::most_file_bytes)
    throw Refused{Refusal::too_large,
                  "a bank's file has at most " + std::to_string(bank::most_file_bytes) + " bytes"};
  return file ? file->read(0, static_cast<std::size_t>(size)) : call.request.body;
}

std::optional<bank::BankAccountNumber> said_account(const Call& call) {
  const auto number = call.query_number("bank_account", 1, std::numeric_limits<std::int32_t>::max());
  if (!number) return std::nullopt;
  return bank::BankAccountNumber{static_cast<std::int32_t>(*number)};
}

books::Fingerprint content_of_file(const Call& call, const std::string& bytes) {
  std::string text = call.request.method + " " + call.request.path;
  for (const auto& [name, value] : call.request.query) text += "\n" + name + "=" + value;
  return books::fingerprint_of(text + '\0' + hex_of(sha256_of(bytes)));
}

std::string import_json(const bank::BankImport& import) {
  JsonWriter out;
  write_bank_import(out, import);
  return out.take();
}

std::string import_parameters(const bank::BankImport& import, const Call& call) {
  JsonWriter out;
  out.open().field("node", call.node().name).field("import", import.number).close();
  return out.take();
}

}  // namespace

Answer bring_bank_file(const Call& call, Services& services) {
  const std::string bytes = file_of(call);
  const bank::ReceivedFile file{call.query_text("name").value_or("statement"), bytes, said_account(call)};
  const auto work = [&](Tx& tx) {
    const bank::Received received = bank::receive_file(tx, call.node().id, file, call.author());
    if (received.is_known || call.dry_run) return ok(import_json(received.import));
    return job_started(tx, call, services,
                       {"read_bank_file", import_parameters(received.import, call), std::nullopt});
  };
  if (call.dry_run) return services.database.in_dry_tx(work);
  return answered_once(services.database, call, content_of_file(call, bytes), work);
}

Answer list_bank_imports(const Call& call, Services& services) {
  const auto word =
      call.query_word("state", {"received", "read", "unreadable", "taken_in", "dropped", "undone"});
  const Page page = call.page();
  bank::ImportFilter filter{.state = word ? std::optional{bank::import_state_from(*word)} : std::nullopt,
                            .before = id_before<BankImportNumber>(call, page),
                            .limit = page.limit + 1};
  return services.database.in_snapshot([&](Tx& tx) {
    return page_answer(
        call, page, bank::list_imports(tx, call.node().id, filter), write_bank_import,
        [](Cursor& place, const bank::BankImport& last) { place.add(std::int64_t{last.number.number()}); });
  });
}

Answer show_bank_import(const Call& call, Services& services) {
  return services.database.in_snapshot([&](Tx& tx) {
    return ok(bank_preview_json(bank::preview_import(tx, call.node().id, asked_import(call)),
                                bank_units(tx, call.node().id, services.units),
                                call.may(access::Action::read_profiles)));
  });
}

Answer show_bank_file(const Call& call, Services& services) {
  const auto bytes = services.database.in_snapshot([&](Tx& tx) {
    const auto import = bank::read_import(tx, call.node().id, asked_import(call));
    return bank::read_import_bytes(tx, call.node().id, import.number);
  });
  Answer answer = content("application/octet-stream", bytes);
  answer.headers.emplace_back("Content-Disposition",
                              "attachment; filename=\"statement-" + call.path_value("number") + "\"");
  return answer;
}

Answer take_in_bank_import(Tx& tx, const Call& call, Services& services) {
  const JsonDocument body{call.json_text(most_small_json_bytes)};
  const JsonObject fields{JsonValue{body}, {"although_it_contradicts"}};
  const auto number = asked_import(call);
  const bool although = fields.truth_or("although_it_contradicts", false);
  if (call.dry_run) {
    JsonWriter out;
    out.open().field("dry_run", true);
    out.field("fresh", bank::take_in(tx, call.node().id, number, although, call.author())).close();
    return ok(out.take());
  }
  bank::require_can_be_taken_in(tx, call.node().id, number, although);
  JsonWriter told;
  told.open().field("node", call.node().name).field("import", number).field("take_in", true);
  told.field("although_it_contradicts", although).close();
  return job_started(tx, call, services, {"match_bank_lines", told.take(), std::nullopt});
}

Answer drop_bank_import(Tx& tx, const Call& call, Services&) {
  const std::string reason = asked_reason(call);
  return ok(import_json(bank::drop_import(tx, call.node().id, asked_import(call), reason, call.author())));
}

}  // namespace coop::api
