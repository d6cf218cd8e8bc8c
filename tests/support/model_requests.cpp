#include "tests/support/model_requests.hpp"

#include "ledger/values/money.hpp"

namespace coop::test {

using namespace books;
namespace json = boost::json;

int scale_of_model_unit(const std::string& unit) { return unit == "EUR" ? 2 : 0; }

bool ModelRequest::is_dry() const {
  const auto* posting = std::get_if<PostDrafts>(&command.what);
  return posting != nullptr ? posting->dry_run : dry_run;
}

namespace {

bool is_lone(const PostDrafts& asked) {
  return asked.drafts.size() == 1 && asked.together == Together::each_alone;
}

/// Gives a command the key under which it is asked for.
struct Keyed {
  const std::string& key;

  void operator()(PostDrafts& asked) const {
    for (std::size_t i = 0; i < asked.drafts.size(); ++i) {
      asked.drafts[i].key = is_lone(asked) ? key : key + "/" + std::to_string(i);
      asked.drafts[i].uses_hold.reset();  // there is an address of its own for that
    }
  }
  void operator()(ReverseEntry& asked) const { asked.key = key; }
  void operator()(MakeHold& asked) const { asked.key = key; }
  void operator()(PostHold& asked) const { asked.draft.key = key; }
  template <class Other>
  void operator()(Other&) const {}
};

const char* text_of_late(LateEntry late) { return late == LateEntry::refuse ? "refuse" : "first_open_day"; }

json::array postings_of(const std::vector<ModelLine>& lines) {
  json::array postings;
  for (const ModelLine& line : lines) {
    json::object posting{{"account", line.path},
                         {"amount", text_from_minor(line.minor, scale_of_model_unit(line.unit))},
                         {"unit", line.unit}};
    for (const DimensionKind kind : dimension_kinds) {
      if (const auto& code = line.about[static_cast<std::size_t>(kind)]) posting[text_of(kind)] = *code;
    }
    postings.push_back(std::move(posting));
  }
  return postings;
}

json::object entry_of(const ModelDraft& draft) {
  return {{"booked_on", draft.day.text()},
          {"late", text_of_late(draft.late)},
          {"description", draft.description},
          {"postings", postings_of(draft.lines)}};
}

json::object limits_of(const Limits& limits, const std::string& unit) {
  json::object written;
  if (limits.lower) written["lower"] = text_from_minor(*limits.lower, scale_of_model_unit(unit));
  if (limits.upper) written["upper"] = text_from_minor(*limits.upper, scale_of_model_unit(unit));
  return written;
}

/// One visitor a command: how it is asked for, the path within the node.
class Wire {
 public:
  explicit Wire(bool by_lines) : by_lines_{by_lines} {}

