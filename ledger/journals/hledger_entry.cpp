#include "ledger/journals/hledger_entry.hpp"

#include <algorithm>
#include <boost/json.hpp>

#include "ledger/journals/json_fields.hpp"

namespace coop::journals {

namespace {

// The element with its mantissas as texts: they may have more digits than a JSON reader keeps.
std::string with_mantissas_quoted(std::string_view json) {
  constexpr std::string_view key = "\"decimalMantissa\"";
  std::string quoted;
  quoted.reserve(json.size() + 200);
  for (auto at = json.find(key); at != std::string_view::npos; at = json.find(key)) {
    const auto begin = json.find_first_not_of(" \t\n\r:", at + key.size());
    if (begin == std::string_view::npos) break;
    const auto end = std::min(json.find_first_of(",} \t\n\r", begin), json.size());
    quoted.append(json.substr(0, begin));
    const bool is_number = json[begin] != '"';
    if (is_number) quoted += '"';
    quoted.append(json.substr(begin, end - begin));
    if (is_number) quoted += '"';
    json.remove_prefix(end);
  }
  return quoted.append(json);
}

Decimal quantity_in(JsonFields fields, const std::string& place) {
  JsonFields quantity = fields.object("aquantity");
  const auto mantissa = digits_from(quantity.text("decimalMantissa"));
  if (!mantissa) refuse_unreadable(place + ": an amount is no decimal number of at most 400 digits");
  const std::int64_t places = quantity.number("decimalPlaces");
  if (places < 0 || places > most_places) {
    refuse_unreadable(place + ": an amount has more than " + std::to_string(most_places) + " decimals");
  }
  return {*mantissa, static_cast<int>(places)};
}

// `aprice` until hledger 1.40, `acost` since.
std::optional<HledgerCost> cost_in(JsonFields& fields, const Decimal& quantity, const std::string& place) {
  const auto price = fields.maybe_object("aprice");
  auto cost = price ? price : fields.maybe_object("acost");
  if (!cost) return std::nullopt;
  const std::string tag = cost->text("tag");
  JsonFields contents = cost->object("contents");
  const bool is_total = tag.starts_with("Total");
  // hledger turns a total where its quantity is negative.
  const Decimal given = quantity_in(contents, place);
  const bool is_turned = is_total && quantity.mantissa < 0;
  return HledgerCost{is_total, contents.text("acommodity"), is_turned ? -given : given};
}

std::optional<HledgerAssertion> assertion_in(JsonFields& posting, const std::string& place) {
  auto assertion = posting.maybe_object("pbalanceassertion");
  if (!assertion) return std::nullopt;
  JsonFields amount = assertion->object("baamount");
  return HledgerAssertion{amount.text("acommodity"), quantity_in(amount, place),
                          assertion->truth_or_false("bainclusive"), assertion->truth_or_false("batotal")};
}

HledgerMark mark_in(JsonFields& fields, std::string_view name) {
  const std::string mark = fields.text_or_empty(name);
  if (mark == "Pending") return HledgerMark::pending;
  return mark == "Cleared" ? HledgerMark::cleared : HledgerMark::none;
}

HledgerPostingKind kind_in(JsonFields& posting) {
  const std::string kind = posting.text("ptype");
  if (kind == "RegularPosting") return HledgerPostingKind::regular;
  if (kind == "BalancedVirtualPosting") return HledgerPostingKind::balanced_virtual;
  if (kind == "VirtualPosting") return HledgerPostingKind::unbalanced_virtual;
  refuse_unreadable("a posting of the kind " + kind + " is not known");
}

std::vector<HledgerTag> tags_in(JsonFields& fields, std::string_view name) {
  std::vector<HledgerTag> tags;
  if (!fields.has(name)) return tags;
  for (const boost::json::value& pair : fields.array(name)) {
    if (!pair.is_array() || pair.get_array().size() != 2) continue;
    const auto& tag = pair.get_array()[0];
    const auto& value = pair.get_array()[1];
    if (tag.is_string() && value.is_string())
      tags.push_back({std::string{tag.get_string()}, std::string{value.get_string()}});
  }
  return tags;
}

// An account's own tags come before its parents'.
std::optional<std::string> declared_type_in(const std::vector<HledgerTag>& tags) {
  const auto type =
      std::find_if(tags.begin(), tags.end(), [](const auto& tag) { return tag.name == "type"; });
  return type == tags.end() ? std::nullopt : std::optional{type->value};
}

HledgerPosting posting_in(JsonFields posting, const std::string& place) {
  HledgerPosting read{.account = posting.text("paccount"),
                      .kind = kind_in(posting),
                      .mark = mark_in(posting, "pstatus"),
                      .amounts = {},
                      .assertion = assertion_in(posting, place),
                      .comment = posting.text_or_empty("pcomment"),
                      .day = posting.maybe_day("pdate"),
                      .declared_type = {},
                      .tags = tags_in(posting, "ptags")};
  read.declared_type = declared_type_in(read.tags);
  for (const boost::json::value& value : posting.array("pamount")) {
    JsonFields amount = JsonFields::of(value);
    const Decimal quantity = quantity_in(amount, place);
    read.amounts.push_back({amount.text("acommodity"), quantity, cost_in(amount, quantity, place)});
  }
  return read;
}

struct Position {
  std::string file;
  std::int64_t line = 0;
};

// A pair of positions: where the entry begins and ends.
Position position_in(JsonFields& entry) {
  const auto& value = entry.value("tsourcepos");
  const boost::json::value* first = &value;
  if (value.is_array() && !value.get_array().empty()) first = &value.get_array().front();
  if (!first->is_object() || !first->get_object().contains("sourceLine")) return {};
  JsonFields position = JsonFields::of(*first);
  return {position.text_or_empty("sourceName"), position.number("sourceLine")};
}

}  // namespace

std::string place_of(const HledgerEntry& entry) {
  const auto folder = entry.file.rfind('/');
  const std::string name = folder == std::string::npos ? entry.file : entry.file.substr(folder + 1);
  return name + ':' + std::to_string(entry.line);
}

HledgerEntry hledger_entry_from(std::string_view json) {
  boost::json::error_code error;
  boost::json::monotonic_resource memory;
  const auto value = boost::json::parse(with_mantissas_quoted(json), error, &memory);
  if (error) refuse_unreadable("an entry is not JSON: " + error.message());
  JsonFields fields = JsonFields::of(value);
  const Position position = position_in(fields);
  HledgerEntry entry{.day = fields.day("tdate"),
                     .second_day = fields.maybe_day("tdate2"),
                     .mark = mark_in(fields, "tstatus"),
                     .code = fields.text_or_empty("tcode"),
                     .description = fields.text_or_empty("tdescription"),
                     .comment = fields.text_or_empty("tcomment"),
                     .file = position.file,
                     .line = position.line,
                     .postings = {},
                     .tags = tags_in(fields, "ttags")};
  const std::string place = place_of(entry);
  for (const boost::json::value& posting : fields.array("tpostings")) {
    entry.postings.push_back(posting_in(JsonFields::of(posting), place));
    auto& day = entry.postings.back().day;
    if (day == entry.day) day.reset();
  }
  return entry;
}

}  // namespace coop::journals
