#include "ledger/bank/reading_profile.hpp"

#include <algorithm>
#include <array>
#include <boost/json.hpp>

#include "ledger/statements/file_words.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::bank {

namespace {

using statements::CsvProfile;
using statements::CsvSigns;

struct ColumnField {
  std::string_view holds;
  std::string CsvProfile::* column;
};
constexpr std::array columns{
    ColumnField{"day", &CsvProfile::day},
    ColumnField{"valued_on", &CsvProfile::valued_on},
    ColumnField{"amount", &CsvProfile::amount},
    ColumnField{"debit", &CsvProfile::debit},
    ColumnField{"credit", &CsvProfile::credit},
    ColumnField{"flag", &CsvProfile::flag},
    ColumnField{"name", &CsvProfile::name},
    ColumnField{"payer", &CsvProfile::payer},
    ColumnField{"payee", &CsvProfile::payee},
    ColumnField{"account", &CsvProfile::account},
    ColumnField{"bank", &CsvProfile::bank},
    ColumnField{"reference", &CsvProfile::reference},
    ColumnField{"end_to_end", &CsvProfile::end_to_end},
    ColumnField{"mandate", &CsvProfile::mandate},
    ColumnField{"creditor", &CsvProfile::creditor},
    ColumnField{"bank_id", &CsvProfile::bank_id},
    ColumnField{"code", &CsvProfile::code},
    ColumnField{"currency", &CsvProfile::currency},
    ColumnField{"balance", &CsvProfile::balance},
    ColumnField{"own_account", &CsvProfile::own_account},
    ColumnField{"status", &CsvProfile::status},
};

struct WordField {
  std::string_view means;
  std::vector<std::string> CsvProfile::* words;
};
constexpr std::array words{
    WordField{"debit", &CsvProfile::debit_words},
    WordField{"credit", &CsvProfile::credit_words},
    WordField{"pending", &CsvProfile::pending_words},
    WordField{"refused", &CsvProfile::refused_words},
};

[[noreturn]] void refuse(const std::string& field, const std::string& why) {
  throw Refused{Refusal::field_invalid, why, field};
}

// A part of a JSON pointer (RFC 6901).
std::string pointer_part(std::string_view name) {
  std::string part;
  for (const char c : name) {
    if (c == '~') part += "~0";
    else if (c == '/') part += "~1";
    else part += c;
  }
  return part;
}

/// An object whose fields are read one by one; those that are null count as not given.
class Fields {
 public:
  Fields(const boost::json::value& json, std::string at, std::initializer_list<std::string_view> known)
      : at_{std::move(at)} {
    if (!json.is_object()) refuse(at_, "an object is expected");
    object_ = &json.get_object();
    for (const auto& [name, value] : *object_)
      if (std::ranges::find(known, std::string_view{name}) == known.end())
        throw Refused{Refusal::field_unknown, "no such field", at_ + "/" + pointer_part(name)};
  }

  const boost::json::value* find(std::string_view name) const {
    const boost::json::value* value = object_->if_contains(name);
    return value && !value->is_null() ? value : nullptr;
  }
  std::string text(std::string_view name, std::size_t most = 200) const {
    const boost::json::value* value = find(name);
    if (!value) throw Refused{Refusal::field_missing, std::string{name} + " is missing", pointer(name)};
    if (!value->is_string() || value->get_string().empty() || value->get_string().size() > most ||
        std::string_view{value->get_string()}.find('\0') != std::string_view::npos)
      refuse(pointer(name), "a text of 1 to " + std::to_string(most) + " bytes is expected");
    return std::string{value->get_string()};
  }
  std::string maybe_text(std::string_view name) const { return find(name) ? text(name) : std::string{}; }
  bool truth_or(std::string_view name, bool otherwise) const {
    const boost::json::value* value = find(name);
    if (value && !value->is_bool()) refuse(pointer(name), "true or false is expected");
    return value ? value->get_bool() : otherwise;
  }
  /// The text, which must be one of these.
  std::string one_of(std::string_view name, std::initializer_list<std::string_view> allowed) const {
    std::string found = text(name);
    std::string all;
    for (const std::string_view one : allowed) all += (all.empty() ? "" : ", ") + std::string{one};
    if (std::ranges::find(allowed, std::string_view{found}) == allowed.end())
      refuse(pointer(name), "allowed are " + all);
    return found;
  }
  /// Calls `take` for each element of an array, if there is one, with its pointer.
  template <class Take>
  void each(std::string_view name, Take&& take) const {
    const boost::json::value* value = find(name);
    if (!value) return;
    constexpr std::size_t most = 60;
    if (!value->is_array() || value->get_array().size() > most)
      refuse(pointer(name), "an array of at most " + std::to_string(most) + " is expected");
    std::size_t place = 0;
    for (const boost::json::value& one : value->get_array())
      take(one, pointer(name) + "/" + std::to_string(place++));
  }
  std::string pointer(std::string_view name) const { return at_ + "/" + std::string{name}; }

