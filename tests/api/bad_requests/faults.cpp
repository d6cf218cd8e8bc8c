// What is wrong with a value of each name.
#include "tests/api/bad_requests/specimen.hpp"

namespace coop::test {

namespace {

std::string text_of_length(std::size_t length) { return "\"" + std::string(length, 'x') + "\""; }

template <class Fault>
void add(std::vector<Fault>& all, std::initializer_list<std::string_view> names,
         std::initializer_list<std::string> values, std::string_view codes, std::string_view route = {},
         std::string_view field = {}) {
  for (const std::string_view name : names)
    for (const std::string& value : values) all.push_back({name, value, codes, route, field});
}

void add_figures(std::vector<FieldFault>& all) {
  add(all,
      {"booked_on", "opened_on", "last_day", "through_on", "from_on", "admitted_on", "on_day", "held_on",
       "as_of"},
      {R"("2026-02-30")", R"("2026-2-03")", R"("20260203")", R"("tomorrow")", R"("")",
       R"("2026-01-05T00:00:00Z")", R"("0000-01-01")", R"("10000-01-01")", R"("-2026-01-01")"},
      "day_malformed");
  add(all, {"expires_at"},
      {R"("2026-01-05")", R"("soon")", R"("2026-02-30T00:00:00Z")", R"("2026-01-05T00:00:00")",
       R"("2999-01-01T00:00:00.1234567Z")"},
      "instant_malformed");
  add(all, {"expires_at"}, {R"("2020-01-01T00:00:00Z")"}, "field_invalid");
  add(all, {"amount", "lower", "upper"}, {"12", "12.5", "-1", "1e2", "0"}, "amount_not_text");
  add(all, {"amount", "lower", "upper"}, {R"("12.505")", R"("0.001")"}, "amount_too_precise");
  add(all, {"amount", "lower", "upper"},
      {R"("99999999999999999999")", R"("92233720368547758.08")", R"("-92233720368547758.09")"},
      "amount_overflow");
  add(all, {"amount", "lower", "upper"},
      {R"("1,5")", R"("+1")", R"("1e3")", R"("")", R"(" 1")", R"("1 ")", R"("0x1")", R"("--1")", R"(".")",
       R"("NaN")", R"("1_000")", R"("\u0661")", R"("1.0.0")", R"("-")", R"("Infinity")"},
      "amount_malformed");
  for (const std::string_view route : {"/entries", "/holds"})
    add(all, {"amount"}, {R"("0")", R"("0.00")", R"("-0")"}, "amount_zero", route);
  add(all, {"scale"}, {"-1", "7", "2.5", "1e1", "99999999999999999999"}, "field_invalid");
  add(all, {"month"}, {"0", "13", "-1"}, "field_invalid");
  add(all, {"day"}, {"0", "29", "31"}, "field_invalid");
  add(all, {"days"}, {"0", "-1", "731", "18446744073709551615"}, "field_invalid");
  add(all, {"grace_days", "arrears_days"}, {"-1", "3661"}, "field_invalid");
  add(all, {"members"}, {"-1", "100000001"}, "field_invalid", "/head-counts");
  add(all, {"amount"}, {R"("-1")"}, "field_invalid", "/rules");
  add(all, {"weight", "attendance"},
      {R"("")", R"("half")", R"("1/0")", R"("3/2")", R"("0")", R"("-1/2")", R"("1//2")"}, "field_invalid");
  add(all, {"weight", "attendance"}, {R"("1/99999999999999999999")"}, "amount_overflow field_invalid");
}

// Of members, their classes and meetings.
void add_members(std::vector<FieldFault>& all) {
  add(all, {"number"}, {R"("")", R"("M 1")", R"("-1")", R"("é")", text_of_length(21)}, "name_malformed",
      "/members ");
  add(all, {"number"}, {R"("M1")", R"("m1")"}, "party_exists", "/members ");
  add(all, {"name"}, {R"("")", text_of_length(201)}, "field_invalid", "/members ");
  add(all, {"name"}, {R"("")", text_of_length(201)}, "field_invalid", "/members/{member} ");
  add(all, {"email"}, {R"("")", R"("maria")", R"("a@b@c")", R"("a b@c")", text_of_length(255)},
      "field_invalid");
  add(all, {"iban"}, {R"("")", R"("ES91")", R"("ES9221000418450200051332")", text_of_length(40)},
      "iban_malformed");
  add(all, {"address"}, {R"("")", text_of_length(501)}, "field_invalid");
  add(all, {"language"}, {R"("")", R"("Catalan")", R"("CA")", R"("ca-es")"}, "field_invalid");
  add(all, {"class"}, {R"("nobody")", R"("")", R"("User")"}, "class_unknown");
  add(all, {"class"}, {R"("user")"}, "membership_overlaps", "/memberships ", "/from_on");
  add(all, {"admitted_on"}, {R"("2025-12-31")"}, "change_too_early");
  add(all, {"on_day"}, {R"("2025-12-31")"}, "change_too_early");
  add(all, {"kind"}, {R"("applied")", R"("admitted")", R"("resumed")", R"("reinstated")"},
      "change_contradicts", "/changes ");
  add(all, {"one_vote"}, {R"("hand")", R"("")"}, "field_invalid");
  add(all, {"decision"}, {R"("")", text_of_length(501)}, "field_invalid decision_missing");
  add(all, {"attended", "present", "absent"}, {R"("nobody")", R"("")"}, "party_unknown");
  add(all, {"code"}, {R"("")", R"("User")", R"("2x")", R"("a b")", text_of_length(41)}, "name_malformed",
      "/member-classes ");
  add(all, {"code"}, {R"("user")"}, "class_exists", "/member-classes ");
  add(all, {"title"}, {R"("")"}, "field_invalid", "/member-classes");
  add(all, {"title"}, {R"("")"}, "field_invalid", "/meetings ");
}

// Of rolls and votes.
void add_rolls(std::vector<FieldFault>& all) {
  add(all, {"title"}, {R"("")"}, "field_invalid", "/rolls");
  add(all, {"known_at"}, {R"("2026-01-05")", R"("soon")", R"("")", R"("2026-01-05T00:00:00")"},
      "instant_malformed");
  add(all, {"known_at"}, {R"("2999-01-01T00:00:00Z")"}, "field_invalid");
  add(all, {"link"},
      {R"("")", R"("vote.example/1")", R"("ftp://vote.example/1")", R"("https://")", R"("https://a b/")",
       text_of_length(2001)},
      "field_invalid");
  add(all, {"quorum"}, {R"("")", R"("half")", R"("1/0")", R"("3/2")", R"("-1/2")"}, "field_invalid");
  add(all, {"for", "against", "abstain"}, {"-1", "1000000000001"}, "field_invalid");
  add(all, {"for", "against", "abstain"}, {"2"}, "tally_impossible", "/votes", "/tally/0");
  add(all, {"class"}, {R"("worker")"}, "tally_impossible", "/votes", "/tally/0");
  add(all, {"supersedes"}, {"0", "-1", "4294967296"}, "field_invalid");
  add(all, {"supersedes"}, {"999"}, "vote_unknown");
}

void add_dues(std::vector<FieldFault>& all) {
  add(all, {"on", "due_on", "until_on", "review_on", "last_on", "received_on", "corrections_from"},
      {R"("2026-02-30")", R"("20260203")", R"("tomorrow")", R"("")"}, "day_malformed");
  add(all, {"minimum", "suggested", "joining_fee"}, {"12", "12.5"}, "amount_not_text");
  add(all, {"minimum", "suggested", "joining_fee"}, {R"("12.505")"}, "amount_too_precise");
  add(all, {"minimum", "suggested", "joining_fee"}, {R"("1,5")", R"("")"}, "amount_malformed");
  add(all, {"minimum", "suggested", "joining_fee"}, {R"("99999999999999999999")"}, "amount_overflow");
  add(all, {"minimum", "joining_fee"}, {R"("-1.00")"}, "field_invalid");
  add(all, {"minimum"}, {R"("25.01")"}, "field_invalid", "/prices");
  for (const std::string_view route : {"/dues/", "/subscriptions"})
    add(all, {"amount"}, {R"("0")", R"("0.00")", R"("-0")", R"("-1.00")"}, "field_invalid", route);
  add(all, {"share"}, {R"("0")", R"("2")", R"("-1")", R"("1/0")", R"("half")", R"("")"}, "field_invalid");
  add(all, {"rate"}, {R"("0")", R"("-1")", R"("1/0")", R"("much")", R"("")"}, "field_invalid");
  add(all, {"from", "to"}, {R"("NOPE")", R"("")"}, "unit_unknown", "/dues/rates");
  add(all, {"interval", "proration"}, {R"("sometimes")", R"("")"}, "field_invalid");
  add(all, {"due_after_days"}, {"-1", "367", "1.5"}, "field_invalid");
  add(all, {"instalments"}, {"0", "13", "2"}, "field_invalid");
  add(all, {"tier"}, {R"("nothing")", R"("")"}, "tier_unknown");
  add(all, {"member", "payer"}, {R"("nobody")", R"("")"}, "party_unknown", "/dues/");
  add(all, {"payer"}, {R"("nobody")", R"("")"}, "party_unknown", "/subscriptions");
  add(all, {"code"}, {R"("")", R"("Friend")", R"("-x")", R"("a b")", text_of_length(41)}, "name_malformed",
      "/dues/tiers ");
  add(all, {"code"}, {R"("standard")"}, "tier_exists", "/dues/tiers ");
  add(all, {"title"}, {R"("")"}, "field_invalid", "/dues/tiers");
  add(all, {"period"}, {R"("never")", R"("2026-13")", R"("2026-Q5")", R"("")"}, "day_malformed");
  add(all, {"why"}, {R"("")", text_of_length(501)}, "field_invalid");
  add(all, {"charge"}, {"999"}, "charge_unknown");
  add(all, {"charge"}, {"0", "-1", "1.5"}, "field_invalid");
  add(all, {"receivable", "prepaid", "income", "solidarity", "written_off", "obligations"},
      {R"("assets:nowhere")", R"("")"}, "account_unknown");
  add(all, {"deferred"}, {R"("assets:receivable:dues")"}, "field_invalid", "/dues/accounts");
  add(all, {"reply_to"}, {R"("")", R"("us")", R"("a@b@c")", R"("<a@b>")"}, "field_invalid");
  add(all, {"language"}, {R"("")", R"("English")"}, "field_invalid", "/dues/");
  add(all, {"level"}, {"0", "10", "-1", "1.5"}, "field_invalid");
  add(all, {"after_days"}, {"0", "3661", "-1", "1.5"}, "field_invalid");
  add(all, {"subject"}, {R"("")", R"("{nam}")", R"("a\nb")", text_of_length(201)}, "field_invalid");
  add(all, {"body"}, {R"("")", R"("{nam}")", R"("{")", text_of_length(5001)}, "field_invalid", "/reminder");
  add(all, {"noticed_on"}, {R"("2026-02-30")", R"("tomorrow")", R"("")"}, "day_malformed");
  add(all, {"reference"}, {R"("")", R"("RF00M1")", R"("hello")"}, "reference_malformed",
      "/noticed-payments ");
  add(all, {"payment"}, {"999"}, "payment_unknown", {}, "-");
  add(all, {"payment"}, {"0", "-1", "1.5"}, "field_invalid");
  add(all, {"account_holder"}, {R"("")", text_of_length(71), R"("a\u0001b")"}, "field_invalid");
  add(all, {"bic"}, {R"("")", R"("GKCC")", R"("GKCCBEBB1")"}, "bic_malformed");
  add(all, {"reference_kind"}, {R"("")", R"("iso")", R"("RF")"}, "field_invalid");
  add(all, {"letterhead"}, {text_of_length(501)}, "field_invalid");
  add(all, {"closing"}, {text_of_length(2001)}, "field_invalid");
}

void add_direct_debits(std::vector<FieldFault>& all) {
  add(all, {"signed_on", "used_on"}, {R"("2026-02-30")", R"("20260203")", R"("tomorrow")", R"("")"},
      "day_malformed");
  add(all, {"used_on"}, {R"("2098-11-30")"}, "day_malformed");
  add(all, {"on"}, {R"("2098-11-30")"}, "day_malformed", "/mandates/");
  add(all, {"on"}, {R"("2099-01-04")"}, "day_malformed", "/settlement ");
  add(all, {"on"}, {R"("2026-01-30")"}, "day_malformed", "/lines/{line}/return");
  add(all, {"due_on"}, {R"("2020-01-02")", R"("2099-01-04")"}, "direct_debit_impossible", "/collections ");
  add(all, {"identifier"}, {R"("")", R"("DE00ZZZ09999999999")", R"("DE98")", text_of_length(60)},
      "creditor_identifier_malformed", "/dues/creditor");
  add(all, {"bic"}, {R"("")", R"("COBA")", R"("cobadeff!")", text_of_length(12)}, "bic_malformed");
  add(all, {"name"}, {R"("")", R"(" ")", text_of_length(201)}, "field_invalid", "/dues/");
  add(all, {"scheme", "use", "change"}, {R"("sometimes")", R"("")"}, "field_invalid");
  add(all, {"change"}, {R"("collected")", R"("rejected")", R"("account_changed")"}, "field_invalid");
  add(all, {"reference"}, {R"("")", R"("é")", R"(" x")", R"("a//b")", text_of_length(36)}, "name_malformed",
      "/mandates");
  add(all, {"reference"}, {R"("D0001")", R"("d0001")"}, "mandate_exists", "/mandates");
  add(all, {"code"}, {R"("")", R"("am04")", R"("AM4")", R"("AM 04")"}, "field_invalid", "/mandates/");
  add(all, {"code"}, {R"("")", R"("am04")", R"("AM4")", R"("AM 04")"}, "field_invalid", "/lines/");
  add(all, {"town"}, {R"("")", R"(" ")", text_of_length(71)}, "field_invalid");
  add(all, {"lines"}, {R"("")", R"(" ")", R"("a\nb")", text_of_length(71)}, "field_invalid");
  add(all, {"final"}, {R"("nobody")", R"("")"}, "party_unknown");
}

void add_names_of_things(std::vector<FieldFault>& all) {
  add(all, {"unit", "base_unit", "units"}, {R"("NOPE")", R"("eur")", R"("")"}, "unit_unknown");
  add(all, {"identifier", "title"}, {R"("")", text_of_length(201)}, "field_invalid", "/bank/accounts");
  add(all, {"suspense"}, {R"("nowhere")", R"("")", text_of_length(300)}, "account_unknown", "/bank/accounts");
  add(all, {"form", "separator", "decimal_mark", "signs", "holds", "means", "column", "word", "days"},
      {R"("")", text_of_length(201)}, "field_invalid", "/reading");
  add(all, {"currency"}, {R"("")", text_of_length(201)}, "field_invalid", "/reading");
  add(all, {"explanation"}, {text_of_length(2'001)}, "field_invalid");
  add(all, {"counted_on"}, {R"("2026-02-30")", R"("20260203")", R"("tomorrow")", R"("")"}, "day_malformed");
  add(all, {"counted_on"}, {R"("2099-01-01")"}, "field_invalid");
  add(all, {"value"}, {"12", "12.5"}, "amount_not_text", "/cash-counts");
  add(all, {"value"}, {R"("12.505")"}, "amount_too_precise", "/cash-counts");
  add(all, {"value"}, {R"("1,5")", R"("")"}, "amount_malformed", "/cash-counts");
  add(all, {"value"}, {R"("0.00")", R"("-1.00")"}, "field_invalid", "/cash-counts");
  add(all, {"value"}, {R"("0.03")"}, "cash_count_impossible", "/cash-counts");
  add(all, {"pieces"}, {"-1", "1000000001", "1.5"}, "field_invalid");
  add(all, {"account"}, {R"("assets:nowhere")", R"("")", R"("assets:cash")"}, "account_unknown",
      "/cash-counts/");
  add(all, {"fingerprint"}, {R"("")", text_of_length(65)}, "field_invalid", "/reading");
  add(all, {"account"}, {R"("assets:nowhere")", R"("Assets:bank")", R"("")", R"("assets:bank:")"},
      "account_unknown");
  for (const std::string_view route : {"/entries", "/holds"})
    add(all, {"fund", "member", "cost_object", "tax_code"}, {R"("nowhere")", R"("")"}, "dimension_unknown",
        route);
  add(all, {"template"}, {R"("nothing")", R"("")"}, "template_unknown");
  add(all, {"only_node"}, {R"("nowhere")", R"("")"}, "node_unknown");
  add(all, {"late", "mode", "type", "kind", "origin", "scopes", "required", "made"},
      {R"("sometimes")", R"("")"}, "field_invalid");
  add(all, {"path"},
      {R"("")", R"("a::b")", R"(":a")", R"("a:")", R"(" a")", R"("a  b")", "\"(a)\"", R"("a\u0001b")",
       text_of_length(256)},
      "path_malformed");
  add(all, {"path"}, {R"("assets:bank")"}, "account_exists", "{node}/accounts ");
  add(all, {"code"}, {R"("e")", R"("eur")", R"("E")", R"("EUR!")", R"("")", R"("É")"}, "name_malformed",
      "/v1/units");
  add(all, {"code"}, {R"("EUR")"}, "unit_exists", "/v1/units");
  add(all, {"code"}, {R"("")", R"("-a")", R"("a b")", R"("é")"}, "name_malformed", "/dimensions/");
  add(all, {"name"}, {R"("")", R"("x")", R"("Ann")", R"("a b")", text_of_length(41)}, "name_malformed",
      "/v1/users");
  add(all, {"name"}, {R"("tess")"}, "user_exists", "/v1/users");
  add(all, {"name"}, {R"("")", R"("Par")", R"("1par")", R"("p_r")", text_of_length(32)}, "name_malformed",
      "/v1/nodes ");
  add(all, {"name"}, {R"("bcn")"}, "node_exists", "/v1/nodes ");
}

void add_texts(std::vector<FieldFault>& all) {
  add(all, {"name"}, {R"("")", text_of_length(201)}, "field_invalid", "/v1/units");
  add(all, {"name"}, {R"("")", text_of_length(201)}, "field_invalid", "/dimensions/");
  add(all, {"name"}, {R"("nobody")", R"("")"}, "sign_in_failed", "/v1/sign-in", "-");
  add(all, {"password"}, {R"("wrong horse battery")", R"("")"}, "sign_in_failed", "/v1/sign-in", "-");
  add(all, {"old_password"}, {R"("wrong horse battery")", R"("")"}, "sign_in_failed");
  add(all, {"old_password"}, {text_of_length(1001)}, "field_invalid");
  add(all, {"password"}, {R"("short")", R"("")", text_of_length(1001)}, "field_invalid", "/password");
  add(all, {"password"}, {R"("short")"}, "field_invalid", "/v1/users");
  add(all, {"title"}, {text_of_length(201)}, "field_invalid");
  add(all, {"title"}, {R"("")"}, "field_invalid", "/v1/nodes ");
  add(all, {"title"}, {R"("")"}, "field_invalid", "/v1/nodes/{node} ");
  add(all, {"description"}, {text_of_length(1001)}, "field_invalid");
  add(all, {"reference"}, {text_of_length(201)}, "field_invalid reference_malformed");
  add(all, {"source", "note"}, {text_of_length(501)}, "field_invalid");
  add(all, {"label"}, {text_of_length(201)}, "field_invalid");
  add(all, {"reason"}, {R"("")", text_of_length(501)}, "field_invalid");
  add(all, {"country"}, {R"("ESP")", R"("es")", R"("E")", R"("")", R"("É!")"}, "field_invalid");
  add(all, {"time_zone"}, {R"("Mars/Base")", R"("")", R"("../etc/passwd")"}, "name_malformed");
  add(all, {"url"},
      {R"("ftp://a/")", R"("nonsense")", R"("https://u:p@a/")", R"("https://a/#f")", R"("http://a/")",
       R"("")", R"("https://")", R"("https://127.0.0.1/")", R"("https://[::1]/")", R"("https://localhost/")",
       text_of_length(2001)},
      "field_invalid");
  add(all, {"kinds"}, {R"("Entries!")", R"("")", R"("a b")", R"("no_such_event")"}, "field_invalid", {},
      "/kinds");
}

// Of rules for lines of the bank.
void add_bank_rules(std::vector<FieldFault>& all) {
  constexpr std::string_view rules = "/bank/rules";
  add(all, {"name"}, {R"("")", text_of_length(101)}, "field_invalid", rules);
  add(all, {"bank_account", "replay", "rules"}, {"0", "-1", "1.5", "4294967296"}, "field_invalid", rules);
  add(all, {"bank_account"}, {"999"}, "bank_account_unknown", rules);
  add(all, {"replay"}, {"999"}, "bank_rule_not_proved", rules);
  add(all, {"rules"}, {"999"}, "bank_rule_unknown", rules);
  add(all, {"direction"}, {R"("sideways")", R"("")"}, "field_invalid", rules);
  add(all, {"amount_from", "amount_to"}, {"12"}, "amount_not_text", rules);
  add(all, {"amount_from", "amount_to"}, {R"("1,5")", R"("")"}, "amount_malformed", rules);
  add(all, {"amount_from", "amount_to"}, {R"("-1.00")"}, "field_invalid", rules);
  add(all, {"counterparty", "words"}, {R"("")", R"("!!")", text_of_length(201)}, "field_invalid", rules);
  add(all, {"reference", "code"}, {R"("")", text_of_length(101)}, "field_invalid", rules);
  add(all, {"counterparty_account"}, {R"("")", R"(" ")", text_of_length(61)}, "field_invalid", rules);
  add(all, {"day_from", "day_to"}, {"0", "32", "1.5"}, "field_invalid", rules);
  add(all, {"percent"}, {R"("0")", R"("101")", R"("-1")"}, "field_invalid", rules);
  add(all, {"percent"}, {R"("half")", R"("")"}, "amount_malformed", rules);
  add(all, {"percent"}, {R"("1.00001")"}, "amount_too_precise", rules);
  add(all, {"fund", "member", "cost_object", "tax_code"}, {R"("nowhere")", R"("")"}, "dimension_unknown",
      rules);
}

constexpr std::string_view forged_cursor = "AAAAAAAAAAAAAAAA";

void add_ranges(std::vector<ParameterFault>& all) {
  add(all, {"cursor"},
      {"damaged", std::string{forged_cursor}, "", "%C3%A9", "AAAA", std::string(900, 'A'), "A%2BB%2FC%3D"},
      "cursor_invalid");
  add(all, {"limit"},
      {"0", "-1", "many", "5.0", "1e1", "%201", "", "0x5", "100000", "99999999999999999999", "+5"},
      "field_invalid");
  add(all, {"as_of", "from", "to", "days"},
      {"2026-02-30", "today", "20260101", "2026-1-1", "2026-01-01T00:00:00Z", "%C3%A9"}, "day_malformed");
  add(all, {"as_of", "from", "to"}, {""}, "day_malformed");
  add(all, {"days"}, {"2026-01-01,never", "2026-01-01,,2026-01-02", ",2026-01-01"}, "day_malformed");
  add(all, {"periods"}, {"2026-Q5", "never", "2026-01-31..2026-01-01", "2026-13"}, "day_malformed");
  add(all, {"period"}, {"2026-Q5", "never", "2026-01-31..2026-01-01", "2026-13", ""}, "day_malformed");
  add(all, {"known_at"}, {"yesterday", "2026-01-01", "", "2026-01-01T00:00:00", "2026-01-01T25:00:00Z"},
      "instant_malformed");
  add(all, {"on"}, {"2026-02-30", "today", ""}, "day_malformed", "/sharing-rules");
  add(all, {"name"}, {"Name", "", "a%20b"}, "name_malformed", "/place-values");
  add(all, {"place"}, {"", std::string(61, 'x')}, "field_invalid", "/place-values");
  add(all, {"depth"}, {"0", "-1", "101", "two", ""}, "field_invalid");
  add(all, {"wait"}, {"26", "-1", "long", ""}, "field_invalid");
  add(all, {"from_number", "to_number"}, {"-1", "one", "1.5", "", "9223372036854775808"}, "field_invalid");
  add(all, {"amount_from", "amount_to"}, {"1"}, "field_missing", {}, "?amount_unit");
  add(all, {"amount_unit"}, {"NOPE&amount_from=1", "eur&amount_to=1"}, "unit_unknown");
  add(all, {"amount_from", "amount_to"}, {"1.005&amount_unit=EUR"}, "amount_too_precise");
  add(all, {"amount_from", "amount_to"}, {"x&amount_unit=EUR", "&amount_unit=EUR", "%2B1&amount_unit=EUR"},
      "amount_malformed");
  add(all, {"amount_from", "amount_to"}, {"-1&amount_unit=EUR"}, "field_invalid");
  add(all, {"amount_from"}, {"2&amount_to=1&amount_unit=EUR"}, "field_invalid", {}, "?amount_to");
  add(all, {"from_number"}, {"3&to_number=2"}, "field_invalid", {}, "?to_number");
  add(all, {"from"}, {"2026-01-03&to=2026-01-02"}, "day_malformed", "/entries", "?to");
  add(all, {"from"}, {"2026-01-03&to=2026-01-02"}, "day_malformed", "/statement", "?to");
  add(all, {"from"}, {"2026-01-03&to=2026-01-02"}, "day_malformed", "/journal", "?to");
  add(all, {"from"}, {"2026-01-03&to=2026-01-02"}, "day_malformed", "/general-ledger", "?to");
  add(all, {"from"}, {"2026-01-03&to=2026-01-02"}, "day_malformed", "/income-expenditure", "?to");
  add(all, {"from"}, {"2026-01-03&to=2026-01-02"}, "day_malformed", "/dimension-statement", "?to");
  add(all, {"from"}, {"2026-01-03&as_of=2026-01-02"}, "day_malformed", "/trial-balance");
  add(all, {"from"}, {"9999-01-01"}, "day_malformed", "/income-expenditure");
  for (const std::string_view route : {"/own-view", "/own-views", "/own-members/{member} "})
    add(all, {"from"}, {"2026-01-03&as_of=2026-01-02"}, "day_malformed", route);
  add(all, {"amount_from", "amount_to"}, {"92233720368547758.08&amount_unit=EUR"}, "amount_overflow");
}

void add_words(std::vector<ParameterFault>& all) {
  add(all, {"dry_run", "zero_rows", "ended", "ignore_assertions"}, {"maybe", "1", "", "TRUE"},
      "field_invalid");
  add(all, {"class"}, {"nobody", "User", ""}, "class_unknown");
  add(all, {"format", "type", "state", "sort", "kind", "side", "origin", "virtual", "standing", "status"},
      {"sideways", "", "%C3%A9"}, "field_invalid");
  add(all, {"unit"}, {"NOPE", "eur", ""}, "unit_unknown");
  for (const std::string_view route : {"/entries", "/reports", "/statement"})
    add(all, {"fund", "member", "cost_object", "tax_code"}, {"nowhere", ""}, "dimension_unknown", route);
  add(all, {"fund"}, {"nowhere", ""}, "dimension_unknown", "/spending-mandates");
  for (const std::string_view route : {"/dues/", "/roll"})
    add(all, {"member", "payer"}, {"nobody", "", "M%201"}, "party_unknown", route);
  add(all, {"overdue_only", "live", "suspense", "reversed", "skip_doubtful"}, {"maybe", "1", ""},
      "field_invalid");
  add(all, {"corrections_from"}, {"never", "2026-1-1", "", "2026-01-02"}, "day_malformed");
  add(all, {"bank_account", "import", "run"}, {"0", "-1", "x", "", "4294967297"}, "field_invalid");
  add(all, {"line"}, {"0", "-1", "x", "", "99999999999999999999"}, "field_invalid", "/bank/matches");
  add(all, {"name"}, {std::string(256, 'x'), ""}, "field_invalid", "/bank/imports");
  add(all, {"charge"}, {"0", "-1", "x", ""}, "field_invalid", "/dues/deferrals");
  add(all, {"overdue_days"}, {"0", "-1", "x", "", "36601"}, "field_invalid");
  add(all, {"scale"}, {"0", "-1", "x", "", "41"}, "field_invalid");
  add(all, {"recorded_by"}, {"nobody", ""}, "user_unknown");
  add(all, {"prefix", "q", "reference", "source", "account"}, {std::string(1001, 'x')}, "field_invalid");
  add(all, {"prefix", "account", "rounding_account", "fee_account"}, {"", "a::b", "assets:", "%01", "%20"},
      "path_malformed");
  add(all, {"commodities"}, {"nonsense", "x=eur", "%24=USD,nonsense", "%24=USD,,"},
      "field_invalid name_malformed");
  add(all, {"account_types"}, {"nonsense", "Liabilities=debt"}, "field_invalid");
}

}  // namespace

const std::vector<FieldFault>& field_faults() {
  static const std::vector<FieldFault> all = [] {
    std::vector<FieldFault> faults;
    add_figures(faults);
    add_names_of_things(faults);
    add_texts(faults);
    add_members(faults);
    add_rolls(faults);
    add_dues(faults);
    add_direct_debits(faults);
    add_bank_rules(faults);
    add_disbursement_faults(faults);
    for (const FieldFault& fault : work_field_faults()) faults.push_back(fault);
    add_fund_faults(faults);
    for (const auto& of : {capital_faults(), sharing_faults(), pay_faults(), cost_faults()})
      faults.insert(faults.end(), of.begin(), of.end());
    return faults;
  }();
  return all;
}

const std::vector<ParameterFault>& parameter_faults() {
  static const std::vector<ParameterFault> all = [] {
    std::vector<ParameterFault> faults;
    add_ranges(faults);
    add_words(faults);
    for (const auto& of : {with_capital_faults(work_parameter_faults()), cost_parameter_faults()})
      faults.insert(faults.end(), of.begin(), of.end());
    return faults;
  }();
  return all;
}

}  // namespace coop::test
