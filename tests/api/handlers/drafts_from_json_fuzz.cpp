// Entries, holds and accounts from JSON, and streams of entries from lines: whatever arrives is refused or
// read, and what is refused can be told as JSON.
#include <memory>

#include "api/handlers/account_reader.hpp"
#include "api/handlers/draft_reader.hpp"
#include "api/line_source.hpp"
#include "api/problem.hpp"
#include "ledger/books/account_service.hpp"
#include "tests/support/fuzz_target.hpp"

namespace coop::api {
namespace {

Unit drafted_unit(std::string_view code) {
  if (code == "EUR") return {UnitId{1}, "EUR", 2};
  if (code == "HOUR") return {UnitId{2}, "HOUR", 4};
  throw Refused{Refusal::unit_unknown, "there is no such unit"};
}

/// Units at hand, of a database that nobody asks.
UnitDirectory& units() {
  static Database nowhere{{.address = "host=/nowhere", .connections = 1, .role = {}}};
  static UnitDirectory all{
      nowhere, std::make_shared<books::Units>(std::vector<Unit>{drafted_unit("EUR"), drafted_unit("HOUR")})};
  return all;
}

/// Reads; what is refused becomes a problem document that names a value of the document.
template <class Read>
bool is_read_or_told(std::string_view text, const Read& read) {
  try {
    const JsonDocument document{text, most_entry_json_bytes};
    read(JsonValue{document});
    return true;
  } catch (const Refused& refused) {
    fuzz::require(refused.field().empty() || refused.field().front() == '/', "a field is a JSON pointer");
    const std::string problem = problem_json(refused, "an id");
    fuzz::require(problem.size() < 4'000 + 6 * refused.field().size(), "a problem is short");
    fuzz::require(fuzz::is_read([&] { JsonDocument{problem}; }), "a problem is JSON");
    return false;
  }
}

void look_at_document(std::string_view text) {
  const books::Fingerprint key = books::fingerprint_of("a key");
  is_read_or_told(text, [&](JsonValue value) {
    const books::Draft draft = DraftReader{units(), false}.draft_from(value, key, UserId{1});
    const books::Draft again = DraftReader{units(), false}.draft_from(value, key, UserId{1});
    const std::vector<std::string_view> units(draft.postings.size(), "EUR");
    fuzz::require(books::content_hash_of(draft, units) == books::content_hash_of(again, units),
                  "the same text is the same");
  });
  is_read_or_told(text,
                  [&](JsonValue value) { DraftReader{units(), false}.hold_from(value, key, UserId{1}); });
  is_read_or_told(text, [&](JsonValue value) {
    const books::AccountDraft draft = account_draft_from(value, drafted_unit, Day::parse("2026-01-31"));
    books::require_account_draft(draft);
  });
}

/// The lines of a body are its text cut at line feeds, also where a line is too long.
void look_at_lines(std::string_view text) {
  constexpr std::size_t longest = 40;
  HttpRequest request;
  request.body = text;
  LineSource lines{request, longest};
  std::size_t at = 0;
  while (const auto line = lines.next()) {
    fuzz::require(at < text.size(), "there is a line as long as there is text");
    const std::size_t end = std::min(text.find('\n', at), text.size());
    std::string_view expected = text.substr(at, end - at);
    if (expected.size() > longest) expected = expected.substr(0, longest + 1);
    else if (expected.ends_with('\r')) expected.remove_suffix(1);
    fuzz::require(*line == expected, "a line is what stands between two line feeds");
    at = end + 1;
  }
  fuzz::require(at >= text.size(), "no line is left out");
}

void look_at_drafts(std::string_view bytes) {
  look_at_document(bytes);
  look_at_lines(bytes);
}

const bool added_drafts = fuzz::add_target(
    {"drafts_from_json",
     look_at_drafts,
     {R"({"booked_on":"2026-01-05","description":"Dues","reference":"R1","source":"bank/1","late":"refuse",)"
      R"("postings":[{"account":"assets:bank","amount":"1.00","unit":"EUR","fund":"media","member":"M1",)"
      R"("cost_object":"C1","tax_code":"T1","note":"a note"},)"
      R"({"account":"income:dues","amount":"-1.00","unit":"EUR"}]})",
      R"({"booked_on":"2026-01-05","postings":[{"account":"work","amount":"1.0001","unit":"HOUR"},null]})",
      R"({"expires_at":"2999-01-01T00:00:00Z","description":"Rent","postings":[)"
      R"({"account":"assets:bank","amount":"-1.00","unit":"EUR"}]})",
      R"({"path":"assets:new","unit":"EUR","type":"asset","title":"N","required":["fund","tax_code"],)"
      R"("limits":{"lower":"-10.00","upper":null},"opened_on":"2020-01-01"})",
      "{\"a\":1}\r\n{\"b\":[1,2,{\"c\":\"\\u00e9\"}]}\n\nnot json\n" + std::string(50, 'x') + "\nlast"}});

}  // namespace
}  // namespace coop::api