 private:
  std::string at_;
  const boost::json::object* object_ = nullptr;
};

void take_column(CsvProfile& csv, const boost::json::value& json, const std::string& at) {
  const Fields fields{json, at, {"holds", "column"}};
  const std::string holds = fields.text("holds");
  const std::string column = fields.text("column");
  if (holds == "text") return csv.text.push_back(column);
  const auto field = std::ranges::find(columns, holds, &ColumnField::holds);
  if (field == columns.end()) refuse(fields.pointer("holds"), "a column holds no such thing");
  if (!(csv.*field->column).empty()) refuse(fields.pointer("holds"), "another column holds it already");
  csv.*field->column = column;
}

void take_word(CsvProfile& csv, const boost::json::value& json, const std::string& at) {
  const Fields fields{json, at, {"means", "word"}};
  const std::string means = fields.one_of("means", {"debit", "credit", "pending", "refused"});
  const auto field = std::ranges::find(words, means, &WordField::means);
  (csv.*field->words).push_back(statements::column_key(fields.text("word")));
}

void require_columns(const CsvProfile& csv) {
  const bool is_two =
      csv.signs == CsvSigns::debit_and_credit || csv.signs == CsvSigns::signed_debit_and_credit;
  if (csv.day.empty()) refuse("/columns", "no column holds the day");
  if (is_two && (csv.debit.empty() || csv.credit.empty()))
    refuse("/columns", "no columns hold debit and credit");
  if (!is_two && csv.amount.empty()) refuse("/columns", "no column holds the amount");
  if (csv.signs == CsvSigns::flagged && csv.flag.empty()) refuse("/columns", "no column holds the flag");
}

CsvProfile csv_from(const Fields& fields, std::string_view fingerprint) {
  CsvProfile csv;
  csv.fingerprint = fingerprint;
  csv.separator = fields.one_of("separator", {",", ";", "\t", "|"}).front();
  csv.has_header = fields.truth_or("header", true);
  csv.days = statements::csv_days_from(fields.one_of("days", {"year_first", "day_month", "month_day"}));
  csv.decimal_mark = fields.one_of("decimal_mark", {".", ","}).front();
  csv.signs = statements::csv_signs_from(
      fields.one_of("signs", {"signed_amount", "inverse_amount", "debit_and_credit",
                              "signed_debit_and_credit", "flagged", "mirrored"}));
  csv.stated_currency = fields.maybe_text("currency");
  fields.each("columns", [&csv](const auto& json, const std::string& at) { take_column(csv, json, at); });
  fields.each("words", [&csv](const auto& json, const std::string& at) { take_word(csv, json, at); });
  require_columns(csv);
  return csv;
}

statements::QifReading qif_from(const Fields& fields) {
  statements::QifReading qif;
  if (fields.find("days"))
    qif.day_order = fields.one_of("days", {"day_month", "month_day"}) == "day_month"
                        ? statements::DayOrder::day_month
                        : statements::DayOrder::month_day;
  if (fields.find("decimal_mark")) qif.decimal_mark = fields.one_of("decimal_mark", {".", ","}).front();
  return qif;
}

boost::json::array columns_json(const CsvProfile& csv) {
  boost::json::array all;
  const auto add = [&all](std::string_view holds, const std::string& column) {
    if (!column.empty()) all.push_back(boost::json::object{{"holds", holds}, {"column", column}});
  };
  for (const ColumnField& field : columns) add(field.holds, csv.*field.column);
  for (const std::string& column : csv.text) add("text", column);
  return all;
}

boost::json::array words_json(const CsvProfile& csv) {
  boost::json::array all;
  for (const WordField& field : words)
    for (const std::string& word : csv.*field.words)
      all.push_back(boost::json::object{{"means", field.means}, {"word", word}});
  return all;
}

}  // namespace

std::string fingerprint_from(std::string_view text) {
  const auto is_hex = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
  const bool is_hash = text.size() == 64 && std::ranges::all_of(text, is_hex);
  if (is_hash || text == qif_fingerprint) return std::string{text};
  throw Refused{Refusal::field_invalid, "a fingerprint is the SHA-256 of a header, or 'qif'"};
}

boost::json::value json_of(const ReadingProfile& profile) {
  boost::json::object json{{"form", statements::text_of(profile.form)}};
  if (profile.form == statements::FileKind::qif) {
    json["days"] = nullptr;
    json["decimal_mark"] = nullptr;
    if (profile.qif.day_order)
      json["days"] = *profile.qif.day_order == statements::DayOrder::day_month ? "day_month" : "month_day";
    if (profile.qif.decimal_mark) json["decimal_mark"] = std::string(1, *profile.qif.decimal_mark);
    return json;
  }
  const CsvProfile& csv = profile.csv;
  json["separator"] = std::string(1, csv.separator);
  json["header"] = csv.has_header;
  json["days"] = statements::text_of(csv.days);
  json["decimal_mark"] = std::string(1, csv.decimal_mark);
  json["signs"] = statements::text_of(csv.signs);
  json["currency"] = nullptr;
  if (!csv.stated_currency.empty()) json["currency"] = csv.stated_currency;
  json["columns"] = columns_json(csv);
  json["words"] = words_json(csv);
  return json;
}

ReadingProfile reading_profile_from(const boost::json::value& json, std::string_view fingerprint) {
  const Fields fields{
      json,
      "",
      {"form", "separator", "header", "days", "decimal_mark", "signs", "currency", "columns", "words"}};
  ReadingProfile profile{std::string{fingerprint}, statements::FileKind::csv, {}, {}};
  if (fields.one_of("form", {"csv", "qif"}) == "qif") {
    profile.form = statements::FileKind::qif;
    profile.qif = qif_from(fields);
  } else {
    profile.csv = csv_from(fields, fingerprint);
  }
  if ((profile.form == statements::FileKind::qif) != (fingerprint == qif_fingerprint))
    refuse("/form", "files of this kind are of another form");
  return profile;
}

}  // namespace coop::bank