  WireText operator()(const OpenAccount& asked) const {
    return post("/accounts", {{"path", asked.path},
                              {"unit", asked.unit},
                              {"type", "asset"},
                              {"limits", limits_of(asked.limits, asked.unit)},
                              {"opened_on", asked.opened_on.text()}});
  }
  WireText operator()(const ChangeAccount& asked) const {
    json::object body;
    if (asked.limits) body["limits"] = limits_of(*asked.limits, asked.unit);
    if (asked.required) {
      json::array& required = body["required"].emplace_array();
      for (const DimensionKind kind : *asked.required) required.emplace_back(text_of(kind));
    }
    return {"PATCH", account(asked.path) + "?unit=" + asked.unit, json::serialize(body)};
  }
  WireText operator()(const CloseAccount& asked) const {
    return post(account(asked.path) + "/closing?unit=" + asked.unit, {{"last_day", asked.last_day.text()}});
  }
  WireText operator()(const ReopenAccount& asked) const {
    return {"DELETE", account(asked.path) + "/closing?unit=" + asked.unit};
  }
  WireText operator()(const AddDimension& asked) const {
    return post("/dimensions/" + std::string{text_of(asked.kind)},
                {{"items", json::array{json::object{{"code", asked.code}, {"name", asked.code}}}}});
  }
  WireText operator()(const PostDrafts& asked) const {
    if (is_lone(asked) && !by_lines_) return post("/entries", entry_of(asked.drafts.front()));
    if (by_lines_ && asked.together == Together::each_alone) {
      WireText lines{"POST", "/entries/stream", "", "application/x-ndjson"};
      for (const ModelDraft& draft : asked.drafts) lines.body += json::serialize(entry_of(draft)) + "\n";
      return lines;
    }
    json::array entries;
    for (const ModelDraft& draft : asked.drafts) entries.push_back(entry_of(draft));
    const char* mode = asked.together == Together::all_or_none ? "atomic" : "per_item";
    return post("/entries/batch", {{"mode", mode}, {"entries", std::move(entries)}});
  }
  WireText operator()(const ReverseEntry& asked) const {
    json::object body{{"late", text_of_late(asked.late)}};
    if (asked.day) body["booked_on"] = asked.day->text();
    return post("/entries/" + std::to_string(asked.number) + "/reversal", std::move(body));
  }
  WireText operator()(const MakeHold& asked) const {
    json::object body{{"description", asked.description}, {"postings", postings_of(asked.lines)}};
    if (asked.expires_at) body["expires_at"] = coop::text_of(*asked.expires_at);
    return post("/holds", std::move(body));
  }
  WireText operator()(const PostHold& asked) const {
    json::object body = entry_of(asked.draft);
    if (asked.draft.lines.empty()) body.erase("postings");
    return post("/holds/" + std::to_string(*asked.draft.uses_hold) + "/posting", std::move(body));
  }
  WireText operator()(const VoidHold& asked) const {
    return {"POST", "/holds/" + std::to_string(asked.number) + "/voiding"};
  }
  WireText operator()(const ExpireHolds&) const { return {"GET", "/locks"}; }  // the clock asks, not a client
  WireText operator()(const LockPeriod& asked) const {
    return post(
        "/locks",
        {{"kind", text_of(asked.kind)}, {"through_on", asked.through_on.text()}, {"reason", "Closed"}});
  }
  WireText operator()(const LiftLock& asked) const {
    return post("/locks/" + std::to_string(asked.number) + "/lifting", {{"reason", "Forgotten"}});
  }
  WireText operator()(const ReadBalance& asked) const {
    WireText wire{"GET", account(asked.path) + "/balance?unit=" + asked.unit};
    if (asked.as_of) wire.path += "&as_of=" + asked.as_of->text();
    if (asked.known_at) wire.path += "&known_at=" + coop::text_of(*asked.known_at);
    return wire;
  }

 private:
  static std::string account(const std::string& path) { return "/accounts/" + path; }
  static WireText post(std::string path, json::object body) {
    return {"POST", std::move(path), json::serialize(body)};
  }
  bool by_lines_;
};

std::string text(const json::value& value) { return std::string{value.as_string()}; }

/// "entry 3 on … at …" of a receipt.
std::string words_of_receipt(const json::value& receipt) {
  std::string words = "entry " + std::to_string(receipt.at("number").to_number<std::int64_t>()) + " on " +
                      text(receipt.at("booked_on"));
  if (!receipt.at("document_on").is_null()) words += " of " + text(receipt.at("document_on"));
  return words + " at " + coop::text_of(instant_from_text(text(receipt.at("recorded_at"))));
}

std::string words_of_item(const json::value& item) {
  const auto& result = item.as_object();
  if (const auto* problem = result.if_contains("problem")) return text(problem->at("code"));
  return words_of_receipt(item.at("entry")) + (item.at("repeated").as_bool() ? " repeated" : "");
}

std::string words_of_items(const json::array& items) {
  std::string words;
  for (const json::value& item : items) words += (words.empty() ? "" : "; ") + words_of_item(item);
  return words;
}

/// The lines of a stream but the last, which counts them.
std::string words_of_lines(const std::string& body) {
  json::array items;
  std::istringstream lines{body};
  for (std::string line; std::getline(lines, line);) items.push_back(json::parse(line));
  if (!items.empty() && items.back().as_object().contains("done")) items.pop_back();
  return words_of_items(items);
}

/// One visitor a command: what a success tells.
struct Told {
  const ApiAnswer& answer;

