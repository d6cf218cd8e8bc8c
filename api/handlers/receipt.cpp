#include "api/handlers/receipt.hpp"

namespace coop::api {

void write_receipt_fields(JsonWriter& out, std::string_view node, const books::Recorded& recorded) {
  out.field("node", node).field("number", recorded.number).field("booked_on", recorded.booked_on);
  out.field("document_on", recorded.document_on).field("recorded_at", recorded.recorded_at);
  out.field("hash", hex_of(recorded.hash));
}

void write_receipt(JsonWriter& out, std::string_view node, const books::Recorded& recorded) {
  out.open();
  write_receipt_fields(out, node, recorded);
  out.close();
}

Answer receipt_answer(const std::string& node, const books::Recorded& recorded) {
  JsonWriter out;
  write_receipt(out, node, recorded);
  Answer answer = created(out.take(), entry_address(node, recorded.number));
  if (recorded.repeated) answer.headers.emplace_back("Idempotent-Replay", "true");
  return answer;
}

Answer dry_receipt_answer(const std::string& node, const books::Recorded& recorded) {
  JsonWriter out;
  out.open().field("dry_run", true);
  write_receipt_fields(out, node, recorded);
  out.close();
  return ok(out.take());
}

std::string entry_address(std::string_view node, EntryNumber number) {
  std::string address{"/v1/nodes/"};
  address += node;
  address += "/entries/";
  address += std::to_string(number.number());
  return address;
}

}  // namespace coop::api
