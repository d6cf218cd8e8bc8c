#include "api/handlers/batch.hpp"
#include "api/handlers/draft_reader.hpp"
#include "api/handlers/handlers.hpp"
#include "api/handlers/receipt.hpp"
#include "api/line_source.hpp"
#include "api/problem.hpp"
#include "api/services.hpp"

namespace coop::api {

namespace {

constexpr std::size_t entries_in_a_chunk = 1'000;

/// Reads lines, records them chunk by chunk, writes one line an item.
class EntryStream {
 public:
  EntryStream(const Call& call, Services& services, const WritePiece& write)
      : call_{call}, services_{services}, write_{write}, reader_{services.units, true} {}

  void run() {
    LineSource lines{call_.request, most_entry_json_bytes};
    while (auto line = lines.next()) {
      if (line->empty()) continue;
      add(*line);
      if (places_.size() >= entries_in_a_chunk && !flush()) return;
    }
    if (flush()) write_end();
  }

 private:
  using Place = std::variant<std::size_t, Refused>;

  void add(std::string_view line) {
    const auto key = books::item_key_of(call_.request_key(), index_++);
    auto draft = draft_or_refusal([&] {
      const JsonDocument body{line, most_entry_json_bytes};
      return reader_.draft_from(JsonValue{body}, key, call_.caller.user());
    });
    if (auto* good = std::get_if<books::Draft>(&draft)) {
      places_.emplace_back(drafts_.size());
      drafts_.push_back(std::move(*good));
    } else {
      places_.emplace_back(std::get<Refused>(std::move(draft)));
    }
  }

  /// False once the client is gone.
  bool flush() {
    const auto outcomes = record_drafts(call_, services_, std::move(drafts_), books::Together::each_alone);
    JsonWriter out;
    for (const Place& place : places_) {
      const auto* refused = std::get_if<Refused>(&place);
      const books::Outcome outcome =
          refused ? books::Outcome{*refused} : outcomes.at(std::get<std::size_t>(place));
      counts_.add(outcome);
      out.begin_line();
      write_item_result(out, call_.node().name, outcome);
    }
    out.begin_line();
    drafts_.clear();
    places_.clear();
    return write_(out.text());
  }

  void write_end() {
    JsonWriter out;
    out.open().field("done", true);
    if (call_.dry_run) out.field("dry_run", true);
    counts_.write_fields(out);
    out.close().begin_line();
    write_(out.text());
  }

  const Call& call_;
  Services& services_;
  const WritePiece& write_;
  DraftReader reader_;
  std::size_t index_ = 0;
  std::vector<books::Draft> drafts_;
  std::vector<Place> places_;
  BatchCounts counts_;
};

}  // namespace

Answer post_stream(const Call& call, Services& services) {
  const std::string type = call.content_type();
  if (type != "application/x-ndjson")
    throw Refused{Refusal::media_type_unsupported, "send application/x-ndjson: one entry a line"};
  return streamed("application/x-ndjson",
                  [&call, &services](const WritePiece& write) { EntryStream{call, services, write}.run(); });
}

}  // namespace coop::api