  std::string operator()(const OpenAccount&) const { return "account"; }
  std::string operator()(const ChangeAccount&) const { return "changed"; }
  std::string operator()(const CloseAccount&) const { return "closed"; }
  std::string operator()(const ReopenAccount&) const { return "reopened"; }
  std::string operator()(const AddDimension&) const { return "added " + answer.text("added"); }
  std::string operator()(const PostDrafts&) const {
    if (answer.headers.at("content-type").starts_with("application/x-ndjson"))
      return words_of_lines(answer.body);
    const json::value body = answer.json();
    if (const auto* results = body.as_object().if_contains("results"))
      return words_of_items(results->as_array());
    return words_of_receipt(body);
  }
  std::string operator()(const ReverseEntry&) const { return words_of_receipt(answer.json()); }
  std::string operator()(const MakeHold&) const { return "hold " + answer.text("number"); }
  std::string operator()(const PostHold&) const { return words_of_receipt(answer.json()); }
  std::string operator()(const VoidHold&) const {
    return answer.text("state") + " at " + coop::text_of(instant_from_text(answer.text("ended_at")));
  }
  std::string operator()(const ExpireHolds&) const { return "looked"; }
  std::string operator()(const LockPeriod&) const { return "lock " + answer.text("number"); }
  std::string operator()(const LiftLock&) const { return "lifted"; }
  std::string operator()(const ReadBalance& asked) const {
    const std::int64_t minor = minor_from_text(answer.text("balance"), scale_of_model_unit(asked.unit));
    return "balance " + std::to_string(minor);
  }
};

}  // namespace

ModelRequest request_for(Command command, const std::string& key, bool dry_run, bool by_lines) {
  const bool reads = std::holds_alternative<ReadBalance>(command.what);
  ModelRequest request{std::move(command), reads ? "" : key, dry_run && !reads, by_lines};
  if (auto* asked = std::get_if<PostDrafts>(&request.command.what)) {
    request.by_lines = by_lines && !asked->drafts.empty() && !is_lone(*asked);
    request.dry_run = asked->dry_run;
  }
  // There is no address of a thing with the number 0.
  if (auto* asked = std::get_if<PostHold>(&request.command.what); asked && asked->draft.uses_hold == 0)
    asked->draft.uses_hold = 1'000'000;
  std::visit(Keyed{request.key}, request.command.what);
  return request;
}

WireText wire_text_of(const ModelRequest& request, const std::string& node) {
  WireText wire = std::visit(Wire{request.by_lines}, request.command.what);
  wire.path = "/v1/nodes/" + node + wire.path;
  if (request.is_dry())
    wire.path += wire.path.find('?') == std::string::npos ? "?dry_run=true" : "&dry_run=true";
  return wire;
}

std::string told_by(const ModelRequest& request, const ApiAnswer& answer) {
  const std::string otherwise = "status " + std::to_string(answer.status) + " " + answer.body;
  if (answer.status < 200 || answer.status >= 500) return otherwise;
  if (answer.status >= 300) {
    if (answer.code() == "batch_refused" && std::holds_alternative<PostDrafts>(request.command.what))
      return words_of_items(answer.json().at("results").as_array());
    return answer.code().empty() ? otherwise : answer.code();
  }
  const auto repeated = answer.headers.find("idempotent-replay");
  return std::visit(Told{answer}, request.command.what) +
         (repeated != answer.headers.end() && repeated->second == "true" ? " repeated" : "");
}

std::string as_the_api_tells(const ModelRequest& request, std::string words) {
  const std::string account = "account ";
  if (words.starts_with(account) && std::isdigit(static_cast<unsigned char>(words[account.size()])) != 0)
    words = "account";
  if (!request.is_dry()) return words;
  const std::string repeated = " repeated";
  for (auto at = words.find(repeated); at != std::string::npos; at = words.find(repeated))
    words.erase(at, repeated.size());
  return words;
}

}  // namespace coop::test
