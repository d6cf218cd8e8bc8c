#include "api/handlers/account_reader.hpp"

#include "ledger/books/account_service.hpp"
#include "ledger/values/money.hpp"

namespace coop::api {

books::AccountDraft account_draft_from(JsonValue account, const UnitByCode& unit_of, Day today) {
  const JsonObject fields{account, {"path", "unit", "type", "title", "required", "limits", "opened_on"}};
  const std::string path{fields.require("path").text()};
  const JsonValue unit_code = fields.require("unit");
  const Unit unit = unit_code.parsed(unit_of);
  books::AccountDraft draft{path,
                            unit.code,
                            fields.require("type").parsed(books::account_type_from),
                            fields.text_or_empty("title", 200),
                            {},
                            {},
                            today};
  if (const auto required = fields.find("required")) draft.required = required_from(*required);
  if (const auto limits = fields.find("limits")) draft.limits = limits_from(*limits, unit.scale);
  if (const auto opened_on = fields.find("opened_on")) draft.opened_on = opened_on->day();
  account.judged([&] { books::require_account_draft(draft); });
  return draft;
}

books::Limits limits_from(JsonValue limits, int scale) {
  const JsonObject fields{limits, {"lower", "upper"}};
  const auto read = [&](std::string_view name) -> std::optional<std::int64_t> {
    const auto amount = fields.find(name);
    if (!amount) return std::nullopt;
    amount->amount();
    return amount->parsed([&](std::string_view text) { return minor_from_text(text, scale); });
  };
  return {read("lower"), read("upper")};
}

std::vector<books::DimensionKind> required_from(JsonValue kinds) {
  std::vector<books::DimensionKind> required;
  for (const JsonValue& kind : kinds.elements()) required.push_back(kind.parsed(books::dimension_kind_from));
  return required;
}

}  // namespace coop::api
